"""Words of passages: BM25 by bm25s (Lù 2024) with Snowball stems.

Lucene's form of the inverse document frequency is taken, as it stays above zero for a word that most passages of a
collection on one subject share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import CollectionError
from index.term_counts import TermCounts

if TYPE_CHECKING:
    import bm25s

K1, B = 0.9, 0.4
"""Saturation and length normalisation: passages are of like length, so that length says little (docs/results.md)."""

NO_TERMS = "no-terms"
"""A file that stands for the index of passages without a single term."""

COUNTS = "counts.npy"
"""How often a term stands in a passage, in the order of the scores that are made of it."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def terms(text: str) -> list[str]:
    """Search terms of `text` in order: small letters, stemmed, without stop words; 30,000 and 30000 are one term."""
    stop_words, stem = _english()
    found = (_plain(match.group().lower()) for match in _TOKEN.finditer(text))
    return list(stem([term for term in found if term and term not in stop_words]))


def counted(texts: Iterable[str]) -> TermCounts:
    """How often each term stands in each of `texts`."""
    return TermCounts.of(map(terms, texts))


def _plain(token: str) -> str:
    if token[0].isdigit():
        return _THOUSANDS.sub("", token)
    if token.endswith(".") and "." in token[:-1]:
        return token.replace(".", "")
    return token.replace("’", "'").removesuffix("'s")


@cache
def _english() -> tuple[frozenset[str], Any]:
    import Stemmer
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return frozenset(STOPWORDS_EN_PLUS), Stemmer.Stemmer("english").stemWords


class LexicalIndex:
    """BM25 scores for the passages of one generation, by ordinal."""

    def __init__(self, index: bm25s.BM25 | None, counts: NDArray[np.uint16], size: int) -> None:
        self._index = index
        self._counts = counts
        self._size = size

    @classmethod
    def build(
        cls,
        texts: Iterable[str],
        kept: NDArray[np.int64] | None = None,
        base: LexicalIndex | None = None,
    ) -> LexicalIndex:
        """An index with a passage for each of `kept`: that of `base` at this ordinal, or the next of `texts` for -1.

        The ordinals ascend. None for `kept` stands for as many times -1 as there are texts. However it came about, the
        index is the same.
        """
        return cls.of(counted(texts), kept, base)

    @classmethod
    def of(
        cls,
        fresh: TermCounts,
        kept: NDArray[np.int64] | None = None,
        base: LexicalIndex | None = None,
    ) -> LexicalIndex:
        """As `build`, of texts that have been `counted`."""
        import bm25s

        made = fresh if base is None or kept is None else base.term_counts.merged(fresh, kept)
        if not made.terms:
            return cls(None, made.counts, made.size)
        index = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
        index.scores = {
            "data": made.scores(K1, B), "indices": made.passages, "indptr": made.ends, "num_docs": made.size,
        }  # fmt: skip
        index.vocab_dict = {term: place for place, term in enumerate(made.terms)}
        index.nonoccurrence_array = None
        return cls(index, made.counts, made.size)

    def __len__(self) -> int:
        return self._size

    @property
    def term_counts(self) -> TermCounts:
        """How often each term stands in each passage."""
        if self._index is None:
            return TermCounts.of([()] * self._size)
        held = self._index.scores
        return TermCounts(
            tuple(self._index.vocab_dict), held["indptr"], held["indices"], self._counts, self._size
        )

    def scores(self, question: str) -> NDArray[np.float32]:
        """A score for every passage, shape (n,); 0 where it shares no term with `question`."""
        asked = [
            term for term in dict.fromkeys(terms(question)) if self._index and term in self._index.vocab_dict
        ]
        if self._index is None or not asked:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(asked), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into the new `folder`; OSError where the disk is full."""
        folder.mkdir()
        if self._index is None:
            (folder / NO_TERMS).touch()
        else:
            self._index.save(folder, show_progress=False)
            np.save(folder / COUNTS, self._counts)

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """The index in `folder` over `size` passages, by memory map; CollectionError where it is missing or damaged."""
        import bm25s

        try:
            if (folder / NO_TERMS).is_file():
                return cls(None, np.empty(0, dtype=np.uint16), size)
            index = bm25s.BM25.load(folder, backend="numpy", mmap=True, show_progress=False)
            counts = np.load(folder / COUNTS, mmap_mode="r")
            if index.scores["num_docs"] != size or len(counts) != len(index.scores["data"]):
                raise ValueError(f"{index.scores['num_docs']} passages instead of {size}")
            return cls(index, counts, size)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise CollectionError(
                f"the words in {folder} are missing or damaged; make them anew from the stored text with "
                "Collection.rebuild()"
            ) from error
