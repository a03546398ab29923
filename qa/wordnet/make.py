"""Makes the table of word senses and the list of persons from WordNet's files: `python -m qa.wordnet.make DICT`.

DICT holds `index.noun`, `data.noun`, `noun.exc` and the like (Princeton WordNet 3.0; Debian's package `wordnet-base` puts them
into /usr/share/wordnet). The format is described in WordNet's manual page wndb(5WN).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import numpy as np

from qa.wordnet.persons import make_persons
from qa.wordnet.table import TABLE

Key = TypeVar("Key")

PARTS = ("noun", "verb", "adj", "adv")
SENSES = 3
"""Senses kept of a word as each part of speech, the most frequent first: later ones are seldom meant."""

# A satellite adjective ("furious") stands under the head that it is similar to ("angry"), as a noun under its hypernym.
_PARENT = {"@", "@i", "&"}
_OPPOSITE = {"!"}
_DERIVED = {"+", "\\", "<"}
_WHOLE = {"#p", "#m", "#s"}


@dataclass(frozen=True, slots=True)
class Synset:
    """One sense: its parents, opposites, derived forms and what it is a part of, as (part of speech, offset in the file)."""

    parents: tuple[tuple[str, int], ...]
    opposites: tuple[tuple[str, int], ...]
    derived: tuple[tuple[str, int], ...]
    wholes: tuple[tuple[str, int], ...]


def make(folder: Path, out: Path = TABLE) -> None:
    """Write the table of all words, their first senses, and what these stand under, oppose and derive from."""
    synsets = {key: synset for part in PARTS for key, synset in _synsets(folder / f"data.{part}", part)}
    antonyms = _antonyms(folder)
    senses: dict[str, list[tuple[str, int]]] = {}
    bases: dict[str, list[str]] = {}
    for part in PARTS:
        for word, offsets in _index(folder / f"index.{part}"):
            senses.setdefault(word, []).extend((part, offset) for offset in offsets[:SENSES])
    for part in PARTS:
        for word, base in _exceptions(folder / f"{part}.exc"):
            known = [key for key in senses.get(base, ()) if key[0] == part]
            senses.setdefault(word, []).extend(key for key in known if key not in senses.get(word, ()))
            bases.setdefault(word, []).append(base)
    numbers = {key: number for number, key in enumerate(_reached(senses.values(), synsets))}
    words = sorted(word for word, keys in senses.items() if keys)
    kept, places = list(numbers), {word: place for place, word in enumerate(words)}
    arrays = {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "nouns": np.array([key[0] == "noun" for key in kept]),
        **_rows("bases", (_known(bases.get(word, ()), places) for word in words)),
        **_rows("antonyms", (_known(antonyms.get(word, ()), places) for word in words)),
        **_rows("senses", ([numbers[key] for key in senses[word]] for word in words)),
        **_rows("parents", (_known(synsets[key].parents, numbers) for key in kept)),
        **_rows("opposites", (_known(synsets[key].opposites, numbers) for key in kept)),
        **_rows("derived", (_known(synsets[key].derived, numbers) for key in kept)),
        **_rows("wholes", (_known(synsets[key].wholes, numbers) for key in kept)),
    }
    with out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def _synsets(path: Path, part: str) -> Iterator[tuple[tuple[str, int], Synset]]:
    for line in _lines(path):
        fields = line.split("|")[0].split()
        at = 4 + 2 * int(fields[3], 16)
        found: dict[str, list[tuple[str, int]]] = {}
        for pointer in range(int(fields[at])):
            symbol, offset, to = fields[at + 1 + 4 * pointer : at + 4 + 4 * pointer]
            found.setdefault(symbol, []).append((_part(to), int(offset)))
        relations = (
            tuple(dict.fromkeys(key for symbol, keys in found.items() if symbol in wanted for key in keys))
            for wanted in (_PARENT, _OPPOSITE, _DERIVED, _WHOLE)
        )
        if (
            fields[2] == "a"
        ):  # heads are similar to their satellites too; only satellites stand under something
            relations = (() if number == 0 else keys for number, keys in enumerate(relations))
        yield (part, int(fields[0])), Synset(*relations)


def _antonyms(folder: Path) -> dict[str, list[str]]:
    """The opposites of each verb, adjective and adverb, in all its senses."""
    entries = {
        (part, int(fields[0])): fields
        for part in PARTS[1:]
        for fields in (line.split("|")[0].split() for line in _lines(folder / f"data.{part}"))
    }
    found: dict[str, list[str]] = {}
    for fields in entries.values():
        at = 4 + 2 * int(fields[3], 16)
        for pointer in range(int(fields[at])):
            symbol, offset, to, ends = fields[at + 1 + 4 * pointer : at + 5 + 4 * pointer]
            if symbol in _OPPOSITE:
                other = entries[_part(to), int(offset)]
                found.setdefault(_word(fields, ends[:2]), []).append(_word(other, ends[2:]))
    return found


def _word(fields: list[str], number: str) -> str:
    """One of a sense's words, counted from 1 in hexadecimal, without its syntactic marker ("awake(p)")."""
    return fields[2 + 2 * int(number, 16)].split("(")[0].lower()


def _index(path: Path) -> Iterator[tuple[str, list[int]]]:
    for line in _lines(path):
        fields = line.split()
        yield fields[0].lower(), [int(offset) for offset in fields[-int(fields[2]) :]]


def _exceptions(path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(path):
        word, *bases = line.split()
        for base in bases:
            yield word, base


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file without its licence, which is set in by two blanks."""
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip() and not line.startswith("  "))


def _part(symbol: str) -> str:
    return {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}[symbol]


def _reached(
    starts: Iterable[list[tuple[str, int]]], synsets: dict[tuple[str, int], Synset]
) -> dict[tuple[str, int], None]:
    """The senses that words have, and all that these stand under or are parts of."""
    found: dict[tuple[str, int], None] = {}
    todo = [key for keys in starts for key in keys]
    while todo:
        key = todo.pop()
        if key not in found:
            found[key] = None
            todo.extend(synsets[key].parents + synsets[key].wholes)
    return dict.fromkeys(sorted(found))


def _known(keys: Iterable[Key], numbers: dict[Key, int]) -> list[int]:
    return [numbers[key] for key in keys if key in numbers]


def _rows(name: str, rows: Iterable[list[int]]) -> dict[str, np.ndarray]:
    """Rows of different lengths as one array of values and one of where each row starts."""
    filled = list(rows)
    starts = list(accumulate((len(row) for row in filled), initial=0))
    values = [value for row in filled for value in row]
    return {name: np.array(values, np.int32), f"{name}_at": np.array(starts, np.int32)}


def main() -> None:
    """Read the folder's name from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DICT")
    parser.add_argument("--out", type=Path, default=TABLE)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.out)
    make_persons(arguments.folder)


if __name__ == "__main__":
    main()
