"""Gold questions: a question with the truth for every source, loaded strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from eval.errors import GoldError
from index import Article
from qa.answer import Verdict

VERDICTS: tuple[str, ...] = get_args(Verdict)

_QUESTION_KEYS = ("id", "question", "kind", "sources", "verdict", "tags")
_SOURCE_KEYS = ("answers", "quotes", "figures")
_QUOTE_KEYS = ("start", "end", "text")
_FIGURE_KEYS = ("low", "high", "unit", "counts", "said_by")


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """The shortest span that proves that a source answers; offsets count characters of the article's text."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or not self.text or self.end - self.start != len(self.text):
            raise GoldError(
                f"quote {self.start}-{self.end} cannot hold the {len(self.text)} characters of {self.text!r}"
            )


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A quantity that a source states; a single value has `low == high`."""

    low: float
    high: float
    unit: str | None
    counts: str | None
    said_by: str | None

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise GoldError(f"figure has low {self.low} above high {self.high}")


@dataclass(frozen=True, slots=True)
class SourceTruth:
    """Whether one source answers, and the spans and figures that prove it; a silent source has neither."""

    answers: bool
    quotes: tuple[GoldQuote, ...] = ()
    figures: tuple[GoldFigure, ...] = ()

    def __post_init__(self) -> None:
        if self.answers and not self.quotes:
            raise GoldError("'answers' is true and 'quotes' is empty: give the span that proves it")
        if not self.answers and (self.quotes or self.figures):
            raise GoldError(
                "'answers' is false and there are quotes or figures: remove them, or set it to true"
            )


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, the truth for every source by name, and the verdict over all of them."""

    id: str
    question: str
    kind: str
    sources: Mapping[str, SourceTruth]
    verdict: str
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.question.strip() or not self.sources:
            raise GoldError(f"question {self.id!r} needs an id, a question and at least one source")
        if self.verdict not in VERDICTS:
            raise GoldError(f"verdict {self.verdict!r} is none of {', '.join(VERDICTS)}")
        if (self.verdict == "none") != (not self.answering):
            raise GoldError(
                f"verdict {self.verdict!r} with {len(self.answering)} answering sources: 'none' is for no source"
            )

    @property
    def answering(self) -> tuple[str, ...]:
        """Names of the sources that answer, in the file's order."""
        return tuple(name for name, truth in self.sources.items() if truth.answers)

    def to_dict(self) -> dict[str, Any]:
        """The question as the JSON values of its line."""
        return {
            "id": self.id, "question": self.question, "kind": self.kind,
            "sources": {name: _truth_dict(truth) for name, truth in self.sources.items()},
            "verdict": self.verdict, "tags": list(self.tags),
        }  # fmt: skip


def load_gold(path: Path, articles_by_name: Mapping[str, Article]) -> tuple[GoldQuestion, ...]:
    """The gold questions of a JSON lines file, each checked against the articles and keyed by their own names.

    Raises GoldError with file and line number for broken JSON, a missing, unknown or mistyped key, a repeated id,
    a source that is not in `articles_by_name`, and a quote where `text[start:end]` is not the text it claims.
    """
    questions: dict[str, GoldQuestion] = {}
    for number, line in numbered_lines(path):
        try:
            question = parse_question(json.loads(line))
            check_quotes(question, articles_by_name)
            question = _with_own_names(question, articles_by_name)
            if question.id in questions:
                raise GoldError(f"id {question.id!r} is used twice")
        except json.JSONDecodeError as error:
            raise GoldError(
                f"{path}:{number}: is not valid JSON from column {error.colno} on ({error.msg}): mend that line"
            ) from error
        except GoldError as error:
            raise GoldError(f"{path}:{number}: {error}") from error
        questions[question.id] = question
    if not questions:
        raise GoldError(f"{path}: holds no question: add one with `everysource gold add`")
    return tuple(questions.values())


def numbered_lines(path: Path) -> tuple[tuple[int, str], ...]:
    """The lines of a gold file that are not blank, with their numbers from 1; GoldError where it cannot be read.

    Only line feeds end a line: a quote may hold other separators, such as U+2028.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror or error}): check the path") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: is not UTF-8 at byte {error.start}: save it as UTF-8") from error
    return tuple((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def select(gold: Iterable[GoldQuestion], tag: str | None) -> tuple[GoldQuestion, ...]:
    """The questions that carry a tag (such as `dev` or `held_out`), all for None; raises GoldError where none does."""
    chosen = tuple(question for question in gold if tag is None or tag in question.tags)
    if not chosen:
        raise GoldError(f"no question has the tag {tag!r}: look at 'tags' in the gold file")
    return chosen


def narrow(gold: Iterable[GoldQuestion], names: Container[str]) -> tuple[GoldQuestion, ...]:
    """The questions with the truth for the sources in `names` alone; those that name none of them are left out.

    Where one source answers still, or none, the verdict follows; that over several stays as it is. Raises GoldError
    where no question is left.
    """
    narrowed: list[GoldQuestion] = []
    for question in gold:
        if sources := {name: truth for name, truth in question.sources.items() if name in names}:
            answering = sum(truth.answers for truth in sources.values())
            verdict = {0: "none", 1: "single"}.get(answering, question.verdict)
            narrowed.append(replace(question, sources=sources, verdict=verdict))
    if not narrowed:
        raise GoldError("no question names a source in scope: widen the dates or the outlets")
    return tuple(narrowed)


def parse_question(row: object) -> GoldQuestion:
    """One decoded line as a GoldQuestion; raises GoldError naming the key that is missing, unknown or mistyped."""
    fields = _fields(row, _QUESTION_KEYS, "the question")
    sources = _typed(fields, "sources", dict, "the question")
    tags = _typed(fields, "tags", list, "the question")
    if not all(isinstance(tag, str) for tag in tags):
        raise GoldError(f"'tags' of the question holds something that is no string: {tags!r}")
    return GoldQuestion(
        _typed(fields, "id", str, "the question"), _typed(fields, "question", str, "the question"),
        _typed(fields, "kind", str, "the question"), {name: _truth(name, value) for name, value in sources.items()},
        _typed(fields, "verdict", str, "the question"), tuple(tags),
    )  # fmt: skip


def check_quotes(question: GoldQuestion, articles_by_name: Mapping[str, Article]) -> None:
    """Raise GoldError unless every source is known and every quote is what its article says at that place."""
    for name, truth in question.sources.items():
        article = articles_by_name.get(name)
        if article is None:
            raise GoldError(f"source {name!r} is not in the collection, which has {_some(articles_by_name)}")
        for quote in truth.quotes:
            found = article.text[quote.start : quote.end]
            if found != quote.text:
                raise GoldError(
                    f"{name}: text[{quote.start}:{quote.end}] is {found!r} and not {quote.text!r}, "
                    + _place(quote, article)
                )


def _place(quote: GoldQuote, article: Article) -> str:
    starts = [match.start() for match in re.finditer(re.escape(quote.text), article.text)]
    if not starts:
        return "which does not stand in it: copy the words as they are printed"
    nearest = min(starts, key=lambda start: abs(start - quote.start))
    return f"which stands at {nearest}-{nearest + len(quote.text)}"


def _with_own_names(question: GoldQuestion, articles_by_name: Mapping[str, Article]) -> GoldQuestion:
    named = {articles_by_name[name].name: truth for name, truth in question.sources.items()}
    if len(named) != len(question.sources):
        raise GoldError(f"'sources' names an article twice: {', '.join(question.sources)}")
    return replace(question, sources=named)


def _truth(name: str, value: object) -> SourceTruth:
    where = f"source {name!r}"
    fields = _fields(value, _SOURCE_KEYS, where)
    try:
        return SourceTruth(
            _typed(fields, "answers", bool, where),
            tuple(_quote(quote, where) for quote in _typed(fields, "quotes", list, where)),
            tuple(_figure(figure, where) for figure in _typed(fields, "figures", list, where)),
        )
    except GoldError as error:
        raise GoldError(str(error) if where in str(error) else f"{where}: {error}") from error


def _quote(value: object, where: str) -> GoldQuote:
    fields = _fields(value, _QUOTE_KEYS, f"a quote of {where}")
    return GoldQuote(
        _typed(fields, "start", int, where),
        _typed(fields, "end", int, where),
        _typed(fields, "text", str, where),
    )


def _figure(value: object, where: str) -> GoldFigure:
    fields = _fields(value, _FIGURE_KEYS, f"a figure of {where}")
    for key in ("low", "high"):
        _typed(fields, key, (int, float), where)
    for key in ("unit", "counts", "said_by"):
        _typed(fields, key, (str, type(None)), where)
    return GoldFigure(**fields)


def _fields(value: object, keys: Sequence[str], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise GoldError(f"{where} is no JSON object: {value!r}")
    missing, unknown = [key for key in keys if key not in value], [key for key in value if key not in keys]
    if missing or unknown:
        faults = [f"lacks {missing}"] * bool(missing) + [f"has unknown {unknown}"] * bool(unknown)
        raise GoldError(f"{where} {' and '.join(faults)}; its keys are {', '.join(keys)}")
    return value


def _typed(fields: Mapping[str, Any], key: str, kinds: type | tuple[type, ...], where: str) -> Any:
    value = fields[key]
    allowed = kinds if isinstance(kinds, tuple) else (kinds,)
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        wanted = " or ".join(kind.__name__ for kind in allowed)
        raise GoldError(f"'{key}' of {where} must be {wanted} and is {value!r}")
    return value


def _some(articles_by_name: Mapping[str, Article]) -> str:
    names = sorted(articles_by_name)
    return (
        ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        if names
        else "no sources"
    )


def _truth_dict(truth: SourceTruth) -> dict[str, Any]:
    return {
        "answers": truth.answers,
        "quotes": [{"start": quote.start, "end": quote.end, "text": quote.text} for quote in truth.quotes],
        "figures": [
            {
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "counts": figure.counts,
                "said_by": figure.said_by,
            }
            for figure in truth.figures
        ],
    }
