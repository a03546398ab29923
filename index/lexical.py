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

if TYPE_CHECKING:
    import bm25s

K1, B = 0.9, 0.4
"""Saturation and length normalisation: passages are of like length, so that length says little (docs/results.md)."""

NO_TERMS = "no-terms"
"""A file that stands for the index of passages without a single term."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def terms(text: str) -> list[str]:
    """Search terms of `text` in order: small letters, stemmed, without stop words; 30,000 and 30000 are one term."""
    stop_words, stem = _english()
    found = (_plain(match.group().lower()) for match in _TOKEN.finditer(text))
    return list(stem([term for term in found if term and term not in stop_words]))


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

    def __init__(self, index: bm25s.BM25 | None, size: int) -> None:
        self._index = index
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        """An index over `texts`, whose places are the ordinals."""
        import bm25s
        from bm25s.tokenization import Tokenized

        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts]
        if not vocabulary:
            return cls(None, len(ids))
        index = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
        index.index(Tokenized(ids=ids, vocab=vocabulary), show_progress=False)
        return cls(index, len(ids))

    def __len__(self) -> int:
        return self._size

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

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """The index in `folder` over `size` passages, by memory map; CollectionError where it is missing or damaged."""
        import bm25s

        try:
            if (folder / NO_TERMS).is_file():
                return cls(None, size)
            index = bm25s.BM25.load(folder, backend="numpy", mmap=True, show_progress=False)
            if index.scores["num_docs"] != size:
                raise ValueError(f"{index.scores['num_docs']} passages instead of {size}")
            return cls(index, size)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CollectionError(
                f"the words in {folder} are missing or damaged; make them anew from the stored text with "
                "Collection.rebuild()"
            ) from error
