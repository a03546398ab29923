"""Parts of a question that are about one outlet: "does The Courier say that ..., while the Herald reports ...?"."""

from __future__ import annotations

from collections.abc import Iterable

from index import named_outlets
from qa.question import Question, content_stems, understand

FEWEST_TERMS = 3
"""A part with fewer words of its own ("as reported by The Courier") asks nothing."""

_OF_PRINT = content_stems(
    "article articles report reported reporting publish published piece story stories coverage mention feature discuss suggest "
    "describe highlight claim indicate state both January February March April May June July August September October November "
    "December compare similar different change recently"
)


def part_questions(question: Question, outlets: Iterable[str]) -> dict[str, tuple[Question, ...]]:
    """What `question` asks of each outlet that it names, by outlet; parts without a subject of their own are left out."""
    found: dict[str, tuple[Question, ...]] = {}
    for named in named_outlets(question.text, outlets):
        part = understand(named.words)
        own = set(part.terms) - _OF_PRINT - content_stems(named.outlet)
        if part.text != question.text and sum(not term[0].isdigit() for term in own) >= FEWEST_TERMS:
            found[named.outlet] = (*found.get(named.outlet, ()), part)
    return found
