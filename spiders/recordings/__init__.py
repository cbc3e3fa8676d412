"""Recordings: the files that cassettes are kept in, what may stand in them, and what they must give."""
