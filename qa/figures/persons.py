"""Nouns that mean people, in the singular: a list made from WordNet by `qa.wordnet.make`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PERSONS = Path(__file__).parent / "persons.txt"


@cache
def person_nouns() -> frozenset[str]:
    """The nouns in lower case ("supporter", "briton"); read once, when first needed."""
    return frozenset(PERSONS.read_text(encoding="utf-8").split())
