"""Candidate passages for every source in scope: k counts sources, not passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    depth = max(SEARCH_DEPTH, most * len(articles) if len(articles) < SEARCH_DEPTH else SEARCH_DEPTH)
    ranked: dict[str, list[Hit]] = {}
    for hit in collection.search(question, scope=scope, limit=depth):
        if hit.passage.article_id in wanted:
            ranked.setdefault(hit.passage.article_id, []).append(hit)
    top = max((hit.lexical for hits in ranked.values() for hit in hits), default=0.0)

    def is_worth_reading(hit: Hit) -> bool:
        return hit.dense + (hit.lexical / top if top > 0 else 0.0) >= WORTH_READING

    chosen: dict[str, list[Hit]] = {}
    room = budget
    for place in range(most):
        for article_id, hits in ranked.items():
            if place < len(hits) and room > 0 and (place == 0 or is_worth_reading(hits[place])):
                chosen.setdefault(article_id, []).append(hits[place])
                room -= 1
    return Candidates({article_id: tuple(hits) for article_id, hits in chosen.items()})


def lexical_shares(found: Candidates) -> dict[str, float]:
    """Each article's best BM25 score as a share of the best of all, 0 to 1, by article id."""
    best = {article_id: max(hit.lexical for hit in hits) for article_id, hits in found.hits.items()}
    top = max(best.values(), default=0.0)
    return {article_id: score / top if top > 0 else 0.0 for article_id, score in best.items()}
