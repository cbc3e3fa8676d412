"""What surrounds a run: its budget, the open store, the progress line, the table. Their order is in `settings`."""
