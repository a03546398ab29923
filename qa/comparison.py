"""Figures lined up by what they count, and a verdict for each group; short answers compared in words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from qa.figures.extract import extract_figures
from qa.figures.lexicon import words
from qa.figures.likeness import allows, explanation, is_count, same_thing, thing_of
from qa.figures.model import Figure
from qa.figures.nouns import FUNCTION_WORDS, concept, stem
from qa.figures.states import state_class
from qa.figures.units import is_currency

Agreement = Literal["agree", "differ", "explained", "single"]
Likeness = Literal["same", "different", "cannot tell"]

ALIKE = 0.8
UNLIKE = 0.5

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WHEN = re.compile(
    r"\b(?:when|what (?:year|date|day|month|time)|which (?:year|date|day|month)|in what year)\b", re.I
)
_MONEY = re.compile(
    r"\bhow much\b|\b(?:cost|costs|price|prices|pay|paid|pays|worth|"
    r"salary|wage|wages|budget|revenue|money|fine|dollars|euros)\b",
    re.I,
)
_SHARE = re.compile(r"\b(?:percent\w*|per cent|share|proportion|fraction|rate)\b", re.I)
_AGE = re.compile(r"\bhow old\b|\b(?:age|ages|aged)\b", re.I)
_COUNT = re.compile(r"\bhow many\b|\b(?:number|count|toll) of\b|\btoll\b", re.I)
_SIZE = re.compile(
    r"\bhow (?:far|tall|long|high|deep|wide|heavy|big|large|fast|hot|cold)\b|"
    r"\b(?:distance|height|length|weight|speed|size|area|temperature)\b",
    re.I,
)
_NEGATIONS = words("no not never none nobody nothing neither without denied denies false")
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class SourcedFigure:
    """A figure with the article it stands in, the place of its quote, and the original if that article is a copy."""

    source: str
    quote: int
    figure: Figure
    independent: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that count the same thing; `members` are places in the sequence that was grouped.

    `state` is the members' coarse class, `sources` counts articles, `independent` counts copies of one text once,
    and `reason` says what explains a difference.
    """

    counts: str
    unit: str | None
    state: str | None
    verdict: Agreement
    low: float
    high: float
    members: tuple[int, ...]
    sources: int
    independent: int
    reason: str | None

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a group needs at least one figure")
        if not 1 <= self.independent <= self.sources:
            raise ValueError(f"{self.independent} independent of {self.sources} sources is impossible")


def group_figures(figures: Sequence[SourcedFigure], question: str) -> tuple[Group, ...]:
    """The figures in groups that count the same thing, unit and state; the group that is asked for comes first.

    Figures of different groups are never compared. The same input gives the same groups in the same order.
    """
    asked = question_stems(question)
    clusters: list[list[int]] = []
    for index in sorted(range(len(figures)), key=lambda i: (_vagueness(figures[i].figure), i)):
        fitting = [
            c
            for c in clusters
            if all(_together(figures[m].figure, figures[index].figure, asked, question) for m in c)
        ]
        if fitting:
            max(fitting, key=lambda c: (_closeness(figures, c, index), -c[0])).append(index)
        else:
            clusters.append([index])
    groups = [_group(figures, tuple(sorted(cluster))) for cluster in clusters]
    return tuple(
        sorted(
            groups,
            key=lambda g: (
                -_relevance(figures, g, question),
                -g.independent,
                -g.sources,
                -len(g.members),
                g.members,
            ),
        )
    )


def question_stems(question: str) -> frozenset[str]:
    """The stems of a question's content words."""
    words = (w.group().lower() for w in _WORD.finditer(question))
    return frozenset(
        stem(w)
        for w in words
        if w not in FUNCTION_WORDS and w not in {"how", "many", "much", "what", "reported"}
    )


def _vagueness(figure: Figure) -> int:
    """Figures that name owner and state found the groups; the vaguer ones join the nearest."""
    thing = thing_of(figure)
    return (thing.owner is None) + (thing.state is None)


def _together(left: Figure, right: Figure, asked: frozenset[str], question: str) -> bool:
    if left.unit == right.unit == "date":
        return bool(_WHEN.search(question)) or allows(left, right)
    return same_thing(left, right, asked)


def _closeness(figures: Sequence[SourcedFigure], cluster: Sequence[int], index: int) -> int:
    thing = thing_of(figures[index].figure)
    others = [thing_of(figures[m].figure) for m in cluster]
    same_source = any(figures[m].source == figures[index].source for m in cluster)
    return (
        4 * any(o.owner and thing.owner for o in others)
        + 2 * any(o.state == thing.state for o in others)
        + same_source
    )


# -- verdicts -------------------------------------------------------------------------------------------


def _group(figures: Sequence[SourcedFigure], members: tuple[int, ...]) -> Group:
    own = [figures[m] for m in members]
    verdict, reason = _verdict(own)
    things = [thing_of(s.figure) for s in own]
    states = Counter(t.state for t in things if t.state)
    return Group(
        counts=_label([s.figure for s in own]),
        unit=own[0].figure.unit,
        state=_first_of_most(states),
        verdict=verdict,
        low=min(s.figure.low for s in own),
        high=max(s.figure.high for s in own),
        members=members,
        sources=len({s.source for s in own}),
        independent=len({s.independent for s in own}),
        reason=reason,
    )


def _first_of_most(counter: Counter[str]) -> str | None:
    return max(counter, key=lambda key: counter[key]) if counter else None


def _label(figures: Sequence[Figure]) -> str:
    """The counted words that most figures use; of equals, those that name an owner, then the first."""
    counter = Counter(f.counts for f in figures if f.counts)
    if not counter:
        return figures[0].unit or "number"
    named = {f.counts for f in figures if f.counts and (owner := f.part("owner")) and owner.text in f.counts}
    return max(counter, key=lambda words: (words in named, counter[words], -list(counter).index(words)))


def _verdict(own: Sequence[SourcedFigure]) -> tuple[Agreement, str | None]:
    """Sources agree when a number of one allows a number of the other; a difference may be explained."""
    by_origin: dict[str, list[Figure]] = {}
    for sourced in own:
        by_origin.setdefault(sourced.independent, []).append(sourced.figure)
    if len(by_origin) < 2:
        return "single", None
    reasons: list[str] = []
    for left, right in combinations(by_origin.values(), 2):
        if any(allows(a, b) for a in left for b in right):
            continue
        whys = [explanation(a, b) for a in left for b in right]
        if whys[0] is None or None in whys:
            return "differ", None
        reasons.append(whys[0])
    return ("explained", reasons[0]) if reasons else ("agree", None)


# -- what is asked --------------------------------------------------------------------------------------


def _relevance(figures: Sequence[SourcedFigure], group: Group, question: str) -> float:
    """How well a group answers the question: the same counted noun, state, owner and kind of unit."""
    asked_words = [w.group() for w in _WORD.finditer(question)]
    concepts = {concept(w.lower()) for w in asked_words if w.lower() not in FUNCTION_WORDS}
    things = [thing_of(figures[m].figure) for m in group.members]
    score = 4.0 * any(t.head in concepts for t in things if is_count(t))
    stems = frozenset().union(*(t.stems for t in things))
    score += min(2.0, len(stems & question_stems(question)))
    wanted = state_class(" ".join(w.lower() for w in asked_words))
    score += 2.0 * (wanted is not None and group.state == wanted) - 1.0 * (
        wanted is not None and group.state not in {wanted, None}
    )
    names = [w for w in asked_words[1:] if w[0].isupper()]
    owners = [t.owner for t in things if t.owner]
    if names and owners:
        score += (
            1.0
            if any(n.lower()[:4] == o.lower()[:4] for n in names for owner in owners for o in owner.split())
            else -1.0
        )
    return score + 3.0 * _kind_fits(group, question)


def _kind_fits(group: Group, question: str) -> int:
    """1 where the unit is of the kind asked for, -1 where another kind is asked for, 0 where none is named."""
    unit = group.unit or ""
    kinds = {
        "date": (_WHEN, unit == "date"),
        "age": (_AGE, unit.endswith("of age")),
        "share": (_SHARE, unit in {"percent", "ratio", "percentage points"}),
        "money": (_MONEY, is_currency(unit or None)),
        "count": (_COUNT, unit in {"", "persons"} or unit.startswith(("persons/", "count/"))),
        "size": (_SIZE, bool(unit) and unit not in {"date", "persons", "percent"} and not is_currency(unit)),
    }
    named = [fits for pattern, fits in kinds.values() if pattern.search(question)]
    return 0 if not named else (1 if any(named) else -1)


# -- short answers --------------------------------------------------------------------------------------


def compare_short_answers(
    left: str, right: str, similarity: Callable[[str, str], float] | None = None
) -> Likeness:
    """Whether two short answers say the same; "different" only where their own words show it.

    Numbers and dates are compared as figures, then words after normalising case, accents, articles and marks.
    `similarity` gives -1..1 for two texts: from 0.8 on they are the same, and two proper names without a common
    word are different below 0.5. What is left open stays "cannot tell".
    """
    a, b = _normal(left), _normal(right)
    if not a or not b:
        return "cannot tell"
    if a == b:
        return "same"
    figures = _compare_numbers(left, right)
    if figures is not None:
        return figures
    if _polarity(a) != _polarity(b):
        return "different" if _core(a) & _core(b) or _core(a) == _core(b) else "cannot tell"
    if _core(a) and _core(b) and (_core(a) <= _core(b) or _core(b) <= _core(a)):
        return "same"
    if similarity is not None:
        value = similarity(left, right)
        if value >= ALIKE:
            return "same"
        if value < UNLIKE and _is_name(left) and _is_name(right) and not _core(a) & _core(b):
            return "different"
    return "cannot tell"


def _compare_numbers(left: str, right: str) -> Likeness | None:
    """The verdict of the figures in two answers, or None where they share no unit."""
    ours, theirs = extract_figures(left), extract_figures(right)
    pairs = [
        (f, g)
        for f in ours
        for g in theirs
        if thing_of(f).unit == thing_of(g).unit or (is_count(thing_of(f)) and is_count(thing_of(g)))
    ]
    if not pairs:
        return None
    same_head = [p for p in pairs if thing_of(p[0]).head == thing_of(p[1]).head] or pairs
    if len(ours) == len(theirs) == 1:
        return "same" if allows(*same_head[0]) else "different"
    for figure in ours:
        own = [g for f, g in same_head if f is figure]
        if own and not any(allows(figure, g) for g in own):
            return "different"
    return "same"


def _normal(text: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = (w.group().replace("’", "'").removesuffix("'s").replace(".", "") for w in _WORD.finditer(plain))
    return tuple(w for w in words if w not in _ARTICLES)


def _core(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        stem(w) for w in words if w not in FUNCTION_WORDS and w not in _NEGATIONS and w not in {"yes"}
    )


def _polarity(words: tuple[str, ...]) -> bool:
    return any(w in _NEGATIONS or w.endswith("n't") for w in words)


def _is_name(text: str) -> bool:
    """Whether a text is a proper name of at most five words, and no bare yes, no or abbreviation."""
    spoken = [w for w in text.split() if w.lower() not in FUNCTION_WORDS]
    if not spoken or len(spoken) > 5 or (len(spoken) == 1 and spoken[0].lower().strip(".") in {"yes", "no"}):
        return False
    return all(w[0].isupper() for w in spoken) and not all(w.isupper() for w in spoken)
