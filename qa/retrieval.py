"""Candidate passages for every source in scope: k counts sources, not passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import Article, Collection, Hit, Scope

READING_BUDGET = 64
"""Most passages read for one question."""

MOST_PER_SOURCE = 6
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
    `Collection.search`; further rounds add each source's next one.
    """
    wanted = {article.id for article in articles}
    depth = max(
        SEARCH_DEPTH, MOST_PER_SOURCE * len(articles) if len(articles) < SEARCH_DEPTH else SEARCH_DEPTH
    )
    ranked: dict[str, list[Hit]] = {}
    for hit in collection.search(question, scope=scope, limit=depth):
        if hit.passage.article_id in wanted:
            ranked.setdefault(hit.passage.article_id, []).append(hit)
    chosen: dict[str, list[Hit]] = {}
    room = budget
    for place in range(MOST_PER_SOURCE):
        for article_id, hits in ranked.items():
            if place < len(hits) and room > 0:
                chosen.setdefault(article_id, []).append(hits[place])
                room -= 1
    return Candidates({article_id: tuple(hits) for article_id, hits in chosen.items()})


def lexical_shares(found: Candidates) -> dict[str, float]:
    """Each article's best BM25 score as a share of the best of all, 0 to 1, by article id."""
    best = {article_id: max(hit.lexical for hit in hits) for article_id, hits in found.hits.items()}
    top = max(best.values(), default=0.0)
    return {article_id: score / top if top > 0 else 0.0 for article_id, score in best.items()}
