"""What WordNet knows of a word's senses, from the table beside this file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).parent / "wordnet.npz"

# Endings that WordNet takes off a word to find its base form (morphy(7WN)); irregular forms stand in the table.
_ENDINGS = (
    ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ves", "f"),
    ("men", "man"), ("s", ""), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("er", ""),
    ("est", ""), ("er", "e"), ("est", "e"),
)  # fmt: skip


class _Rows(NamedTuple):
    values: NDArray[np.int32]
    starts: NDArray[np.int32]

    def of(self, number: int) -> list[int]:
        found: list[int] = self.values[self.starts[number] : self.starts[number + 1]].tolist()
        return found


class Table:
    """Words and their senses; a sense is a number."""

    def __init__(self, path: Path = TABLE) -> None:
        """Read the table at `path`, made by `qa.wordnet.make`."""
        with np.load(path, allow_pickle=False) as arrays:
            self._words = bytes(arrays["words"]).decode().split("\n")
            self._nouns: NDArray[np.bool_] = arrays["nouns"]
            self._bases, self._antonyms, self._senses = (
                _Rows(arrays[name], arrays[f"{name}_at"]) for name in ("bases", "antonyms", "senses")
            )
            self._parents, self._opposites, self._derived, self._wholes = (
                _Rows(arrays[name], arrays[f"{name}_at"])
                for name in ("parents", "opposites", "derived", "wholes")
            )

    def senses(self, word: str) -> list[int]:
        """The most frequent senses of a word or its base form, in lower case, its parts joined by "_"; none if unknown."""
        return list(dict.fromkeys(sense for place in self._places(word) for sense in self._senses.of(place)))

    def are_antonyms(self, left: str, right: str) -> bool:
        """Whether two verbs, adjectives or adverbs, or their base forms, are opposites in any sense."""
        theirs = self._base_forms(right)
        return any(other in theirs for place in self._base_forms(left) for other in self._antonyms.of(place))

    def base(self, word: str) -> str:
        """The base form of an irregular form ("sent", "men"), else the word itself."""
        bases = [base for place in self._places(word)[:1] for base in self._bases.of(place)]
        return self._words[bases[0]] if bases else word

    def forms(self, word: str) -> set[str]:
        """A word and its base forms."""
        return {word, *(self._words[place] for place in self._base_forms(word))}

    def is_noun(self, sense: int) -> bool:
        """Whether a sense is a noun's."""
        return bool(self._nouns[sense])

    def parents(self, sense: int) -> list[int]:
        """What a sense is a kind of; for an adjective, the one it is like."""
        return self._parents.of(sense)

    def opposites(self, sense: int) -> list[int]:
        """The antonyms of a sense."""
        return self._opposites.of(sense)

    def derived(self, sense: int) -> list[int]:
        """Senses of other parts of speech that are formed from the same word."""
        return self._derived.of(sense)

    def above(self, sense: int) -> dict[int, int]:
        """All that a sense is a kind of, itself included, each with the least number of steps up to it."""
        return _climb(sense, self.parents)

    def around(self, sense: int) -> dict[int, int]:
        """All that a sense is a part or a member of, itself included, each with the least number of steps up to it."""
        return _climb(sense, self._wholes.of)

    @cache  # noqa: B019 - there is one table for the whole process
    def depth(self, sense: int) -> int:
        """The most steps from a sense up to one that stands under nothing."""
        return max((1 + self.depth(parent) for parent in self.parents(sense)), default=0)

    def _base_forms(self, word: str) -> set[int]:
        places = self._places(word)
        return {*places, *(base for place in places for base in self._bases.of(place))}

    def _places(self, word: str) -> list[int]:
        """Where a word and what its endings leave of it stand in the table."""
        bare = [
            word.removesuffix(ending) + instead
            for ending, instead in _ENDINGS
            if word.endswith(ending) and len(word) - len(ending) >= 2
        ]
        found = ((bisect_left(self._words, form), form) for form in [word, *bare])
        return [at for at, form in found if at < len(self._words) and self._words[at] == form]


def _climb(sense: int, up: Callable[[int], list[int]]) -> dict[int, int]:
    steps, level, taken = {sense: 0}, [sense], 0
    while level:
        taken += 1
        above = dict.fromkeys(higher for below in level for higher in up(below))
        level = [higher for higher in above if higher not in steps]
        steps.update(dict.fromkeys(level, taken))
    return steps
