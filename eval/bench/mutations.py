"""The demo articles changed by so much: which changes leave a copy a copy, and make of a new figure a version."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from index import Article, load, sentences
from index.alignment import words as words_of
from index.articles import article_id

ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
SHARES = (0.05, 0.2, 0.5)

_WORD = re.compile(r"[^\W\d_]{3,}")
_FIGURE = re.compile(r"\b\d{2,}(?:,\d{3})*\b(?! (?:January|February|March|April|May|June|July|August))")

Mutation = Callable[[str, float, Sequence[str], random.Random], str]


def demo_articles() -> list[Article]:
    """The demo articles, by name."""
    return [article for path in sorted(ARTICLES.glob("*.md")) for article in load(path)]


def vocabulary(articles: Sequence[Article]) -> list[str]:
    """The words of the articles, as often as they stand there, without numbers in words."""
    return [
        match.group()
        for article in articles
        for match in _WORD.finditer(article.text)
        if not _is_number(match.group())
    ]


def _is_number(word: str) -> bool:
    return any(found.isdigit() for found in words_of(word))


def other_words(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """So many of its words, here and there, replaced by others."""

    def other(match: re.Match[str]) -> str:
        keep = rng.random() >= share or _is_number(match.group())
        return match.group() if keep else rng.choice(words)

    return _WORD.sub(other, text)


def rewritten_opening(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """Headline and first sentences in other words up to so much of the text, their figures kept."""
    end = next((found.end for found in sentences(text) if found.end >= share * len(text)), len(text))
    return other_words(text[:end], 1.0, words, rng) + text[end:]


def cut(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """At least so much of the text left out at its end, from a sentence's end on."""
    return text[
        : max(
            (found.end for found in sentences(text) if found.end <= (1 - share) * len(text)),
            default=len(text),
        )
    ]


def new_headline(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """Another headline, and so much of the text cut."""
    body = cut(text, share, words, rng).partition("\n\n")[2] or text
    return f"{' '.join(rng.choice(words) for _ in range(8)).capitalize()}\n\n{body}"


def new_figure(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """Every figure of one value replaced by another, beside so many other words; the text itself where it has none."""
    found = _FIGURE.search(text)
    changed = other_words(text, share, words, rng)
    return (
        re.sub(rf"\b{re.escape(found.group())}\b", str(rng.randint(1001, 9876)), changed) if found else text
    )


COPIES: dict[str, Mutation] = {
    "other words": other_words, "rewritten opening": rewritten_opening, "cut": cut, "new headline and cut": new_headline,
}  # fmt: skip


def mutated(article: Article, mutation: Mutation, share: float, words: Sequence[str], seed: int) -> Article:
    """The article as another outlet prints it a day later, changed by `mutation`."""
    text = mutation(article.text, share, words, random.Random(f"{seed} {article.name} {share}"))
    published = article.published + timedelta(days=1) if article.published else None
    return replace(
        article,
        id=article_id(text),
        name=f"{article.name} changed",
        text=text,
        outlet="Another",
        url=None,
        published=published,
    )
