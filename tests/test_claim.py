"""Fact-checks: the claim and the verdict stand in boxes of their own between heading and story, and belong to it."""

from __future__ import annotations

from typing import Any

from extractors import Label
from tests.gazette import STORY, in_body, labels_of, page, paragraphs, read

CLAIM = "The old pier of Saltmouth was blown up to make room for a casino."
BOX = (
    '<div class="card"><h3>Claim</h3><div class="what"><p>{claim} </p></div></div>'
    '<div class="card rating"><h3>Rating</h3><figure><a href="/ratings/false"><img src="/false.png" alt=""></a></figure>'
    '<div class="media"><h5>Made up</h5><a href="/ratings">About our ratings</a></div></div>'
)
AROUND = ('<main><div class="header"><h1>Was the pier blown up?</h1><p>By Ada Quill</p></div>' + BOX, "</main>")
STORY_BOX = f'<div class="wrap"><h3>Origin</h3><div class="content">{paragraphs(*STORY)}</div></div>'


def review(claim: Any = CLAIM, **more: Any) -> dict[str, Any]:
    rating = {"@type": "Rating", "alternateName": "Made up", "ratingValue": 1}
    return {"@type": "ClaimReview", "claimReviewed": claim, "reviewRating": rating, **more}


def fact_check(data: dict[str, Any] | None, claim: str = CLAIM) -> Any:
    around = (AROUND[0].format(claim=claim), AROUND[1])
    return read(page(STORY_BOX, headline=None, data=data, around=around))


def test_claim_and_verdict_open_the_story() -> None:
    article = fact_check(review())
    assert article.body.startswith(f"Claim\n\n{CLAIM}\n\nRating\n\nMade up\n\nOrigin\n\n{STORY[0]}")
    assert article.body.endswith(STORY[-1])
    assert labels_of(article, "About our ratings") == {Label.RELATED}


def test_a_verdict_is_none_without_its_claim() -> None:
    article = fact_check(review("Nobody has ever seen the pier of Saltmouth by night."))
    assert not in_body(article, "Made up")
    assert in_body(article, STORY[0])


def test_claims_in_data_that_is_none() -> None:
    claims: tuple[Any, ...] = (7, [], {"name": 3}, "short")
    for claim in claims:
        assert in_body(fact_check(review(claim, reviewRating="false")), STORY[0])


def test_a_claim_in_quotation_marks_is_a_card_about_who_said_it() -> None:
    said = "“The old pier of Saltmouth was blown up to make room for a casino,” says a leaflet."
    article = fact_check(review(said), claim=said)
    assert not in_body(article, said)
    assert in_body(article, STORY[0])
