"""SciFact in BEIR's form (Wadden et al. 2020, Thakur et al. 2021): claims, and the abstracts that speak of them."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

from eval.bench.files import sample
from eval.bench.rows import BenchRow, rows_of
from eval.bench.running import Bench, Document
from eval.errors import BenchError
from eval.export import ranking_metrics
from index import Collection

NAME = "scifact"
FOLDER = "beir_scifact"
MEASURES = ("nDCG@10", "R@10", "R@100", "RR@10")
DOCUMENTS = 100
PASSAGES = 300
PUBLISHED = {"nDCG@10": "0.704 (SPLADE++); 0.679 (BM25)"}

Judged = dict[str, dict[str, int]]


def run(bench: Bench) -> list[BenchRow]:
    """Abstracts ranked by their best passage for the test claims."""
    claims, documents, judged = load(bench)
    chosen = sample(sorted(judged), bench.limit, bench.seed)
    documents = bench.thinned(documents, {document for claim in chosen for document in judged[claim]})
    ranked: dict[str, dict[str, float]] = {}
    seconds: list[float] = []
    with bench.collection(documents) as collection:
        names = {article.id: article.name for article in collection.articles()}
        for claim in chosen:
            begin = time.perf_counter()
            ranked[claim] = {
                names[article]: score for article, score in ranking(collection, claims[claim]).items()
            }
            seconds.append(time.perf_counter() - begin)
    metrics = ranking_metrics({claim: judged[claim] for claim in chosen}, ranked, MEASURES)
    return rows_of(
        bench.named(NAME, documents),
        metrics,
        seed=bench.seed,
        seconds=seconds,
        published=bench.comparable(PUBLISHED),
    )


def ranking(collection: Collection, question: str) -> dict[str, float]:
    """Article id -> score that falls with the rank of its best passage, for the first hundred articles."""
    ids = dict.fromkeys(hit.passage.article_id for hit in collection.search(question, limit=PASSAGES))
    return {article: float(-rank) for rank, article in enumerate(list(ids)[:DOCUMENTS])}


def load(bench: Bench) -> tuple[dict[str, str], list[Document], Judged]:
    """Claims by id, the abstracts, and the test judgements."""
    path = bench.folder(FOLDER) / "scifact.zip"
    try:
        with zipfile.ZipFile(path) as packed:
            queries, corpus = _rows(packed, "scifact/queries.jsonl"), _rows(packed, "scifact/corpus.jsonl")
            judgements = packed.read("scifact/qrels/test.tsv").decode().splitlines()[1:]
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise BenchError(f"{path}: is not BEIR's SciFact: {error}") from error
    judged: Judged = {}
    for claim, document, relevance in (line.split("\t") for line in judgements):
        judged.setdefault(claim, {})[document] = int(relevance)
    documents = [Document(row["_id"], row["text"], row["title"]) for row in corpus]
    return {row["_id"]: row["text"] for row in queries}, documents, judged


def _rows(packed: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    with packed.open(name) as file:
        return [json.loads(line) for line in io.TextIOWrapper(file, encoding="utf-8")]
