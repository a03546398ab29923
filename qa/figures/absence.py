"""Nought in words: "no one was hurt", "none of the crew died", "no casualties"."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import STATE_CLASSES, words
from .number import Number, skip_hyphen, word_at
from .tokens import Token

_BEFALLEN = frozenset().union(
    *(STATE_CLASSES[name] for name in ("killed", "wounded", "missing", "casualty"))
) | words("arrested arrests detained captured kidnapped abducted")
_TALLIED = words("casualties deaths fatalities injuries arrests dead injured wounded")
_AUXILIARIES = words("was were is are has have had been be")
# "No one was seriously hurt" and "no other deaths" leave room for some: only words that take nothing away may stand between.
_BETWEEN = words("reported reportedly confirmed known believed thought to either")
_KINDS = words("reported confirmed known human civilian military recorded")
_BEGINNINGS = words("no nobody none not")
_LONGEST_WHOLE = 5


def read_absence(tokens: Sequence[Token], at: int) -> Number | None:
    """Nought, where nobody is said to have been killed, hurt, missing or held; None for any other "no"."""
    if word_at(tokens, at) not in _BEGINNINGS:
        return None
    last = _no_deaths(tokens, at) or _no_one_hurt(tokens, at)
    return Number(at, last, 0.0, 0.0, "none") if last else None


def _no_deaths(tokens: Sequence[Token], at: int) -> int | None:
    """The end of the "no" in "no deaths", "no confirmed casualties"."""
    here = at + 1
    while word_at(tokens, here) in _KINDS:
        here += 1
    return at + 1 if word_at(tokens, at) == "no" and word_at(tokens, here) in _TALLIED else None


def _no_one_hurt(tokens: Sequence[Token], at: int) -> int | None:
    """The end of "no one", "none" or "not a single" that is the subject of what befalls people."""
    word = word_at(tokens, at)
    here = at + 1
    if word == "no":
        here = skip_hyphen(tokens, here)
        if word_at(tokens, here) != "one":
            return None
        here += 1
    elif word == "not":
        if [word_at(tokens, here), word_at(tokens, here + 1)] not in (["a", "single"], ["one", "single"]):
            return None
        here += 2
    last = here
    if word == "not":
        here += 1
    elif word_at(tokens, here) == "of":
        whole = range(here, here + 1 + _LONGEST_WHOLE)
        here = next((place for place in whole if word_at(tokens, place) in _AUXILIARIES | _BEFALLEN), here)
    while word_at(tokens, here) in _AUXILIARIES | _BETWEEN:
        here += 1
    return last if word_at(tokens, here) in _BEFALLEN else None
