"""Who "she", "he", "they" and "it" are: the person or organisation that the text named last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .counted import Phrase
from .lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PERSON_NOUNS,
    PREPOSITIONS,
    ROLE_NOUNS,
    STRONG_SPEECH,
    words,
)
from .nouns import is_person, is_plural
from .speakers import QUOTES, SAID, SPEAKING_PRONOUNS, can_speak, name_from, subject_of
from .tokens import Token, sentences, tokenize

_CONTEXT = 900
_TITLES = words(
    "mr mrs ms miss dr sir lord lady judge captain colonel general president minister mayor senator"
)
_BODIES = ROLE_NOUNS & words(
    "agency agencies ministry department company firm group union organisation organization institute university "
    "media network service military army navy bank office bureau council committee commission board court government "
    "kremlin pentagon police authority authorities"
) | words("association federation charity operator insurer hospital party")
# Forms that are as often nouns ("the report", "an estimate") as verbs.
_NOUN_LIKE = words(
    "report estimate estimates reports claim claims show shows confirm indicate reveal announce"
)


def named_speaker(text: str, tokens: Sequence[Token], phrase: Phrase) -> tuple[int, int] | None:
    """Offsets of the words that name a speaker: the phrase itself, or for a pronoun the name that it stands for.

    None where the text before names nobody whom the pronoun can mean.
    """
    word = tokens[phrase.first].lower
    if phrase.last - phrase.first > 1 or word not in SPEAKING_PRONOUNS:
        return phrase.span(tokens)
    for earlier in _backwards(text, tokens, phrase):
        found = _meant(earlier, word)
        if found is not None:
            return found.span(earlier)
    return None


def _backwards(text: str, tokens: Sequence[Token], phrase: Phrase) -> Iterator[Sequence[Token]]:
    """The words before the pronoun in its sentence, then the sentences before it, nearest first."""
    yield tokens[: phrase.first]
    low = max(0, tokens[0].start - _CONTEXT)
    for start, end in reversed(sentences(text, low, max(low, tokens[0].start - 1))):
        if end <= tokens[0].start:
            yield tokenize(text, start, end)


def _meant(tokens: Sequence[Token], pronoun: str) -> Phrase | None:
    """Whom a pronoun can mean in one sentence: who speaks there, else the subject or the last person named."""
    speaker = _last_speaker(tokens)
    if speaker is not None and _fits(tokens, speaker, pronoun):
        return speaker
    if pronoun in {"he", "she"}:
        return _first_person(tokens)
    subject = _subject(tokens)
    return subject if subject is not None and _fits(tokens, subject, pronoun) else None


def _subject(tokens: Sequence[Token]) -> Phrase | None:
    """The name or the noun for persons or bodies that opens a sentence."""
    first = next((i for i, t in enumerate(tokens) if t.kind == "word" and t.lower not in DETERMINERS), None)
    if first is None:
        return None
    last = first
    while last < len(tokens) and _is_name_part(tokens[last]):
        last += 1
    for at in reversed(range(first, min(len(tokens), max(last, first + 3)))):
        if tokens[at].lower in ROLE_NOUNS | PERSON_NOUNS | _BODIES:
            return Phrase(first, max(at + 1, last))
    return Phrase(first, last) if last > first else None


def _fits(tokens: Sequence[Token], phrase: Phrase, pronoun: str) -> bool:
    """Whether a phrase can be taken up by a pronoun: a person, an organisation, or several."""
    named = [tokens[i] for i in range(phrase.first, phrase.last)]
    if all(token.lower in SPEAKING_PRONOUNS | DETERMINERS for token in named):
        return False
    body = any(token.lower in _BODIES for token in named[-1:]) or any(
        t.lower in _BODIES for t in named if t.text[0].isupper()
    )
    common = named[-1].text[0].islower() or named[-1].lower in ROLE_NOUNS | PERSON_NOUNS
    several = is_plural(named[-1]) and common
    if pronoun in {"he", "she"}:
        return not several and not (body and not any(is_person(t.text) for t in named))
    if pronoun == "it":
        return body or (not several and not is_person(named[-1].text) and _is_one_name(named))
    return several or body


def _is_one_name(named: Sequence[Token]) -> bool:
    """Whether a phrase is a single capitalised word, which names an organisation or a country more than a person."""
    return len(named) == 1 and named[0].text[:1].isupper()


def _first_person(tokens: Sequence[Token]) -> Phrase | None:
    """The first full or titled name of a person in a sentence ("Lotte Aranha", "Mr Tye")."""
    first = 0
    while first < len(tokens):
        last = first
        while last < len(tokens) and _is_name_part(tokens[last]):
            last += 1
        run = tokens[first:last]
        titled = len(run) > 1 and run[0].lower in _TITLES
        alone = first > 0 and tokens[first - 1].lower in DETERMINERS | PREPOSITIONS
        if len(run) in {2, 3, 4} and (titled or not alone) and not any(t.lower in _BODIES for t in run):
            return Phrase(first, last)
        first = max(last, first + 1)
    return None


def _is_name_part(token: Token) -> bool:
    closed = AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | SPEAKING_PRONOUNS
    return token.kind == "word" and token.text[:1].isupper() and token.lower not in closed


def _last_speaker(tokens: Sequence[Token]) -> Phrase | None:
    """The last speaker in a sentence: before or behind a verb of speech, or after "according to"."""
    for at in range(len(tokens) - 1, 0, -1):
        word = tokens[at].lower
        if word not in STRONG_SPEECH | {"commented", "described", "expressed"} or word in _NOUN_LIKE:
            continue
        if word in SAID and tokens[at - 1].text in QUOTES | {","}:
            found = name_from(tokens, at + 1)
        else:
            found = name_from(tokens, at + 2) if word == "according" else subject_of(tokens, at)
        if (
            found is not None
            and can_speak(tokens, found)
            and tokens[found.first].lower not in SPEAKING_PRONOUNS
        ):
            return found
    return None
