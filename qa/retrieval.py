"""Candidate passages for every source in scope: k counts sources, not passages."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from index import Article, Collection, Hit, Scope

READING_BUDGET = 64
"""Most passages read for one question."""

MOST_PER_SOURCE = 4
MOST_OF_FEW = 32
"""Where sources are so few that each may have more than `MOST_PER_SOURCE`, they share these."""

WORTH_READING = 0.3
"""Least sum of a passage's cosine and its BM25 score, as a share of the best, at which a source's second or later is read.

On the developers' questions half of the passages lie below, and none of their answers but one in a hundred.
"""

SEARCH_DEPTH = 400
"""Passages that are looked through for those to read: the best of far more sources than the budget can read."""

_Scored = TypeVar("_Scored", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages to read, by article id, best first; sources without any were not found worth reading."""

    hits: Mapping[str, tuple[Hit, ...]]

    @property
    def total(self) -> int:
        """Passages to read over all sources."""
        return sum(len(hits) for hits in self.hits.values())


def candidates(
    collection: Collection,
    question: str,
    articles: Sequence[Article],
    scope: Scope | None,
    *,
    budget: int = READING_BUDGET,
) -> Candidates:
    """The best passages of each of `articles`, at most `budget` in all, shared out in rounds over the sources.

    Round one gives every source its best passage, in the order of the fused ranking of
    `Collection.search`; further rounds add each source's next one, where it is worth reading.
    """
    most = max(MOST_PER_SOURCE, MOST_OF_FEW // max(1, len(articles)))
    wanted = {article.id for article in articles}
    ranked: dict[str, list[Hit]] = {}
    for hit in collection.search(question, scope=scope, limit=SEARCH_DEPTH):
        if hit.passage.article_id in wanted:
            ranked.setdefault(hit.passage.article_id, []).append(hit)
    share = _shares({hit.passage: hit.lexical for hits in ranked.values() for hit in hits})
    chosen: dict[str, list[Hit]] = {}
    room = budget
    for place in range(most):
        for article_id, hits in ranked.items():
            if place >= len(hits) or room == 0:
                continue
            hit = hits[place]
            if place == 0 or hit.dense + share[hit.passage] >= WORTH_READING:
                chosen.setdefault(article_id, []).append(hit)
                room -= 1
    return Candidates({article_id: tuple(hits) for article_id, hits in chosen.items()})


def lexical_shares(found: Candidates) -> dict[str, float]:
    """Each article's best BM25 score as a share of the best of all, 0 to 1, by article id."""
    return _shares({article_id: max(hit.lexical for hit in hits) for article_id, hits in found.hits.items()})


def _shares(scores: Mapping[_Scored, float]) -> dict[_Scored, float]:
    """Each score as a share of the best, 0 to 1; all 0 where none is above 0."""
    top = max(scores.values(), default=0.0)
    return {scored: score / top if top > 0 else 0.0 for scored, score in scores.items()}
