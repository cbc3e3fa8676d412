"""Ratings, prices and specifications in boxes of one kind: a table without a table element, and what only looks so."""

from __future__ import annotations

import pytest

from extractors import Label, clean
from tests.gazette import STORIES, STORY, in_body, labels_of, page, paragraphs, read

BOATS = ("Gannet", "Petrel", "Skua", "Tern")
SPECS = (("Weight", "{} kg"), ("Mast", "{} m of ash"))


def reviews(row: str) -> str:
    """Return a page of four boats: over each paragraph about one, its rows in a card of their own."""
    parts = [paragraphs(*STORY[:3])]
    for i, (boat, text) in enumerate(zip(BOATS, STORY[3:], strict=False)):
        cells = "".join(row.format(name=name, value=value.format(40 + 7 * i)) for name, value in SPECS)
        parts += [f"<h2>{boat}</h2><section class='box'><div class='specs'>{cells}</div></section>", paragraphs(text)]
    return page("".join(parts) + paragraphs(STORY[7]), around=("<article><div class='text'>", "</div></article>"))


def test_specifications_in_boxes_are_story() -> None:
    article = read(
        reviews("<div class='spec'><div class='cell bold'>{name}</div><div class='cell'>{value}</div></div>")
    )
    for line in ("Weight", "47 kg", "Mast", "61 m of ash"):
        assert in_body(article, line)
    assert article.body.index("54 kg") > article.body.index("Skua")


@pytest.mark.parametrize(
    "row",
    [
        "<div class='spec'><div class='cell'>{value}</div><a href='/shop/{value}'>To the shop</a></div>",
        "<div class='spec'><div class='cell'>{value} ago</div></div>",
        "<div class='spec'><div class='cell'>{value} © The Gazette</div></div>",
        "<div class='spec'><div class='cell'>Why we chose it</div></div>",
    ],
)
def test_cards_clocks_and_labels_are_not(row: str) -> None:
    article = read(reviews(row))
    kept = [block.text for block in article.blocks if block.label is Label.LIST]
    assert kept == []
    assert in_body(article, STORY[6])


def test_a_few_lines_alike_are_not() -> None:
    few = "".join(f"<div class='spec'><div class='cell'>{n} kg</div></div>" for n in (40, 47, 54))
    article = read(page(paragraphs(*STORY[:4]) + f"<section>{few}</section>" + paragraphs(*STORY[4:])))
    assert not any(in_body(article, f"{n} kg") for n in (40, 47, 54))


def test_what_stands_in_a_cell_is_the_tables() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{hour}</td><td>{mark}</td></tr>"
        for name, hour, mark in (
            ("Lantern of brass", "9:30 AM", "x"),
            ("Lamp of glass", "12:00 PM", "7.20"),
            ("Torch of tar", "15:6", "x"),
        )
    )
    shown = '<p><img src="/a.jpg" alt="Lantern of brass" width="640" height="480"></p>'
    found = read(page(f"{paragraphs(*STORY)}<table>{rows}</table>{shown}{paragraphs(*STORY[:2])}"))
    for cell in ("Lantern of brass", "9:30 AM", "15:6", "x"):
        assert labels_of(found, cell) <= {Label.TABLE, Label.BODY}, cell


def test_a_day_and_a_kind_of_business_are_cells_too() -> None:
    rows = "<tr><td>Day</td><td><p>March 6, 2026 (Friday), 1 pm to 4:40 pm</p></td></tr><tr><td>Place</td><td>Quay 4</td></tr><tr><td>Pays by</td><td>Tickets, affiliate links, tips</td></tr>"
    found = read(page(f"{paragraphs(*STORY[:4])}<table>{rows}</table>{paragraphs(*STORY[4:])}"))
    for cell in ("March 6, 2026 (Friday), 1 pm to 4:40 pm", "Tickets, affiliate links, tips"):
        assert labels_of(found, cell) == {Label.TABLE}, cell
    assert not found.affiliate


def test_headings_right_under_each_other_are_a_list() -> None:
    items = "".join(f"<h3>{name}</h3>" for name in ("Brass", "Glass", "Tar", "Tallow", "Train oil"))
    link = '<p><a href="/lamps">Where the harbour buys its lamps</a></p>'
    found = read(page(f"{paragraphs(*STORY)}{items}{link}{paragraphs(*STORY[:2])}"))
    assert labels_of(found, "Tallow") == {Label.CROSSHEAD}


STEPS = ["1. Find the pier on the map", "2. Download the app", "3. Scan the code on the gate"]


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("en", STEPS),
        ("en", [f"Step {step.replace('.', ':')}" for step in STEPS]),
        ("ja", ["① 「設定」を開く", "② アプリを開き、ログインする", "③ 「通知」をオフにする"]),
        ("ja", ["1．公式サイトを開きます。", "2．メールアドレスを入力し、「送信」をクリックします。", "3．届いたメールを開きます。"]),
    ],
)  # fmt: skip
def test_numbered_paragraphs_are_steps_of_the_story_whatever_one_asks_for(language: str, steps: list[str]) -> None:
    story = STORIES[language]
    lines = [*story[:2], *steps, *story[2:]]
    for article in (read(page(paragraphs(*lines), language=language)), clean("\n\n".join(lines))):
        assert [step for step in steps if not in_body(article, step)] == []


def test_a_numbered_appeal_below_the_story_is_none_of_it() -> None:
    asked = "1. Subscribe to our newsletter", "2. Our paper in the post", "3. Our paper on Facebook"
    assert labels_of(read(page(paragraphs(*STORY, *asked))), asked[0]) == {Label.NEWSLETTER}


def test_an_app_that_a_japanese_story_is_about_is_no_appeal() -> None:
    line = "まず、どのアプリの通知が多いのかを確認しよう。設定画面では、過去一週間の数が表示される。"
    story = STORIES["ja"]
    assert in_body(read(page(paragraphs(*story[:2], line, *story[2:]), language="ja")), line)
