"""Figures of a span of text: quantities joined with what they count, their state, speaker and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import counted, owners
from .attribution import quote_speaker, speaker_of
from .counted import Phrase
from .dates import DateMention, find_dates
from .lexicon import COLLECTIVES, words
from .model import Figure, Span
from .nouns import concept, is_person
from .qualifiers import Qualifier, qualifier_after, qualifier_before
from .quantities import Quantity, find_quantities
from .states import find_state, state_class
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
_PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    tokens: list[Token]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A counted phrase with its place in the text and the owner of what is counted."""

    span: Span
    owner: Span | None
    sentence: int


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
    reader = _Reader(text, [_Sentence(a, b, tokenize(text, a, b)) for a, b in spans], published)
    figures = [f for number in range(len(spans)) for f in reader.read(number, start, end)]
    return tuple(sorted(figures, key=lambda f: (f.start, f.end)))


def find_speaker(text: str, start: int, end: int) -> Span | None:
    """Who says the quote `text[start:end]`, as the sentences around it word it, or None."""
    start, end = max(0, start), min(end, len(text))
    found = quote_speaker(text, start, end) if start < end else None
    return _span(text, *found) if found else None


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


class _Reader:
    """Reads sentences in order and remembers what was counted last."""

    def __init__(self, text: str, parts: Sequence[_Sentence], published: date | None) -> None:
        self._text = text
        self._parts = parts
        self._published = published
        self._last: _Counted | None = None

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
        return figures

    def _date_figure(self, mention: DateMention) -> Figure:
        low, high = mention.number()
        span = _span(self._text, mention.start, mention.end)
        return Figure(
            span.start, span.end, span.text, low, high, None, "exact", "date", None, None, None, mention.label,
            mention.resolved, False, (("number", span), ("as_of", span)),
        )  # fmt: skip

    def _figure(
        self, number: int, quantity: Quantity, dates: list[DateMention], *, full: bool
    ) -> Figure | None:
        text, tokens = self._text, self._parts[number].tokens
        qualifier = self._qualifier(quantity)
        extra = self._extra(quantity, qualifier)
        lead = self._lead(quantity, qualifier, extra)
        before = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end <= lead), -1)
        own = self._phrase(tokens, quantity, before, self._past(tokens, quantity, qualifier))
        phrase = own if isinstance(own, Phrase) else None
        state = find_state(tokens, before + 1, quantity.last, phrase or self._participle(tokens, quantity))
        thing = self._thing(number, quantity, own, before, state)
        if thing is not None and quantity.is_bare:
            self._last = thing
        if not full:
            return None
        period = quantity.period or self._late_period(tokens, quantity, phrase)
        unit = self._unit(quantity, thing, period)
        speaker = speaker_of(text, tokens, quantity.first, quantity.last) or quote_speaker(
            text, quantity.start, quantity.end
        )
        as_of = self._as_of(self._parts[number], quantity, dates)
        spans: dict[str, Span | None] = {
            "number": _span(text, *quantity.number),
            "qualifier": _span(text, qualifier.start, qualifier.end) if qualifier else None,
            "unit": _span(text, quantity.unit.start, quantity.unit.end)
            if quantity.unit and quantity.unit.end > quantity.unit.start
            else None,
            "period": _span(text, period.start, period.end) if period else None,
            "counts": thing.span if thing else None,
            "owner": _bare_name(thing.owner) if thing and thing.owner else None,
            "state": _span(text, *state.span(tokens)) if state else None,
            "extra": extra,
            "said_by": _span(text, *speaker) if speaker else None,
            "as_of": _span(text, as_of.start, as_of.end) if as_of else None,
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
            return _span(self._text, low + match.start("extra"), low + match.end("extra"))
        behind = _EXTRA_AFTER.match(self._text, quantity.end)
        if behind and not (qualifier and qualifier.start >= quantity.end):
            return _span(self._text, *behind.span("extra"))
        return None

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

    def _phrase(self, tokens: Sequence[Token], quantity: Quantity, before: int, past: int) -> Phrase | bool:
        """The counted phrase; True where the words point back to what was counted before, False for none."""
        measured = not quantity.is_bare
        behind = self._behind(tokens, quantity, past)
        if behind is not None:
            return True if counted.is_participle(tokens, behind) and self._last is not None else behind
        if quantity.age and before >= 0:
            return counted.subject_before(tokens, before) or False
        of_phrase = counted.phrase_of_number(tokens, before)
        if of_phrase is not None:
            return of_phrase
        verbal = next((i for i in range(quantity.first - 1, -1, -1) if tokens[i].end <= quantity.start), -1)
        subject = counted.subject_before(tokens, before) or counted.subject_before(tokens, verbal)
        if subject is not None:
            named = counted.phrase_number_of(tokens[: subject.last]) if not measured else None
            return named or (True if counted.points_back(tokens, subject) else subject)
        if measured:
            return False
        return counted.phrase_number_of(tokens) or counted.odd_plural(tokens, past) or True

    def _participle(self, tokens: Sequence[Token], quantity: Quantity) -> Phrase | None:
        behind = self._behind(tokens, quantity, quantity.last)
        return behind if behind is not None and counted.is_participle(tokens, behind) else None

    def _past(self, tokens: Sequence[Token], quantity: Quantity, qualifier: Qualifier | None) -> int:
        """The token behind the number and a qualifier that follows it ("40 or more")."""
        end = max(quantity.end, qualifier.end if qualifier else 0)
        return next((i for i in range(quantity.last, len(tokens)) if tokens[i].start >= end), len(tokens))

    def _behind(self, tokens: Sequence[Token], quantity: Quantity, at: int) -> Phrase | None:
        word = tokens[at].lower if at < len(tokens) else ""
        if not quantity.is_bare and quantity.unit is not None:
            money = is_currency(quantity.unit.code)
            if word == "in" and (money or quantity.unit.code == "percent"):
                phrase = counted.phrase_behind(tokens, at + 1, single=True)
                return phrase if phrase and not tokens[phrase.first].text[0].isupper() else None
            return counted.phrase_behind(tokens, at, single=True)
        single = quantity.high <= 1 or quantity.kind == "ratio" or word == "of"
        return counted.phrase_behind(tokens, at, single=single)

    def _thing(
        self, number: int, quantity: Quantity, own: Phrase | bool, before: int, state: Phrase | None
    ) -> _Counted | None:
        tokens = self._parts[number].tokens
        if own is False:
            return None
        if own is True or not isinstance(own, Phrase):
            recent = self._last is not None and number - self._last.sentence <= 3
            return self._last if recent and quantity.is_bare and self._last else None
        owner = self._owner(number, own, before, state, quantity)
        return _Counted(_span(self._text, *own.span(tokens)), owner, number)

    def _owner(
        self, number: int, phrase: Phrase, before: int, state: Phrase | None, quantity: Quantity
    ) -> Span | None:
        tokens = self._parts[number].tokens
        within = owners.owner_within(tokens, phrase) or owners.owner_possessive(tokens, before)
        if within is not None:
            return _span(self._text, *within.span(tokens))
        words = [tokens[i].text for i in range(phrase.first, phrase.last)]
        if not quantity.is_bare or not _head_is_person(words):
            return None
        kind = state_class(self._text[slice(*state.span(tokens))]) if state else None
        if kind in {"casualty", "killed", "wounded", "missing"}:
            place = owners.place_behind(tokens, phrase.last)
            if place is not None:
                return _span(self._text, *place.span(tokens))
        elif state is not None and state.last <= quantity.first:
            subject = owners.owner_subject(tokens, state.first - 1)
            if subject is not None:
                return _span(self._text, *subject.span(tokens))
        return self._named_before(number, phrase, next(w for w in reversed(words) if is_person(w)))

    def _named_before(self, number: int, phrase: Phrase, head: str) -> Span | None:
        """The owner that the text gave when it last named the same kind of people."""
        wanted = concept(head)
        if (
            self._last is not None
            and self._last.owner
            and concept(self._last.span.text.split()[-1]) == wanted
        ):
            return self._last.owner
        for index in range(number, -1, -1):
            tokens = self._parts[index].tokens
            last = phrase.first if index == number else len(tokens)
            for at in range(last - 1, 0, -1):
                if tokens[at].kind == "word" and concept(tokens[at].lower) == wanted:
                    found = owners.owner_of_mention(tokens, at)
                    if found is not None:
                        return _span(self._text, *found.span(tokens))
        return None

    def _late_period(
        self, tokens: Sequence[Token], quantity: Quantity, phrase: Phrase | None
    ) -> UnitMatch | None:
        if phrase is None or phrase.first < quantity.last:
            return None
        return period_after(self._text, tokens[phrase.last - 1].end)

    def _unit(self, quantity: Quantity, thing: _Counted | None, period: UnitMatch | None) -> str | None:
        if quantity.unit is not None:
            base: str | None = quantity.unit.code
        elif quantity.kind in {"fraction", "ratio"}:
            base = "ratio"
        elif quantity.kind == "fold":
            base = "times"
        else:
            words = thing.span.text.split() if thing else []
            base = "persons" if any(is_person(w) for w in words[-1:]) or _head_is_person(words) else None
        if period is not None:
            return f"{base or 'count'}/{period.code}"
        if base and is_currency(base) and thing:
            adjective = _PERIOD_ADJECTIVES.search(thing.span.text)
            return f"{base}/{_PERIODS[adjective['adjective'].lower()]}" if adjective else base
        return base

    def _as_of(self, part: _Sentence, quantity: Quantity, dates: list[DateMention]) -> DateMention | None:
        """The nearest date in the number's own clause, or one that opens or closes the sentence."""
        usable = [m for m in dates if not m.is_start and self._applies(part, quantity, m)]
        return min(
            usable,
            key=lambda m: (min(abs(m.start - quantity.end), abs(quantity.start - m.end)), m.start),
            default=None,
        )

    def _applies(self, part: _Sentence, quantity: Quantity, mention: DateMention) -> bool:
        if mention.start < quantity.end and quantity.start < mention.end:
            return False
        between = self._text[min(mention.end, quantity.end) : max(mention.start, quantity.start)]
        if not re.search(r"[,;—](?!\d)", between):
            return True
        opens = "," not in self._text[part.start : mention.start] and mention.end <= quantity.start
        closes = len(self._text[mention.end : part.end].strip(' .\n"”')) == 0
        return (opens and mention.start - part.start < 24) or closes

    def _negated(self, tokens: Sequence[Token], before: int, state: Phrase | None) -> bool:
        low = max(0, before - 5)
        near = [t.lower for t in tokens[low : before + 1]]
        cut = max((i for i, w in enumerate(near) if w in {",", ";", "but", "—"}), default=-1)
        words = near[cut + 1 :] + ([t.lower for t in tokens[state.first : state.last]] if state else [])
        ranks = [
            w for w, follow in zip(words, [*words[1:], ""], strict=False) if not (w == "no" and follow == ".")
        ]
        return any(w in _NEGATIONS or w.endswith(("n't", "n’t")) for w in ranks)


def _bare_name(span: Span) -> Span:
    """A possessive name without its ending."""
    name = re.sub(r"['’]s?$", "", span.text)
    return Span(span.start, span.start + len(name), name)


def _head_is_person(words: Sequence[str]) -> bool:
    """Whether a phrase with "of", "in" or a collective noun counts persons ("troop deployment", "number of men")."""
    lower = [w.lower() for w in words]
    cut = next(
        (i for i, w in enumerate(lower) if w in {"in", "of", "for", "on", "to", "from", "among"}), len(lower)
    )
    head = lower[cut - 1] if cut else ""
    if is_person(head):
        return True
    return head in COLLECTIVES and any(is_person(w) for w in lower)


def is_extra(figure: Figure) -> bool:
    """Whether a figure says that it comes on top of another ("an additional 7,000")."""
    return figure.part("extra") is not None


__all__ = ["extract_figures", "find_speaker", "is_extra"]
