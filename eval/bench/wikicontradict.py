"""WikiContradict (Hou et al. 2024): two Wikipedia passages that contradict each other, asked as two sources.

The self-contained wording of the passages is used, since a passage alone must say what it speaks of. Where both
passages are the same text, it contradicts itself; two sources cannot, and these questions are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.bench.files import read_lines, sample
from eval.bench.quotesum import is_marked
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.intervals import Ratio
from eval.matching import holds
from eval.metrics import Shown, shown_by_source

NAME = "wikicontradict"
PUBLISHED = {
    "conflict_shown": "0.438 (best model told that they conflict, Hou et al. 2024, all 253 questions)"
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A question, two passages, and the answer that each gives, by document name."""

    question: str
    documents: tuple[Document, ...]
    answers: dict[str, str]

    @property
    def numeric(self) -> bool:
        """Whether both answers hold a digit."""
        return all(re.search(r"\d", answer) for answer in self.answers.values())


def run(bench: Bench) -> list[BenchRow]:
    """Shares of the questions: both sources answer, both answers quoted, verdict `differ`, and all of it together.

    `both_quoted` is asked only where both answers stand in their passages word for word; elsewhere (yes or no) the
    two sources have to answer. `conflict_shown` wants that and the verdict `differ`.
    """
    names = ("both_answer", "both_quoted", "verdict_differ", "conflict_shown", "conflict_shown (numeric)")
    metrics: dict[str, list[Ratio]] = {name: [] for name in names}
    seconds: list[float] = []
    for row in sample(load(bench), bench.limit, bench.seed):
        answer, taken = bench.ask_once(row.documents, row.question)
        seconds.append(taken)
        shown = shown_by_source(answer)
        texts = {document.name: document.text for document in row.documents}
        verbatim = all(holds(texts[name], truth) for name, truth in row.answers.items())
        both = all(bool(seen.quotes) for seen in shown.values())
        quoted = both and all(_is_quoted(shown[name], truth) for name, truth in row.answers.items())
        differ = answer.verdict == "differ"
        conflict = differ and (quoted if verbatim else both)
        metrics["both_answer"].append(Ratio(both, 1))
        metrics["both_quoted"].append(Ratio(quoted and verbatim, verbatim))
        metrics["verdict_differ"].append(Ratio(differ, 1))
        metrics["conflict_shown"].append(Ratio(conflict, 1))
        metrics["conflict_shown (numeric)"].append(Ratio(conflict and row.numeric, row.numeric))
    return rows_of(NAME, metrics, seed=bench.seed, seconds=seconds, published=PUBLISHED)


def load(bench: Bench) -> list[Contradiction]:
    """The questions of `wikicontradict.jsonl` whose two passages differ, in the file's order."""
    made: list[Contradiction] = []
    for row in read_lines(bench.folder(NAME) / "wikicontradict.jsonl"):
        documents = tuple(
            Document(f"passage-{place}", row[f"context{place}_self_contained"]) for place in (1, 2)
        )
        answers = {f"passage-{place}": str(row[f"answer{place}"]) for place in (1, 2)}
        if documents[0].text.split() != documents[1].text.split():
            made.append(Contradiction(row["question"], documents, answers))
    return made


def _is_quoted(shown: Shown, truth: str) -> bool:
    return any(holds(quote.text, truth) for quote in shown.quotes) or is_marked(shown, truth)
