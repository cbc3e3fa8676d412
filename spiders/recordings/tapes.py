"""The files behind a recording: a cassette, or a folder that counts as one. How they are found, read and written.

A recording under way grows by one answer at a time, at its end, each with a line after it that says that it is whole.
What a kill cuts off has no such line and is left out when the file is read; every answer before it plays.

Playing and recording is the business of `cassettes`. `Tapes` is vcrpy's persister and serializer at once.
"""

from __future__ import annotations

import logging
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.request import Request
from vcr.serialize import deserialize, serialize
from vcr.serializers import yamlserializer

from spiders.errors import CassetteError

logger = logging.getLogger(__name__)

SUFFIXES = (".yaml", ".yml")
MAX_DEPTH = 50  # a recorded answer is six deep
_WHOLE = "# whole\n"  # a comment, so that the file stays vcrpy's; nothing of an answer begins a line with "#"

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml where there is one, as vcrpy does
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Interactions = tuple[list[Request], list[dict[str, Any]]]


class Tapes:
    """Where one recording is read from and written to.

    A path that exists is what it is; one that does not is a file if it ends in .yaml, else a folder to be.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self._path = path.expanduser()
        self._mode = mode
        self._folder = self._path.is_dir() or (self._path.suffix not in SUFFIXES and not self._path.exists())
        if self._folder and mode == "all":
            raise CassetteError(f"the cassette {path} is a folder, and CASSETTE_MODE=all needs one file to write anew")
        self._loaded = 0
        self._saved: int | None = None  # answers that the target holds, once it is ours
        self._target = self._path
        if self._folder:
            self._target = self._path / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.yaml"

    def load_cassette(self, cassette_path: str, serializer: object) -> Interactions:
        """Read every interaction, in the order of the files' names.

        Raises:
            CassetteError: there is nothing to play, or a file is not a cassette.
            CassetteNotFoundError: there is nothing yet; vcrpy then starts a new recording.
        """
        files = self._files()
        requests: list[Request] = []
        responses: list[dict[str, Any]] = []
        for file in files:
            more_requests, more_responses = read(file)
            requests += more_requests
            responses += more_responses
        if self._mode == "none" and not requests:
            raise CassetteError(self._why_nothing(files))
        if not requests:
            raise CassetteNotFoundError
        self._loaded = len(requests)
        return requests, responses

    def save_cassette(self, cassette_path: str, cassette_dict: dict[str, list[Any]], serializer: object) -> None:
        """Bring the file up to date: one more answer goes to its end, all else writes it anew, whole or not at all.

        Into a folder goes only what its files do not have.
        """
        start = self._loaded if self._folder else 0
        requests, responses = cassette_dict["requests"][start:], cassette_dict["responses"][start:]
        if self._saved is not None and len(requests) == self._saved + 1:  # else "all" has replaced an old answer
            append(self._target, requests[-1], responses[-1])
        else:
            write_text(self._target, _text(requests, responses) + _WHOLE)
        self._saved = len(requests)

    def _files(self) -> list[Path]:
        if self._folder:
            return sorted(p for p in self._path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        return [self._path] if self._path.exists() else []

    def _why_nothing(self, files: list[Path]) -> str:
        if not self._path.exists():
            return f"the cassette {self._path} does not exist"
        if self._folder and not files:
            return f"the cassette {self._path} is a folder without a .yaml file"
        return f"the cassette {self._path} holds no recorded answer"


def read(path: Path) -> Interactions:
    """Read one cassette.

    Raises:
        CassetteError: it cannot be read, is not YAML, or is not a cassette.
    """
    try:
        text = _whole(path, path.read_bytes()).decode()
    except OSError as error:
        raise CassetteError(f"the cassette {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CassetteError(f"the cassette {path} is not text in UTF-8") from error
    if not text.strip():
        return [], []
    try:
        _check_depth(text)
        requests, responses, *_ = deserialize(text, yamlserializer)
        for response in responses:
            _check(response)
    except yaml.MarkedYAMLError as error:
        where = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise CassetteError(f"the cassette {path} is not YAML{where}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise CassetteError(f"the cassette {path} is not YAML: {str(error).splitlines()[0]}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CassetteError(f"the file {path} is YAML, but not a cassette of vcrpy") from error
    return requests, responses


def write(path: Path, requests: list[Request], responses: list[dict[str, Any]]) -> None:
    """Write a cassette, whole or not at all, readable by its owner only.

    Raises:
        CassetteError: it cannot be written.
    """
    write_text(path, _text(requests, responses))


def append(path: Path, request: Request, response: dict[str, Any]) -> None:
    """Add an answer to the end of a file that `Tapes` has begun; one that cannot be added leaves it as it was.

    Raises:
        CassetteError: it cannot be written.
    """
    _, _, entry = _text([request], [response]).partition("interactions:\n")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
        with os.fdopen(handle, "wb", buffering=0) as file:
            before = os.fstat(handle).st_size
            left = memoryview((entry + _WHOLE).encode())
            try:
                while left:
                    left = left[file.write(left) :]
            except OSError:
                os.ftruncate(handle, before)
                raise
    except OSError as error:
        raise CassetteError(f"{path} cannot be written: {error.strerror}") from error


def write_text(path: Path, text: str) -> None:
    """Write what belongs to a cassette as `write` does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".part")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise CassetteError(f"{path} cannot be written: {error.strerror}") from error


class _Readable:
    """vcrpy's serializer, but a letter stays a letter: a person reads the page to say what it must give."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        return yaml.dump(cassette, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def _text(requests: list[Request], responses: list[dict[str, Any]]) -> str:
    return serialize({"requests": requests, "responses": responses}, _Readable)  # type: ignore[no-any-return]


def _whole(path: Path, data: bytes) -> bytes:
    """Return what of a recording is whole: all of it, unless the crawl was killed while it wrote the last answer."""
    whole, mark, rest = data.rpartition(b"\n" + _WHOLE.encode())
    if not mark:
        return data
    if rest.strip():
        logger.warning("the last answer in the cassette %s was cut off and is left out", path)
    return whole + mark


def _check_depth(text: str) -> None:
    """Raise where YAML nests deeper than any cassette does: libyaml builds its tree on the stack, and dies there."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")


def _check(response: dict[str, Any]) -> None:
    """Raise where a response lacks what playing it needs."""
    int(response["status"]["code"])
    response["headers"].items()
    if not isinstance(response["body"]["string"], bytes | None):
        raise TypeError("a body is text")
