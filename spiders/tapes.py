"""The files behind a recording: a cassette, or a folder that counts as one. How they are found, read and written.

Playing and recording is the business of `cassettes`. `Tapes` is vcrpy's persister and serializer at once.
"""

from __future__ import annotations

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

SUFFIXES = (".yaml", ".yml")
MAX_DEPTH = 50  # a recorded answer is six deep

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
        """Write the recording, whole or not at all; into a folder goes only what its files do not have."""
        start = self._loaded if self._folder else 0
        write(self._target, cassette_dict["requests"][start:], cassette_dict["responses"][start:])

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
        text = path.read_text("utf-8")
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
    write_text(path, serialize({"requests": requests, "responses": responses}, _Readable))


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
