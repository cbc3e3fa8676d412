"""What is put off until a connection needs it: endpoints, and pauses between the headers and the body."""

import asyncio
from typing import Any

import pytest
from twisted.internet.defer import Deferred, succeed

from spiders.network.connections import Transport, _Later


class _Reader:
    """The socket, by what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def pauseProducing(self) -> None:
        self.told.append("pause")

    def resumeProducing(self) -> None:
        self.told.append("resume")


def _transport() -> tuple[Transport, _Reader]:
    reader = _Reader()
    return Transport(reader), reader  # type: ignore[no-untyped-call]


def test_a_body_that_is_asked_for_at_once_is_not_paused() -> None:
    async def answered() -> None:
        transport, reader = _transport()
        transport.pauseProducing()
        transport.resumeProducing()
        await asyncio.sleep(0)
        assert "pause" not in reader.told

    asyncio.run(answered())


def test_a_body_that_nobody_asks_for_is_paused_before_more_is_read() -> None:
    async def answered() -> None:
        transport, reader = _transport()
        transport.pauseProducing()
        await asyncio.sleep(0)
        assert reader.told == ["pause"]
        transport.resumeProducing()
        assert reader.told == ["pause", "resume"]

    asyncio.run(answered())


def test_the_pause_of_an_answer_that_has_ended_tells_the_next_one_nothing() -> None:
    async def answered() -> None:
        transport, reader = _transport()
        transport.pauseProducing()
        transport.stopProxying()  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)
        assert reader.told == []

    asyncio.run(answered())


def test_an_endpoint_is_made_when_something_connects() -> None:
    made: list[Any] = []

    class _Endpoint:
        def connect(self, factory: Any) -> Deferred[Any]:
            return succeed(factory)

    def make(uri: Any) -> _Endpoint:
        made.append(uri)
        return _Endpoint()

    later: Any = _Later(make, "uri")  # type: ignore[arg-type]
    assert made == []
    assert later.connect("factory").result == "factory"
    assert made == ["uri"]


def test_an_endpoint_that_cannot_be_made_is_a_connection_that_failed() -> None:
    def make(uri: Any) -> Any:
        raise ValueError("no host")

    later: Any = _Later(make, "uri")  # type: ignore[arg-type]
    failures: list[Any] = []
    later.connect("factory").addErrback(failures.append)
    with pytest.raises(ValueError, match="no host"):
        failures[0].raiseException()
