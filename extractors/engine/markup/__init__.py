"""The markup of a page: which part is worth a walk, and what the walk makes of it, boxes and runs of text."""
