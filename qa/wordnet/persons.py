"""Which nouns mean people: those that WordNet's tagged texts use so at least three times in four."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from qa.figures.lexicon import words
from qa.figures.persons import PERSONS

MOSTLY = 0.75
TAGGED = 3
"""Uses from which on tagged texts are believed; below, each sense of the word counts as one use more."""

_PERSON = 18  # the lexicographer file noun.person, see lexnames(5WN)
# What news counts by these words is machines, firms or nothing at all.
_OTHER = words(
    "begin celsius coach conductor controller have loader maker producer provider regular religious speaker supplier temp "
    "tracker"
)


def make_persons(folder: Path, out: Path = PERSONS) -> None:
    """Write the nouns, one a line, from WordNet's `data.noun`, `index.noun` and `cntlist.rev` (cntlist(5WN))."""
    files = {int(fields[0]): int(fields[1]) for fields in _fields(folder / "data.noun")}
    tagged: dict[str, Counter[int]] = {}
    for key, _, count in _fields(folder / "cntlist.rev"):
        word, (part, file) = key.split("%")[0], key.split("%")[1].split(":")[:2]
        if part == "1":
            tagged.setdefault(word, Counter())[int(file)] += int(count)
    found = []
    for fields in _fields(folder / "index.noun"):
        senses = [files[int(offset)] for offset in fields[-int(fields[2]) :]]
        uses = tagged.get(fields[0], Counter())
        if uses.total() < TAGGED:
            uses = uses + Counter(senses)
        people = senses[0] == _PERSON and uses[_PERSON] >= MOSTLY * uses.total()
        if people and fields[0].isalpha() and fields[0] not in _OTHER:
            found.append(fields[0])
    out.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


def _fields(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        yield from (line.split() for line in file if line.strip() and not line.startswith("  "))
