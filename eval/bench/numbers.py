"""Quantities read from public test sentences: precision, recall and F1 of value, value+unit and value+change.

Sets: NewsQuant's R-test files (Almasian et al., EMNLP 2023), Microsoft Recognizers-Text's English specs, and
quantulum3's own tests. A quantity is right when its two bounds are, and counts once; totals are micro averages
over a set. A typed set (ages, money, ...) scores only the quantities of its type. `value+change` exists only
where a set labels open ranges ("larger than twenty"): `>` or `<` for these, `=` for all others.
"""

from __future__ import annotations

import importlib
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.bench.files import sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench
from eval.intervals import Ratio
from qa.figures import Figure, extract_figures
from qa.figures.nouns import singular
from qa.figures.units import is_currency, unit_code

PUBLISHED = {
    "newsquant": {
        "value": "0.919 (CQE, on all of NewsQuant)",
        "value+unit": "0.855 (CQE, on all of NewsQuant)",
        "value+change": "0.880 (CQE, on all of NewsQuant)",
    }
}
_NEWSQUANT = ("age", "currency", "dimension", "temperature")
_RECOGNIZERS = ("Age", "Currency", "Dimension", "Temperature", "Percent", "Number", "NumberRange")
_NO_UNIT = frozenset({"", "-", "count", "dimensionless"})
_TEMPERATURE = {"C": "°C", "F": "°F", "K": "K", "Degree": "°", "R": "°R"}
# Names that the sets use for units that we call otherwise.
_SAME_UNIT = {
    "percentage": "percent", "%": "percent", "degree celsius": "°C", "ton": "ton", "metric ton": "t", "year of age": "years of age",
    "month of age": "months of age", "week of age": "weeks of age", "day of age": "days of age",
    "cubic centimetre": "mL", "pound mass": "lb", "teraelectronvolt": "TeV", "milligray": "mGy",
    "tonne": "t", "netherlands guilde": "NLG", "mark": "DEM",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """One labelled or predicted quantity; `unit` is a canonical code or a counted thing's head noun, "" for none."""

    low: float
    high: float
    unit: str
    change: str = "="


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its labelled quantities; `kind` limits what is scored to one type of quantity.

    `counts_things` says that its set labels what is counted ("two doors") as a unit; elsewhere a count has none.
    """

    text: str
    gold: tuple[Quantity, ...]
    kind: str | None = None
    counts_things: bool = False


System = Callable[[str], list[Quantity]]


def run(bench: Bench) -> list[BenchRow]:
    """Precision, recall and F1 of every set, system and measure, each with its interval over sentences.

    The data folder holds cqe_newsquant, recognizers_specs_en and quantulum3_tests; missing ones are left out.
    quantulum3 is compared where it is installed.
    """
    rows: list[BenchRow] = []
    for name, cases in load(bench.data).items():
        drawn = sample(cases, bench.limit, bench.seed)
        for system, read in systems().items():
            published = {
                f"{measure} f1": known for measure, known in PUBLISHED.get(name.partition("/")[0], {}).items()
            }
            metrics = score(drawn, read)
            named = {f"{metric} ({system})": ratios for metric, ratios in metrics.items()}
            known = {f"{metric} ({system})": value for metric, value in published.items()}
            rows += rows_of(f"numbers: {name}", named, seed=bench.seed, published=known)
    return rows


def systems() -> dict[str, System]:
    """The readers that can be compared here, by name."""
    found: dict[str, System] = {"everysource": _ours}
    try:
        parser: Any = importlib.import_module("quantulum3.parser")
        classifier: Any = importlib.import_module("quantulum3.classifier")
    except ImportError:
        return found
    # Its pickled unit classifier does not load under a current scikit-learn.
    classifier.USE_CLF = False
    found["quantulum3"] = lambda text: _quantulum(parser, text)
    return found


def score(cases: Sequence[Case], read: System) -> dict[str, list[Ratio]]:
    """Each sentence's share of precision, recall and F1 of every measure that the cases label."""
    measures: dict[str, Callable[[Quantity], tuple[object, ...]]] = {
        "value": lambda q: (_key(q.low), _key(q.high)),
        "value+unit": lambda q: (_key(q.low), _key(q.high), q.unit),
    }
    if any(q.change != "=" for case in cases for q in case.gold):
        measures["value+change"] = lambda q: (_key(q.low), _key(q.high), q.change)
    predicted = [_of_kind(read(case.text), case.kind) for case in cases]
    if not any(case.counts_things for case in cases):
        predicted = [
            [replace(q, unit=q.unit if _is_measure(q.unit) else "") for q in guesses] for guesses in predicted
        ]
    made: dict[str, list[Ratio]] = {}
    for measure, key in measures.items():
        for case, guesses in zip(cases, predicted, strict=True):
            gold, said = Counter(map(key, case.gold)), Counter(map(key, guesses))
            hits = (gold & said).total()
            made.setdefault(f"{measure} precision", []).append(Ratio(hits, said.total()))
            made.setdefault(f"{measure} recall", []).append(Ratio(hits, gold.total()))
            made.setdefault(f"{measure} f1", []).append(Ratio(2 * hits, gold.total() + said.total()))
    return made


# -- sets -------------------------------------------------------------------------------------------------


def load(data: Path) -> dict[str, list[Case]]:
    """The cases of every set found under `data`, by the set's name."""
    sets: dict[str, list[Case]] = {}
    for name in _NEWSQUANT:
        path = data / "cqe_newsquant" / f"{name}-model.json"
        if path.exists():
            sets[f"newsquant/{name}"] = [_newsquant(item) for item in _json(path)]
    for name in _RECOGNIZERS:
        path = data / "recognizers_specs_en" / f"{name}Model.json"
        if path.exists():
            sets[f"recognizers/{name}"] = [_recognizers(item, name) for item in _json(path)]
    path = data / "quantulum3_tests" / "quantities.json"
    if path.exists():
        sets["quantulum3"] = [_quantulum_case(item) for item in _json(path)]
    return sets


def _json(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return items


def _newsquant(item: dict[str, Any]) -> Case:
    gold = []
    for quantity in item["quantities"]:
        low, _, high = re.sub(r"(?<=[0-9])-", "|", quantity["value"]).partition("|")
        gold.append(Quantity(float(low), float(high or low), unit_key(quantity["normalized_unit"])))
    return Case(item["text"], tuple(gold), counts_things=True)


def _recognizers(item: dict[str, Any], kind: str) -> Case:
    gold = []
    for result in item["Results"]:
        value = str(result["Resolution"].get("value"))
        unit = str(result["Resolution"].get("unit", ""))
        if kind == "NumberRange":
            gold.append(_interval(value))
        elif re.fullmatch(r"-?[0-9.]+(?:E[+-]?[0-9]+)?%?", value):
            number = float(value.rstrip("%"))
            gold.append(Quantity(number, number, _recognizer_unit(unit, kind)))
    return Case(item["Input"], tuple(gold), kind.lower())


def _recognizer_unit(unit: str, kind: str) -> str:
    if kind == "Age":
        return f"{unit.lower()}s of age"
    if kind == "Percent":
        return "percent"
    return _TEMPERATURE.get(unit, unit_key(unit)) if kind == "Temperature" else unit_key(unit)


def _interval(value: str) -> Quantity:
    """`(20,35]` and the open `(20,)` as bounds and a change."""
    low_text, _, high_text = value.strip("[]() ").partition(",")
    low, high = (float(t) if re.search("[0-9]", t) else math.nan for t in (low_text, high_text))
    change = "=" if low == low and high == high else (">" if low == low else "<")
    return Quantity(low if low == low else high, high if high == high else low, "", change)


def _quantulum_case(item: dict[str, Any]) -> Case:
    gold = []
    for result in item["res"]:
        spread = float(result.get("uncertainty") or 0)
        gold.append(Quantity(result["value"] - spread, result["value"] + spread, unit_key(result["unit"])))
    return Case(item["req"], tuple(gold))


# -- systems ----------------------------------------------------------------------------------------------


def _ours(text: str) -> list[Quantity]:
    return [_from_figure(figure) for figure in extract_figures(text) if figure.unit != "date"]


def _from_figure(figure: Figure) -> Quantity:
    unit = figure.unit or ""
    if unit in {"", "persons", "ratio", "count", "times"}:
        unit = unit_key(figure.counts or "")
    low, high = figure.low, figure.high
    if (
        figure.bound == "range"
        and figure.qualifier is None
        and not any(c.isdigit() for c in figure.text)
        and "s" in figure.text
    ):
        high = low if re.search(r"\b(?:dozens|tens|hundreds|thousands|[mb]illions)\b", figure.text) else high
    return Quantity(low, high, unit, {"min": ">", "max": "<", "approx": "~"}.get(figure.bound, "="))


def _quantulum(parser: Any, text: str) -> list[Quantity]:
    found = []
    for item in parser.parse(text):
        spread = float(item.uncertainty or 0)
        found.append(Quantity(item.value - spread, item.value + spread, unit_key(item.unit.name)))
    return found


# -- comparing --------------------------------------------------------------------------------------------


def unit_key(name: str) -> str:
    """A unit's canonical code, or the singular head of a counted thing, or "" for no unit."""
    plain = re.sub(r"[\s-]+", " ", name.strip().lower())
    if plain in _NO_UNIT or not plain.strip():
        return ""
    if plain in _SAME_UNIT:
        return _SAME_UNIT[plain]
    base, _, per = plain.partition(" per ")
    whole = unit_code(plain)
    if whole is None and per:
        left = _SAME_UNIT.get(base) or unit_code(base) or singular(base.split()[-1])
        return f"{left}/{per}"
    head = re.split(r" (?:of|in|for|on|from|to) ", plain)[0].split()
    return whole or unit_code(name) or (singular(head[-1]) if head else "")


def _key(value: float) -> float:
    return float(f"{value:.6g}") if abs(value) >= 1 else round(value, 2 if abs(value) > 0.05 else 12)


def _of_kind(quantities: Iterable[Quantity], kind: str | None) -> list[Quantity]:
    """The quantities that a typed set labels."""
    if kind is None:
        return list(quantities)
    return [q for q in quantities if _kind_matches(q, kind)]


def _is_measure(unit: str) -> bool:
    """Whether a unit measures, rather than names a counted thing."""
    base = unit.split("/")[0]
    return (
        unit_code(base) is not None or base.endswith(("of age", "percent")) or base in _TEMPERATURE.values()
    )


def _kind_matches(quantity: Quantity, kind: str) -> bool:
    unit = quantity.unit
    if kind == "currency":
        return is_currency(unit)
    if kind == "percent":
        return unit == "percent"
    if kind == "age":
        return unit.endswith("of age")
    if kind == "temperature":
        return unit in {"°C", "°F", "°", "K"}
    if kind == "numberrange":
        return quantity.change != "=" or quantity.low < quantity.high
    measured = _is_measure(unit)
    if kind == "dimension":
        return measured and not is_currency(unit) and not unit.endswith(("of age", "percent"))
    return not measured and not is_currency(unit) and unit != "percent"
