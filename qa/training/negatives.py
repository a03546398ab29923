"""Near-miss negatives: questions beside passages that mention everything but the answer."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from qa.training.examples import WINDOW_CHARACTERS, Example

ANTONYMS = (
    ("killed", "injured"), ("died", "survived"), ("dead", "wounded"), ("increase", "decrease"), ("increased", "decreased"),
    ("rise", "fall"), ("rose", "fell"), ("before", "after"), ("first", "last"), ("largest", "smallest"), ("most", "least"),
    ("highest", "lowest"), ("won", "lost"), ("win", "lose"), ("bought", "sold"), ("buy", "sell"), ("import", "export"),
    ("arrive", "leave"), ("arrived", "left"), ("begin", "end"), ("began", "ended"), ("start", "stop"), ("started", "stopped"),
    ("open", "close"), ("opened", "closed"), ("accept", "refuse"), ("accepted", "rejected"), ("support", "oppose"),
    ("supported", "opposed"), ("like", "dislike"), ("men", "women"), ("man", "woman"), ("husband", "wife"), ("son", "daughter"),
    ("father", "mother"), ("brother", "sister"), ("north", "south"), ("east", "west"), ("north", "west"), ("older", "younger"),
    ("oldest", "youngest"), ("early", "late"), ("best", "worst"), ("advantage", "disadvantage"), ("success", "failure"),
    ("hired", "fired"), ("built", "destroyed"), ("sent", "withdrawn"), ("send", "withdraw"), ("imported", "exported"),
    ("maximum", "minimum"), ("more", "fewer"), ("hot", "cold"), ("teacher", "student"), ("employees", "customers"),
    ("monday", "thursday"), ("january", "august"), ("march", "november"), ("april", "october"), ("july", "december"),
)  # fmt: skip


def swapped_word_negatives(examples: Iterable[Example], *, seed: int, limit: int) -> list[Example]:
    """Questions with one word turned to its opposite, or a year moved, where the passage does not use the new word."""
    opposite: dict[str, list[str]] = defaultdict(list)
    for left, right in ANTONYMS:
        opposite[left].append(right)
        opposite[right].append(left)
    rng = random.Random(f"{seed}:swaps")
    made: list[Example] = []
    for example in examples:
        if not example.spans:
            continue
        question = _swap(example, opposite, rng)
        if question:
            made.append(replace(example, question=question, spans=(), answerable=False, weight=0.8))
    rng.shuffle(made)
    return made[:limit]


def _swap(example: Example, opposite: dict[str, list[str]], rng: random.Random) -> str | None:
    context = example.context.casefold()
    options: list[tuple[int, int, str]] = []
    for match in re.finditer(r"\w+", example.question):
        word = match.group()
        if re.fullmatch(r"(1[5-9]|20)\d\d", word):
            other = str(int(word) + rng.choice((-7, -3, -2, -1, 1, 2, 4, 9)))
            candidates = [other]
        else:
            candidates = [_like(word, new) for new in opposite.get(word.casefold(), ())]
        options += [
            (*match.span(), new) for new in candidates if not re.search(rf"\b{new.casefold()}", context)
        ]
    if not options:
        return None
    start, end, new = rng.choice(options)
    return example.question[:start] + new + example.question[end:]


def _like(word: str, new: str) -> str:
    return new.capitalize() if word[0].isupper() else new


def other_window_negatives(examples: Iterable[Example], *, seed: int, limit: int) -> list[Example]:
    """A window of the same long passage in which none of the answers' words occur as such."""
    rng = random.Random(f"{seed}:windows")
    made: list[Example] = []
    for example in examples:
        if not example.spans or len(example.context) < 1.6 * WINDOW_CHARACTERS:
            continue
        first, last = min(example.spans)[0], max(end for _, end in example.spans)
        after = example.context.find(". ", last)
        text = (
            example.context[:first][:WINDOW_CHARACTERS]
            if first > 500
            else example.context[after + 2 :][:WINDOW_CHARACTERS]
        )
        if after < 0 or len(text) < 400 or _holds_answer(text, example):
            continue
        made.append(replace(example, context=text, spans=(), answerable=False, weight=0.8))
    rng.shuffle(made)
    return made[:limit]


def neighbour_passage_negatives(
    examples: Sequence[Example], encoder: Path, *, seed: int, limit: int
) -> list[Example]:
    """Questions beside the nearest other passages (by embedding) of their set that hold none of the answers.

    Mining by the retriever itself gives the negatives that a reader behind it meets (as in DPR, arXiv 2004.04906).
    """
    rng = random.Random(f"{seed}:neighbours")
    asked = [example for example in examples if example.spans]
    asked = rng.sample(asked, min(limit, len(asked)))
    contexts = sorted(
        {(example.dataset, example.context[:WINDOW_CHARACTERS]) for example in examples if example.spans}
    )
    model = SentenceTransformer(str(encoder), device="cpu", model_kwargs={"torch_dtype": "bfloat16"})
    model.max_seq_length = 160
    passages = _embed(model, [text for _, text in contexts])
    questions = _embed(model, [example.question for example in asked])
    dataset_of = np.array([dataset for dataset, _ in contexts])
    made: list[Example] = []
    for example, vector in zip(asked, questions, strict=True):
        scores = np.where(dataset_of == example.dataset, passages @ vector, -1.0)
        near = [int(i) for i in np.argsort(-scores, kind="stable")[:12] if scores[i] > 0]
        usable = [
            i
            for i in near
            if contexts[i][1] != example.context[:WINDOW_CHARACTERS]
            and not _holds_answer(contexts[i][1], example)
        ]
        if usable:
            text = contexts[rng.choice(usable[:4])][1]
            made.append(replace(example, context=text, spans=(), answerable=False, weight=0.8))
    return made


def _embed(model: SentenceTransformer, texts: list[str]) -> np.ndarray:
    vectors = model.encode(
        texts, batch_size=16, normalize_embeddings=True, show_progress_bar=False, convert_to_tensor=True
    )
    return np.asarray(vectors.float().cpu().numpy())


def _holds_answer(text: str, example: Example) -> bool:
    folded = text.casefold()
    return any(example.context[start:end].casefold() in folded for start, end in example.spans)
