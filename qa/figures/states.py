"""What happens to the counted thing ("sent", "may be killed", "poised to dispatch"), and its coarse class."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .counted import STATE_WORDS, Phrase
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    COLLECTIVES,
    DETERMINERS,
    EXTRA,
    INTENTIONS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    SPEECH_VERBS,
    STATE_CLASSES,
    words,
)
from .nouns import is_plural
from .tokens import Token

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CARRIERS = words("believed thought said reported estimated understood known being been be to being")
_QUALIFYING = words(
    "about around approximately roughly some over least most up many much few as than more less fewer nearly almost close "
    "estimated minimum maximum under exactly only just further additional another extra mere total up-to average possible "
    "new"
)
_NOT_VERBS = words("hundred aged need speed united red bed breed seed hatred sacred limited ceiling evening "
                       "morning building during including regarding following according king thing spring string "
                       "nothing something")  # fmt: skip
_OBJECTS = words("them him her us it")
_LIGHT = words("lost gave took giving taking losing")
_SUFFERED = STATE_CLASSES["casualty"] | STATE_CLASSES["killed"] | STATE_CLASSES["wounded"] | {"missing"}
_READYING = words("organized organised organizing organising readied readying assembled assembling")
_PLANNED = MODALS | INTENTIONS | _READYING
_ORDER = (
    "capacity",
    "casualty",
    "freed",
    "killed",
    "wounded",
    "missing",
    "lost",
    "captive",
    "displaced",
    "harmed",
    "withdrawn",
    "recruited",
    "training",
)


def state_class(state: str | None) -> str | None:
    """The coarse class of a state's words, or None.

    Classes are those of the lexicon (killed, wounded, captive, training, present, ...), casualty for killed or
    wounded together, and planned for what may or will happen.
    """
    if not state:
        return None
    words = [w.group().lower() for w in _WORD.finditer(state)]
    if all(any(w in STATE_CLASSES[name] for w in words) for name in ("killed", "wounded")):
        return "casualty"
    if any(w in STATE_CLASSES["lost"] for w in words) and words[-1] in {"life", "lives"}:
        return "killed"
    for name in _ORDER:
        if any(w in STATE_CLASSES[name] for w in words):
            return name
    if any(w in _PLANNED for w in words) or words[:1] == ["to"]:
        return "planned"
    return "present" if any(w in STATE_CLASSES["present"] for w in words) else None


def find_state(tokens: Sequence[Token], first: int, last: int, phrase: Phrase | None) -> Phrase | None:
    """The words that say the state of the number at `tokens[first:last]` and its counted phrase, if any do."""
    if phrase is not None:
        inside = _state_in(tokens, phrase)
        if inside is not None:
            return inside
    if phrase is not None and phrase.last <= first:
        # "The number of people known to have died stands at 38": the state stands between the two.
        between = range(phrase.last, first)
        said = next((i for i in between if tokens[i].lower in STATE_WORDS), None)
        if said is not None:
            return Phrase(said, said + 1)
    end = phrase.last if phrase is not None and phrase.first >= last else last
    behind, before = _behind(tokens, end), _before(tokens, first - 1)
    if behind is not None and before is not None:
        return behind if _is_known(tokens, behind) or not _is_known(tokens, before) else before
    return behind or before


def _is_known(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return any(tokens[i].lower in STATE_WORDS for i in range(phrase.first, phrase.last))


def _state_in(tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
    """A casualty word inside the counted phrase: "15,000 casualties", "3,000 dead"."""
    label = phrase.last < len(tokens) and tokens[phrase.last].text in ":,"
    for index in range(phrase.last - 1, phrase.first - 1, -1):
        if tokens[index].lower in _SUFFERED or (label and tokens[index].lower in STATE_WORDS):
            return Phrase(index, index + 1)
    return None


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    if tokens[at].kind != "word" or word in _NOT_VERBS:
        return False
    return word in STATE_WORDS or (len(word) > 4 and word.endswith(("ed", "ing")))


def _skip_aside(tokens: Sequence[Token], at: int) -> int:
    """Past ", alongside an array of supplies," so that the verb behind it is found."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for close in range(at + 1, min(len(tokens), at + 26)):
        if tokens[close].text == "," and close + 1 < len(tokens) and tokens[close + 1].lower in AUXILIARIES:
            return close + 1
    return at


def _behind(tokens: Sequence[Token], at: int) -> Phrase | None:
    at = _skip_aside(tokens, at)
    if at < len(tokens) and tokens[at].lower in {"who", "that", "which"}:
        at += 1
    start, here, helped = at, at, False
    while here < len(tokens) and tokens[here].kind == "word":
        word = tokens[here].lower
        carrier = (
            word in _CARRIERS
            or word in INTENTIONS
            or (word in SPEECH_VERBS and helped and word.endswith("ed"))
        )
        follows = here + 1 < len(tokens) and tokens[here + 1].lower in {"to", "as"}
        if word in AUXILIARIES or (
            carrier and (helped or word in {"to", "being"}) and (follows or word in _CARRIERS)
        ):
            helped = True
        elif word not in ADVERBS:
            break
        here += 1
        if here - start > 8:
            return None
    if here >= len(tokens) or tokens[here].kind != "word":
        return None
    if not (
        _is_verb(tokens, here) if not helped else _is_verb(tokens, here) or tokens[here].lower.endswith("en")
    ):
        return None
    return Phrase(start, _coordinated(tokens, here))


def _coordinated(tokens: Sequence[Token], verb: int) -> int:
    """One past the verb with its object if it is light ("lost their lives") and its twin ("killed or wounded")."""
    end = verb + 1
    if (
        tokens[verb].lower in _LIGHT
        and end + 1 < len(tokens)
        and tokens[end].lower in {"their", "its", "his", "her"}
    ):
        return end + 2
    if end + 1 < len(tokens) and tokens[end].lower in {"or", "and"} and _is_verb(tokens, end + 1):
        return end + 2
    return end


def _before(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The verb or verbal noun that governs the number: "may send", "training of", "decision to dispatch"."""
    skipped = 0
    while at >= 0 and skipped < 8:
        token = tokens[at]
        word = token.lower
        filler = (
            word in DETERMINERS
            or word in EXTRA
            or word in _QUALIFYING
            or word in COLLECTIVES
            or word in ADVERBS - {"more"}
        )
        if not (
            filler
            or word in {"of", "to", "at", "by", "in", "on", "with", "for", "from"}
            or token.text in "$€£~-"
            or word in _OBJECTS
        ):
            break
        at, skipped = at - 1, skipped + 1
    if at < 0 or tokens[at].kind != "word" or not _is_governor(tokens, at):
        return None
    return Phrase(_extend_back(tokens, at), at + 1)


def _is_governor(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    if word in SPEECH_VERBS or word in PREPOSITIONS or word in PRONOUNS or word in _NOT_VERBS:
        return False
    lead = tokens[at - 1].lower if at else ""
    if _is_verb(tokens, at) or lead in MODALS or (lead == "to" and not tokens[at].text[0].isupper()):
        return True
    return word in {"lose", "gain", "involve", "involves", "added", "adds"} and not is_plural(tokens[at])


def _extend_back(tokens: Sequence[Token], at: int) -> int:
    first = at
    while first > 0:
        word = tokens[first - 1].lower
        joined = word in {"or", "and"} and first > 1 and tokens[first - 2].lower in STATE_WORDS
        if joined or (word == "of" and first > 1 and tokens[first - 2].lower in STATE_CLASSES["capacity"]):
            first -= 2
        elif (
            word in AUXILIARIES
            or word in MODALS
            or word in INTENTIONS
            or word == "to"
            or word in ADVERBS
            or (word == "on" and first > 1 and tokens[first - 2].lower in INTENTIONS)
        ):
            first -= 1
        else:
            break
    while (
        tokens[first].lower
        in ADVERBS - {"potentially", "possibly", "reportedly", "already", "probably", "likely"}
        and first < at
    ):
        first += 1
    return first
