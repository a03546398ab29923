"""Outlets that a question names: "does The Courier say that ..., while the Herald reports ...?" asks each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_BREAK = re.compile(r"[,;:]\s|\b(?:while|whereas|but|and|or|than|versus|compared)\b")


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet and the part of the question that is about it, its name included."""

    outlet: str
    words: str


def named_outlets(question: str, outlets: Iterable[str]) -> tuple[NamedOutlet, ...]:
    """Each place where `question` prints the name of one of `outlets` in its own letters, in order, the longest name first.

    A leading "The" may be missing. The parts do not overlap and together are the question: each starts at the last
    comma or conjunction before its outlet's name, the first at the question's start.
    """
    found: list[tuple[int, int, str]] = []
    for outlet in sorted(set(outlets), key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(outlet.removeprefix('The '))}(?!\w)", question):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), outlet))
    found.sort()
    cuts = [0] if found else []
    for (_, left, _), (right, _, _) in pairwise(found):
        breaks = [match.start() for match in _BREAK.finditer(question, left, right)]
        cuts.append(breaks[-1] if breaks else right)
    parts = pairwise([*cuts, len(question)])
    return tuple(
        NamedOutlet(outlet, question[start:end])
        for (_, _, outlet), (start, end) in zip(found, parts, strict=True)
    )
