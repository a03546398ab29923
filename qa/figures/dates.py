"""Dates in a text: explicit ones, and relative ones resolved against the day of publication."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .lexicon import LINKING, SPEECH_VERBS

_MONTHS = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_MONTH_NAME = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9,]*[0-9]|\.[0-9]|%)"
_COUNT_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
                "eight": 8, "nine": 9, "ten": 10, "couple of": 2}  # fmt: skip
_DATE = re.compile(
    rf"""
    \b(?P<iso>[12][0-9]{{3}}-[01][0-9]-[0-3][0-9])\b
  | \b(?<![Ii]n\s)(?<!late\s)(?<!early\s)(?<!mid[\s-])(?P<m1>(?i:{_MONTHS}))\s(?P<d1>[0-3]?[0-9])(?:st|nd|rd|th)?
      (?![0-9:]|,[0-9]|\.[0-9]|\s(?:million|thousand|billion))(?:,?\s(?P<y1>{_YEAR}))?
  | \b(?P<d2>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>(?i:{_MONTHS}))\b(?:,?\s(?P<y2>{_YEAR}))?
  | (?:\b(?P<part>early|mid|late)[\s-])?\b(?P<m3>(?i:{_MONTHS}))(?:,?\s(?:of\s)?(?P<y3>{_YEAR}))
  | \b(?:(?P<part4>(?i:early|mid|late))[\s-]|(?P<cue>(?i:in)
      |(?i:since|by|until|last|this|next|from|during|between|through|of|or|and|for|around|before|after)
      (?!\s{_MONTH_NAME}\s[0-3]?[0-9]\b))\s)
      (?P<m4>{_MONTH_NAME})\b(?!,?\s(?:of\s)?{_YEAR})
  | \b(?:(?P<part5>(?i:early|mid|late))[\s-])?(?P<decade>1[0-9]{{2}}0|20[0-9]0)['’]?s\b
  | \b(?P<from>{_YEAR})(?:[-–/]|\sto\s|\sand\s)(?P<to>{_YEAR}|[0-9]{{2}}(?![0-9]|[.,][0-9]))
  | \b(?P<ago>(?i:a|an|one|two|three|four|five|six|seven|eight|nine|ten|a\scouple\sof|[0-9]{{1,3}}))
      \s(?P<agounit>day|week|month|year|decade)s?\sago\b
  | \b(?P<rel>(?i:last|this|next|past|previous))\s
      (?P<relunit>week|month|year|quarter|night|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday
      |spring|summer|autumn|fall|winter)\b
  | \b(?P<day>(?i:today|yesterday|tomorrow|tonight))\b
  | \b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b
  | (?<![\w.,$€£#/-])(?P<year>{_YEAR})(?![\w/])
    """,
    re.X,
)
_YEAR_CUE = re.compile(
    r"\b(?:in|since|of|by|from|until|till|during|after|before|for|early|late|mid|through|between|circa|year|around|and|to|"
    r"than|or|on|the|spring|summer|autumn|fall|winter|fiscal)[\s-]$|[(\[–,]\s?$|^$",
    re.I,
)
_SINCE = re.compile(
    r"\b(?:since|start of the \w+ in|between|from)\s(?:the\s)?(?:early\s|late\s|mid[-\s])?$", re.I
)


_REACH = {"by": 11, "next": 11, "until": 11, "or": 3, "and": 3, "between": 3}
"""How many months ahead the month behind a word may lie."""

_AHEAD = re.compile(r"\b(?:will|(?:is|are)\s(?:due|scheduled|expected))\b(?P<rest>[^.!?;\n]*)$", re.I)
_NOT_COUNTED = (
    LINKING
    | SPEECH_VERBS
    | {"was", "is", "as", "has", "its", "this", "his", "plus", "sales", "earnings", "levels"}
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as `text[start:end]` words it: its first and last day, its label, and whether it was resolved."""

    start: int
    end: int
    first: date
    last: date
    label: str
    resolved: bool
    is_start: bool

    def number(self) -> tuple[float, float]:
        """First and last day as YYYYMMDD numbers."""
        return (
            float(self.first.year * 10_000 + self.first.month * 100 + self.first.day),
            float(self.last.year * 10_000 + self.last.month * 100 + self.last.day),
        )


def find_dates(text: str, start: int, end: int, published: date | None) -> list[DateMention]:
    """The dates that `text[start:end]` mentions; relative ones only where `published` resolves them.

    Raises nothing; impossible dates such as 31 February are skipped.
    """
    found = []
    for match in _matches(text, start, end):
        try:
            mention = _read(match, text, published)
        except (ValueError, OverflowError):
            continue
        if mention is not None:
            found.append(mention)
    return found


def date_places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where dates stand, resolvable or not, so that their numbers are not taken for counts."""
    return [
        match.span()
        for match in _matches(text, start, end)
        if match["weekday"] is None and match["day"] is None and (not match["year"] or _is_year(match, text))
    ]


@lru_cache(maxsize=64)
def _matches(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """What looks like a date; a sentence is asked for twice, for its dates and for its counts."""
    return tuple(_DATE.finditer(text, start, end))


def _read(match: re.Match[str], text: str, published: date | None) -> DateMention | None:
    span = _absolute(match, text)
    resolved = False
    if span is None:
        span = _relative(match, published, ahead=_is_ahead(text, match.start())) if published else None
        resolved = True
    if span is None:
        return None
    first, last, label = span
    start = (
        match.start("m4")
        if match["m4"] and not match["part4"] and (match["cue"] or "").lower() not in {"last", "next", "this"}
        else match.start()
    )
    before = text[max(0, match.start() - 32) : start]
    return DateMention(start, match.end(), first, last, label, resolved, bool(_SINCE.search(before)))


def _absolute(match: re.Match[str], text: str) -> tuple[date, date, str] | None:
    if match["iso"]:
        return _day(date.fromisoformat(match["iso"]))
    for m, d, y in (("m1", "d1", "y1"), ("m2", "d2", "y2")):
        if match[m] and match[y]:
            return _day(date(int(match[y]), _month(match[m]), int(match[d])))
    if match["m3"]:
        return _whole_month(int(match["y3"]), _month(match["m3"]))
    if match["decade"]:
        year = int(match["decade"])
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(
            (match["part5"] or "").lower(), (0, 9)
        )
        return date(year + first, 1, 1), date(year + last, 12, 31), match["decade"] + "s"
    if match["from"]:
        low = int(match["from"])
        high = int(match["to"]) if len(match["to"]) == 4 else low // 100 * 100 + int(match["to"])
        return (date(low, 1, 1), date(high, 12, 31), str(high)) if low < high else None
    if match["year"] and _is_year(match, text):
        return _whole_year(int(match["year"]))
    return None


def _is_year(match: re.Match[str], text: str) -> bool:
    """Whether a bare four-digit number is a year rather than a count of what follows."""
    before = text[max(0, match.start() - 16) : match.start()]
    follow = re.match(r"\s+(?P<word>[a-z]+)", text[match.end() : match.end() + 24])
    plural = (
        follow is not None
        and re.search(r"(?:[^s]s|people|men|women|children|troops)$", follow["word"]) is not None
    )
    if plural and follow is not None and follow["word"] in _NOT_COUNTED:
        plural = False
    return not plural and bool(_YEAR_CUE.search(before) or 1800 <= int(match["year"]) <= 2060)


def _is_ahead(text: str, start: int) -> bool:
    """Whether the clause in front of a date speaks of what is to come ("will open on", not "will open, he said on")."""
    found = _AHEAD.search(text, max(0, start - 80), start)
    return found is not None and not SPEECH_VERBS & set(found["rest"].lower().split())


def _relative(match: re.Match[str], published: date, *, ahead: bool) -> tuple[date, date, str] | None:
    for m, d in (("m1", "d1"), ("m2", "d2")):
        if match[m]:
            moment = date(published.year, _month(match[m]), int(match[d]))
            if ahead:
                return _day(moment if moment >= published else moment.replace(year=moment.year + 1))
            return _day(
                moment if moment <= published + timedelta(days=31) else moment.replace(year=moment.year - 1)
            )
    if match["m4"]:
        month = _month(match["m4"])
        gap = (month - published.month) % 12
        reach = 11 if ahead else _REACH.get(match["cue"] or "", 0)
        year = (
            published.year + (month < published.month)
            if gap <= reach
            else published.year - (month > published.month)
        )
        return _whole_month(year, month)
    if match["day"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["day"].lower(), 0)
        return _day(published + timedelta(days=shift))
    if match["weekday"]:
        back = _weekday(published, match["weekday"], 0)
        return _day(back + timedelta(days=7) if ahead and back < published else back)
    if match["ago"]:
        return _ago(match, published)
    return _period(match["rel"].lower(), match["relunit"], published) if match["rel"] else None


def _ago(match: re.Match[str], published: date) -> tuple[date, date, str]:
    word = match["ago"].lower()
    count = int(word) if word.isdigit() else _COUNT_WORDS[word.removeprefix("a ") if " " in word else word]
    unit = match["agounit"]
    if unit in {"year", "decade"}:
        return _whole_year(published.year - count * (10 if unit == "decade" else 1))
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    return _day(published - timedelta(days=count * (7 if unit == "week" else 1)))


def _period(word: str, unit: str, published: date) -> tuple[date, date, str] | None:
    step = {"last": -1, "past": -1, "previous": -1, "next": 1}.get(word, 0)
    if unit.lower() in _WEEKDAYS:
        return _day(_weekday(published, unit, step))
    if unit == "year":
        return _whole_year(published.year + step)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(days=7 * step)
        return monday, monday + timedelta(days=6), monday.isoformat()
    if unit == "night":
        return _day(published + timedelta(days=step))
    return None


def _weekday(published: date, name: str, step: int) -> date:
    """The weekday on or before publication; with `step` 1 the one after it, with -1 the one before today."""
    back = (published.weekday() - _WEEKDAYS.index(name.lower())) % 7
    if step > 0:
        return published + timedelta(days=7 - back)
    return published - timedelta(days=back or (7 if step < 0 else 0))


def _month(name: str) -> int:
    return [m.lower() for m in calendar.month_abbr].index(name[:3].lower())


def _day(moment: date) -> tuple[date, date, str]:
    return moment, moment, moment.isoformat()


def _whole_month(year: int, month: int) -> tuple[date, date, str]:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, 1), date(year, month, last), f"{year:04d}-{month:02d}"


def _whole_year(year: int) -> tuple[date, date, str]:
    return date(year, 1, 1), date(year, 12, 31), f"{year:04d}"
