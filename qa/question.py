"""What a question wants: a number of something, a person, a date, a place, yes or no, a reason, someone's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import Stemmer

from qa.errors import QuestionError

MAX_CHARACTERS = 1000


class Wanted(StrEnum):
    """The kind of answer that a question asks for."""

    NUMBER = "number"
    PERSON = "person"
    DATE = "date"
    PLACE = "place"
    YES_NO = "yes_no"
    REASON = "reason"
    SAID = "said"
    DESCRIPTION = "description"


_NUMBER = re.compile(
    r"\b(how (many|much|old|long|far|often|high|large|big|tall|deep|heavy|fast|strong)|what (number|share|percent\w*|proportion|"
    r"amount|sum|age|price|size)|number of|count of|toll|what (is|was|were|are) the (\w+ ){0,3}(number|share|cost|price|toll|"
    r"total|amount|percentage|rate|size|budget|population|speed|height|length|weight|age|damage))\b|^(death )?toll\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(what|how)\b.*\b(say|says|said|tell|told|claim|claims|claimed|argue|argued|respond|responded|react|reacted|describe|described|"
    r"comment|commented|think|thinks|thought|warn|warned|call|called|put it)\b|according to",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(when|(what|which) (day|date|month|year|time|week|decade)|since when|until when|how soon)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(where|(what|which) (place|city|town|country|region|village|port|state|street|location|area|district|province))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(who|whom|whose|(what|which) (person|man|woman|official|minister|company|group|agency))\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(why|how come|what (caused|led to|is the (reason|cause)|was the (reason|cause))|for what reason)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^(is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|may|might|must|isn.t|aren.t|didn.t|wasn.t)\b",
    re.IGNORECASE,
)
_ORDER = (
    (Wanted.NUMBER, _NUMBER),
    (Wanted.YES_NO, _YES_NO),
    (Wanted.DATE, _DATE),
    (Wanted.REASON, _REASON),
    (Wanted.SAID, _SAID),
    (Wanted.PLACE, _PLACE),
    (Wanted.PERSON, _PERSON),
)

_WORD = re.compile(r"[^\W_]+(?:[’'\-.][^\W_]+)*")
_FUNCTION_WORD_LIST = """
a about after all also an and any are as at be because been before being between both but by can
could did do does done down during each else ever for from had has have he her here him his how
i if in into is it its just many may me might more most much must my no not now of off on once
only or other our out over own per reported said say says she should since so some still such
than that the their them then there these they this those through to too under until up upon us
very was we were what when where whether which while who whom whose why will with would you your
according amount number exactly
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the words that decide what answers it.

    `names` are capitalised words inside the sentence and numbers; `terms` the stems of its content words, names
    included; both without repetition, in order.
    """

    text: str
    wanted: Wanted
    names: tuple[str, ...]
    terms: tuple[str, ...]


def understand(text: str) -> Question:
    """The question as asked; raises QuestionError when it is empty or longer than MAX_CHARACTERS."""
    text = " ".join(text.split())
    if not re.search(r"\w", text):
        raise QuestionError(
            "the question is empty: ask it in words, such as 'how many troops were reported?'"
        )
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(text)} characters, the limit is {MAX_CHARACTERS}: ask it shorter"
        )
    wanted = next((kind for kind, pattern in _ORDER if pattern.search(text)), Wanted.DESCRIPTION)
    words = list(_WORD.finditer(text))
    names = [
        match.group()
        for place, match in enumerate(words)
        if (
            match.group()[0].isupper()
            and (place > 0 or match.group().casefold() not in _FUNCTION_WORDS)
            and not _asks(match.group())
        )
        or match.group()[0].isdigit()
    ]
    content = [match.group() for match in words if match.group().casefold() not in _FUNCTION_WORDS]
    return Question(text, wanted, _once(_plain(name) for name in names), _once(stems(" ".join(content))))


def stems(text: str) -> tuple[str, ...]:
    """The Snowball stems of all words of a text, in lower case."""
    words = [_plain(match.group()) for match in _WORD.finditer(text)]
    return tuple(_stemmer().stemWords(words))


def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    words = (_plain(match.group()) for match in _WORD.finditer(text))
    return frozenset(_stemmer().stemWords([word for word in words if word not in _FUNCTION_WORDS]))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def _asks(word: str) -> bool:
    return word.casefold() in {
        "who",
        "what",
        "when",
        "where",
        "why",
        "which",
        "how",
        "did",
        "does",
        "is",
        "was",
        "i",
    }


def _plain(word: str) -> str:
    return (word[:-2] if word.endswith(("'s", "’s")) else word).casefold()


def _once(words: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))  # type: ignore[call-overload]
