"""Near-copies, the same story printed elsewhere, and versions, a story with figures that have changed since.

Candidates come from MinHash signatures (Broder 1997, by datasketch) over shingles of three words, cut into bands for
locality-sensitive hashing (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4). Each is verified against
the texts: most of the shorter one must stand in the longer one word for word. Where a figure gave way to another, the
later one is a new version of the story and no copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np

from index.alignment import EXACT_WORDS, align, figures, swapped, words
from index.articles import Article

Relation = Literal["copy", "version", "other"]

SHINGLE = 3
PERMUTATIONS = 128
SCHEME: Final = "affine32"
BAND_ROWS = 2
"""Values in a band: with 64 bands of two, 98% of the pairs with a Jaccard similarity of .25 have a band in common."""

CANDIDATE_JACCARD = 0.15
"""Estimated similarity at which a pair is looked at; low, so that a copy cut to a third of its length is still found."""

SHARED_SHINGLES = 0.35
"""Share of the shorter text's shingles below which a pair is not looked at more closely."""

SHARED_ON_ONE_PAGE = 0.2
"""The same for two texts from one address, which a page of ever-changing contents has too."""

ALIGNED_WORDS = 0.7
"""Share of the shorter text's words that a copy has in common with the longer, in the same order."""

UPDATED_WORDS = 0.5
"""The same for what one outlet prints twice with a changed figure: less is shared by its daily columns too."""

MIN_WORDS = 12
"""Shorter texts are no copies of anything but the very same words."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Each copy's id with its original's, and each version's id with that of the version before it."""

    copies: Mapping[str, str]
    versions: Mapping[str, str]


def signature(text: str) -> bytes:
    """The MinHash signature of `text`, 512 bytes."""
    from datasketch import MinHash

    hashed = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    hashed.update_batch([" ".join(shingle).encode() for shingle in _shingles(words(text))])
    values: bytes = hashed.hashvalues.astype("<u4").tobytes()
    return values


def bands(signed: bytes) -> list[bytes]:
    """The bands of a signature; two texts are candidates where they have one in common."""
    width = 4 * BAND_ROWS
    return [bytes([place // width]) + signed[place : place + width] for place in range(0, len(signed), width)]


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures are near enough for their texts to be looked at."""
    left, right = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    return float(np.mean(left == right)) >= CANDIDATE_JACCARD


def address(url: str | None) -> str | None:
    """What two links to one page have in common: host and path, without the marks that newsletters put on them."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith("utm_")]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}" or None


def relation(one: Article, other: Article) -> Relation:
    """What two articles are to each other, whichever came first.

    Copies tell the same story in the same words with the same figures. Versions differ in a figure, or come from one
    address with much of the text the same.
    """
    # In one order, as an alignment may depend on which text comes first.
    left, right = sorted((words(one.text), words(other.text)))
    if left == right:
        return "copy"
    if min(len(left), len(right)) < MIN_WORDS:
        return "other"
    one_page = one.url is not None and address(one.url) == address(other.url)
    shared = _shared_shingles(left, right)
    if shared < (SHARED_ON_ONE_PAGE if one_page else SHARED_SHINGLES):
        return "other"
    if max(len(left), len(right)) > EXACT_WORDS:
        common, changed = shared, swapped(figures(left), figures(right))
    else:
        alignment = align(left, right)
        common, changed = alignment.common / min(len(left), len(right)), alignment.figures_changed
    if common >= ALIGNED_WORDS:
        return "version" if changed else "copy"
    one_outlet = one.outlet is not None and one.outlet == other.outlet
    updated = one_outlet and changed and common >= UPDATED_WORDS and _share_a_title(one, other)
    return "version" if one_page or updated else "other"


def group(
    order: Mapping[str, tuple[date, str]],
    pairs: Mapping[str, Collection[str]],
    relate: Callable[[str, str], Relation],
) -> Groups:
    """Copies under the earliest article that they are a copy of, versions after the nearest one before them.

    `order` holds day and name of each id in `pairs`, which maps each to its candidates. `relate` is asked about
    candidates only, never about one that is a copy itself.
    """
    copies: dict[str, str] = {}
    versions: dict[str, str] = {}
    for key in sorted(pairs, key=order.__getitem__):
        earlier = [other for other in pairs[key] if order[other] < order[key] and other not in copies]
        earlier.sort(key=order.__getitem__)
        if original := next((other for other in earlier if relate(other, key) == "copy"), None):
            copies[key] = original
        elif before := next((other for other in reversed(earlier) if relate(other, key) == "version"), None):
            versions[key] = before
    return Groups(copies, versions)


def _share_a_title(one: Article, other: Article) -> bool:
    """Whether half of the words of the two titles are in both: pages of one outlet have menus in common anyway."""
    left, right = set(words(one.title)), set(words(other.title))
    return 2 * len(left & right) >= len(left | right)


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    width = min(SHINGLE, len(tokens)) or 1
    return [tuple(tokens[place : place + width]) for place in range(len(tokens) - width + 1)]


def _shared_shingles(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of the shorter text's shingles that stand in the longer one too."""
    ours, theirs = Counter(_shingles(left)), Counter(_shingles(right))
    return (ours & theirs).total() / min(ours.total(), theirs.total())
