"""Figures lined up by what they count, and a verdict for each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from qa.figures.agreement import adds_up, allows, explanation
from qa.figures.asked import (
    Asked,
    another_kind,
    asked_of,
    asks_when,
    counts_other,
    in_time,
    is_told,
    relevance,
)
from qa.figures.likeness import Similarity, answers_alike, is_count, same_thing, thing_of
from qa.figures.model import Figure

Agreement = Literal["agree", "differ", "explained", "single"]


@dataclass(frozen=True, slots=True)
class SourcedFigure:
    """A figure with the article it stands in, the place of its quote, and the original if that article is a copy.

    `answers` says that it stands in the marked short answer of one of its source's best quotes.
    """

    source: str
    quote: int
    figure: Figure
    independent: str
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that count the same thing; `members` are places in the sequence that was grouped, by date.

    `state` is the members' coarse class, `sources` counts articles, `independent` counts copies of one text once,
    and `reason` says what explains a difference.
    """

    counts: str
    unit: str | None
    state: str | None
    verdict: Agreement
    low: float
    high: float
    members: tuple[int, ...]
    sources: int
    independent: int
    reason: str | None

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a group needs at least one figure")
        if not 1 <= self.independent <= self.sources:
            raise ValueError(f"{self.independent} independent of {self.sources} sources is impossible")


def group_figures(
    figures: Sequence[SourcedFigure],
    question: str,
    *,
    similarity: Similarity | None = None,
    copies: Mapping[str, int] | None = None,
    versions: Mapping[str, str] | None = None,
) -> tuple[Group, ...]:
    """The figures in groups that count the same thing, unit and state; the group that is asked for comes first.

    Figures of different groups are never compared. Those that stand in short answers answer the same question, so
    they may be worded with other nouns or none; `similarity` of two nouns (-1 to 1) tells which mean the same.
    `copies` says how many copies a source has that are not among the figures, `versions` which earlier article each
    one brings up to date, by id. The same input gives the same groups.
    """
    asked = asked_of(question)
    other = [counts_other(s.figure, asked, similarity) or is_told(s.figure, asked) for s in figures]
    answering = [s.answers and not off for s, off in zip(figures, other, strict=True)]

    def together(left: int, right: int) -> bool:
        a, b = figures[left].figure, figures[right].figure
        if in_time(a, asked) != in_time(b, asked):
            return False
        if a.unit == b.unit == "date":
            return asks_when(question) or allows(a, b)
        if answering[left] and answering[right]:
            return answers_alike(
                a, b, similarity, named=asked.noun is not None, asked=asked.stems, period=asked.period
            )
        return same_thing(a, b, asked.stems)

    clusters: list[list[int]] = []
    for index in sorted(
        range(len(figures)), key=lambda i: (not answering[i], _vagueness(figures[i].figure), i)
    ):
        fitting = [c for c in clusters if all(together(m, index) for m in c)]
        if fitting:
            max(fitting, key=lambda c: (_closeness(figures, c, index), -c[0])).append(index)
        else:
            clusters.append([index])
    groups = [_group(figures, cluster, copies or {}, versions or {}, asked.state) for cluster in clusters]
    ranks = {g.members: _rank(figures, g, asked, similarity, answering) for g in groups}
    return tuple(sorted(groups, key=lambda g: (ranks[g.members], sorted(g.members))))


def counts_asked(figures: Sequence[SourcedFigure], group: Group, question: str) -> bool:
    """Whether some figure of a group can be of the kind of thing and the time that a question asks for."""
    asked = asked_of(question)
    own = [figures[m].figure for m in group.members]
    return any(not another_kind(f, asked) and in_time(f, asked) for f in own)


def speaking(own: Sequence[SourcedFigure]) -> list[SourcedFigure]:
    """The figures of a group that speak for their sources: those in short answers where a source has any.

    A value that the same sentence says has changed ("from $210m to $240m") does not speak beside the new one, nor a
    whole beside its part ("179 of the 181 people").
    """
    answering = {sourced.source for sourced in own if sourced.answers}
    chosen = [sourced for sourced in own if sourced.answers or sourced.source not in answering]
    return [
        sourced
        for sourced in chosen
        if not any(_beside(sourced, part, chosen) for part in ("after", "share"))
    ]


def _beside(sourced: SourcedFigure, part: str, figures: Sequence[SourcedFigure]) -> Figure | None:
    """The figure that stands `before` or `after` this one in a change, or is its `share`, where it is among `figures`."""
    place = sourced.figure.part(part)
    return next(
        (
            other.figure
            for other in figures
            if place is not None
            and other.source == sourced.source
            and (other.figure.start, other.figure.end) == (place.start, place.end)
        ),
        None,
    )


def _rank(
    figures: Sequence[SourcedFigure], group: Group, asked: Asked, similarity: Similarity | None,
    answering: Sequence[bool],
) -> tuple[float, ...]:  # fmt: skip
    """Smaller for groups that answer better, then for those of more sources."""
    score = relevance([figures[m].figure for m in group.members], asked, similarity)
    score += 3.0 * any(answering[m] for m in group.members)
    score += any(answering[m] and figures[m].quote == 0 for m in group.members)
    score -= all(figures[m].figure.negated for m in group.members)
    return (-score, -group.independent, -group.sources, -len(group.members))


def _vagueness(figure: Figure) -> int:
    """Figures that name owner and state found the groups; the vaguer ones join the nearest."""
    thing = thing_of(figure)
    return (thing.owner is None) + (thing.state is None)


def _closeness(figures: Sequence[SourcedFigure], cluster: Sequence[int], index: int) -> int:
    thing = thing_of(figures[index].figure)
    others = [thing_of(figures[m].figure) for m in cluster]
    same_source = any(figures[m].source == figures[index].source for m in cluster)
    return (
        4 * any(o.owner and thing.owner for o in others)
        + 2 * any(o.state == thing.state for o in others)
        + same_source
    )


# -- verdicts -------------------------------------------------------------------------------------------


def _group(
    figures: Sequence[SourcedFigure], cluster: Sequence[int], copies: Mapping[str, int], versions: Mapping[str, str],
    asked_state: str | None,
) -> Group:  # fmt: skip
    members = tuple(sorted(cluster, key=lambda m: (figures[m].figure.as_of or "9", m)))
    own = [figures[m] for m in members]
    beside = [s for s in figures if s.source in {o.source for o in own}]
    verdict, reason = _verdict(own, beside, versions, asked_state)
    states = Counter(t.state for t in (thing_of(s.figure) for s in own) if t.state)
    sources = {s.source for s in own}
    return Group(
        counts=_label([s.figure for s in own]),
        unit=next((s.figure.unit for s in own if s.figure.unit), None),
        state=max(states, key=lambda key: states[key]) if states else None,
        verdict=verdict,
        low=min(s.figure.low for s in own),
        high=max(s.figure.high for s in own),
        members=members,
        sources=len(sources) + sum(copies.get(source, 0) for source in sources),
        independent=len({s.independent for s in own}),
        reason=reason,
    )


def _label(figures: Sequence[Figure]) -> str:
    """The counted words that most figures use; of equals, those that name an owner, then the first."""
    counter = Counter(f.counts for f in figures if f.counts)
    if not counter:
        return figures[0].unit or "number"
    named = {f.counts for f in figures if f.counts and (owner := f.part("owner")) and owner.text in f.counts}
    return max(counter, key=lambda words: (words in named, counter[words], -list(counter).index(words)))


def _verdict(
    own: Sequence[SourcedFigure],
    beside: Sequence[SourcedFigure],
    versions: Mapping[str, str],
    asked_state: str | None,
) -> tuple[Agreement, str | None]:
    """Every voice of one origin is held against every voice of another: they allow each other, or a reason is found.

    A voice is a speaker in a source, or a quote that names none. `beside` are all figures of these sources, whose
    sums can show a total and its parts.
    """
    voices: dict[tuple[str, str | int], list[SourcedFigure]] = {}
    for sourced in speaking(own):
        voice = (sourced.independent, sourced.figure.said_by or sourced.quote)
        voices.setdefault(voice, []).append(sourced)
    if len({origin for origin, _ in voices}) < 2:
        return "single", None
    updated = _updated(own, versions)
    reasons: list[str] = []
    for (left, ours), (right, theirs) in combinations(voices.items(), 2):
        if left[0] == right[0] or any(allows(a.figure, b.figure) for a in ours for b in theirs):
            continue
        whys = [_why(a, b, beside, updated, asked_state) for a in ours for b in theirs]
        if whys[0] is None or None in whys:
            return "differ", None
        reasons.append(whys[0])
    return ("explained", reasons[0]) if reasons else ("agree", None)


def _why(
    left: SourcedFigure, right: SourcedFigure, beside: Sequence[SourcedFigure], updated: Mapping[str, SourcedFigure],
    asked_state: str | None,
) -> str | None:  # fmt: skip
    """What explains two unequal figures: a later version, a change told, or what `explanation` finds."""
    for old, new in ((left, right), (right, left)):
        if (later := updated.get(old.source)) is not None:
            return f"updated: a later version of the article has {later.figure.text} in place of {old.figure.text}"
        former = _beside(new, "before", beside)
        if former is not None and allows(former, old.figure):
            return f"changed from {former.text} to {new.figure.text}"
    return explanation(left.figure, right.figure, asked_state) or _sum(left.figure, right.figure, beside)


def _updated(own: Sequence[SourcedFigure], versions: Mapping[str, str]) -> dict[str, SourcedFigure]:
    """For each source that a later version of its story stands beside, the first figure of the latest one."""
    speakers = {sourced.source: sourced for sourced in reversed(speaking(own))}
    found: dict[str, SourcedFigure] = {}
    for source in speakers:
        earlier, seen = versions.get(source), {source}
        while earlier is not None and earlier not in seen:
            seen.add(earlier)
            if earlier in speakers and (earlier not in found or found[earlier].source in seen):
                found[earlier] = speakers[source]
            earlier = versions.get(earlier)
    return found


def _sum(left: Figure, right: Figure, beside: Sequence[SourcedFigure]) -> str | None:
    """The reason where one source itself gives the larger number, the smaller one, and the rest between them."""
    small, large = sorted((left, right), key=lambda figure: figure.high)
    for source in dict.fromkeys(s.source for s in beside):
        counts = [s.figure for s in beside if s.source == source and is_count(thing_of(s.figure))]
        rest = adds_up(small, large, counts)
        if rest is not None:
            return f"{small.text} and {rest.text} are parts of {large.text}"
    return None
