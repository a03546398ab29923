"""MultiHop-RAG (Tang and Yang 2024): news questions whose evidence lies in several articles.

What is found is relevant when it holds a whole evidence sentence, white space apart, as in the official evaluation;
Hits@k is its "any evidence in the first k". Evidence recall and all-evidence, which it lacks, ask for every one. The
published figures are of chunks of 256 tokens, some 190 words: our passages are shorter, so that each is widened by its
neighbours to at most as many. The passages alone are measured too.
"""

from __future__ import annotations

import html
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eval.bench.files import read_lines, sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document, timed_ask
from eval.intervals import Ratio
from index import Collection, Hit, Passage, widened

NAME = "multihop_rag"
DEPTH = 10
CHUNK_WORDS = 190
FALSE_ABSTENTION = 0.1
PUBLISHED = {
    "Hits@10": "0.747 (paper's best); 0.902 (BM25 with title and date)",
    "Hits@4": "0.765 (BM25 with title and date)",
    "RR@10": "0.605 (BM25 with title and date)",
    "evidence_recall@10": "0.597 (BM25 with title and date)",
    "all_evidence@10": "0.310 (BM25 with title and date)",
}


@dataclass(frozen=True, slots=True)
class MultiHopQuestion:
    """A question, its evidence sentences (none: no article answers it), and the titles of the articles that they stand in."""

    question: str
    facts: tuple[str, ...]
    titles: frozenset[str] = frozenset()


def run(bench: Bench) -> list[BenchRow]:
    """Retrieval of evidence passages; then, by whole Answers, abstention on null questions and false abstention on the rest."""
    answerable = sample(load_answerable(bench), bench.limit, bench.seed)
    null = sample(load_null(bench), bench.limit, bench.seed)
    articles = load_articles(bench)
    titles = frozenset[str]().union(*(asked.titles for asked in answerable))
    documents = bench.thinned(articles, {document.name for document in articles if document.title in titles})
    metrics: dict[str, list[Ratio]] = {}
    alone: dict[str, list[Ratio]] = {}
    asking: dict[str, list[Ratio]] = {"null_abstention": [], "false_abstention": []}
    scores: dict[bool, list[float]] = {True: [], False: []}
    search_seconds: list[float] = []
    ask_seconds: list[float] = []
    with bench.collection(documents) as collection:
        assistant = bench.assistant(collection)
        for asked in answerable:
            begin = time.perf_counter()
            hits = collection.search(asked.question)
            search_seconds.append(time.perf_counter() - begin)
            for kept, chunks in (
                (metrics, top_chunks(collection, hits)),
                (alone, top_passages(collection, hits)),
            ):
                for metric, ratio in evidence_metrics(asked.facts, chunks).items():
                    kept.setdefault(metric, []).append(ratio)
        for asked in (*null, *answerable):
            answer, taken = timed_ask(assistant, asked.question)
            ask_seconds.append(taken)
            asking["false_abstention" if asked.facts else "null_abstention"].append(
                Ratio(not answer.answering, 1)
            )
            scores[bool(asked.facts)].append(max(report.score for report in answer.sources))
    name = bench.named(NAME, documents)
    searched = rows_of(
        name, metrics, seed=bench.seed, seconds=search_seconds, published=bench.comparable(PUBLISHED)
    )
    searched += rows_of(f"{name}, passages alone", alone, seed=bench.seed, seconds=search_seconds)
    asking["null_abstention where false_abstention is 0.1"] = abstention_at(
        scores[False], scores[True], FALSE_ABSTENTION
    )
    return searched + rows_of(name, asking, seed=bench.seed, seconds=ask_seconds)


def abstention_at(null: Sequence[float], answerable: Sequence[float], false_abstention: float) -> list[Ratio]:
    """Which null questions score below the best source of all but so large a share of the answerable ones."""
    if not answerable:
        return []
    limit = sorted(answerable)[int(false_abstention * len(answerable))]
    return [Ratio(score < limit, 1) for score in null]


def load_articles(bench: Bench) -> list[Document]:
    """The articles with what is known of them."""
    return [
        Document(
            row["doc_id"], row["body"], html.unescape(row["title"]), outlet=row.get("source"), url=row.get("url"),
            published=date.fromisoformat(row["published_at"][:10]) if row.get("published_at") else None,
        )
        for row in read_lines(bench.folder(NAME) / "corpus.jsonl.gz")
    ]  # fmt: skip


def load_answerable(bench: Bench) -> list[MultiHopQuestion]:
    """The questions that have evidence."""
    rows = read_lines(bench.folder(NAME) / "evidence.jsonl")
    made = [
        MultiHopQuestion(
            row["query"], tuple(found["fact"] for found in row["evidence_list"]),
            frozenset(html.unescape(found["title"]) for found in row["evidence_list"]),
        )
        for row in rows
    ]  # fmt: skip
    return [question for question in made if question.facts]


def load_null(bench: Bench) -> list[MultiHopQuestion]:
    """The questions that no article answers."""
    return [
        MultiHopQuestion(row["question"], ())
        for row in read_lines(bench.folder(NAME) / "null_questions.jsonl")
    ]


def top_passages(collection: Collection, hits: Sequence[Hit]) -> list[str]:
    """The words of the best passages, best first."""
    return [hit.passage.cut(collection.article(hit.passage.article_id)) for hit in hits[:DEPTH]]


def top_chunks(collection: Collection, hits: Sequence[Hit]) -> list[str]:
    """The words of the best passages with their neighbours, best first, without those that a better one took in."""
    chunks: list[str] = []
    taken: dict[str, list[Passage]] = {}
    for hit in hits:
        article_id = hit.passage.article_id
        earlier = taken.setdefault(article_id, [])
        if any(chunk.start <= hit.passage.start < chunk.end for chunk in earlier):
            continue
        article, passages = collection.article(article_id), collection.passages(article_id)
        chunk = widened(article, passages, passages.index(hit.passage), CHUNK_WORDS)
        earlier.append(chunk)
        chunks.append(chunk.cut(article))
        if len(chunks) == DEPTH:
            break
    return chunks


def evidence_metrics(facts: Sequence[str], passages: Sequence[str]) -> dict[str, Ratio]:
    """One question's share of each retrieval metric; `passages` are the words of the first ten, best first."""
    squeezed = ["".join(passage.split()) for passage in passages[:DEPTH]]
    ranks = [
        next(
            (rank for rank, passage in enumerate(squeezed, start=1) if "".join(fact.split()) in passage), None
        )
        for fact in facts
    ]
    found = [rank for rank in ranks if rank is not None]
    return {
        "Hits@10": Ratio(bool(found), 1),
        "Hits@4": Ratio(any(rank <= 4 for rank in found), 1),
        "RR@10": Ratio(1 / min(found) if found else 0.0, 1),
        "evidence_recall@10": Ratio(len(found) / len(facts), 1),
        "all_evidence@10": Ratio(len(found) == len(facts), 1),
    }
