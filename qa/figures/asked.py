"""What a question asks to be counted: the thing, its state, the kind of unit and the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .conversion import is_one_kind
from .counted import STATE_WORDS, phrase_behind
from .dates import find_dates
from .extract import extract_figures
from .likeness import Similarity, Thing, is_count, similar_nouns, thing_of
from .model import Figure
from .nouns import FUNCTION_WORDS, concept, is_person, stem
from .states import state_class
from .tokens import Token, tokenize
from .units import is_currency, period_after, unit_code

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WHEN = re.compile(
    r"\b(?:when|what (?:year|date|day|month|time)|which (?:year|date|day|month)|in what year)\b", re.I
)
_MONEY = re.compile(
    r"(?<!\bby )\bhow much\b(?!.*\b(?:ris(?:e|en)|rose|f[ae]ll(?:en)?|drop\w*|increas\w+|decreas\w+|declin\w+|"
    r"gr[eo]wn?|shr[aiu]nk|chang\w+)\b)|"
    r"\b(?:cost|costs|price|prices|pay|paid|pays|worth|"
    r"salary|wage|wages|budget|revenue|money|fine|dollars|euros)\b",
    re.I,
)
_SHARE = re.compile(r"\b(?:percent\w*|per cent|share|proportion|fraction|rate)\b", re.I)
_AGE = re.compile(r"\bhow old\b|\b(?:age|ages|aged)\b", re.I)
_AGE_OF_ONE = re.compile(
    r"\b[Hh]ow old\s(?:is|was|are|were)\s(?:[A-Z]|he\b|she\b|they\b)|\b(?:aged?|ages) (?:is|was|of) [A-Z]"
)
_DURATIONS = frozenset({"years", "months", "weeks", "days"})
_COUNT = re.compile(r"\bhow many\b|\b(?:number|count|toll) of\b|\btoll\b", re.I)
_SIZE = re.compile(
    r"\bhow (?:far|tall|long|high|deep|wide|heavy|big|large|fast|hot|cold)\b|"
    r"\b(?:distance|height|length|weight|speed|size|area|temperature)\b",
    re.I,
)
_SHELTER = re.compile(
    r"\b(?:in|into|at|to)\b[^?]{0,40}\b(?:shelters?|accommodation|camps?|refuges?|tents)\b", re.I
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ANY_YEAR = date(2000, 12, 31)
# Persons of no particular kind: any person may be meant by them.
_ANYBODY = frozenset(
    concept(word)
    for word in (
        "person",
        "worker",
        "colleague",
        "member",
        "death",
        "casualty",
        "injury",
        "survivor",
        "missing",
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's counted noun ("tanks"), or the unit that it names, its state, names, stems and wanted time.

    `when` is a date of any precision (YYYY, YYYY-MM, YYYY-MM-DD), with `--` for a year that is not named. `period` is
    what it counts for ("day" in "steps a day"), and `told` are the figures that it names itself.
    """

    text: str
    noun: str | None
    unit: str | None
    state: str | None
    names: tuple[str, ...]
    concepts: frozenset[str]
    stems: frozenset[str]
    when: str | None
    period: str | None
    told: tuple[Figure, ...]

    @property
    def persons(self) -> bool:
        """Whether people are asked for."""
        return self.noun is not None and is_person(self.noun)


@lru_cache(maxsize=256)
def asked_of(question: str) -> Asked:
    """What a question asks to be counted; any text is allowed."""
    words = [w.group() for w in _WORD.finditer(question)]
    content = [w.lower() for w in words if w.lower() not in FUNCTION_WORDS]
    noun, unit = _noun(question)
    return Asked(
        question,
        noun,
        unit,
        state_class(" ".join(w.lower() for w in words)) or _lodged(question),
        tuple(w for w in words[1:] if w[0].isupper()),
        frozenset(concept(w) for w in content),
        frozenset(stem(w) for w in content if w not in {"how", "many", "much", "what", "reported"}),
        _wanted_time(question),
        _period(question),
        tuple(figure for figure in extract_figures(question) if figure.unit != "date"),
    )


def _lodged(question: str) -> str | None:
    """The state of those whom the question finds in shelters."""
    return "displaced" if _SHELTER.search(question) else None


def _noun(question: str) -> tuple[str | None, str | None]:
    """The noun behind "how many" or "number of", or the code of the unit of measure that it names."""
    tokens = tokenize(question, 0, len(question))
    for at in range(len(tokens) - 2):
        pair = (tokens[at].lower, tokens[at + 1].lower)
        if pair == ("how", "many") or (pair[0] in {"number", "numbers", "count", "toll"} and pair[1] == "of"):
            return _named(tokens, at + 2)
    return None, None


def _named(tokens: list[Token], at: int) -> tuple[str | None, str | None]:
    phrase = phrase_behind(tokens, at, single=True)
    if phrase is None:
        return None, None
    words = [tokens[i].text for i in range(phrase.first, phrase.last)]
    unit = unit_code(" ".join(words)) or unit_code(words[-1])
    if unit is not None or words[-1].lower() in STATE_WORDS:
        return None, unit
    return words[-1], None


def _period(question: str) -> str | None:
    """What the asked number is counted for, where the question says so ("a day", "per month", "annually")."""
    found = (period_after(question, match.end()) for match in _WORD.finditer(question))
    return next((period.code for period in found if period is not None), None)


def _wanted_time(question: str) -> str | None:
    end = len(question)
    dated = [mention.label for mention in find_dates(question, 0, end, None)]
    if dated:
        return dated[0]
    for mention in find_dates(question, 0, end, _ANY_YEAR):
        if _MONTH.search(question[mention.start : mention.end]):
            return "--" + mention.label[5:]
    return None


def in_time(figure: Figure, asked: Asked) -> bool:
    """Whether a figure can be of the time that is asked for; one that names no date can, if printed late enough."""
    if asked.when is None or figure.as_of is None:
        return True
    wanted, given = asked.when, figure.as_of
    if figure.part("as_of") is None:
        return wanted.startswith("--") or given[: len(wanted)] >= wanted[: len(given)]
    if wanted.startswith("--"):
        wanted, given = wanted[2:], given[5:]
    shared = min(len(wanted), len(given))
    return given[:shared] == wanted[:shared]


def counts_other(figure: Figure, asked: Asked, similarity: Similarity | None = None) -> bool:
    """Whether a figure surely counts another thing than is asked for: soldiers, where tanks are asked for.

    `similarity` of two nouns, -1 to 1, tells rewordings ("homes", "dwellings") from other things; without it only
    equal words and close synonyms are the same.
    """
    thing = thing_of(figure)
    if is_no_age(figure, asked):
        return True
    if asked.unit is not None:
        return (
            thing.unit is not None and not is_one_kind(thing.unit, asked.unit) and not is_currency(thing.unit)
        )
    if asked.noun is None or thing.unit == "percent":
        return False
    if not is_count(thing):
        return True
    wanted = concept(asked.noun.lower())
    if thing.head is None or thing.head == wanted or thing.head in _heads_within(figure, wanted):
        return False
    people = (thing.unit or "").startswith("persons")
    if people or asked.persons:
        return _other_people(thing, wanted, people=people, persons_asked=asked.persons)
    return not similar_nouns(figure.counts, asked.noun, similarity)


def is_beside(figure: Figure, asked: Asked, similarity: Similarity | None = None) -> bool:
    """Whether a figure surely answers something else: metres, days or money where people are to be counted."""
    if counts_other(figure, asked, similarity):
        return True
    # A size can be a number of people, and a number without a unit one of anything.
    measured = figure.unit is not None and not figure.unit.startswith("persons")
    return asked.unit is None and measured and _kind_fits(figure.unit or "", asked) < 0


def asks_for_all(asked: Asked) -> bool:
    """Whether a question wants every number of a thing, in a state or none, and names nothing else about it."""
    if asked.noun is None or asked.names or asked.when is not None or concept(asked.noun.lower()) in _ANYBODY:
        return False
    told = {stem(word) for word in STATE_WORDS} | {stem(asked.noun.lower())}
    return asked.stems <= told


def counts_just(figure: Figure, asked: Asked) -> bool:
    """Whether a figure counts the very noun that is asked for, in the state asked for where one is."""
    thing = thing_of(figure)
    same = asked.noun is not None and thing.head == concept(asked.noun.lower())
    return same and is_count(thing) and (asked.state is None or thing.state == asked.state)


def is_told(figure: Figure, asked: Asked) -> bool:
    """Whether the question itself names a figure ("by how much do 4,000 steps lower it?"), which then answers nothing."""
    return any((own.low, own.high, own.unit) == (figure.low, figure.high, figure.unit) for own in asked.told)


def is_no_age(figure: Figure, asked: Asked) -> bool:
    """Whether the age of somebody named is asked for and a figure is a mere length of time: nine years of prison."""
    return figure.unit in _DURATIONS and _AGE_OF_ONE.search(asked.text) is not None


def another_kind(figure: Figure, asked: Asked) -> bool:
    """Whether a figure's own words show a quantity of another kind: persons for things, money for a count.

    Stricter than `counts_other`: a noun that may be a rewording, or stands away from its number, shows nothing.
    """
    if is_no_age(figure, asked):
        return True
    if asked.noun is None or not counts_other(figure, asked):
        return False
    thing, counts = thing_of(figure), figure.part("counts")
    if not is_count(thing):
        return True
    people = (thing.unit or "").startswith("persons")
    return counts is not None and 0 <= counts.start - figure.end <= 1 and people and not asked.persons


def _other_people(thing: Thing, wanted: str, *, people: bool, persons_asked: bool) -> bool:
    if people and persons_asked:
        return thing.head not in _ANYBODY and wanted not in _ANYBODY
    return wanted not in _ANYBODY if people else True


def _heads_within(figure: Figure, wanted: str) -> frozenset[str]:
    """The wanted concept where the counted words name it beside their head ("troop deployment")."""
    return frozenset({wanted} & {concept(w.lower()) for w in _WORD.findall(figure.counts or "")})


def relevance(group: list[Figure], asked: Asked, similarity: Similarity | None = None) -> float:
    """How well figures of one group answer a question: the same counted noun, state, owner, time and kind of unit."""
    things = [thing_of(figure) for figure in group]
    wanted = asked.concepts - {thing_of(figure).head for figure in asked.told}
    anybody = asked.noun is not None and concept(asked.noun.lower()) in _ANYBODY
    score = 4.0 * any(t.head in wanted or (anybody and t.unit == "persons") for t in things if is_count(t))
    score += min(2.0, len(frozenset().union(*(t.stems for t in things)) & asked.stems))
    states = {t.state for t in things if t.state}
    if asked.state is not None and states:
        score += 2.0 if asked.state in states else -1.0
    owners = [t.owner for t in things if t.owner]
    if asked.names and owners:
        score += 1.0 if _shares_name(asked.names, owners) else -1.0
    score -= 8.0 * all(counts_other(figure, asked, similarity) or is_told(figure, asked) for figure in group)
    score -= 4.0 * (not any(in_time(figure, asked) for figure in group))
    return score + 3.0 * _kind_fits(group[0].unit or "", asked)


def _shares_name(names: tuple[str, ...], owners: list[str]) -> bool:
    parts = {part.lower()[:4] for owner in owners for part in owner.split()}
    return any(name.lower()[:4] in parts for name in names)


def asks_when(question: str) -> bool:
    """Whether a question asks for a date."""
    return bool(_WHEN.search(question))


def asks_amount(question: str) -> bool:
    """Whether a question asks for money, though it names no number ("what does the bridge cost?")."""
    return bool(re.search(r"\bwhat\b.*\b(?:costs?|pays?|paid|worth|earns?|price)\b", question, re.I))


def _kind_fits(unit: str, asked: Asked) -> int:
    """1 where the unit is of the kind asked for, -1 where another kind is asked for, 0 where none is named."""
    if asked.unit is not None:
        return 1 if is_one_kind(unit.split("/")[0], asked.unit) else -bool(unit)
    question = asked.text
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
