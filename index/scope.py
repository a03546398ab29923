"""Which sources a question is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.articles import Article


@dataclass(frozen=True, slots=True)
class Scope:
    """The sources that meet every given condition; None sets no condition.

    `sources` holds names or ids, `outlets` are compared without regard to case, `since` and `until` are inclusive.
    An article without a date is out of scope as soon as either date is set.
    """

    sources: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"scope runs from {self.since} to {self.until}: swap the two dates")

    def admits(self, article: Article) -> bool:
        """Whether `article` is in scope."""
        return self._admits_source(article) and self._admits_date(article) and self._admits_outlet(article)

    def _admits_source(self, article: Article) -> bool:
        return self.sources is None or article.id in self.sources or article.name in self.sources

    def _admits_date(self, article: Article) -> bool:
        if self.since is None and self.until is None:
            return True
        if article.published is None:
            return False
        return (self.since or date.min) <= article.published <= (self.until or date.max)

    def _admits_outlet(self, article: Article) -> bool:
        if self.outlets is None:
            return True
        return article.outlet is not None and article.outlet.casefold() in {
            o.casefold() for o in self.outlets
        }
