"""Tests, fixtures and the simulated career sites."""
