"""A server that misbehaves: every way to break a crawler that the fault tests know, each under a path of its own.

    python -m tests.misbehaving --list            one line a route
    python -m tests.misbehaving --port 8000       run it by hand

A path is `/route`, `/route/anything` or `/route/anything?option=value`: what follows the route's name makes an address
of its own, with a count of its own. `wire` has the server, `news` the small newspaper, robots.txt and sitemaps,
`replies` what goes wrong on the wire, `moves` the redirects, `bodies` the compressed and the hostile bodies.
"""

from tests.misbehaving import bodies, moves, news, replies
from tests.misbehaving.wire import ROUTES, Ask, Asked, Server

__all__ = ["ROUTES", "Ask", "Asked", "Server", "bodies", "moves", "news", "replies"]
