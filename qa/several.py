"""Questions that can have several true answers: what another source answers is then no conflict by itself."""

from __future__ import annotations

import re

from qa.figures.lexicon import AUXILIARIES, UNITS, words
from qa.figures.nouns import is_plural, stem
from qa.figures.tokens import Token, tokenize

_LIST = re.compile(
    r"\bwh(?:o|om|at|ere)\s(?:else|all)\b|\bwhere\s(?:are|were|do|have)\b|\b(?:who|what)\s(?:are|were|have)\b|\bwhich\sof\b|\b(?:kinds|types|sorts|examples)\sof\b|"
    r"^(?:list|name)\b",
    re.I,
)
# Why and how, what somebody does or says, what was taken or is planned: more than one answer is true as a rule.
_OPEN = re.compile(
    r"\b(?:why|how)\b(?!\s(?:many|much|long|old|far|often|high|large|big|tall|deep|heavy|fast|strong)\b)|"
    r"\bwhat\s(?:do|does|did|has|have|had|can|could|will|would|should|might|may|must)\b|"
    r"\bwhat\s(?:is|was|has\sbeen|(?:is|was)\sbeing)\s"
    r"(?:\w+ed|\w+ing|being|taken|found|known|done|said|told|stolen|lost|given|made|built|sold|new)\b",
    re.I,
)
# What many can do or undergo, each told of by another source.
_BY_MANY = words(
    "visit attend meet met join help aid assist support back oppose criticise criticize condemn protest object complain welcome "
    "praise thank deny denied witness saw survive die drown testify vote sign deliver supply provide donate send "
    "sent offer contribute benefit say said warn confirm announce report claim notice train"
)
_TO_MANY = words(
    "killed hurt injured wounded arrested detained charged evacuated rescued saved affected invited involved honoured honored "
    "present blamed accused questioned interviewed acquitted convicted sentenced jailed imprisoned released freed fined "
    "suspended dismissed sacked"
)
_PASSIVE = re.compile(r"\b(?:is|was|been)\b", re.I)
_STEMS = frozenset(map(stem, _BY_MANY))
_WHO = re.compile(
    r"\b(?:whom?|(?:which|what)\s[\w’'-]+)\s(?:(?:has|have|had|is|was|will|would|can|could|did|does|also|not|been)\s)*(?P<word>[\w’'-]+)",
    re.I,
)


def allows_several(question: str) -> bool:
    """Whether a question can be answered by several things at once ("which countries", "who visited", "who was hurt")."""
    if _LIST.search(question) or _OPEN.search(question):
        return True
    who = _WHO.search(question)
    if who is not None:
        word = who["word"].lower()
        if stem(word) in _STEMS or (word in _TO_MANY and _PASSIVE.search(who.group()) is not None):
            return True
    asked = [token for token in tokenize(question, 0, len(question)) if token.kind == "word"]
    at = next((at for at, token in enumerate(asked) if token.lower in {"which", "what"}), None)
    return at is not None and _is_plural_asked(asked[at], asked[at + 1 : at + 5])


def _is_plural_asked(word: Token, behind: list[Token]) -> bool:
    """Whether "which" or "what" asks for things in the plural: "what measures were", "which two countries", not "what causes"."""
    for at, token in enumerate(behind):
        follower = behind[at + 1].lower if at + 1 < len(behind) else ""
        if token.lower in AUXILIARIES:
            return False
        if is_plural(token):
            if follower in AUXILIARIES:
                return True
            described = all(before.lower in UNITS or before.text[0].isupper() for before in behind[:at])
            return word.lower == "which" and described
    return False
