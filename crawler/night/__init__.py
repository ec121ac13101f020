"""One night: order, lock, progress, and how each source-run ended."""
