"""The public sets by name, and the runs over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.bench import (
    coqex,
    coqex_groups,
    multihop_rag,
    near_copies,
    numbers,
    quotesum,
    ramdocs,
    realtimeqa,
    scifact,
    squad,
    wice,
    wikicontradict,
)
from eval.bench.rows import BenchRow
from eval.bench.running import Bench
from eval.errors import BenchError

Runner = Callable[[Bench], list[BenchRow]]


@dataclass(frozen=True, slots=True)
class BenchSet:
    """A set's runner, what it measures in a line, and how many questions a quick run asks."""

    run: Runner
    about: str
    quick: int


SETS: Mapping[str, BenchSet] = {
    "multihop_rag": BenchSet(multihop_rag.run, "evidence found over 609 news articles, and abstention", 5),
    "realtimeqa": BenchSet(realtimeqa.run, "a news quiz over the articles of its week", 6),
    "quotesum": BenchSet(quotesum.run, "each passage's own short answer", 15),
    "ramdocs": BenchSet(ramdocs.run, "documents that answer, misinform or are noise", 15),
    "wikicontradict": BenchSet(wikicontradict.run, "two passages that contradict each other", 15),
    "squad": BenchSet(squad.run, "the reader alone on SQuAD 2.0", 200),
    "scifact": BenchSet(scifact.run, "abstracts found for claims", 50),
    "wice": BenchSet(wice.run, "supporting sentences found for claims", 15),
    "coqex": BenchSet(coqex.run, "counts found in web snippets", 5),
    "coqex_groups": BenchSet(coqex_groups.run, "counts that belong together among labelled contexts", 40),
    "numbers": BenchSet(numbers.run, "quantities read from sentences", 50),
    "near_copies": BenchSet(near_copies.run, "copies found among a thousand articles", 100),
}


QUICK_DOCUMENTS = 80


def bench(
    names: Sequence[str], setting: Bench, *, quick: bool = False, on_set: Callable[[str], None] | None = None
) -> list[BenchRow]:
    """The rows of the named sets in order, all sets for no name; `on_set` hears each name before it is run.

    `quick` asks few questions of each set, over a thinned corpus, so that all end within minutes; a limit of the
    setting's own goes before its number of questions.
    Raises BenchError for a name that is no set, before any is run.
    """
    unknown = [name for name in names if name not in SETS]
    if unknown:
        raise BenchError(f"no set is called {', '.join(map(repr, unknown))}; there are {', '.join(SETS)}")
    rows: list[BenchRow] = []
    for name in names or SETS:
        if on_set is not None:
            on_set(name)
        limited = (
            replace(setting, limit=setting.limit or SETS[name].quick, documents=QUICK_DOCUMENTS)
            if quick
            else setting
        )
        rows += SETS[name].run(limited)
    return rows
