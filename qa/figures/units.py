"""Units of measure and currencies beside a number; names and symbols come from Unicode CLDR through Babel."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import get_currency_name, list_currencies
from babel.units import format_unit

from .lexicon import LABEL_NOUNS, PREPOSITIONS
from .measure_words import (
    CURRENCY_ALIASES,
    CURRENCY_SIGNS,
    DOLLAR_PREFIXES,
    NOT_A_CURRENCY,
    NOT_A_UNIT,
    NOT_AN_ISO_PREFIX,
    PER_NOUNS,
    PERIOD_ADVERBS,
    SAFE_SYMBOLS,
    SYMBOL_ALIASES,
    UNIT_ALIASES,
    UNIT_CODES,
)
from .nouns import is_person

_GAP = r"[ \u00a0\u2009\u202f]?"
_PERCENT = re.compile(
    r"[ \u00a0\u2009-]?(?:percentage points?|per ?cent(?:age)?s?\b|pct\b|pc\b|%|％|pp\b)", re.I
)
_AGE = re.compile(
    r"[ -–—]{0,3}(?P<unit>years?|months?|weeks?|days?)(?:[ -–]{1,3}olds?\b| of age\b)|[ -]?y/?o\b", re.I
)
_AGED_BEFORE = re.compile(
    r"(?:\baged?(?: of)?|\bage between|\bbetween the ages of|\bages"
    r"|\b(?:average|mean|median) age (?:is|was|of))\s+(?:between |about |around )?$",
    re.I,
)
_NAMED_BEFORE = re.compile(r"\b[A-Z][\w’'-]+,\s$")
_PERSON_BEFORE = re.compile(r"\b(?:a|an|the|another|his|her|their)\s(?:[\w-]+\s)?(?P<noun>[a-z]+),\s$", re.I)
_WHO_IS = re.compile(r"\b(?:who|he|she)\s(?:is|was|turned|turns)\s(?:now\s|just\s|only\s)?$", re.I)
_AGE_TOLD = re.compile(
    r"(?:[1-9]|[1-9][0-9]|1[01][0-9])(?:[,;]\s(?![0-9])|\.(?:\s|$)|\s(?:when|at the time)\b)"
)
_AGE_ASIDE = re.compile(r"(?:[1-9]|[1-9][0-9]|1[01][0-9])(?:,\s(?!and\b|[0-9])|\.$)")
_PER = re.compile(
    r"(?:\s?/\s?|[\s-]per[\s-]|\s+(?:each|every)\s+|(?:\s?-\s?|\s)an?(?:\s?-\s?|\s))(?P<noun>[A-Za-z]+)\b(?!\s+(?:ago|earlier|later|before|after|old)\b)"
)
_ADVERB = re.compile(
    r"\s+(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|nightly|per annum|a head|apiece)\b", re.I
)
_SIGN_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<iso>[A-Za-z]{{3}}){_GAP}\$|(?<![A-Za-z])(?P<dollar>US|AU|NZ|HK|NT|CA|MX|EC|TT|us|hk|nz|au|C|c){_GAP}\$"
    rf"|(?<![A-Za-z])(?P<glued>A|S|R|Z|N|J|B)\$|\$(?P<after>US|AU|NZ|HK|CA|A|C)|(?P<sign>[{re.escape(''.join(CURRENCY_SIGNS))}])"
    rf"|(?<![A-Za-z])(?P<code>[A-Z]{{3}})|(?<![A-Za-z])(?P<rupees>Rs\.?)){_GAP}(?:[-−]{_GAP})?$"
)
# Two digits behind it are cents ("17 USD 25"), more are a number that the code stands before.
_CODE_AFTER = re.compile(rf"{_GAP}(?P<code>[A-Z]{{3}})\b(?!\s?[0-9](?![0-9]\b(?![.,][0-9])))")
_SEATS = frozenset({"seat", "seats", "row", "flat", "bus", "size"})
_DEGREES = re.compile(r"(?P<mark>[CF])(?![\w'’-])")
_BEFORE_DEGREES = re.compile(r"(?P<word>[^\W\d]*)\s?[(]?[-−]?[0-9]+(?:\.[0-9]+)?$")
_SIGN_AFTER = re.compile(rf"{_GAP}(?P<sign>[{re.escape(''.join(CURRENCY_SIGNS))}¢])(?!\s?[0-9])")


class UnitMatch(NamedTuple):
    """A unit's code ("km", "USD", "percent") and where its words stand."""

    code: str
    start: int
    end: int


class _Vocabulary(NamedTuple):
    names: dict[str, str]
    symbols: dict[str, str]
    currencies: frozenset[str]
    name_pattern: re.Pattern[str]
    symbol_pattern: re.Pattern[str]


def currency_before(text: str, start: int) -> UnitMatch | None:
    """The currency sign or ISO 4217 code that ends where the number starts ("US$", "€", "EUR ")."""
    match = _SIGN_BEFORE.search(text, max(0, start - 8), start)
    if match is None:
        return None
    prefix = match["dollar"] or match["glued"] or match["after"]
    if match["iso"]:
        iso = {"MEX": "MXN"}.get(match["iso"].upper(), match["iso"].upper())
        if iso not in vocabulary().currencies or iso in NOT_AN_ISO_PREFIX:
            # A word of the sentence ("all $5m", "between $5m and $7m") that the sign only stands behind.
            return UnitMatch("USD", text.index("$", match.end("iso")), match.end())
        code = iso
    elif prefix:
        code = DOLLAR_PREFIXES[prefix.upper()]
    elif match["sign"]:
        code = CURRENCY_SIGNS[match["sign"]]
    elif match["rupees"]:
        code = "INR"
    elif match["code"] in vocabulary().currencies and match["code"] not in NOT_AN_ISO_PREFIX:
        code = match["code"]
    else:
        return None
    return UnitMatch(code, match.start(), match.end())


def age_around(text: str, start: int, end: int) -> UnitMatch | None:
    """As in "45-year-old", "ten months old", "aged 23 to 27": an age, in the words after or before the number."""
    match = _AGE.match(text, end)
    if match is not None:
        return UnitMatch(
            f"{(match['unit'] or 'years').lower().rstrip('s')}s of age", match.start(), match.end()
        )
    before = _AGED_BEFORE.search(text, max(0, start - 32), start)
    if before is not None:
        return UnitMatch("years of age", before.start(), before.end())
    named = _NAMED_BEFORE.search(text, max(0, start - 24), start) or _is_one_person(text, start)
    if (named and _AGE_ASIDE.match(text, start)) or (
        _WHO_IS.search(text, max(0, start - 24), start) and _AGE_TOLD.match(text, start)
    ):
        return UnitMatch("years of age", end, end)
    return None


def _is_one_person(text: str, start: int) -> bool:
    """Whether "a second man," or "the driver," stands before `start`; "four men, 19," does not."""
    match = _PERSON_BEFORE.search(text, max(0, start - 40), start)
    return (
        match is not None and is_person(match["noun"]) and not match["noun"].endswith(("s", "men", "people"))
    )


def unit_after(text: str, end: int, *, value: float, scaled: bool) -> UnitMatch | None:
    """The unit whose words begin right behind the number: percent, a currency or a measure."""
    percent = _PERCENT.match(text, end)
    if percent is not None:
        points = "point" in percent.group().lower() or percent.group().strip() == "pp"
        code = "percentage points" if points else "percent"
        return _trimmed(text, code, percent)
    sign = _SIGN_AFTER.match(text, end)
    if sign is not None:
        return UnitMatch({**CURRENCY_SIGNS, "¢": "cent"}[sign["sign"]], sign.start("sign"), sign.end())
    named, symbol = _named(text, end, value, scaled), _symbol(text, end) or _bare_degrees(text, end, value)
    return symbol if symbol and (named is None or symbol.end > named.end) else named


def code_after(text: str, end: int) -> UnitMatch | None:
    """The ISO 4217 code right behind a number ("50 million USD"), unless it belongs to a number behind it."""
    match = _CODE_AFTER.match(text, end)
    if match is None or match["code"] not in vocabulary().currencies or match["code"] in NOT_AN_ISO_PREFIX:
        return None
    return UnitMatch(match["code"], match.start("code"), match.end("code"))


def _trimmed(text: str, code: str, match: re.Match[str]) -> UnitMatch:
    lead = len(match.group()) - len(match.group().lstrip(" \u00a0\u2009\u202f-–‑([{<"))
    return UnitMatch(code, match.start() + lead, match.end())


def _named(text: str, end: int, value: float, scaled: bool) -> UnitMatch | None:
    match = vocabulary().name_pattern.match(text, end)
    if match is None:
        return None
    name = re.sub(r"[\s-]+", " ", match["name"].lower())
    code = vocabulary().names[name]
    if name in {"pound", "pounds"} and (scaled or value >= 10_000):
        code = "GBP"
    if name == "won" and (
        value < 100 or re.match(r"\s+(?:the|a|an|by|in)\b", text[match.end() : match.end() + 8])
    ):
        return None
    if name in {"crown", "crowns"} and value < 100:
        return None
    if name == "second" and "-" not in match.group():
        return None
    return UnitMatch(code, match.start("name"), match.end("name"))


def _symbol(text: str, end: int) -> UnitMatch | None:
    match = vocabulary().symbol_pattern.match(text, end)
    if match is None:
        return None
    symbol, glued = match["symbol"], match.start("symbol") == end
    closed = re.match(
        r"\s*(?:[.,;:)\]}]|$|x\b|×)|\s+(?:thick|long|tall|wide|deep|high|away|apart)\b",
        text[match.end() :][:12],
    )
    if not (glued or symbol in SAFE_SYMBOLS or closed):
        return None
    if (symbol in {"in", "pm", "am"} and not closed) or (symbol == "p" and not glued):
        return None
    return UnitMatch(vocabulary().symbols[symbol], match.start("symbol"), match.end("symbol"))


def _bare_degrees(text: str, end: int, value: float) -> UnitMatch | None:
    """As in "41.5C" and "(104F)", where the value can be weather and the word before it names no seat or model."""
    match = _DEGREES.match(text, end)
    if match is None or not -90 <= value <= (60 if match["mark"] == "C" else 140):
        return None
    before = _BEFORE_DEGREES.search(text, max(0, end - 40), end)
    word = before["word"].lower() if before else ""
    named = before is not None and before["word"][:1].isupper() and word not in PREPOSITIONS
    if before is None or named or word in LABEL_NOUNS | _SEATS:
        return None
    return UnitMatch(f"°{match['mark']}", match.start(), match.end())


def period_after(text: str, end: int) -> UnitMatch | None:
    """As in "per month", "a year", "each day", "/kg", "annually": what the quantity is counted for."""
    adverb = _ADVERB.match(text, end)
    if adverb is not None:
        word = adverb["adverb"].lower()
        return UnitMatch(PERIOD_ADVERBS[word], adverb.start("adverb"), adverb.end())
    match = _PER.match(text, end)
    if match is None:
        return None
    noun = match["noun"].lower()
    explicit = "per" in match.group().lower()[:5] or "/" in match.group()
    known = PER_NOUNS.get(noun) or PER_NOUNS.get(noun.removesuffix("s"))
    if known is None and not (explicit and len(noun) > 2):
        return None
    lead = len(match.group()) - len(match.group().lstrip())
    return UnitMatch(known or noun, match.start() + lead, match.end())


def unit_code(name: str) -> str | None:
    """The code for a unit or currency named on its own ("kilometre per hour", "Euro"), or None."""
    words = re.sub(r"[\s-]+", " ", name.strip().lower())
    if name.strip() in vocabulary().currencies:
        return name.strip()
    return vocabulary().names.get(words) or vocabulary().symbols.get(name.strip())


def is_currency(code: str | None) -> bool:
    """Whether a unit code, with or without its period, is money."""
    base = (code or "").split("/")[0]
    return base in vocabulary().currencies or base in {"cent", "penny", "BTC", "crowns", "dinars"}


@cache
def vocabulary() -> _Vocabulary:
    """Names and symbols of all units and currencies; built once, on first use."""
    names: dict[str, str] = {}
    symbols: dict[str, str] = {}
    _add_measures(names, symbols)
    symbols.update(SYMBOL_ALIASES)
    currencies = _add_currencies(names)
    names.update(UNIT_ALIASES)
    names.update(CURRENCY_ALIASES)
    for name in NOT_A_UNIT:
        names.pop(name, None)
    return _Vocabulary(
        names, symbols, currencies, _pattern("name", names, re.I), _pattern("symbol", symbols, 0)
    )


def _pattern(group: str, words: dict[str, str], flags: int) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    body = "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in ordered)
    return re.compile(
        rf"[ \u00a0\u2009\u202f]?[-‑]?[ ]?[(\[{{<]?(?P<{group}>{body})(?![^\W_]|['’][a-z])", flags
    )


def _add_measures(names: dict[str, str], symbols: dict[str, str]) -> None:
    for unit_id in sorted(Locale("en").unit_display_names):
        if unit_id.startswith(("concentr", "light", "graphics", "speed-beaufort", "speed-light", "force")):
            continue
        short = format_unit(1, unit_id, length="short", locale="en").removeprefix("1").strip()
        plural = format_unit(2, unit_id, length="long", locale="en").removeprefix("2").strip().lower()
        singular = format_unit(1, unit_id, length="long", locale="en").removeprefix("1").strip().lower()
        code = UNIT_CODES.get(unit_id) or (plural if unit_id.startswith("duration") else short)
        for name in (plural, singular):
            for spelling in {
                name,
                name.replace("meter", "metre").replace("liter", "litre").replace("gram", "gramme"),
            }:
                names.setdefault(spelling.replace("-", " "), code)
                names.setdefault(
                    spelling.replace("metre", "meter").replace("gramme", "gram").replace("-", " "), code
                )
        if not unit_id.startswith(("duration", "electric", "mass-stone", "acceleration")):
            symbols.setdefault(short, code)
            _add_powers(symbols, short, code)


def _add_powers(symbols: dict[str, str], short: str, code: str) -> None:
    """Other ways to write a squared or cubed symbol: km2, km^2, sq km."""
    for mark, digit, word in (("²", "2", "sq"), ("³", "3", "cu")):
        if short.endswith(mark):
            stem = short.removesuffix(mark)
            for spelling in (f"{stem}{digit}", f"{stem}^{digit}", f"{word} {stem}", f"{word}. {stem}"):
                symbols.setdefault(spelling, code)


def _add_currencies(names: dict[str, str]) -> frozenset[str]:
    codes = frozenset(list_currencies("en"))
    last_words: dict[str, set[str]] = {}
    for code in sorted(codes):
        spelled = {get_currency_name(code, count=n, locale="en").lower() for n in (1, 2)}
        if any("(" in name for name in spelled) or (
            code[0] == "X" and code not in {"XOF", "XAF", "XCD", "XPF"}
        ):
            continue
        for name in spelled:
            names.setdefault(name, code)
            last_words.setdefault(name.split()[-1], set()).add(code)
    for word, owners in sorted(last_words.items()):
        if len(owners) == 1 and word not in NOT_A_CURRENCY:
            names.setdefault(word, min(owners))
    return codes - {"XXX", "XTS"}
