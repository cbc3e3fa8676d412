"""Crawls that are repeated: the plan that a person writes, and the ways to keep it.

`plan` reads it, `hours` knows the times of an entry, `orders` the command line of its crawls. `daemon` keeps a plan
running; `units` (systemd) and `crontab` write it down for those who would rather have no daemon of ours.
"""
