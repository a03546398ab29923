"""Nouns: plural or not, their singular, whether they are persons, and whether two of them mean the same."""

from __future__ import annotations

from functools import cache

import Stemmer

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    IRREGULAR_PLURALS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SYNONYMS,
    words,
)
from .persons import person_nouns
from .tokens import Token

FUNCTION_WORDS = DETERMINERS | PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | PRONOUNS
_STEMMER = Stemmer.Stemmer("english")
_SINGULAR_IN_S = words(
    "news business process access series species means kudos chaos gas bus crisis analysis"
)
_NATIONALS = words("swedes afghans brits poles thais")
_PERSON_ENDINGS = (
    "ists",
    "ians",
    "women",
    "people",
    "ologists",
    "eers",
    "goers",
    "workers",
    "holders",
    "seekers",
)


def is_plural(token: Token) -> bool:
    """Whether a word looks like a plural noun; function words and verbs of speech never do."""
    word = token.lower
    if token.kind != "word" or word in FUNCTION_WORDS or word in ADVERBS or word in _SINGULAR_IN_S:
        return False
    if word in IRREGULAR_PLURALS:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s", "’s", "is"))


def singular(word: str) -> str:
    """The singular of an English noun in lower case ("cities" -> "city")."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in _SINGULAR_IN_S:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


@cache
def stem(word: str) -> str:
    """The Snowball stem of a word's singular; equal stems count as the same word."""
    return str(_STEMMER.stemWord(singular(word)))


@cache
def concept(word: str) -> str:
    """A stem that close synonyms share ("soldiers" and "troops"), so that they can be lined up."""
    base = singular(word)
    for number, group in enumerate(SYNONYMS):
        if base in group:
            return f"#{number}"
    return stem(word)


def is_person(word: str) -> bool:
    """Whether a counted noun means people."""
    lower = word.lower().rsplit("-", 1)[-1]
    if lower in PERSON_NOUNS or lower.endswith(_PERSON_ENDINGS) or singular(lower) in person_nouns():
        return True
    demonym = lower.endswith(("ans", "ese", "ish", "is", "ens", "ers")) or lower in _NATIONALS
    return word[:1].isupper() and demonym and not lower.endswith(("wagens", "jeans"))


def same_name(left: str, right: str) -> bool:
    """Whether two words are one name or its adjective ("Korea", "Korean"; "Ukraine", "Ukrainian")."""
    a, b = (w.lower().replace("’", "'").removesuffix("'s").replace(".", "") for w in (left, right))
    a, b = _DEMONYMS.get(a, a), _DEMONYMS.get(b, b)
    if a == b:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 4 and max(len(a), len(b)) - shared <= 4 and min(len(a), len(b)) - shared <= 1


# Adjectives of nations that do not begin like the nation's name.
_DEMONYMS = {
    "french": "france", "dutch": "netherlands", "british": "britain", "uk": "britain", "american": "us",
    "america": "us", "usa": "us", "united states": "us", "spanish": "spain", "polish": "poland", "greek": "greece",
    "swiss": "switzerland", "danish": "denmark", "thai": "thailand", "welsh": "wales", "irish": "ireland",
    "turkish": "turkey", "türkiye": "turkey", "swedish": "sweden", "finnish": "finland", "scottish": "scotland",
    "iraqi": "iraq", "israeli": "israel", "czech": "czechia", "filipino": "philippines", "uae": "emirati",
    "chinese": "china", "norwegian": "norway", "peruvian": "peru", "afghan": "afghanistan", "soviet": "soviet",
    "burmese": "myanmar", "ivorian": "ivory coast",
}  # fmt: skip
