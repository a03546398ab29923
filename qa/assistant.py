"""`Assistant.ask`: a question in, an Answer with one report for every source out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from index import Article, Change, Collection, Scope
from qa.answer import Answer, Searched, SourceReport
from qa.decision import Decision, Evidence, fitted_decision, known_stems, weigh
from qa.errors import QuestionError
from qa.figures.asked import asked_of, asks_for_all
from qa.parts import part_questions
from qa.question import Question, Wanted, understand
from qa.quoting import MarkedSpan, further_quotes, quotes
from qa.reading import Reader, Reading, default_reader
from qa.reading.windows import PassageWindow, passage_window
from qa.recent import RecentAnswers, key_of
from qa.retrieval import READING_BUDGET, Candidates, candidates, lexical_shares
from qa.verdict import compare

READING_BATCH = 32
FURTHER_SHARE = 0.5
"""What else a source says is an answer too where it is at least so likely one, as a share of its likeliest."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far an answer is: `done` of `total` passages read, or sources searched or compared.

    While reading, the passages are those of so many `sources`, of which `answering` are known to answer so far.
    """

    name: Literal["searching", "reading", "comparing"]
    done: int
    total: int
    sources: int = 0
    answering: int = 0


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One passage read: for each span that the reader marks, what speaks for it and the probability that it answers."""

    article: Article
    seen: PassageWindow
    reading: Reading
    evidence: tuple[Evidence, ...]
    probabilities: tuple[float, ...]

    @property
    def best(self) -> float:
        """The highest of the probabilities, 0 where nothing is marked."""
        return max(self.probabilities, default=0.0)


class Assistant:
    """Answers questions over a collection with cited excerpts from every source.

    Needs no network; the same collection and question give the same answer. `reader` and `decision` replace the
    ones that ship with the project.
    """

    def __init__(
        self,
        collection: Collection,
        reader: Reader | None = None,
        *,
        decision: Decision | None = None,
        budget: int = READING_BUDGET,
    ) -> None:
        self.collection = collection
        self._reader = reader
        self._decision = decision
        self.budget = budget
        self._recent = RecentAnswers()

    @property
    def reader(self) -> Reader:
        """The reader, loaded at first use."""
        if self._reader is None:
            self._reader = default_reader()
        return self._reader

    @property
    def decision(self) -> Decision:
        """The decision, loaded at first use."""
        if self._decision is None:
            self._decision = fitted_decision()
        return self._decision

    def ask(
        self, question: str, scope: Scope | None = None, *, on_step: Callable[[Step], None] | None = None
    ) -> Answer:
        """Every source in scope: quoted where it answers, else listed as silent or as a copy.

        The answer of a question asked not long ago is given again at once, without steps, while the articles are the
        same. Raises QuestionError for an empty or overlong question and for a scope without sources.
        """
        asked = understand(question)
        key = key_of(self.collection.generation, asked.text, scope, self.budget)
        answer = self._recent.get(key)
        if answer is None:
            answer = self._ask(asked, scope, on_step or (lambda step: None))
            self._recent.put(key, answer)
        return answer

    def _ask(self, asked: Question, scope: Scope | None, report: Callable[[Step], None]) -> Answer:
        articles = self.collection.articles(scope)
        if not articles:
            raise QuestionError(
                "no source is in scope: add articles with `everysource index PATH`, or widen the scope "
                "(articles without a date lie in no range of dates)"
            )
        report(Step("searching", 0, len(articles)))
        copies = copies_in_scope(articles, self.collection.copies())
        originals = [article for article in articles if article.id not in copies]
        found = candidates(self.collection, asked.text, originals, scope, budget=self.budget)
        read = self.read(asked, originals, found, report)
        report(Step("comparing", 0, len(originals)))
        reports = self._reports(asked, articles, copies, read)
        comparison = compare(asked, reports, similarity=self.collection.similarity)
        searched = Searched(
            len(articles), self.collection.passage_count(scope), found.total, self.collection.generation
        )
        return Answer(
            asked.text,
            comparison.headline,
            comparison.verdict,
            reports,
            comparison.figures,
            comparison.groups,
            searched,
        )

    def read(
        self,
        question: Question,
        articles: Sequence[Article],
        found: Candidates,
        report: Callable[[Step], None] = lambda step: None,
    ) -> list[ReadPassage]:
        """The candidate passages read and weighed, in order of their sources.

        Where the question names outlets, their passages are also asked the part that is about them; what answers more
        surely counts.
        """
        work = [
            (article, hit, passage_window(article, hit.passage))
            for article in articles
            for hit in found.hits.get(article.id, ())
        ]
        parts = part_questions(question, {article.outlet for article in articles if article.outlet})
        asked = [(question, place) for place in range(len(work))]
        asked += [
            (part, place)
            for outlet, several in parts.items()
            for part in several
            for place, (article, _, _) in enumerate(work)
            if article.outlet == outlet
        ]
        lexical = lexical_shares(found)
        known = {article.id: known_stems(article) for article in articles if article.id in found.hits}
        best: dict[int, ReadPassage] = {}
        likeliest: dict[str, float] = {}
        sources = len({article.id for article, _, _ in work})
        done = 0
        for one, batch in _batches(asked):
            report(Step("reading", done, len(asked), sources, self._answering(likeliest)))
            readings = self.reader.read(one.text, [work[place][2].window for place in batch])
            done += len(batch)
            for place, reading in zip(batch, readings, strict=True):
                article, hit, seen = work[place]
                evidence = weigh(
                    one, seen.window, reading,
                    dense=hit.dense, lexical=lexical[article.id], known=known[article.id],
                )  # fmt: skip
                read = ReadPassage(
                    article, seen, reading, evidence, tuple(map(self.decision.probability, evidence))
                )
                if place not in best or read.best > best[place].best:
                    best[place] = read
                likeliest[article.id] = max(read.best, likeliest.get(article.id, 0.0))
        report(Step("reading", len(asked), len(asked), sources, self._answering(likeliest)))
        return [best[place] for place in range(len(work))]

    def _answering(self, likeliest: Mapping[str, float]) -> int:
        """How many sources answer, by the probability of each one's likeliest span."""
        least = self.decision.least(max(likeliest.values(), default=0.0))
        return sum(probability >= least for probability in likeliest.values())

    def _reports(
        self,
        asked: Question,
        articles: Sequence[Article],
        copies: Mapping[str, str],
        read: Sequence[ReadPassage],
    ) -> tuple[SourceReport, ...]:
        by_source: dict[str, list[ReadPassage]] = {}
        for passage in read:
            by_source.setdefault(passage.article.id, []).append(passage)
        least = self.decision.least(max((passage.best for passage in read), default=0.0))
        reports: list[SourceReport] = []
        for article in articles:
            if article.id in copies:
                reports.append(SourceReport(article, "copy", 0.0, copy_of=copies[article.id]))
            else:
                reports.append(self._report(asked, article, by_source.get(article.id, []), least))
        versions = self.collection.versions()
        reports = [
            replace(made, version_of=versions[made.article.id], changes=self._new_figures(made))
            if made.article.id in versions
            else made
            for made in reports
        ]
        order = {"answers": 0, "silent": 1, "copy": 2}
        return tuple(sorted(reports, key=lambda made: (order[made.status], -made.score, made.article.name)))

    def _new_figures(self, report: SourceReport) -> tuple[Change, ...]:
        """The figures that changed, of a source that answers: laying two texts side by side takes its time."""
        if report.status != "answers":
            return ()
        return tuple(change for change in self.collection.changes(report.article.id) if change.figure)

    def _report(
        self, asked: Question, article: Article, read: Sequence[ReadPassage], least: float
    ) -> SourceReport:
        best = max((passage.best for passage in read), default=0.0)
        score, least = round(best, 4), max(least, FURTHER_SHARE * best)
        spans = [marked for passage in read for marked in _marked_spans(passage, least)]
        if not spans:
            return SourceReport(article, "silent", score)
        made = quotes(article, spans, with_but=asked.wanted is Wanted.YES_NO)
        counted = asked_of(asked.text)
        if asked.wanted is Wanted.NUMBER and asks_for_all(counted):
            places = [(p.seen.passage.start, p.seen.passage.end, p.best) for p in read]
            made += further_quotes(article, places, counted, made)
        return SourceReport(article, "answers", score, made)


def _marked_spans(passage: ReadPassage, least: float) -> list[MarkedSpan]:
    """The spans of a passage that answer with a probability of `least` or more."""
    shift, place = passage.seen.shift, passage.seen.passage
    return [
        MarkedSpan(span.start + shift, span.end + shift, probability, place.start, place.end)
        for span, probability in zip(passage.reading.spans, passage.probabilities, strict=True)
        if probability >= least
    ]


def _batches(asked: Sequence[tuple[Question, int]]) -> Iterator[tuple[Question, list[int]]]:
    """Places to read, at most READING_BATCH at a time, each batch with the one question that they are asked."""
    for question, group in groupby(asked, key=lambda pair: pair[0]):
        places = [place for _, place in group]
        for begin in range(0, len(places), READING_BATCH):
            yield question, places[begin : begin + READING_BATCH]


def copies_in_scope(articles: Sequence[Article], copies: Mapping[str, str]) -> dict[str, str]:
    """Copies whose original is in scope too; where it is not, the first copy by date and name stands for it."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(copies.get(article.id, article.id), []).append(article)
    found: dict[str, str] = {}
    for original, members in groups.items():
        ids = {member.id for member in members}
        first = min(
            members, key=lambda member: (member.published is None, member.published or date.max, member.name)
        )
        standing = original if original in ids else first.id
        found |= {member.id: standing for member in members if member.id != standing}
    return found
