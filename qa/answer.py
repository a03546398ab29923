"""What `Assistant.ask` returns: every source accounted for, with quotes that are checked when they are made."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from index import Article, Change
from qa.comparison import Group, SourcedFigure
from qa.errors import QuoteError

Status = Literal["answers", "silent", "copy"]
Verdict = Literal["agree", "differ", "explained", "single", "none"]

FORMAT_VERSION = 1
CONTEXT_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The words inside a quote that answer the question; offsets count characters of the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim excerpt: `article.text[start:end] == text`, made only by `cut`, which checks it.

    `prefix` and `suffix` are the characters around it, as in W3C's TextQuoteSelector
    (Web Annotation Data Model, section 4.2.4). `score` is the probability that it answers, 0 to 1.
    """

    article_id: str
    start: int
    end: int
    text: str
    prefix: str
    suffix: str
    score: float
    answer: ShortAnswer | None = None
    said_by: str | None = None

    @classmethod
    def cut(
        cls,
        article: Article,
        start: int,
        end: int,
        *,
        score: float,
        answer: tuple[int, int] | None = None,
        said_by: str | None = None,
    ) -> Quote:
        """The excerpt `article.text[start:end]`; raises QuoteError when it is empty, outside, or misses its answer."""
        if not 0 <= start < end <= len(article.text):
            raise QuoteError(
                f"quote {start}-{end} does not lie in {article.name}, which has {len(article.text)} characters"
            )
        short = None
        if answer is not None:
            if not start <= answer[0] < answer[1] <= end:
                raise QuoteError(
                    f"short answer {answer[0]}-{answer[1]} lies outside its quote {start}-{end} in {article.name}"
                )
            short = ShortAnswer(answer[0], answer[1], article.text[answer[0] : answer[1]])
        return cls(
            article.id,
            start,
            end,
            article.text[start:end],
            article.text[max(0, start - CONTEXT_CHARACTERS) : start],
            article.text[end : end + CONTEXT_CHARACTERS],
            round(score, 4),
            short,
            said_by,
        )

    def to_dict(self) -> dict[str, Any]:
        """The quote as JSON values."""
        answer = (
            {"start": self.answer.start, "end": self.answer.end, "text": self.answer.text}
            if self.answer
            else None
        )
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "score": self.score,
            "answer": answer,
            "said_by": self.said_by,
        }


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one source has to say: its quotes when it answers, none when it is silent or a copy of another.

    `version_of` is the id of the earlier article that this one brings up to date, `changes` the figures
    that gave way to others since, where it answers.
    """

    article: Article
    status: Status
    score: float
    quotes: tuple[Quote, ...] = ()
    copy_of: str | None = None
    version_of: str | None = None
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if (self.status == "answers") != bool(self.quotes):
            raise QuoteError(f"{self.article.name} is '{self.status}' with {len(self.quotes)} quotes")
        if (self.status == "copy") != (self.copy_of is not None):
            raise QuoteError(f"{self.article.name} is '{self.status}' and copy_of is {self.copy_of}")
        if not 0.0 <= self.score <= 1.0:
            raise QuoteError(f"{self.article.name} has score {self.score}, which is no probability")

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        article = self.article
        return {
            "source": article.name,
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
            "status": self.status,
            "copy_of": self.copy_of,
            "version_of": self.version_of,
            "changes": [asdict(change) for change in self.changes],
            "score": round(self.score, 4),
            "quotes": [quote.to_dict() for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """How deep the answer looked: sources in scope, passages in them, passages read, and the collection's generation."""

    sources: int
    passages: int
    read: int
    generation: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with one report for every source in scope, the figures lined up, and the verdict in words.

    `sources` keeps answering sources first (best first), then silent ones, then copies.
    """

    question: str
    headline: str
    verdict: Verdict
    sources: tuple[SourceReport, ...]
    figures: tuple[SourcedFigure, ...]
    groups: tuple[Group, ...]
    searched: Searched

    def __post_init__(self) -> None:
        if len(self.sources) != self.searched.sources:
            raise QuoteError(f"{len(self.sources)} reports for {self.searched.sources} sources in scope")
        if len({report.article.id for report in self.sources}) != len(self.sources):
            raise QuoteError("a source is reported twice")

    def counts(self) -> dict[Status, int]:
        """How many sources answer, are silent, are copies; they add up to the sources in scope."""
        seen = Counter(report.status for report in self.sources)
        return {"answers": seen["answers"], "silent": seen["silent"], "copy": seen["copy"]}

    @property
    def answering(self) -> tuple[SourceReport, ...]:
        """The reports of the sources that answer, best first."""
        return tuple(report for report in self.sources if report.status == "answers")

    def to_dict(self) -> dict[str, Any]:
        """The answer as versioned JSON values; the same collection and question give the same bytes."""
        return {
            "version": FORMAT_VERSION,
            "question": self.question,
            "headline": self.headline,
            "verdict": self.verdict,
            "sources": [report.to_dict() for report in self.sources],
            "figures": [self._figure(index, sourced) for index, sourced in enumerate(self.figures)],
            "groups": [
                {
                    "counts": group.counts,
                    "unit": group.unit,
                    "state": group.state,
                    "verdict": group.verdict,
                    "low": _number(group.low),
                    "high": _number(group.high),
                    "sources": group.sources,
                    "independent": group.independent,
                    "reason": group.reason,
                }
                for group in self.groups
            ],
            "searched": {
                "sources": self.searched.sources,
                "passages": self.searched.passages,
                "read": self.searched.read,
                "generation": self.searched.generation,
            },
        }

    def _figure(self, index: int, sourced: SourcedFigure) -> dict[str, Any]:
        figure = sourced.figure
        group = next((place for place, group in enumerate(self.groups) if index in group.members), None)
        return {
            "group": group,
            "source": sourced.source,
            "quote": sourced.quote,
            "answers": sourced.answers,
            "start": figure.start,
            "end": figure.end,
            "text": figure.text,
            "low": _number(figure.low),
            "high": _number(figure.high),
            "qualifier": figure.qualifier,
            "bound": figure.bound,
            "unit": figure.unit,
            "counts": figure.counts,
            "state": figure.state,
            "said_by": figure.said_by,
            "as_of": figure.as_of,
            "as_of_resolved": figure.as_of_resolved,
            "negated": figure.negated,
        }


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
