"""Yes/no questions made from plain statements: the prepared files hold almost none."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.training.examples import WINDOW_CHARACTERS, Example

_STATEMENT = re.compile(
    r"(?P<subject>(?:The|A|An|[A-Z][\w’'\-]+)(?:\s(?!that|which|who|and|or|but|to|of\sthe)[\w’'\-]+){0,4}?)\s"
    r"(?P<verb>is|are|was|were|will|would|can|could|has|have|had|[a-z]+ed)\s(?P<rest>[^.;:?!()\"“”]{15,110})[.;]"
)
_PRONOUNS = "He She It They We I You This That These Those There What Who Which His Her Its Their Our My Your"
_CONJUNCTIONS = "If Thus When While Where As How Why So But And Or"
_NOT_A_SUBJECT = frozenset(f"{_PRONOUNS} {_CONJUNCTIONS}".split())
COMMON_WORD = 30
"""A word so frequent in lower case is no name where it opens a sentence."""

_AUXILIARIES = frozenset(["is", "are", "was", "were", "will", "would", "can", "could"])
_PERFECT = frozenset(["has", "have", "had"])


def yes_no_examples(contexts: Iterable[str], *, seed: int, limit: int) -> list[Example]:
    """Half are a question beside the passage that states it, half the same question with the statement cut out.

    The answer's span is the statement from its verb on; what is cut out with it leaves a near miss.
    """
    rng = random.Random(f"{seed}:yes_no")
    passages = [text for text in contexts if len(text) >= 300]
    words = Counter(word for text in passages for word in re.findall(r"[a-z]+", text))
    rng.shuffle(passages)
    made: list[Example] = []
    for text in passages:
        if len(made) >= limit:
            break
        begin = max(0, rng.randrange(max(1, len(text) - WINDOW_CHARACTERS + 1)))
        window = text[begin : begin + WINDOW_CHARACTERS]
        asked = _questions(window, words)
        if not asked:
            continue
        question, start, end = rng.choice(asked)
        made.append(Example(question, window, ((start, end),), True, 0.8, "yes_no"))
        rest = _without_sentence(window, start, end)
        if len(rest) >= 150 and window[start:end] not in rest:
            made.append(Example(question, rest, (), False, 0.8, "yes_no"))
    return made


def _questions(text: str, words: Counter[str]) -> list[tuple[str, int, int]]:
    """Each statement of a text turned round, with the place of its predicate."""
    found: list[tuple[str, int, int]] = []
    starts = [0, *(match.end() for match in re.finditer(r"[.!?]\s+", text))]
    for start, following in pairwise([*starts, len(text)]):
        match = _STATEMENT.match(text[start:following])
        question = _turned_round(match, words) if match else None
        if match and question:
            found.append((question, start + match.start("verb"), start + match.end("rest")))
    return found


def _turned_round(match: re.Match[str], words: Counter[str]) -> str | None:
    subject, verb, rest = match["subject"], match["verb"], match["rest"]
    if subject.split()[0] in _NOT_A_SUBJECT:
        return None
    if words[subject.split()[0].lower()] >= COMMON_WORD:
        subject = subject[0].lower() + subject[1:]
    rest = rest.split(",")[0].strip()
    if verb in _AUXILIARIES or (verb in _PERFECT and re.match(r"(?:not |been |\w+ed\b|\w+en\b)", rest)):
        return f"{verb.capitalize()} {subject} {rest}?"
    base = _base_form(verb, words)
    return f"Did {subject} {base} {rest}?" if base else None


def _base_form(past: str, words: Counter[str]) -> str | None:
    """The form of a regular verb that the corpus uses most: announced -> announce, killed -> kill, stopped -> stop."""
    if not past.endswith("ed") or len(past) < 5:
        return None
    forms = [
        past[:-1],
        past[:-2],
        *([past[:-3]] if past[-3] == past[-4] else []),
        *([past[:-3] + "y"] if past[-3] == "i" else []),
    ]
    best = max(forms, key=lambda form: words[form])
    return best if words[best] >= 3 else None


def _without_sentence(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n"))
    after = min(
        (place for mark in (". ", "! ", "? ", "\n") if (place := text.find(mark, end - 1)) >= 0),
        default=len(text),
    )
    return (text[: before + 2] if before >= 0 else "") + text[after + 2 :]


def contexts_of(examples: Sequence[Example]) -> list[str]:
    """The different passages of the examples that are answered, in a fixed order."""
    return sorted({example.context for example in examples if example.answerable})
