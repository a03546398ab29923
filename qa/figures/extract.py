"""Figures of a span of text: quantities joined with what they count, their state, speaker and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .attribution import quote_speaker, speaker_of
from .counted import Phrase
from .dates import DateMention, find_dates
from .lexicon import words
from .model import Figure, Span
from .nouns import is_person
from .qualifiers import Qualifier, qualifier_after, qualifier_before
from .quantities import Quantity, find_quantities
from .states import find_state
from .things import Counted, ReadSentence, ThingReader, head_is_person, span
from .tokens import Token, sentences, tokenize
from .units import UnitMatch, is_currency, period_after

_BACK = 900
_NEGATIONS = words("not never no denied denies deny neither nor without refuted rejected false untrue")
_EXTRA_BEFORE = re.compile(
    r"\b(?P<extra>additional|another|further|extra)\s+(?:estimated\s+|about\s+|around\s+|some\s+)*$", re.I
)
_EXTRA_AFTER = re.compile(r"\s+(?P<extra>additional|further|extra|more)\b(?!\s+than)", re.I)
_LEAD_IN = re.compile(r"(?:\bbetween|\bfrom|\ba|\ban|\bthe)\s*$", re.I)
_PERIOD_ADJECTIVES = re.compile(r"\b(?P<adjective>hourly|daily|weekly|monthly)\b", re.I)
_GOES_ON = re.compile(r"\s*(?:This|That|The|These|Those)\s(?:number|figure|total|toll|count|sum)s?\b")
_OF_PERSONS = re.compile(r"\s+(?:of\s+(?:us|you)|who)\b", re.I)
# What stands behind these words is of another time: "5% less than in 2022", "against a profit of $3m a year ago".
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|than|versus|against|(?:up|down) from)\b|\b(?:from|below|above)(?: in)?\s$",
    re.I,
)
_ON_YEAR = re.compile(r"\bon\s[0-9]{4}$")
_OF_WHOLE = re.compile(
    r"\s(?:out\s)?of\s(?:the|its|his|her|their|our|those|these|a total of)?\s?(?:(?:about|some|around|roughly|nearly|almost)\s)?",
    re.I,
)
_UNTIL = re.compile(r"\b(?:until|till)\s(?:the\s|late\s|early\s)?$", re.I)
# "Officials who asked not to be named said 15 ..." denies nothing of the 15.
_PAST_DENIAL = frozenset({",", ";", "but", "—"}) | words("named identified quoted")
_SHARED = ("counts", "owner", "state", "said_by")
_PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}


def extract_figures(
    text: str, start: int = 0, end: int | None = None, *, published: date | None = None
) -> tuple[Figure, ...]:
    """The figures in `text[start:end]`, in reading order; offsets count characters of `text`.

    The sentences around the span are read for the speaker, the date and the counted thing. `published`
    resolves relative dates and is the as-of date of figures whose sentence names none. Raises nothing.
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    if start >= end:
        return ()
    spans = sentences(text, max(0, start - _BACK), end)
    reader = _Reader(text, [ReadSentence(a, b, tokenize(text, a, b)) for a, b in spans], published)
    figures = [f for number in range(len(spans)) for f in reader.read(number, start, end)]
    return tuple(sorted(figures, key=lambda f: (f.start, f.end)))


def find_speaker(text: str, start: int, end: int) -> Span | None:
    """Who says the quote `text[start:end]`, as the sentences around it word it, or None."""
    start, end = max(0, start), min(end, len(text))
    found = quote_speaker(text, start, end) if start < end else None
    return span(text, *found) if found else None


class _Reader:
    """Reads sentences in order and remembers what was counted last."""

    def __init__(self, text: str, parts: Sequence[ReadSentence], published: date | None) -> None:
        self._text = text
        self._parts = parts
        self._published = published
        self._things = ThingReader(text, parts)

    def read(self, number: int, start: int, end: int) -> list[Figure]:
        """The figures of one sentence that lie in `start:end`; the others only serve as context."""
        part = self._parts[number]
        dates = find_dates(self._text, part.start, part.end, self._published)
        figures = [
            self._date_figure(mention) for mention in dates if start <= mention.start and mention.end <= end
        ]
        for quantity in find_quantities(self._text, part.tokens, part.start, part.end):
            inside = start <= quantity.start and quantity.number[1] <= end
            figure = self._figure(number, quantity, dates, full=inside)
            if figure is not None and inside:
                figures.append(figure)
        return self._with_parts([_like_its_other(figure, figures) for figure in figures])

    def _with_parts(self, figures: list[Figure]) -> list[Figure]:
        """The figures, where "179 of the 181 people" makes the first count people too and the second know its part."""
        for at in range(len(figures) - 1):
            part, whole = figures[at], figures[at + 1]
            people = {None, "persons"}
            bare = part.unit in people and part.counts is None and whole.unit in people
            if (
                not bare
                or part.low > whole.high
                or not _OF_WHOLE.fullmatch(self._text, part.end, whole.start)
            ):
                continue
            shared = {
                name: whole.part(name) for name in ("counts", "owner", "state") if part.part(name) is None
            }
            figures[at] = replace(
                part, unit=whole.unit, counts=whole.counts, state=part.state or whole.state,
                parts=part.parts + tuple((name, found) for name, found in shared.items() if found is not None),
            )  # fmt: skip
            share = Span(part.start, part.end, part.text)
            figures[at + 1] = replace(whole, parts=(*whole.parts, ("share", share)))
        return figures

    def _date_figure(self, mention: DateMention) -> Figure:
        low, high = mention.number()
        place = span(self._text, mention.start, mention.end)
        return Figure(
            place.start, place.end, place.text, low, high, None, "exact", "date", None, None, None, mention.label,
            mention.resolved, False, (("number", place), ("as_of", place)),
        )  # fmt: skip

    def _figure(
        self, number: int, quantity: Quantity, dates: list[DateMention], *, full: bool
    ) -> Figure | None:
        text, tokens = self._text, self._parts[number].tokens
        qualifier = self._qualifier(quantity)
        extra = self._extra(quantity, qualifier)
        lead = self._lead(quantity, qualifier, extra)
        before = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end <= lead), -1)
        own = self._things.phrase(tokens, quantity, before, qualifier)
        phrase = own if isinstance(own, Phrase) else None
        state = find_state(
            tokens, before + 1, quantity.last, phrase or self._things.participle(tokens, quantity)
        )
        thing = self._things.thing(number, quantity, own, before, state)
        if thing is not None and quantity.is_bare:
            self._things.remember(thing)
        if not full:
            return None
        period = quantity.period or self._late_period(tokens, quantity, phrase)
        unit = self._unit(quantity, thing, period)
        speaker = (
            speaker_of(text, tokens, quantity.first, quantity.last)
            or quote_speaker(text, quantity.start, quantity.end)
            or self._speaker_before(number)
        )
        as_of = self._as_of(self._parts[number], quantity, dates)
        spans: dict[str, Span | None] = {
            "number": span(text, *quantity.number),
            "qualifier": span(text, qualifier.start, qualifier.end) if qualifier else None,
            "unit": span(text, quantity.unit.start, quantity.unit.end)
            if quantity.unit and quantity.unit.end > quantity.unit.start
            else None,
            "period": span(text, period.start, period.end) if period else None,
            "counts": thing.span if thing else None,
            "owner": _bare_name(thing.owner) if thing and thing.owner else None,
            "state": span(text, *state.span(tokens)) if state else None,
            "extra": extra,
            "said_by": span(text, *speaker) if speaker else None,
            "as_of": span(text, as_of.start, as_of.end) if as_of else None,
            "before": span(text, *quantity.before) if quantity.before else None,
            "after": span(text, *quantity.after) if quantity.after else None,
        }
        return self._assemble(quantity, qualifier, unit, spans, as_of, self._negated(tokens, before, state))

    def _assemble(
        self, quantity: Quantity, qualifier: Qualifier | None, unit: str | None, spans: dict[str, Span | None],
        as_of: DateMention | None, negated: bool,
    ) -> Figure:  # fmt: skip
        def words(name: str) -> str | None:
            span = spans[name]
            return " ".join(span.text.split()) if span else None

        published = self._published.isoformat() if self._published else None
        ranged = quantity.low < quantity.high
        bound = qualifier.bound if qualifier else "exact"
        if ranged and bound not in {"min", "max"}:
            bound = "range"
        return Figure(
            quantity.start, quantity.end, self._text[quantity.start : quantity.end], quantity.low, quantity.high,
            qualifier.name if qualifier else None, bound, unit, words("counts"), words("state"), words("said_by"),
            as_of.label if as_of else published, bool(as_of and as_of.resolved), negated,
            tuple((name, span) for name, span in spans.items() if span is not None),
        )  # fmt: skip

    # -- parts ----------------------------------------------------------------------------------------

    def _qualifier(self, quantity: Quantity) -> Qualifier | None:
        before = qualifier_before(self._text, quantity.start)
        behind = qualifier_after(self._text, quantity.end)
        return behind if behind and (before is None or before.bound not in {"min", "max"}) else before

    def _extra(self, quantity: Quantity, qualifier: Qualifier | None) -> Span | None:
        low = max(0, quantity.start - 40)
        match = _EXTRA_BEFORE.search(self._text[low : quantity.start])
        if match:
            return span(self._text, low + match.start("extra"), low + match.end("extra"))
        behind = _EXTRA_AFTER.match(self._text, quantity.end)
        if behind and not (qualifier and qualifier.start >= quantity.end):
            return span(self._text, *behind.span("extra"))
        return None

    def _speaker_before(self, number: int) -> tuple[int, int] | None:
        """Who stated the number that "This number may rise to ..." goes on about: the speaker of the sentence before."""
        if number == 0 or not _GOES_ON.match(self._text, self._parts[number].start):
            return None
        before = self._parts[number - 1].tokens
        place = next((i for i in range(len(before) - 1, -1, -1) if before[i].kind == "number"), None)
        return speaker_of(self._text, before, place, place + 1) if place is not None else None

    def _lead(self, quantity: Quantity, qualifier: Qualifier | None, extra: Span | None) -> int:
        """Where the words that belong to the number begin: its qualifier, "additional", an article."""
        lead = quantity.start
        if qualifier and qualifier.start < lead:
            lead = qualifier.start
        if extra and extra.start < lead:
            lead = extra.start
        while match := _LEAD_IN.search(self._text[max(0, lead - 12) : lead]):
            lead = max(0, lead - 12) + match.start()
        return lead

    def _late_period(
        self, tokens: Sequence[Token], quantity: Quantity, phrase: Phrase | None
    ) -> UnitMatch | None:
        if phrase is None or phrase.first < quantity.last:
            return None
        return period_after(self._text, tokens[phrase.last - 1].end)

    def _unit(self, quantity: Quantity, thing: Counted | None, period: UnitMatch | None) -> str | None:
        if quantity.unit is not None:
            base: str | None = quantity.unit.code
        elif quantity.kind in {"fraction", "ratio"}:
            base = "ratio"
        elif quantity.kind == "fold":
            base = "times"
        elif quantity.kind == "none":
            base = "persons"
        else:
            words = thing.span.text.split() if thing else []
            persons = _OF_PERSONS.match(self._text, quantity.number[1]) is not None
            base = (
                "persons"
                if persons or any(is_person(w) for w in words[-1:]) or head_is_person(words)
                else None
            )
        if period is not None:
            return f"{base or 'count'}/{period.code}"
        if base and is_currency(base) and thing:
            adjective = _PERIOD_ADJECTIVES.search(thing.span.text)
            return f"{base}/{_PERIODS[adjective['adjective'].lower()]}" if adjective else base
        return base

    def _as_of(self, part: ReadSentence, quantity: Quantity, dates: list[DateMention]) -> DateMention | None:
        """The nearest date in the number's own clause, or one that opens or closes the sentence; of two, that behind it."""
        usable = [
            m
            for m in dates
            if not m.is_start
            and not _UNTIL.search(self._text, part.start, m.start)
            and self._applies(part, quantity, m)
        ]
        return min(
            usable,
            key=lambda m: (min(abs(m.start - quantity.end), abs(quantity.start - m.end)), -m.start),
            default=None,
        )

    def _applies(self, part: ReadSentence, quantity: Quantity, mention: DateMention) -> bool:
        if mention.start < quantity.end and quantity.start < mention.end:
            return False
        other = quantity.before or quantity.after
        if other and quantity.end <= other[0] and other[1] <= mention.start:
            return False
        between = self._text[min(mention.end, quantity.end) : max(mention.start, quantity.start)]
        if quantity.end <= mention.start and (
            _COMPARED.search(between) or _ON_YEAR.search(self._text, quantity.end, mention.end)
        ):
            return False
        if not re.search(r"[,;—](?!\d)", between):
            return True
        opens = "," not in self._text[part.start : mention.start] and mention.end <= quantity.start
        closes = len(self._text[mention.end : part.end].strip(' .\n"”')) == 0
        return (opens and mention.start - part.start < 24) or closes

    def _negated(self, tokens: Sequence[Token], before: int, state: Phrase | None) -> bool:
        low = max(0, before - 5)
        near = [t.lower for t in tokens[low : before + 1]]
        # "They must do without him for six weeks": only what stands right behind it is lacking.
        near = [w for i, w in enumerate(near) if w != "without" or i == len(near) - 1]
        cut = max((i for i, w in enumerate(near) if w in _PAST_DENIAL), default=-1)
        words = near[cut + 1 :] + ([t.lower for t in tokens[state.first : state.last]] if state else [])
        ranks = [
            w for w, follow in zip(words, [*words[1:], ""], strict=False) if not (w == "no" and follow == ".")
        ]
        return any(w in _NEGATIONS or w.endswith(("n't", "n’t")) for w in ranks)


def _like_its_other(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """A value before or after a change with what its other one counts ("the number of beds rose from 40 to 55")."""
    place = figure.part("before") or figure.part("after")
    other = next((f for f in figures if place and (f.start, f.end) == (place.start, place.end)), None)
    if other is None:
        return figure
    missing = {name: other.part(name) for name in _SHARED if figure.part(name) is None}
    parts = tuple((name, found) for name, found in missing.items() if found is not None)
    return replace(
        figure, unit=figure.unit or other.unit, counts=figure.counts or other.counts, state=figure.state or other.state,
        said_by=figure.said_by or other.said_by, parts=figure.parts + parts,
    )  # fmt: skip


def _bare_name(span: Span) -> Span:
    """A possessive name without its ending."""
    name = re.sub(r"['’]s?$", "", span.text)
    return Span(span.start, span.start + len(name), name)
