"""Two numbers that are one value before and after a change ("rose from $210m to $240m"), and no range."""

from __future__ import annotations

import re

from .counted import STATE_WORDS

_NEAR = r"(?:about\s|around\s|roughly\s|nearly\s|almost\s|just\s|some\s|over\s|more\sthan\s|an\sestimated\s|(?:the\s)?current\s)?"
_FROM = re.compile(rf"(?P<word>[\w’'-]+)?,?\s*\bfrom\s{_NEAR}$", re.I)
_TO = re.compile(rf"\bto\s{_NEAR}$", re.I)
_THEN_TO = re.compile(rf"(?:\s[\w’'-]+){{0,3}},?\sto\s{_NEAR}", re.I)
_THEN_FROM = re.compile(rf"(?:\s[\w’'-]+){{0,3}},?\s(?:up\s|down\s)?from\s{_NEAR}", re.I)
_RANGED = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|between)\b[^.;]{0,24}$", re.I)
_CHANGED = (
    r"(?:ris(?:e|es|en|ing)|rose|f[ae]ll(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|increas\w+|decreas\w+|declin\w+|drop\w*|"
    r"reduc\w+|cut(?:s|ting)?|rais\w+|climb\w+|jump\w+|slid(?:es|e|ing)?|slipp?(?:s|ed|ing)?|s[aiu]nk\w*|w[eo]nt|go(?:es|ing|ne)?|"
    r"chang\w+|up|down|lower\w*|boost\w*|surg\w+|shr[aiu]nk\w*|expand\w*|improv\w+|doubl\w+|tripl\w+|soar\w*|edg(?:ed|es|ing)|"
    r"plung\w+|tumbl\w+|widen\w*|narrow\w*|push\w*|mov(?:e|es|ed|ing)|revis\w+|adjust\w*|upgrad\w+|downgrad\w+|"
    r"br(?:ing|ings|ought)|t(?:ake|akes|ook|aken)|swell\w*|swollen|balloon\w*|eas(?:ed|es|ing)|spik\w+|advanc(?:ed|es|ing)|"
    r"slash\w*|trim\w*|lift\w*|hik(?:e|es|ed|ing)|shift\w*|sw[iu]ng\w*|scal(?:e|es|ed|ing)|accelerat\w+|correct(?:ed|s|ing))"
)
_CHANGE_WORD = re.compile(_CHANGED, re.I)
_CHANGE_BEFORE = re.compile(
    rf"\b{_CHANGED}\b(?:(?!\b(?:and|but|while|which|who|that|because)\b)[^.;]){{0,90}}$", re.I
)
_STEP_BEFORE = re.compile(rf"\b{_CHANGED}\s(?:by\s)?(?:another\s|a\sfurther\s)?{_NEAR}$", re.I)
_LOOK_BACK = 128


def is_change(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether the numbers at `left` and `right` are told as before and after: "from left to right" behind a change.

    A verb that sends, carries or otherwise handles a number of things ("send from 10,000 to 20,000") makes a range.
    """
    if not _THEN_TO.fullmatch(text, left[1], right[0]):
        return False
    before = text[max(0, left[0] - _LOOK_BACK) : left[0]]
    opened = _FROM.search(before)
    if opened is None or _RANGED.search(before):
        return False
    governor = opened["word"] or ""
    if _CHANGE_WORD.fullmatch(governor):
        return True
    if governor.lower() in STATE_WORDS:
        return False
    return bool(_CHANGE_BEFORE.search(before[: opened.start("word") if governor else opened.start()]))


def is_step(text: str, start: int) -> bool:
    """Whether the number at `start` stands right behind a word of change: how far it went ("rose $2 to $85")."""
    return _STEP_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def is_change_backwards(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether `left` is told as after and `right` as before: "to left from right" behind a change."""
    if not _THEN_FROM.fullmatch(text, left[1], right[0]):
        return False
    before = text[max(0, left[0] - _LOOK_BACK) : left[0]]
    opened = _TO.search(before)
    return opened is not None and bool(_CHANGE_BEFORE.search(before[: opened.start()]))
