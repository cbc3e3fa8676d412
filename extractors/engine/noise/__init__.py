"""Judging a line: the cues that speak for noise, what credits look like, and the one rule that decides."""
