"""Simulated career sites: real protocols, invented postings, over HTTP behind the gateway."""
