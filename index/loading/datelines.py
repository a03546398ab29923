"""When a text says it was published and by whom: lines of their own at its top, and a wire story's dateline.

Only what stands where such lines stand is believed. A date that may be another day's, such as 03/04/2024, one of two that
differ, or the first entry of a diary, is not taken: a wrong date moves every "on Monday" of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

TOP_LINES = 12
PROSE_WORDS = 25
"""The top ends after so many lines, or with the first paragraph that is so long."""

YEARS = range(1800, 2100)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month{n}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{n}>\d{{4}})"
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DATE = _WEEKDAY + "(?:" + "|".join(
    part.format(n=n)
    for n, part in enumerate((
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR}-(?P<number{{n}}>\d\d)-{_DAY}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?",
        rf"{_DAY}\.(?P<number{{n}}>\d{{{{1,2}}}})\.{_YEAR}",
        rf"(?P<one{{n}}>\d{{{{1,2}}}})/(?P<other{{n}}>\d{{{{1,2}}}})/{_YEAR}",
    ))
) + ")"  # fmt: skip
_TIME = r"(?:,?(?: at| -| –| \|)? \d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: \(?[A-Z]{2,5}\)?)?)?"
_PUBLISHED = (
    r"(?:first )?(?:published|posted|released|issued|for (?:immediate )?release|release date|publication date"
    r"|date(?: of publication)?)(?: on| at)?:? "
)
_UPDATED = r"(?:[ ,|·•/–—-]{1,3}\(?(?:last )?(?:updated|modified)\b.{0,60})?"
_BEFORE = r"(?:(?P<before>[^|·•.!?]{2,80}?)(?: ?[|·•–—] ?|, | - ))?"
_LABELLED = re.compile(rf"(?:.{{0,80}}[|·•] ?)?{_PUBLISHED}{_DATE}{_TIME}{_UPDATED}\)?\.?", re.IGNORECASE)
_BARE = re.compile(rf"{_BEFORE}\(?{_DATE}\)?{_TIME}{_UPDATED}\.?", re.IGNORECASE)
_DATELINE = re.compile(
    rf"(?:[A-Z][\w.'’-]*(?:,? |/)){{1,6}}?\(?(?i:{_DATE})\)?,? ?(?:\([^)]{{2,40}}\)|/[^/]{{2,30}}/)? ?[-–—:] ?\S"
)
_OTHER_DAY = re.compile(
    r"\b(?:updated|modified|printed|downloaded|accessed|retrieved|saved|generated|reviewed|due|deadline|until|till|from|since|before"
    r"|after|between|to|born|died|effective|expires?|valid|draft|version|revised|embargo(?:ed)?|meeting|next|ends?|starts?"
    r"|copyright|today|now|as of|as at)\b|©",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w.'’-]*|de|der|den|van|von|al|bin|la|el)"
_ROLE = r"(?!(?:\w+ ){0,3}(?i:reporters?|correspondents?|editors?|writers?|columnists?|analysts?|journalists?|bureau|desk)\b)"
_PERSON = rf"{_ROLE}(?!The\b){_NAME}(?: {_NAME})"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written by|Words by):? (?P<names>{_PERSON}{{0,4}}(?:(?:,| and|, and| AND| &) {_PERSON}{{1,4}}){{0,5}})"
    r"(?:(?:,| in| for| [|·•–—-]) ?.{0,80})?"
)
_MARKS = re.compile(r"^[#>\s]+|[*_]{1,3}|\s+$")


def imprint(text: str, prose_words: int = PROSE_WORDS) -> dict[str, object]:
    """`author` and day `published` that the first lines of `text` name, each None where they do not.

    A line of `prose_words` ends them: so many as a paragraph has or, where lines are those of a page, such a line.
    """
    top = list(_top(text, prose_words))
    author = next((found for line in top[1:] if (found := _author(line))), None)
    return {"author": author, "published": _day(text, top)}


def _top(text: str, prose_words: int) -> Iterator[str]:
    """The first lines without their marks, headings below the first left out, up to and with the first paragraph's."""
    found = 0
    for line in text[:8000].split("\n"):
        if not line.strip() or (found and line.startswith("##")):
            continue
        found += 1
        bare = _bare_words(line[:400])
        yield bare
        if found == TOP_LINES or (found > 1 and len(bare.split()) >= prose_words):
            return


def _bare_words(line: str) -> str:
    return " ".join(_MARKS.sub("", line).split())


def _author(line: str) -> str | None:
    match = _BYLINE.fullmatch(line)
    return match["names"] if match and len(line.split()) < PROSE_WORDS else None


def _day(text: str, top: Sequence[str]) -> date | None:
    labelled = {day for line in top if (day := _read(_LABELLED.fullmatch(line)))}
    if labelled:
        return labelled.pop() if len(labelled) == 1 else None
    wire = next((day for line in top if (day := _read(_DATELINE.match(line)))), None)
    bare = {day for line in top if (day := _bare(line))}
    if wire:
        return wire if bare <= {wire} else None
    if len(bare) != 1:
        return None
    [day] = bare
    # Lines with other days further down make a diary, or a list of meetings, of it.
    others = (_bare(_bare_words(line)) for line in text.split("\n") if len(line) < 80)
    return day if all(other in (None, day) for other in others) else None


def _bare(line: str) -> date | None:
    """The day of a line that holds nothing else, but perhaps who prints it: "The Gazette, 12 March 2024"."""
    match = _BARE.fullmatch(line) if len(line) < 160 else None
    return None if match is None or _OTHER_DAY.search(match["before"] or "") else _read(match)


def _read(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    found = {key.rstrip("0123456789"): value for key, value in match.groupdict().items() if value}
    year, day = int(found["year"]), int(found.get("day", 0))
    if "month" in found:
        month = 1 + _MONTHS.index(found["month"][:3].lower())
    elif "number" in found:
        month = int(found["number"])
    else:
        month, day = sorted((int(found["one"]), int(found["other"])))
        if day <= 12 and day != month:
            return None
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
