"""Recipes: ingredients and steps stand in boxes of their own, and the page's data tells which lines they are."""

from __future__ import annotations

from typing import Any

import pytest

from extractors import Label
from tests.gazette import HEADLINE, STORY, has_story, in_body, labels_of, page, paragraphs, read

STEPS = (
    "Pick the mussels over, scrub them under running water and throw away those that stay open.",
    "Sweat the leeks in butter, pour in the cider, put the lid on and wait for five minutes.",
)
AMOUNTS = (("2 kg", "mussels"), ("3", "leeks"), ("25 g", "salted butter"), ("1 bottle", "dry cider"))
WHY = "Mussels are rich in iron, and the bay has had clean water ever since the works at Gull Point were built."
CELLS = "".join(f'<div class="row"><b class="much">{much}</b><a href="/of/{n}">{what}</a></div>' for n, (much, what) in enumerate(AMOUNTS))  # fmt: skip
TABS = (
    f'<div class="facts"><div class="tab"><p>{WHY}</p><p>{STORY[4]}</p></div></div>'
    f'<div class="list"><h2>Ingredients</h2>{CELLS}</div><div class="promo">Send the list to a shop</div>'
    '<h2><a href="/steps">Steps</a></h2>'
    + "".join(
        f'<div class="step"><div>{n}.</div><div class="how"><p>{step}</p></div></div>'
        for n, step in enumerate(STEPS, 1)
    )
)


def recipe(steps: Any = STEPS, **more: Any) -> dict[str, Any]:
    return {
        "@type": "Recipe",
        "recipeIngredient": [" ".join(pair) for pair in AMOUNTS],
        "recipeInstructions": steps,
        **more,
    }


def test_what_the_data_tells_of_a_recipe_is_story() -> None:
    article = read(page(TABS, data=recipe()))
    assert all(in_body(article, line) for line in (*STEPS, *(cell for pair in AMOUNTS for cell in pair), WHY))
    assert not in_body(article, "Send the list to a shop")


@pytest.mark.parametrize(
    "steps",
    [
        " ".join(STEPS),
        [{"@type": "HowToStep", "text": step} for step in STEPS],
        [
            {
                "@type": "HowToSection",
                "name": "Pot",
                "itemListElement": [{"@type": "HowToStep", "text": s} for s in STEPS],
            }
        ],
        "<ol>" + "".join(f"<li>{step}</li>" for step in STEPS) + "</ol>",
    ],
)
def test_steps_are_told_in_several_ways(steps: Any) -> None:
    article = read(page(TABS, data=recipe(steps)))
    assert all(in_body(article, step) for step in STEPS)


def test_a_recipe_in_the_markup_is_one_as_well() -> None:
    rows = "".join(f'<tr itemprop="ingredients"><td>{much}</td><td><a href="/{what}">{what}</a></td></tr>' for much, what in AMOUNTS)  # fmt: skip
    steps = "".join(f'<div itemprop="recipeInstructions">{step}</div>' for step in STEPS)
    article = read(page(f'<div><table>{rows}</table></div><div class="how">{paragraphs(*STORY[:3])}{steps}</div>'))
    assert all(in_body(article, line) for line in (*STEPS, "salted butter", "1 bottle"))


def test_a_recipe_in_a_story_leaves_the_story_as_it_is() -> None:
    article = read(page(f'{paragraphs(*STORY)}<aside class="box">{TABS}</aside>', data=recipe()))
    assert has_story(article)
    assert in_body(article, STEPS[1])


def test_data_without_its_recipe_in_print_changes_nothing() -> None:
    article = read(
        page(paragraphs(*STORY), data=recipe(["Take a heron, or two, and boil them until the harbour bell rings."]))
    )
    assert article.body == "\n\n".join(STORY)
    assert labels_of(article, HEADLINE) == {Label.HEADLINE}


def test_recipes_that_are_none() -> None:
    odd: tuple[Any, ...] = (7, None, {}, [[]], {"text": {"text": 3}}, [{"itemListElement": [{"itemListElement": 5}]}])
    for steps in odd:
        assert has_story(read(page(paragraphs(*STORY), data=recipe(steps, recipeIngredient=steps))))
