"""Words that loosen or bound a number: about, over, at least, up to, or more."""

from __future__ import annotations

import re
from typing import NamedTuple

# canonical name -> (bound, ways to word it before the number)
_BEFORE: dict[str, tuple[str, str]] = {
    "at least": (
        "min",
        r"at least|at a minimum(?: of)?|at minimum|(?:a |the )?minimum of|no (?:fewer|less) than|not (?:fewer|less) than|"
        r"(?:greater|more|larger) (?:than )?or equal(?: to| than)?|no lower than|not lower than|≥|>=",
    ),
    "as many as": ("max", r"as (?:many|much|high|few|little|long|far|large|tall|big) as"),
    "up to": (
        "max",
        r"up to|at (?:the )?most|(?:a |the )?maximum of|no (?:more|greater|higher|larger|bigger) than|"
        r"not (?:more|greater|higher|larger) than|(?:less|fewer|smaller|lower) (?:than )?or equal(?: to| than)?|"
        r"to a maximum of|capped at|≤|<=",
    ),
    "over": (
        "min",
        r"over|(?:(?:well|far|many|slightly|little|much) )?(?:more|greater|larger|higher|bigger|older) th[ae]n|upwards? of|"
        r"in excess of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|above|north of|beyond|just over|"
        r"well over|>",
    ),
    "nearly": ("approx", r"nearly|almost|close to|just under|just below|just shy of|shy of|virtually|approaching|not quite|barely"),
    "under": (
        "max",
        r"under|(?:(?:well|far|slightly|much) )?(?:less|fewer|smaller|lower|younger) than|below|south of|within|<",
    ),
    "about": (
        "approx",
        r"about|around|approximately|approx\.?|aproximately|roughly|some|an estimated|estimated|circa|ca\.|c\.|~|≈|"
        r"in the (?:region|neighbou?rhood|vicinity) of|on the order of|something like|in the order of|more or less|"
        r"perhaps|probably|likely|somewhere around",
    ),
    "exactly": ("exact", r"exactly|precisely"),
    "only": ("exact", r"only|just|a mere|merely"),
}  # fmt: skip
_AFTER: dict[str, tuple[str, str]] = {
    "at least": (
        "min",
        r" (?:or|and) (?:more|greater|higher|larger|bigger|longer|older|above|over|up)\b|[ -]?plus\b|\+"
        r"| at (?:least|the very least)\b| upwards?\b",
    ),
    "up to": (
        "max",
        r" or (?:less|fewer|under|lower|smaller|below|younger)\b| at (?:most|the most)\b| and (?:under|below)\b"
        r"|,? (?-i:max|tops)\b",
    ),
    "about": ("approx", r" or so\b| or thereabouts\b|-odd\b|,? more or less\b|-ish\b| approximately\b"),
}  # fmt: skip
_FILLER = (
    r"(?:(?:a|an|the|its|their|his|her|another)\s+)?"
    r"(?:(?:additional|extra|further|total of|combined|possible|estimated|whopping|record|staggering|mere)\s+)*"
)
_LOOK_BACK = 60


class Qualifier(NamedTuple):
    """A qualifier's canonical name, the bound it sets, and where its words stand."""

    name: str
    bound: str
    start: int
    end: int


def _compile_before() -> list[tuple[str, str, re.Pattern[str]]]:
    compiled = []
    for name, (bound, ways) in _BEFORE.items():
        pattern = rf"(?:(?<![\w-])|(?=[~≈<>≤≥]))(?P<q>{ways})\s*(?:\s{_FILLER}|(?<=[~≈<>≤≥=.]))$"
        compiled.append((name, bound, re.compile(pattern, re.I)))
    return compiled


_BEFORE_PATTERNS = _compile_before()
_AFTER_PATTERNS = [(name, bound, re.compile(ways, re.I)) for name, (bound, ways) in _AFTER.items()]


def qualifier_before(text: str, start: int) -> Qualifier | None:
    """The qualifier whose words end where the number (or its currency sign) starts."""
    low = max(0, start - _LOOK_BACK)
    window = text[low:start]
    best: Qualifier | None = None
    for name, bound, pattern in _BEFORE_PATTERNS:
        match = pattern.search(window)
        if match and (best is None or match.start("q") < best.start - low):
            best = Qualifier(name, bound, low + match.start("q"), low + match.end("q"))
    return best


def qualifier_after(text: str, end: int) -> Qualifier | None:
    """The qualifier right behind the number: "or more", "+", "or so"."""
    for name, bound, pattern in _AFTER_PATTERNS:
        match = pattern.match(text, end)
        if match:
            lead = len(match.group()) - len(match.group().lstrip(" ,-"))
            return Qualifier(name, bound, match.start() + lead, match.end())
    return None
