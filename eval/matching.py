"""How a short answer is compared with a true one: SQuAD's normalisation, exact match and token F1."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(text: str) -> str:
    """Lower case without ASCII punctuation, English articles and repeated space (Rajpurkar et al. 2016, official script)."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(said: str, truths: Iterable[str]) -> float:
    """1.0 if the answer equals one of the truths after normalisation, else 0.0."""
    return float(any(normalise(said) == normalise(truth) for truth in truths))


def token_f1(said: str, truths: Iterable[str]) -> float:
    """The best F1 of shared tokens with one of the truths; if either has no token left, 1.0 only where both have none."""
    return max((_pair_f1(normalise(said).split(), normalise(truth).split()) for truth in truths), default=0.0)


def holds(text: str, answer: str) -> bool:
    """Whether the answer stands in the text as whole tokens, both normalised; an answer without tokens never does."""
    inner = normalise(answer)
    return bool(inner) and f" {inner} " in f" {normalise(text)} "


def _pair_f1(said: list[str], truth: list[str]) -> float:
    if not said or not truth:
        return float(said == truth)
    shared = sum((Counter(said) & Counter(truth)).values())
    return 2.0 * shared / (len(said) + len(truth))
