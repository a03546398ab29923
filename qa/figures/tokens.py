"""Words, numbers and signs of a text with their offsets, and the sentences around a span."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_NUMBER = (
    r"[0-9]{1,6}[ \u00a0\u2009-][0-9]{1,2}[/⁄][0-9]{1,3}(?![0-9/])"
    r"|[0-9]{1,6}[/⁄][0-9]{1,6}(?![0-9]|[/⁄][0-9])"
    r"|[0-9]{0,6}[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
    r"|(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9]|[.,][0-9])|[0-9]{1,3}(?:, 000)+(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9.])|[0-9]+)(?:\.[0-9]+)?"
    r"|\.[0-9]+"
)
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<word>(?:[A-Z]\.){{2,}}|[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sign>\S)"
)
_SENTENCE_END = re.compile(
    r"[.!?…][\"”’'»)\]]*\s+(?=[\"“‘'«(\[–—-]*\s?[A-Z0-9$€£])|\s*\n\s*\n\s*|\n(?![a-z0-9,;])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Lt|Col|Sgt|Capt|Adm|Sen|Rep|Gov|St|No|Inc|Corp|Co|Ltd|Jr|Sr|vs|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|jan|feb|apr|aug|sept|oct|nov|dec)|\b[A-Z])\.$"
)
_REACH = 1500


class Token(NamedTuple):
    """One token; `kind` is number, word or sign and `lower` the text in lower case."""

    kind: str
    start: int
    end: int
    text: str
    lower: str


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, offsets into `text`; time grows with the length alone."""
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        tokens.append(Token(match.lastgroup or "sign", match.start(), match.end(), word, word.lower()))
    return tokens


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences that `text[start:end]` touches, as (start, end) offsets in reading order."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    cuts = [low]
    for match in _SENTENCE_END.finditer(text, low, high):
        head = match.group().rstrip()
        if head.startswith(".") and _ABBREVIATION.search(
            text, max(low, match.start() - 12), match.start() + 1
        ):
            continue
        cuts.append(match.end())
    cuts.append(high)
    spans = [(a, b) for a, b in pairwise(cuts) if a < b]
    return [(a, b) for a, b in spans if a < max(end, start + 1) and b > start]


def is_adjacent(left: Token, right: Token) -> bool:
    """Whether nothing stands between the two tokens."""
    return left.end == right.start
