"""Site files: what one has no use for is told before it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.verbs.inspection import complaints
from tests.faults.test_workers import ENDLESS, MUTATION


@pytest.mark.parametrize(
    ("head", "amend", "told"),
    [
        ("import socket", "return article", ["line 2: imports socket, which a site file has no use for"]),
        ("import re, os.path", "return article", ["line 2: imports os.path, which a site file has no use for"]),
        ("from urllib import request", "return article", ["line 2: imports urllib, which a site file has no use for"]),
        (
            "from urllib.request import urlopen",
            "return article",
            ["line 2: imports urllib.request, which a site file has no use for"],
        ),
        ("from . import other", "return article", ["line 2: imports ., which a site file has no use for"]),
        ("", "import threading\nreturn article", ["line 9: imports threading, which a site file has no use for"]),
        ("", "open('/tmp/x').read(); return article", ["line 9: calls open(), which a site file has no use for"]),
        ("", "return eval('article')", ["line 9: calls eval(), which a site file has no use for"]),
        (
            "",
            MUTATION.strip(),
            ["line 11: changes the tree (replace_with) while it walks over it, which crashes the parser"],
        ),
        (
            "",
            ENDLESS.strip(),
            ["line 10: changes the tree (inner_html) while it walks over it, which crashes the parser"],
        ),
        ("def oops(", "return article", ["cannot be read: '(' was never closed"]),
    ],
)
def test_F15_what_a_site_file_has_no_use_for_is_told(
    site_file: Callable[..., Path], head: str, amend: str, told: list[str]
) -> None:
    path = site_file(amend, head=head)
    found = complaints(path)
    assert len(found) == len(told)
    for sentence, end in zip(found, told, strict=True):
        assert sentence.startswith(str(path))
        assert end in sentence


def test_plain_code_is_let_alone(site_file: Callable[..., Path]) -> None:
    head = "import re, json\nfrom datetime import date\nfrom dataclasses import replace\nfrom urllib.parse import urljoin\n"
    head += "from urllib import parse\nfrom collections.abc import Mapping\nfrom extractors.site import Label"
    amend = """
        texts = [node.inner_html for node in page.body.traverse()]
        for node in page.nodes("b"):
            node.unwrap()
        return replace(article, headline="; ".join(texts))
        """
    assert complaints(site_file(amend, head=head)) == []
