"""What Scrapy and Twisted do for each page and only a new connection needs, put off until there is need of it.

Most pages come over a connection that is open already: making what would open one (the form of the host's name, for
https a context with its certificates too) and stopping and starting the reading of the socket take a tenth of a fetch.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _BindAddressAgent, _ScrapyAgent
from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.interfaces import IProtocol, IProtocolFactory, IStreamClientEndpoint
from twisted.web._newclient import TransportProxyProducer
from twisted.web.client import URI, Agent
from zope.interface import implementer


class Asker(_ScrapyAgent):
    """Scrapy's, one for each request, which makes an endpoint where a connection has to be opened."""

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        agent = super()._get_agent(request, timeout)
        if type(agent) is _BindAddressAgent:  # those of proxies ask for more
            make = agent._getEndpoint
            agent._getEndpoint = lambda uri: _Later(make, uri)  # type: ignore[method-assign]
        return agent


@implementer(IStreamClientEndpoint)
class _Later:
    """An endpoint that is made when something connects to it."""

    def __init__(self, make: Callable[[URI], Any], uri: URI) -> None:
        self._make, self._uri = make, uri

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Make it and connect; what making it raises is how the connection failed."""
        return maybeDeferred(lambda: self._make(self._uri).connect(protocolFactory))


class Transport(TransportProxyProducer):
    """Twisted's, of one answer; a pause that ends before the event loop goes on is none.

    Twisted stops the reading between the headers and the body; Scrapy asks for the body at once. Nothing can come
    in between, and each word to the kernel costs as much as a header.
    """

    _pausing: asyncio.Handle | None = None

    def pauseProducing(self) -> None:
        """Pause before anything more is read."""
        self._pausing = asyncio.get_running_loop().call_soon(super().pauseProducing)

    def resumeProducing(self) -> None:
        """Go on, or take the pause back."""
        if self._pausing:
            self._pausing.cancel()
            self._pausing = None
        super().resumeProducing()  # type: ignore[no-untyped-call]
