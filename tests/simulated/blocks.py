"""Pages that stand where an article should: challenges, consent walls, logins and their like, written for these tests."""

from __future__ import annotations

from tests.simulated.hosts import Host
from tests.simulated.markups import framed


def challenge(host: Host) -> str:
    """Return a bot wall."""
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title><meta name="robots" content="noindex">'
        '</head><body><div class="main-wrapper"><h1>Checking your browser</h1><p>Verify you are human by completing the '
        f"action below. {host.name} needs to review the security of your connection before proceeding.</p>"
        '<form id="challenge-form" action="/?__ch" method="POST"></form><noscript>Enable JavaScript and cookies to '
        "continue</noscript></div></body></html>"
    )


def consent(host: Host) -> str:
    """Return a consent page."""
    return (
        f"<!DOCTYPE html><html><head><title>{host.name}: we value your privacy</title></head><body>"
        '<div role="dialog"><h1>We value your privacy</h1><p>We and our 214 partners store and read what is on your '
        'device, to measure what you read and to show you advertisements.</p><form action="/consent" method="post">'
        "<button>Accept all</button><button>Manage options</button></form></div></body></html>"
    )


def script(host: Host) -> str:
    """Return the shell of a page that a script fills."""
    return (
        f"<!DOCTYPE html><html><head><title>{host.name}</title></head><body><div id=root></div><noscript>You need to "
        'enable JavaScript to run this app.</noscript><script src="/static/main.js"></script></body></html>'
    )


def missing(host: Host) -> str:
    """Return what a site says where there is nothing."""
    return framed(
        host,
        f"Page not found – {host.name}",
        "<main><h1>404</h1><p>This page could not be found. It may have moved.</p></main>",
    )


def login(host: Host) -> str:
    """Return a page that asks for a password."""
    return framed(
        host,
        f"Sign in – {host.name}",
        '<main><h1>Sign in</h1><form method="post"><label>Email <input name="email"></label><label>Password '
        '<input type="password" name="secret"></label><button>Sign in</button></form></main>',
    )
