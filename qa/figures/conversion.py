"""Measures of one kind in one unit, so that 10 miles and 16 km can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .model import Figure

_TON = "ton"
# Each kind of measure: unit systems with the factor to the kind's base unit (NIST SP 811, appendix B).
# Gallons, pints and barrels stand for several sizes and are left as they are; a ton may be any of three within 10%.
_KINDS: tuple[tuple[dict[str, float], ...], ...] = (
    (
        {"mm": 0.001, "cm": 0.01, "m": 1.0, "km": 1000.0},
        {"in": 0.0254, "ft": 0.3048, "yd": 0.9144, "mi": 1609.344},
        {"nmi": 1852.0},
    ),
    (
        {"mg": 1e-6, "g": 0.001, "kg": 1.0, "t": 1000.0},
        {"oz": 0.028349523, "lb": 0.45359237},
        {_TON: 1000.0},
    ),
    (
        {"cm²": 1e-4, "m²": 1.0, "ha": 1e4, "km²": 1e6},
        {"sq ft": 0.09290304, "acres": 4046.8564, "sq mi": 2589988.1},
    ),
    ({"mL": 0.001, "cL": 0.01, "dL": 0.1, "L": 1.0, "m³": 1000.0, "km³": 1e12},),
    ({"m/s": 1.0, "km/h": 1 / 3.6}, {"mph": 0.44704}, {"kn": 0.51444444}),
    ({"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0, "weeks": 604800.0},),
    ({"months": 1.0, "years": 12.0, "decades": 120.0, "centuries": 1200.0},),
    ({"percent": 1.0}, {"ratio": 100.0}),
    ({"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9, "TW": 1e12},),
    ({"Wh": 1.0, "kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12},),
    ({"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15},),
)
_CELSIUS, _FAHRENHEIT = "°C", "°F"
_TEMPERATURE = -1
_FACTORS = {
    unit: factor for systems in _KINDS for system in systems for unit, factor in system.items()
} | dict.fromkeys((_CELSIUS, _FAHRENHEIT), 1.0)
_KIND_OF = {
    unit: kind for kind, systems in enumerate(_KINDS) for system in systems for unit in system
} | dict.fromkeys((_CELSIUS, _FAHRENHEIT), _TEMPERATURE)
# Few degrees may be a change, such as a warming, for which the two scales have no offset.
LARGEST_CHANGE = {_CELSIUS: 10.0, _FAHRENHEIT: 18.0}
EXACT_DIGITS, ROUNDED_DIGITS = 9, 3


def is_one_kind(left: str | None, right: str | None) -> bool:
    """Whether two units are equal or measure the same ("hours", "minutes")."""
    return left == right or (left in _KIND_OF and _KIND_OF[left] == _KIND_OF.get(right or ""))


def in_one_unit(figures: Sequence[Figure], asked: str | None = None) -> list[Figure]:
    """The figures, measures of each kind in the unit `asked` for, or that most of them are worded in; of equals, the smaller.

    Text and offsets stay. A value from another system of units (miles, kilometres) is rounded to three digits and
    has the part `converted`, the number as it is worded, since writers round when they convert; within a system it
    stays exact.
    """
    counts = Counter(figure.unit for figure in figures if figure.unit in _KIND_OF)
    units: dict[int, str] = {_KIND_OF[asked]: asked} if asked in _KIND_OF else {}
    for unit in sorted(counts, key=lambda unit: (-counts[unit], _FACTORS[unit or ""])):
        units.setdefault(_KIND_OF[unit or ""], unit or "")
    return [_converted(f, units[_KIND_OF[f.unit]]) if f.unit in _KIND_OF else f for f in figures]


def _converted(figure: Figure, unit: str) -> Figure:
    if figure.unit is None or figure.unit == unit:
        return figure
    if max(abs(figure.low), abs(figure.high)) <= LARGEST_CHANGE.get(figure.unit, -1.0):
        return figure
    kind = _KIND_OF[unit]
    exact = kind != _TEMPERATURE and any(unit in system and figure.unit in system for system in _KINDS[kind])
    low, high = (
        float(f"{_value(value, figure.unit, unit):.{EXACT_DIGITS if exact else ROUNDED_DIGITS}g}")
        for value in (figure.low, figure.high)
    )
    number = figure.part("number")
    parts = figure.parts if exact or number is None else (*figure.parts, ("converted", number))
    bound = "approx" if figure.bound == "exact" and _TON in {figure.unit, unit} else figure.bound
    return replace(figure, low=low, high=high, unit=unit, bound=bound, parts=parts)


def _value(value: float, unit: str, wanted: str) -> float:
    if unit == _CELSIUS:
        return value * 9 / 5 + 32
    if unit == _FAHRENHEIT:
        return (value - 32) * 5 / 9
    return value * _FACTORS[unit] / _FACTORS[wanted]
