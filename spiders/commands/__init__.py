"""Verbs of the `scrapy` command, one a file; all are imported at each start, so what is heavy is imported in `run`."""
