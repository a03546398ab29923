"""The figures of an answer as pictures: who gives which figure on one axis, and how figures go with time.

Everything is drawn in the colour of the text and told apart by shape, so that it can be read in greyscale, in dark mode
and when printed; each picture says in its description what it shows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ui.rendering import words
from ui.rendering.axes import Axis
from ui.rendering.html import escape

if TYPE_CHECKING:
    from qa import Answer, SourceReport
    from qa.comparison import Group, SourcedFigure

WIDTH = 360
EDGE = 14
ROW = 34
LINE = 14
LABEL_CHARACTERS = 52
TIME_HEIGHT = 190
TIME_LEFT = 58
TIME_INSET = 12
GROUPS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One figure to draw: its key letter, what is written beside it, its ends and kind of bound, and its day."""

    key: str
    label: str
    low: float
    high: float
    bound: str
    day: date | None


def disagreement(answer: Answer, name: str) -> str:
    """Every group of figures that several figures are in, as HTML with SVG: the first shown, the others folded.

    `name` sets the ids of this picture apart from others on the page. Empty where there is nothing to draw.
    """
    groups = [group for group in answer.groups if len(group.members) > 1][:GROUPS_SHOWN]
    views = [
        _group(answer, group, f"{name}-{place}", is_open=place == 0) for place, group in enumerate(groups)
    ]
    if not views:
        return ""
    return f'<section class="es-pictures" aria-label="The figures compared">{"".join(views)}{_silent(answer)}</section>'


def _group(answer: Answer, group: Group, name: str, *, is_open: bool) -> str:
    rows = tuple(_rows(answer, group))
    title = words.group_title(group)
    pictures = value_svg(rows, group.unit, title, name)
    if len({row.day for row in rows if row.day}) > 1:
        pictures += time_svg([row for row in rows if row.day], group.unit, title, f"{name}-time")
    state = " open" if is_open else ""
    return f'<details class="es-picture"{state}><summary>{escape(title)}</summary>{pictures}</details>'


def _silent(answer: Answer) -> str:
    names = [words.byline(report.article) for report in words.silent(answer)]
    return f'<p class="es-others">Silent: {escape("; ".join(names))}</p>' if names else ""


def _rows(answer: Answer, group: Group) -> Iterator[Row]:
    reports = {report.article.id: report for report in answer.sources}
    members = sorted(
        (answer.figures[member] for member in group.members),
        key=lambda made: (made.figure.low, made.figure.high),
    )
    for place, sourced in enumerate(members):
        figure = sourced.figure
        label = _label(sourced, reports[sourced.source])
        yield Row(
            _key(place), label, figure.low, figure.high, figure.bound, _day(sourced, reports[sourced.source])
        )


def _label(sourced: SourcedFigure, report: SourceReport) -> str:
    figure = sourced.figure
    said = (
        f"{figure.qualifier} {figure.text}"
        if figure.qualifier and figure.qualifier not in figure.text
        else figure.text
    )
    known = [said, words.byline(report.article), figure.said_by]
    return words.one_line(" · ".join(filter(None, known)))


def _day(sourced: SourcedFigure, report: SourceReport) -> date | None:
    """The day as of which a figure holds, where its text gives a whole date, else that of publication."""
    try:
        return date.fromisoformat(sourced.figure.as_of or "")
    except ValueError:
        return report.article.published


def _key(place: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return (
        letters[place]
        if place < len(letters)
        else f"{letters[place // len(letters) - 1]}{letters[place % len(letters)]}"
    )


def value_svg(rows: Sequence[Row], unit: str | None, title: str, name: str) -> str:
    """One axis with a dot, or for a range a bar, for each row."""
    axis = Axis.over([row.low for row in rows] + [row.high for row in rows])
    room = WIDTH - 2 * EDGE
    parts: list[str] = []
    foot = 0
    for row in rows:
        lines = _lines(row.label)
        parts.append(_row(row, lines, foot, axis, room))
        foot += ROW + LINE * (len(lines) - 1)
    foot += 4
    parts.append(_line(EDGE, foot, WIDTH - EDGE, foot))
    for tick in axis.ticks():
        x = EDGE + axis.place(tick) * room
        anchor = "start" if x < 2 * EDGE else "end" if x > WIDTH - 2 * EDGE else "middle"
        parts += [_line(x, foot, x, foot + 4), _text(x, foot + 15, words.compact(tick), anchor)]
    scale = f"{unit or 'number'}{', log scale' if axis.log else ''}"
    parts.append(_text(WIDTH - EDGE, foot + 29, scale, "end"))
    told = "; ".join(f"{row.key}: {row.label} ({words.amount(row.low, row.high, unit)})" for row in rows)
    return _svg(parts, foot + 34, name, title, f"One axis, {scale}. {told}.")


def _lines(label: str) -> list[str]:
    """The label on one line, or on two where it is long, the second cut where it is longer still."""
    first, *more = textwrap.wrap(label, LABEL_CHARACTERS, break_on_hyphens=False) or [""]
    rest = " ".join(more)
    return [first, textwrap.shorten(rest, LABEL_CHARACTERS, placeholder=" …")] if rest else [first]


def _row(row: Row, lines: Sequence[str], top: float, axis: Axis, room: float) -> str:
    y = top + 23 + LINE * (len(lines) - 1)
    left, right = EDGE + axis.place(row.low) * room, EDGE + axis.place(row.high) * room
    parts = [
        f"<title>{escape(row.label)}</title>",
        f'<text x="0" y="{top + 12:g}" font-weight="700">{row.key}</text>',
        *(_text(EDGE, top + 12 + LINE * place, line, "start") for place, line in enumerate(lines)),
        f'<line x1="{EDGE}" y1="{y}" x2="{WIDTH - EDGE}" y2="{y}" stroke="currentColor" stroke-opacity="0.25"/>',
    ]
    if row.low != row.high:
        bar = f'<rect x="{left:.1f}" y="{y - 3}" width="{right - left:.1f}" height="6" fill="currentColor" fill-opacity="0.6"/>'
        parts += [bar, _line(left, y - 6, left, y + 6, 2), _line(right, y - 6, right, y + 6, 2)]
    elif row.bound == "min":
        parts.append(f'<path d="M{left:.1f} {y - 6} l10 6 l-10 6 z" fill="currentColor"/>')
    elif row.bound == "max":
        parts.append(f'<path d="M{left:.1f} {y - 6} l-10 6 l10 6 z" fill="currentColor"/>')
    else:
        fill = "var(--es-paper, none)" if row.bound == "approx" else "currentColor"
        parts.append(
            f'<circle cx="{left:.1f}" cy="{y}" r="5" fill="{fill}" stroke="currentColor" stroke-width="2"/>'
        )
    return f"<g>{''.join(parts)}</g>"


def time_svg(rows: Sequence[Row], unit: str | None, title: str, name: str) -> str:
    """Figures over the days as of which they hold, each under its key letter; rows without a day have no place here."""
    axis = Axis.over([row.low for row in rows] + [row.high for row in rows])
    days = sorted({row.day for row in rows if row.day})
    top, foot, left, right = 12, TIME_HEIGHT - 34, TIME_LEFT, WIDTH - 30
    first = left + TIME_INSET
    span = (days[-1] - days[0]).days or 1
    parts = [_line(left, top, left, foot), _line(left, foot, right, foot)]
    for tick in axis.ticks():
        y = foot - axis.place(tick) * (foot - top)
        parts += [_line(left - 4, y, left, y), _text(left - 7, y + 4, words.compact(tick), "end")]
    for day, anchor in ((days[0], "start"), (days[-1], "end")):
        x = first + (day - days[0]).days / span * (right - first)
        parts += [_line(x, foot, x, foot + 4), _text(x, foot + 16, day.isoformat(), anchor)]
    places: dict[tuple[float, float, float], list[str]] = {}
    for row in rows:
        if row.day:
            x = first + (row.day - days[0]).days / span * (right - first)
            places.setdefault((x, row.low, row.high), []).append(row.key)
    for (x, low, high), keys in places.items():
        upper, lower = (foot - axis.place(value) * (foot - top) for value in (high, low))
        dot = f'<circle cx="{x:.1f}" cy="{upper:.1f}" r="4" fill="currentColor"/>'
        parts.append(_line(x, upper, x, lower, 3) if low != high else dot)
        parts.append(_text(x + 7, (upper + lower) / 2 + 4, " ".join(keys), "start"))
    scale = f"{unit or 'number'}{', log scale' if axis.log else ''}, by the day as of which it is said"
    parts.append(_text(right, TIME_HEIGHT - 3, scale, "end"))
    told = "; ".join(
        f"{row.day}: {words.amount(row.low, row.high, unit)} ({row.key})" for row in sorted(rows, key=_by_day)
    )
    return _svg(parts, TIME_HEIGHT, name, f"{title}, as of time", f"{scale}. {told}.")


def _by_day(row: Row) -> tuple[date, float]:
    return row.day or date.min, row.low


def _svg(parts: Sequence[str], height: float, name: str, title: str, told: str) -> str:
    head = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(told)}</desc>'
    return (
        f'<svg class="es-svg" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {WIDTH} {height:g}" '
        f'xmlns="http://www.w3.org/2000/svg" font-size="12" fill="currentColor">{head}{"".join(parts)}</svg>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, width: int = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="currentColor" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
