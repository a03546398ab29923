"""WiCE (Kamoi et al. 2023): Wikipedia claims, and the sentences of the cited article that support them.

Measures whether search brings up the evidence: a claim is searched for in its own article, among those of all claims.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from eval.bench.files import read_lines, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio
from index import Passage, Scope
from index.articles import normalise

NAME = "wice"
DEPTHS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, its article, and every set of places `(start, end)` in the article that together support it."""

    claim: str
    document: Document
    supports: tuple[tuple[tuple[int, int], ...], ...]


def run(bench: Bench) -> list[BenchRow]:
    """Shares of the claims: a supporting sentence, and a whole supporting set, held by the first passages."""
    claims = sample(load(bench), bench.limit, bench.seed)
    metrics: dict[str, list[Ratio]] = {
        f"{name}@{k}": [] for name in ("support", "all_support") for k in DEPTHS
    }
    seconds: list[float] = []
    with bench.collection([claim.document for claim in claims]) as collection:
        for claim in claims:
            begin = time.perf_counter()
            hits = collection.search(claim.claim, scope=Scope(sources=(claim.document.name,)))
            seconds.append(time.perf_counter() - begin)
            for k in DEPTHS:
                covered = [
                    [_lies_in(place, [hit.passage for hit in hits[:k]]) for place in support]
                    for support in claim.supports
                ]
                metrics[f"support@{k}"].append(Ratio(any(map(any, covered)), 1))
                metrics[f"all_support@{k}"].append(Ratio(any(map(all, covered)), 1))
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds)


def load(bench: Bench) -> list[Claim]:
    """The dev claims that some sentence supports, wholly or in part."""
    made: list[Claim] = []
    for row in read_lines(bench.folder(NAME) / "claim_dev.jsonl"):
        supports = [support for support in row["supporting_sentences"] if support]
        if supports:
            text, places = _joined(row["evidence"])
            document = Document(row["meta"]["id"], text)
            made.append(
                Claim(
                    row["claim"],
                    document,
                    tuple(tuple(places[one] for one in support) for support in supports),
                )
            )
    return made


def _joined(sentences: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    text, places = "", []
    for sentence in (normalise(sentence).strip() for sentence in sentences):
        places.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    return text, places


def _lies_in(place: tuple[int, int], passages: Sequence[Passage]) -> bool:
    return any(passage.start <= place[0] and place[1] <= passage.end for passage in passages)
