"""What surrounds a run: the open store, the progress line, the table at the end. Their order is in `settings`."""
