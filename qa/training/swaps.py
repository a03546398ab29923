"""Questions turned unanswerable by what stands in the same passage: another name, another counted thing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qa.training.examples import Example

NAME = re.compile(r"[A-Z][\w'’-]*(?: (?:of |the |de |van |von )?[A-Z][\w'’-]*)*")
COUNTED = re.compile(
    r"\b(how many|how much|what (?:number|share|percentage) of) ((?:[a-z]+ )?)([a-z]{4,})\b", re.IGNORECASE
)
NOT_NAME = re.compile(
    r"the|an?|in|on|at|of|for|by|from|with|who|what|when|where|which|why|how|whose|whom|is|are|was|were|did|does|do|has|have|had|can|"
    r"could|would|it|he|she|they|his|her|this|that|these|those|there|if|as|and|but|or|i|we|you"
)

SWAPS_PER_QUESTION = 3

Finder = Callable[[Sequence[tuple[str, str]]], Sequence[tuple[int, int] | None]]
"""The place that a reader marks for each (question, context), None where it marks nothing."""


def swapped_in_passage(
    examples: Iterable[Example], *, seed: int, limit: int
) -> list[tuple[Example, Example]]:
    """(answered example, the same with a name or counted thing of the question exchanged) pairs.

    The exchanged name stands elsewhere in the same passage, so that every word of the question is there and only the
    answer is not; the crowd's unanswerable questions of SQuAD 2.0 (arXiv 1806.03822, table 2) are largely made so.
    """
    rng = random.Random(f"{seed}:in-passage")
    answered = [example for example in examples if example.spans]
    counted = sorted(
        {match[3].casefold() for example in answered for match in COUNTED.finditer(example.question)}
    )
    pairs: list[tuple[Example, Example]] = []
    for example in answered:
        options = _other_names(example)
        options += [_other_counted(example, rng.choice(counted))] if counted else []
        questions = [question for question in options if question and question != example.question]
        for question in rng.sample(questions, min(SWAPS_PER_QUESTION, len(questions))):
            pairs.append((example, replace(example, question=question, spans=(), answerable=False)))
    rng.shuffle(pairs)
    return pairs[:limit]


def still_marked(pairs: Sequence[tuple[Example, Example]], find: Finder) -> list[Example]:
    """The unanswerable halves for which a reader still marks the old answer: surely wrong, and hard."""
    places = find([(swapped.question, swapped.context) for _, swapped in pairs])
    return [
        swapped
        for (answered, swapped), place in zip(pairs, places, strict=True)
        if place is not None and any(place[0] < end and start < place[1] for start, end in answered.spans)
    ]


def _other_names(example: Example) -> list[str | None]:
    names = _names(example.context)
    taken = " ".join(example.context[start:end] for start, end in example.spans).casefold()
    questions: list[str | None] = []
    for match in NAME.finditer(example.question):
        words = {word.casefold() for word in match.group().split()}
        if match.start() == 0 or any(map(NOT_NAME.fullmatch, words)) or match.group() not in example.context:
            continue
        for name in names:
            if (
                words & {word.casefold() for word in name.split()}
                or name.casefold() in taken
                or taken in name.casefold()
            ):
                continue
            if name in example.question or _coordinated(example.context, match.group(), name):
                continue
            questions.append(example.question[: match.start()] + name + example.question[match.end() :])
    return questions


def _names(context: str) -> list[str]:
    found: dict[str, None] = {}
    for match in NAME.finditer(context):
        opens_sentence = match.start() == 0 or context[max(0, match.start() - 2)] in '.!?\n"'
        words = match.group().split()
        if (
            (opens_sentence and len(words) == 1)
            or NOT_NAME.fullmatch(words[0].casefold())
            or len(match.group()) < 3
        ):
            continue
        found[match.group()] = None
    return list(found)


def _coordinated(context: str, left: str, right: str) -> bool:
    """True for "A and B", "A, B" and "A (B)": what is said of one is often true of the other."""
    left, right, between = re.escape(left), re.escape(right), r"\W{1,3}(?:and |or )?"
    return re.search(f"{left}{between}{right}|{right}{between}{left}", context) is not None


def _other_counted(example: Example, noun: str) -> str | None:
    match = COUNTED.search(example.question)
    if not match or noun in example.context.casefold() or noun == match[3].casefold():
        return None
    return f"{example.question[: match.start(2)]}{noun}{example.question[match.end() :]}"
