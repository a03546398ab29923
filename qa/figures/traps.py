"""Numbers that are no quantities: names, models, ranks, scores, times, phone numbers and list marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    LABEL_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SPEECH_VERBS,
    words,
)
from .nouns import is_plural
from .number import Number
from .tokens import Token, is_adjacent

_PHONE = re.compile(
    r"\+[0-9]{1,3}[ .-]?(?:\(?[0-9]{1,5}\)?[ .-]?){2,5}[0-9]|\([0-9]{3}\) ?[0-9]{3}[-. ][0-9]{4}"
    r"|(?<![0-9-])[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}(?![0-9-])|(?<![0-9-])[0-9]{3}-[0-9]{4}(?![0-9-])"
    r"|(?<![0-9])0[0-9]{2,4}[ -][0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|#\w+|\b[0-9]+(?:\.[0-9]+){2,}\b(?!,)")
_CLOCK = re.compile(
    r"\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b|(?<![\w.])[0-9]{1,2}(?:\.[0-9]{2})?\s?[ap]\.?m\b|\b[0-9]{1,2} o['’]clock\b"
    r"|\b[0-9]{4}\s?(?:GMT|UTC|hrs|hours local)\b"
)
# The postcode of an American address.
_POSTCODE = re.compile(r"(?<=,\s[A-Z]{2}\s)[0-9]{5}(?:-[0-9]{4})?\b")
_CHAIN = re.compile(r"(?<![0-9])[0-9]+[-–/][0-9]+[-–/][0-9]+(?![0-9])")
_STREET = re.compile(
    r"\s+(?:[NSEW]\.?\s)?(?:[A-Z][\w.'’]*\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Dr|Boulevard|Blvd|Way|Square|Court|Place)\b"
)
_RANK_WORDS = words("ranked ranks rank seeded seed numbered top number no nos nr")
_NOT_NAMES = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS | PRONOUNS | SPEECH_VERBS
_ONE_AFTER = words(
    "of day another time more who that thing way reason hand side can could would is was may might should must way's "
    "at to and or but with from by for on as if than after before might has had"
)
_PREFIXES = words("mid pre post sub non over under up about to and or plus first last or-so")


def trap_places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where phone numbers, addresses, clock times and number chains stand in `text[start:end]`."""
    return [
        m.span() for p in (_PHONE, _ADDRESS, _CLOCK, _POSTCODE, _CHAIN) for m in p.finditer(text, start, end)
    ]


def is_name(
    text: str, tokens: Sequence[Token], number: Number, *, has_unit: bool, has_sign: bool, first_of_text: int
) -> bool:
    """Whether the number belongs to a name or mark ("Ilyushin-76", "Flight 370", "No. 1", "5G", "the one")."""
    if has_sign:
        return False
    if has_unit:
        before = number.first - 1
        glued = (
            before >= 0
            and tokens[before].kind != "sign"
            and is_adjacent(tokens[before], tokens[number.first])
        )
        chained = (
            before > 0 and tokens[before].text == "-" and is_adjacent(tokens[before - 1], tokens[before])
        )
        return number.kind == "digits" and (glued or (chained and _tied_to_word_before(tokens, number)))
    if number.kind == "words" or number.kind == "vague":
        return _is_word_name(tokens, number)
    return (
        _glued(tokens, number)
        or _tied_to_word_before(tokens, number)
        or _is_label(tokens, number)
        or _is_mark(tokens, number, first_of_text)
        or bool(_STREET.match(text, tokens[number.last - 1].end))
    )


def _glued(tokens: Sequence[Token], number: Number) -> bool:
    before, after = number.first - 1, number.last
    if before >= 0 and tokens[before].kind != "sign" and is_adjacent(tokens[before], tokens[before + 1]):
        return True
    return (
        after < len(tokens) and tokens[after].kind != "sign" and is_adjacent(tokens[after - 1], tokens[after])
    )


def _tied_to_word_before(tokens: Sequence[Token], number: Number) -> bool:
    at = number.first
    if at < 2 and not (at == 1 and tokens[0].text == "#"):
        return False
    if tokens[at - 1].text == "#":
        return True
    tied = tokens[at - 1].text in {"-", "‑", "–", "_"} and is_adjacent(tokens[at - 1], tokens[at])
    tied = tied and is_adjacent(tokens[at - 2], tokens[at - 1])
    if tokens[at - 1].text in {"-", "−"} and number.low < 0:
        return False
    return tied and tokens[at - 2].kind == "word" and tokens[at - 2].lower not in _PREFIXES


def _is_label(tokens: Sequence[Token], number: Number) -> bool:
    """As in "Flight 370", "page 12", "Boeing 737", "ranked 5", "No. 1"; a plural behind it makes it a count again."""
    at = number.first - 1
    digits = tokens[number.first].text
    if at < 0 or number.scale != 1 or "," in digits or number.last - number.first > 1:
        return False
    if tokens[at].text == "." and at > 0 and tokens[at - 1].lower in {"no", "nos", "nr"}:
        return True
    before = tokens[at]
    counted = number.last < len(tokens) and is_plural(tokens[number.last])
    if before.kind != "word":
        return False
    if before.lower in _RANK_WORDS:
        return True
    if before.lower in LABEL_NOUNS and (before.text[0].isupper() or not counted):
        return "." not in digits or before.text[0].isupper()
    named = before.text[0].isupper() and before.lower.removesuffix(".") not in _NOT_NAMES and len(digits) <= 4
    follows_noun = number.last < len(tokens) and tokens[number.last].kind == "word"
    if named and follows_noun and tokens[number.last].lower in {"percent", "per", "million", "billion"}:
        return False
    return named and not counted and at > 0


def _is_mark(tokens: Sequence[Token], number: Number, first_of_text: int) -> bool:
    """List marks: "1)" without an opening bracket, or "1." where a sentence begins."""
    if number.last >= len(tokens) or number.low > 30 or "." in tokens[number.first].text:
        return False
    follow = tokens[number.last]
    if follow.text == ")":
        opened = sum((t.text == "(") - (t.text == ")") for t in tokens[: number.first])
        return opened <= 0
    return number.first == 0 and follow.text == "." and number.last + 1 < len(tokens) and first_of_text >= 0


def _is_word_name(tokens: Sequence[Token], number: Number) -> bool:
    first, last = tokens[number.first], number.last
    word = first.lower
    before = tokens[number.first - 1] if number.first else None
    after = tokens[last] if last < len(tokens) else None
    if word == "one" and number.last - number.first == 1:
        if before is not None and before.lower in {
            "no",
            "any",
            "some",
            "every",
            "this",
            "that",
            "the",
            "each",
            "which",
            "another",
        }:
            return True
        if after is None or after.kind != "word":
            tied = after is not None and after.text in {"-", "‑"} and is_adjacent(first, after)
            return not tied or (
                last + 1 < len(tokens)
                and tokens[last + 1].lower in {"off", "way", "sided", "on", "man", "stop"}
            )
        return after.lower in _ONE_AFTER
    if (
        before is not None
        and before.lower in {"top", "chapter", "article", "phase", "page"}
        and number.scale == 1
    ):
        return True
    proper = (
        first.text[0].isupper() and first.text != first.text.upper() and number.first > 0 and number.low <= 20
    )
    if proper and before is not None and before.kind == "word" and after is not None:
        return after.text[:1].isupper() or before.lower == "of"
    return False
