"""A link to an answer: question, collection and scope as the query of the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from index import Scope
from ui.chat.conversation import Inquiry

LONGEST_QUESTION = 1000


class Query(Protocol):
    """The parameters of an address, some of them given several times."""

    def getlist(self, key: str) -> list[str]:
        """All values of a parameter, none where it is not given."""


def link(inquiry: Inquiry) -> str:
    """The query that opens the answer again, beginning with "?"."""
    scope = inquiry.scope
    pairs = [("q", inquiry.question), ("in", inquiry.collection)]
    pairs += [("source", source) for source in scope.sources or ()]
    pairs += [("outlet", outlet) for outlet in scope.outlets or ()]
    pairs += [
        (name, day.isoformat()) for name, day in (("since", scope.since), ("until", scope.until)) if day
    ]
    return f"?{urlencode(pairs)}"


def inquiry_of(query: Query, default: str) -> Inquiry | None:
    """The inquiry that an address asks for, of the collection `default` where it names none; None where it asks nothing.

    Raises ValueError for a day that is none.
    """
    question = " ".join(query.getlist("q")[:1]).strip()[:LONGEST_QUESTION]
    if not question:
        return None
    collection = next(iter(query.getlist("in")), default)
    days = {name: next(iter(query.getlist(name)), "") for name in ("since", "until")}
    return Inquiry(question, collection, scope_of(query.getlist("source"), query.getlist("outlet"), **days))


def scope_of(
    sources: list[str] | None = None,
    outlets: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Scope:
    """The scope of what was picked; nothing picked sets no condition. Raises ValueError for a day that is none."""
    return Scope(
        sources=tuple(sources) if sources else None,
        outlets=tuple(outlets) if outlets else None,
        since=_day(since),
        until=_day(until),
    )


def _day(text: str | None) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no day; write it as YYYY-MM-DD, such as 2024-03-04") from error


def described(scope: Scope) -> str:
    """The scope in words, empty where it sets no condition: "only The Gazette; since 2024-06-01"."""
    parts: Mapping[str, str | None] = {
        "only": "; ".join((*(scope.outlets or ()), *(scope.sources or ()))),
        "since": scope.since.isoformat() if scope.since else None,
        "until": scope.until.isoformat() if scope.until else None,
    }
    return "; ".join(f"{word} {value}" for word, value in parts.items() if value)
