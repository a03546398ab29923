"""CoQEx's count contexts (Ghosh et al. 2022): which of a query's counts belong together, by its labels.

A context ("12 breweries", "25 brands") is labelled equivalent to the query's own count, a subgroup of it, or
unrelated. Every context is a source whose short answer it is; what is scored is our groups of their figures.
"""

from __future__ import annotations

import ast
import csv
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from eval.bench.files import read_text, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench
from eval.errors import BenchError
from eval.intervals import Ratio
from qa.comparison import SourcedFigure, group_figures
from qa.figures import extract_figures
from qa.figures.likeness import Similarity

NAME = "coqex_groups"
FOLDER = "coqex"
FILE = "snippet_contexts.csv"
METRICS = ("same_precision", "same_recall", "same_f1", "subgroup_apart", "unrelated_apart")
_LABELS = ("equivalent", "subgroups", "unrelated")


@dataclass(frozen=True, slots=True)
class Context:
    """A count with the few words around it, and its label: equivalent, subgroups or unrelated."""

    id: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Query:
    """A count query with its labelled contexts."""

    text: str
    contexts: tuple[Context, ...]


def run(bench: Bench) -> list[BenchRow]:
    """Pairs of contexts that hold an equivalent one: precision, recall and F1 of being grouped where both are equivalent.

    `subgroup_apart` and `unrelated_apart` are the shares of those contexts that stand with no equivalent one.
    """
    metrics: dict[str, list[Ratio]] = {name: [] for name in METRICS}
    seconds: list[float] = []
    similarity = _similarity(bench)
    for query in sample(load(bench), bench.limit, bench.seed):
        begin = time.perf_counter()
        groups = grouped(query, similarity)
        seconds.append(time.perf_counter() - begin)
        for name, ratio in scores(query, groups).items():
            metrics[name].append(ratio)
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds)


def load(bench: Bench) -> list[Query]:
    """The queries that have at least two labelled contexts, in the file's order."""
    path = bench.folder(FOLDER) / FILE
    made: list[Query] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(read_text(path))), start=2):
        try:
            texts = {str(answer[0]): str(answer[2]) for answer in ast.literal_eval(row["tf_answer"])}
            labels = {
                name: label
                for label in _LABELS
                for name in (row[f"{label}_ids"] or "").strip("[]").split(",")
                if name
            }
        except (KeyError, ValueError, SyntaxError, TypeError, IndexError) as error:
            raise BenchError(f"{path}:{number}: no labelled contexts can be read: {error!r}") from error
        contexts = tuple(Context(name, texts[name], label) for name, label in labels.items() if name in texts)
        if len(contexts) > 1:
            made.append(Query(row["query"], contexts))
    return made


def grouped(query: Query, similarity: Similarity | None = None) -> dict[str, int]:
    """The place of each context's group, by context id; a context whose count we do not read has none."""
    figures = [
        SourcedFigure(context.id, 0, found[0], context.id, answers=True)
        for context in query.contexts
        if (found := [f for f in extract_figures(context.text) if f.unit != "date"])
    ]
    groups = group_figures(figures, query.text, similarity=similarity)
    return {figures[member].source: place for place, group in enumerate(groups) for member in group.members}


def scores(query: Query, groups: dict[str, int]) -> dict[str, Ratio]:
    """The shares of one query; see `run`."""
    found = said = true = 0
    for left, right in combinations(query.contexts, 2):
        equivalent = [left.label, right.label].count("equivalent")
        together = left.id in groups and groups[left.id] == groups.get(right.id)
        if equivalent:
            found += together and equivalent == 2
            said += together
            true += equivalent == 2
    mine = {groups[c.id] for c in query.contexts if c.label == "equivalent" and c.id in groups}
    apart = {
        label: _apart([c for c in query.contexts if c.label == label], groups, mine) for label in _LABELS[1:]
    }
    return {
        "same_precision": Ratio(found, said), "same_recall": Ratio(found, true), "same_f1": Ratio(2 * found, said + true),
        "subgroup_apart": apart["subgroups"], "unrelated_apart": apart["unrelated"],
    }  # fmt: skip


def _apart(contexts: Sequence[Context], groups: dict[str, int], mine: set[int]) -> Ratio:
    return Ratio(sum(groups.get(context.id) not in mine for context in contexts), len(contexts))


def _similarity(bench: Bench) -> Similarity:
    """The cosine of two texts by the model under test, each text embedded once."""

    @cache
    def vector(text: str) -> tuple[float, ...]:
        return tuple(bench.models.embedder.embed([text])[0].tolist())

    return lambda left, right: sum(a * b for a, b in zip(vector(left), vector(right), strict=True))
