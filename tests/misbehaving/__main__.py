"""Run the server by hand, or list its routes."""

from __future__ import annotations

import argparse
import threading

from tests.misbehaving import ROUTES, Server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.misbehaving", description="a server that misbehaves")
    parser.add_argument("--port", type=int, default=0, help="default: one that is free")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    parser.add_argument("--list", action="store_true", help="print the routes and leave")
    given = parser.parse_args()
    for name, route in sorted(ROUTES.items()):
        print(f"/{name:<20} {' '.join((route.__doc__ or '').split())}")
    if given.list:
        return
    with Server((given.host,), port=given.port) as server:
        print(f"\nlistening at {server.url('/')}; end with Ctrl-C", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
