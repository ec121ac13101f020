"""What happens to a posting between spider and store, one responsibility a file."""
