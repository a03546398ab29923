"""Peers on the same passages and weights, each the way its own documentation builds and asks an index.

Run as a script, by the interpreter of an environment that has the peers: it imports nothing of Everysource.
`peers.py build NAME JOB` makes and saves an index, `peers.py ask NAME JOB` opens it and asks; each prints one line of
JSON. JOB is a file with `passages`, `questions`, `model`, `folder` and `depth`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, Protocol

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")


class Peer(Protocol):
    """A system under measurement; `job` is the job's content."""

    def build(self, job: dict[str, Any]) -> None:
        """Embed the passages, and save an index of them in the job's folder."""

    def open(self, job: dict[str, Any]) -> None:
        """Open the saved index."""

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages; returns how many were found."""


class SentenceTransformers:
    """Sentence-transformers and a flat FAISS index, without a framework."""

    def build(self, job: dict[str, Any]) -> None:
        """Embed with the library's defaults and write the vectors."""
        import faiss

        self._load(job)
        vectors = self._model.encode(job["passages"], normalize_embeddings=True, show_progress_bar=False)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(Path(job["folder"]) / "vectors.faiss"))
        (Path(job["folder"]) / "passages.json").write_text(json.dumps(job["passages"]), encoding="utf-8")

    def open(self, job: dict[str, Any]) -> None:
        """Read the vectors and the passages."""
        import faiss

        self._load(job)
        self._index = faiss.read_index(str(Path(job["folder"]) / "vectors.faiss"))
        self._passages = json.loads((Path(job["folder"]) / "passages.json").read_text(encoding="utf-8"))

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        vector = self._model.encode([question], normalize_embeddings=True, show_progress_bar=False)
        return len([self._passages[place] for place in self._index.search(vector, depth)[1][0]])

    def _load(self, job: dict[str, Any]) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(job["model"], device="cpu")


class LlamaIndex:
    """LlamaIndex with its Hugging Face embeddings and FAISS store."""

    def build(self, job: dict[str, Any]) -> None:
        """Index nodes that are the passages."""
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.vector_stores.faiss import FaissVectorStore

        model = self._embedding(job)
        width = len(model.get_query_embedding("width"))
        storage = StorageContext.from_defaults(
            vector_store=FaissVectorStore(faiss_index=faiss.IndexFlatIP(width))
        )
        nodes = [TextNode(text=text) for text in job["passages"]]
        index = VectorStoreIndex(nodes, storage_context=storage, embed_model=model)
        index.storage_context.persist(job["folder"])

    def open(self, job: dict[str, Any]) -> None:
        """Load the persisted index."""
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        store = FaissVectorStore.from_persist_dir(job["folder"])
        storage = StorageContext.from_defaults(vector_store=store, persist_dir=job["folder"])
        index: Any = load_index_from_storage(storage, embed_model=self._embedding(job))
        self._retriever = index.as_retriever(similarity_top_k=job["depth"])

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        return len(self._retriever.retrieve(question))

    def _embedding(self, job: dict[str, Any]) -> Any:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(model_name=job["model"], device="cpu")


class Haystack:
    """Haystack with its sentence-transformers embedders and in-memory store."""

    def build(self, job: dict[str, Any]) -> None:
        """Embed documents that are the passages."""
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        embedder = self._parts()[0](model=job["model"], progress_bar=False, normalize_embeddings=True)
        embedder.warm_up()
        store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
        found = embedder.run(
            documents=[Document(id=str(place), content=text) for place, text in enumerate(job["passages"])]
        )
        store.write_documents(found["documents"])
        store.save_to_disk(str(Path(job["folder"]) / "store.json"))

    def open(self, job: dict[str, Any]) -> None:
        """Load the store."""
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore.load_from_disk(str(Path(job["folder"]) / "store.json"))
        self._embedder = self._parts()[1](model=job["model"], progress_bar=False, normalize_embeddings=True)
        self._embedder.warm_up()
        self._retriever = InMemoryEmbeddingRetriever(store, top_k=job["depth"])

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        vector = self._embedder.run(text=question)["embedding"]
        return len(self._retriever.run(query_embedding=vector)["documents"])

    def _parts(self) -> tuple[Any, Any]:
        try:
            from haystack_integrations.components.embedders.sentence_transformers import (
                SentenceTransformersDocumentEmbedder,
                SentenceTransformersTextEmbedder,
            )
        except ImportError:
            from haystack.components.embedders import (
                SentenceTransformersDocumentEmbedder,
                SentenceTransformersTextEmbedder,
            )
        return SentenceTransformersDocumentEmbedder, SentenceTransformersTextEmbedder


class TxtAI:
    """Txtai with the text kept beside the vectors."""

    def build(self, job: dict[str, Any]) -> None:
        """Index the passages."""
        from txtai import Embeddings

        made = Embeddings(path=job["model"], content=True, gpu=False)
        made.index(job["passages"])
        made.save(str(Path(job["folder"]) / "index"))

    def open(self, job: dict[str, Any]) -> None:
        """Load the index."""
        from txtai import Embeddings

        self._made = Embeddings(gpu=False)
        self._made.load(str(Path(job["folder"]) / "index"))

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        return len(self._made.search(question, depth))


class LangChain:
    """LangChain with its Hugging Face embeddings and FAISS store."""

    def build(self, job: dict[str, Any]) -> None:
        """Index the passages."""
        from langchain_community.vectorstores import FAISS

        FAISS.from_texts(job["passages"], self._embedding(job)).save_local(job["folder"])

    def open(self, job: dict[str, Any]) -> None:
        """Load the index."""
        from langchain_community.vectorstores import FAISS

        self._store = FAISS.load_local(
            job["folder"], self._embedding(job), allow_dangerous_deserialization=True
        )

    def ask(self, question: str, depth: int) -> int:
        """Find the nearest passages."""
        return len(self._store.similarity_search(question, k=depth))

    def _embedding(self, job: dict[str, Any]) -> Any:
        from langchain_huggingface import HuggingFaceEmbeddings

        return HuggingFaceEmbeddings(model_name=job["model"], model_kwargs={"device": "cpu"})


PEERS: dict[str, type[Peer]] = {
    "sentence-transformers": SentenceTransformers,
    "llama-index": LlamaIndex,
    "haystack": Haystack,
    "txtai": TxtAI,
    "langchain": LangChain,
}


PACKAGES: dict[str, tuple[str, ...]] = {
    "sentence-transformers": ("sentence-transformers", "faiss-cpu"),
    "llama-index": (
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-vector-stores-faiss",
    ),
    "haystack": ("haystack-ai", "sentence-transformers-haystack"),
    "txtai": ("txtai",),
    "langchain": ("langchain-community", "langchain-huggingface", "faiss-cpu"),
}
"""What each is installed as, the one that gives it its name first."""


def measured(peer: Peer, step: str, job: dict[str, Any], started: float) -> dict[str, Any]:
    """The figures of one step; `started` is when the process was asked for, in seconds since the epoch."""
    begin = time.perf_counter()
    figures: dict[str, Any] = {}
    if step == "build":
        peer.build(job)
        figures["build_seconds"] = time.perf_counter() - begin
        figures["build_cpu_seconds"] = time.process_time()
    else:
        peer.open(job)
        found = [peer.ask(job["questions"][0], job["depth"])]
        figures["cold_seconds"] = time.time() - started
        figures["query_seconds"] = []
        spent = time.process_time()
        for question in job["questions"][1:]:
            begin = time.perf_counter()
            found.append(peer.ask(question, job["depth"]))
            figures["query_seconds"].append(time.perf_counter() - begin)
        figures["query_cpu_seconds"] = (time.process_time() - spent) / max(1, len(figures["query_seconds"]))
        figures["found"] = min(found)
    figures["peak_mb"] = peak_mb()
    return figures


def peak_mb() -> float:
    """The most memory that this process has held, in MB.

    Where the system has no /proc, what it held before it became this program counts too.
    """
    peak_kb = kilobytes("VmHWM", "self")
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if peak_kb is None else peak_kb) / 1024


def kilobytes(counted: str, process: int | str) -> int | None:
    """What the system counts for a process (VmHWM: the most memory held; VmRSS: held now); None where it does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{counted}:")), None)


def main() -> None:
    """Run one step and print its figures."""
    step, name, path, started = sys.argv[1:5]
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    figures = measured(PEERS[name](), step, job, float(started))
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
