"""A simulated web: as many news sites as one likes on this machine, all from a seed, with what goes wrong on real ones.

    python -m tests.simulated --hosts 200 --seed 7 --list     what each host is, and what was planted on it
    python -m tests.simulated --hosts 200 --seed 7            run it by hand
    python -m tests.simulated --hosts 200 --seed 7 --day      crawl it for a day, and say what came of it

A host is an address of 127.0.1.0/24 and up, all at one port. `phrases.toml` and `stories` have what is told,
`hosts` who tells it, `addresses` and `markups` how a page of it is made, `listings` feeds, sitemaps and front pages,
`faults` what is planted, `blocks` the pages that are no articles, `site` what a host answers, `server` the server and
its record of requests, `clock` the time, which goes faster than ours. `manners` judges how the hosts were asked,
`books` what the store has in the end, `day` drives the crawls; `settings` and `hurry` put them under that clock.
"""
