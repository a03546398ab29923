"""Clock times in a text: "3:15 am", "15.15 GMT", "half past one", "a little after three", "noon"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import UNITS

HALF_DAY = 12 * 60
LOOSE = 30
_HOURS = {word: value for word, value in UNITS.items() if 1 <= value <= 12}
_HOUR_WORD = "|".join(_HOURS)
_TIME = re.compile(
    rf"""
    (?P<loose>\b(?:about|around|at\sabout|roughly|approximately|some\stime|shortly|just|soon|a\slittle|a\sfew\sminutes)\s
        (?:(?:before|after|past)\s)?|\b(?:before|after|nearly|almost|towards?|by)\s|~\s?)?
    (?:
      (?P<fixed>(?i:noon|midday|midnight))\b
    | (?P<part>(?i:half|(?:a\s)?quarter|five|ten|twenty))\s(?P<way>past|to|after|before)\s
        (?P<parthour>(?i:{_HOUR_WORD})\b|[0-9]{{1,2}}(?![0-9:.]))
    | (?<![\d.,:$€£-])(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9])(?::[0-5][0-9])?)?\s?(?P<half>(?i:[ap])\.?\s?(?i:m)\b\.?)
    | (?<![\d.,:$€£-])(?P<hour2>[01]?[0-9]|2[0-3]):(?P<minute2>[0-5][0-9])(?::[0-5][0-9])?(?![\d:])
    | (?<![\d.,:$€£-])(?P<hour3>[01]?[0-9]|2[0-3])\.(?P<minute3>[0-5][0-9])(?=\s?(?:GMT|UTC|hrs|hours\b)|\s(?:in\sthe\s|at\snight))
    | (?<!\d)(?P<military>[01][0-9][0-5][0-9]|2[0-3][0-5][0-9])\s?(?:GMT|UTC|hrs|hours\b)
    | \b(?P<clock>(?i:{_HOUR_WORD})|[0-9]{{1,2}})\s[oO]['’]clock
    | (?:(?<=\bat\s)|(?<=after\s)|(?<=before\s)|(?<=past\s))(?P<bare>{_HOUR_WORD})
        (?=\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)|[,.;"”]|$)
    )
    (?P<day>\s(?:in\sthe\s(?:early\s)?(?P<time>morning|afternoon|evening)|at\s(?P<night>night)))?
    """,
    re.X,
)
_PARTS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as `text[start:end]` words it, from `low` to `high` in minutes after midnight.

    `either_half` says that the words leave open whether it is before or after noon.
    """

    start: int
    end: int
    low: int
    high: int
    either_half: bool

    def allows(self, other: ClockTime) -> bool:
        """Whether both can be one time; across midnight too, and half a day apart where one leaves that open."""
        turn = HALF_DAY if self.either_half or other.either_half else 2 * HALF_DAY
        return any(
            self.low <= other.high + shift and other.low + shift <= self.high
            for shift in range(-3 * turn, 4 * turn, turn)
        )


def find_times(text: str) -> list[ClockTime]:
    """The clock times that a text names, in order; raises nothing."""
    return [time for match in _TIME.finditer(text) if (time := _read(match)) is not None]


def _read(match: re.Match[str]) -> ClockTime | None:
    read = _minutes(match)
    if read is None:
        return None
    minutes, either = read
    loose = (match["loose"] or "").strip().lower()
    before, after = _reach(loose)
    return ClockTime(match.start(), match.end(), minutes - before, minutes + after, either)


def _reach(loose: str) -> tuple[int, int]:
    """How many minutes before and after the named one the words allow."""
    if not loose:
        return 0, 0
    if loose.endswith(("after", "past")):
        return 0, LOOSE
    if loose.endswith(("before", "by")) or loose in {"nearly", "almost", "toward", "towards"}:
        return LOOSE, 0
    return (0, 0) if loose in {"just", "soon", "shortly"} else (LOOSE, LOOSE)


def _minutes(match: re.Match[str]) -> tuple[int, bool] | None:
    """Minutes after midnight, and whether the half of the day is left open."""
    if match["fixed"]:
        return (0 if match["fixed"].lower() == "midnight" else HALF_DAY), False
    if match["military"]:
        return int(match["military"][:2]) * 60 + int(match["military"][2:]), False
    if match["hour"]:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if not 1 <= hour <= 12:
            return (hour * 60 + minute, False) if hour < 24 else None
        return hour % 12 * 60 + minute + HALF_DAY * (match["half"][0] in "pP"), False
    if match["hour2"] or match["hour3"]:
        hour, minute = int(match["hour2"] or match["hour3"]), int(match["minute2"] or match["minute3"])
        # "03:15" and "15:15" are of a clock of 24 hours, "3:15" may be of either half.
        open_half = 1 <= hour <= 12 and not (match["hour2"] or match["hour3"]).startswith("0") and hour < 10
        return _in_half(match, hour * 60 + minute, open_half)
    if match["part"]:
        minutes = _hour(match["parthour"]) * 60
        shift = _PARTS[re.sub(r"\s+", " ", match["part"].lower())]
        return _in_half(match, minutes + (shift if match["way"] in {"past", "after"} else -shift), True)
    return _in_half(match, _hour(match["clock"] or match["bare"]) * 60, True)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS[word.lower()]


def _in_half(match: re.Match[str], minutes: int, either: bool) -> tuple[int, bool] | None:
    """The minutes in the half of the day that the words behind name ("in the afternoon")."""
    if minutes > 2 * HALF_DAY:
        return None
    if match["day"] is None or not either:
        return minutes, either
    afternoon = match["time"] in {"afternoon", "evening"}
    if match["night"]:
        return minutes, True
    return minutes % HALF_DAY + HALF_DAY * afternoon, False
