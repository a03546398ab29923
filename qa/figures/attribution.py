"""Who says so: "according to X", "X said", "reported by X", "she said", a name behind a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .counted import Phrase
from .lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PERSON_NOUNS,
    PREPOSITIONS,
    REPORT_NOUNS,
    ROLE_NOUNS,
    SPEECH_VERBS,
    STRONG_SPEECH,
    words,
)
from .tokens import Token, sentences, tokenize

_QUOTES = frozenset('"“”«»')
_CLAUSE_ENDS = frozenset(",;:.—–()!?") | _QUOTES
_SAID = words("said says added adds told stated noted explained insisted warned")
_HE = words("he she they it")
_TIME = words("on in at late early last this yesterday today monday tuesday wednesday thursday friday saturday sunday "
                  "earlier during to via through after before and")  # fmt: skip
_CUT_BACK = (CONJUNCTIONS - {"and", "or"}) | {"with", "as", "after", "but", "by", "when", "while"}
_SIGNATURE = re.compile(r"[”\"]\s*[–—-]{1,2}\s*(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4})")
_CONTEXT = 900


def speaker_of(text: str, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """Offsets of the words naming who states the number at `tokens[first:last]` in its own sentence."""
    if not tokens:
        return None
    ways = (_according_to, _saying_before, _passive, _said_behind, _own_report)
    for way in ways:
        phrase = way(tokens, first, last)
        while phrase and phrase.first < phrase.last and tokens[phrase.last - 1].lower in {"and", "or"}:
            phrase = Phrase(phrase.first, phrase.last - 1)
        if phrase is not None and phrase.first < phrase.last:
            return _resolve_pronoun(text, tokens, phrase)
    sign = _SIGNATURE.search(text, tokens[last - 1].end if last else tokens[0].start, tokens[-1].end + 80)
    return sign.span("name") if sign and _inside_quotation(text, tokens[max(0, first)].start) else None


def quote_speaker(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Offsets of the words naming who says the quote `text[start:end]`; looks around an open quotation too."""
    spans = sentences(text, start, end)
    for low, high in spans:
        tokens = tokenize(text, low, high)
        inside = [i for i, t in enumerate(tokens) if t.start < end and t.end > start]
        if inside:
            middle = inside[len(inside) // 2]
            for at in dict.fromkeys((middle, inside[-1], inside[0])):
                found = speaker_of(text, tokens, at, at + 1)
                if found is not None:
                    return found
    if not spans or not _inside_quotation(text, min(end - 1, max(start, (start + end) // 2))):
        return None
    return _neighbour_speaker(text, spans[0][0], spans[-1][1])


def _neighbour_speaker(text: str, low: int, high: int) -> tuple[int, int] | None:
    """A name signed behind the quotation, else the speaker of the sentence before or behind."""
    sign = _SIGNATURE.search(text, max(low, high - 3), high + 80)
    if sign:
        return sign.span("name")
    for a, b in ((max(0, low - 2), low - 1), (high, high + 1)):
        if 0 <= a < b <= len(text):
            for s, e in sentences(text, a, b):
                tokens = tokenize(text, s, e)
                found = speaker_of(text, tokens, len(tokens) - 1, len(tokens)) if tokens else None
                if found is not None:
                    return found
    return None


def _inside_quotation(text: str, at: int) -> bool:
    start = text.rfind("\n\n", 0, at) + 1
    before = text[max(start, at - 2000) : at]
    curly = before.count("“") - before.count("”")
    return curly > 0 or (curly == 0 and before.count('"') % 2 == 1)


def _according_to(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    places = [
        i for i in range(len(tokens) - 2) if tokens[i].lower == "according" and tokens[i + 1].lower == "to"
    ]
    if not places:
        return None
    at = min(places, key=lambda i: (abs(i - first), i))
    return _name_from(tokens, at + 2)


def _passive(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "reported by X", "confirmed by X": the nearest behind or before the number."""
    places = [
        i + 2
        for i in range(len(tokens) - 2)
        if tokens[i].lower in SPEECH_VERBS
        and tokens[i].lower.endswith(("ed", "en", "st", "wn"))
        and tokens[i + 1].lower == "by"
    ]
    names = [p for p in (_name_from(tokens, i) for i in places) if p is not None and _can_speak(tokens, p)]
    return min(names, key=lambda p: (abs(p.first - first), p.first)) if names else None


def _name_from(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The noun phrase from token `at` on, with an apposition that gives the speaker's role."""
    while at < len(tokens) and (tokens[at].lower in {"the", "a", "an"} or tokens[at].text in _QUOTES):
        at += 1
    last = at
    while last < len(tokens) and last - at < 14:
        token = tokens[last]
        verb = (
            token.lower in AUXILIARIES or token.lower in CONJUNCTIONS - {"and", "or"} or token.lower in _SAID
        )
        if token.text in _CLAUSE_ENDS or verb:
            break
        if token.lower == "and" and last + 1 < len(tokens) and tokens[last + 1].lower in SPEECH_VERBS:
            break
        last += 1
    if last == at:
        return None
    if last < len(tokens) and tokens[last].text == ",":
        last = _apposition(tokens, last)
    return Phrase(at, last)


def _apposition(tokens: Sequence[Token], comma: int) -> int:
    """One past ", Ukraine's ambassador to South Korea" when it names a role, else the comma itself."""
    end = comma + 1
    while end < len(tokens) and tokens[end].text not in _CLAUSE_ENDS and end - comma < 10:
        if tokens[end].lower in AUXILIARIES or tokens[end].lower in SPEECH_VERBS:
            return comma
        end += 1
    roles = any(tokens[i].lower in ROLE_NOUNS for i in range(comma + 1, end))
    return end if roles and end > comma + 1 else comma


def _saying_before(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "U.S. officials estimating that around N": the nearest verb of speech before the number."""
    for at in range(first - 1, -1, -1):
        puts = (
            tokens[at].lower in {"put", "puts", "placed"}
            and first - at < 8
            and any(t.lower == "at" for t in tokens[at + 1 : first])
        )
        if not puts and (tokens[at].lower not in STRONG_SPEECH or tokens[at].lower == "according"):
            continue
        subject = _subject(tokens, at)
        if subject is not None and _can_speak(tokens, subject):
            return subject
    return None


def _said_behind(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "..., X said on Monday." and "..., said X.": a verb of speech that closes the sentence or the quotation."""
    for at in range(max(last, 1), len(tokens)):
        word = tokens[at].lower
        if word not in STRONG_SPEECH:
            continue
        follow = tokens[at + 1] if at + 1 < len(tokens) else None
        closes = follow is None or follow.text in _CLAUSE_ENDS or follow.lower in _TIME
        subject = _subject(tokens, at) if closes else None
        opened = (
            subject is not None
            and subject.first > 0
            and tokens[subject.first - 1].text in _CLAUSE_ENDS | {"the", "a", "an"}
        )
        if subject is not None and opened and _can_speak(tokens, subject):
            return subject
        if word in _SAID and tokens[at - 1].text in _QUOTES | {","} and follow is not None:
            name = _name_from(tokens, at + 1)
            if name is not None and _can_speak(tokens, name):
                return name
    return None


def _own_report(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "Reports have emerged of N ...": a sentence whose subject is a report."""
    phrase = _opening(tokens, min(first, 8))
    if phrase is not None and tokens[phrase.last - 1].lower in REPORT_NOUNS and phrase.last < first:
        return phrase
    return None


def _opening(tokens: Sequence[Token], limit: int) -> Phrase | None:
    at = 0
    while at < len(tokens) and (tokens[at].kind == "sign" or tokens[at].lower in DETERMINERS):
        at += 1
    last = at
    while last < len(tokens) and last < at + limit and tokens[last].kind == "word":
        word = tokens[last].lower
        if (
            word in AUXILIARIES
            or word in SPEECH_VERBS - REPORT_NOUNS
            or word in PREPOSITIONS
            or word in CONJUNCTIONS
        ):
            break
        last += 1
    if (
        last + 1 < len(tokens)
        and last > at
        and tokens[last].lower == "from"
        and tokens[last + 1].text[0].isupper()
    ):
        last += 2
    return Phrase(at, last) if last > at else None


def _subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """The noun phrase in front of a verb of speech, over an aside between commas if there is one."""
    end = verb
    while end > 0 and (
        tokens[end - 1].lower in AUXILIARIES
        or tokens[end - 1].lower in {"also", "recently", "have", "previously", "reportedly", "who", "later"}
    ):
        end -= 1
    if end > 0 and tokens[end - 1].lower in {"be", "been", "being", "to"}:
        return None
    if end > 0 and tokens[end - 1].text in {",", "—", "–"}:
        return _over_aside(tokens, end - 1)
    first = _back(tokens, end)
    return Phrase(first, end) if first < end else None


def _back(tokens: Sequence[Token], end: int) -> int:
    """Where the noun phrase that ends at `end` begins: after a clause mark, "that", or a verb of speech."""
    first = end
    while first > 0 and end - first < 12:
        token = tokens[first - 1]
        cut = token.text in _CLAUSE_ENDS or token.lower in _CUT_BACK or token.lower in AUXILIARIES
        if cut or (token.lower in STRONG_SPEECH - REPORT_NOUNS):
            break
        first -= 1
    while first < end and (
        tokens[first].lower in DETERMINERS | PREPOSITIONS | {"and", "or", "in", "of"}
        or tokens[first].kind == "sign"
    ):
        first += 1
    return first


def _over_aside(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """As in "Jenny Town, an expert on arms, commented"; for a participle behind a clause, the sentence's own subject."""
    for open_at in range(comma - 1, max(-1, comma - 16), -1):
        if tokens[open_at].text in {",", "—", "–"}:
            first = _back(tokens, open_at)
            phrase = Phrase(first, open_at)
            if first < open_at and _can_speak(tokens, phrase):
                return phrase
            break
    opening = _opening(tokens, 8)
    return opening if opening is not None and opening.last <= comma else None


def _can_speak(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a noun phrase can be a source: a name, a role, a report or a person."""
    words = [tokens[i] for i in range(phrase.first, phrase.last)]
    if not words or len(words) > 14:
        return False
    if len(words) == 1 and words[0].lower in _HE - {"it"}:
        return True
    known = any(w.lower in ROLE_NOUNS | REPORT_NOUNS or w.lower in PERSON_NOUNS for w in words)
    named = any(
        w.text[0].isupper() and w.kind == "word" and w.lower not in DETERMINERS | PREPOSITIONS for w in words
    )
    numeric = any(w.kind == "number" for w in words)
    return (known or named) and not numeric


def _resolve_pronoun(text: str, tokens: Sequence[Token], phrase: Phrase) -> tuple[int, int]:
    """The offsets of a phrase; for "she" those of the speaker named last in the sentences before."""
    start, end = phrase.span(tokens)
    if phrase.last - phrase.first == 1 and tokens[phrase.first].lower in _HE:
        low = max(0, tokens[0].start - _CONTEXT)
        for a, b in reversed(sentences(text, low, max(low, tokens[0].start - 1))):
            if b > tokens[0].start:
                continue
            earlier = tokenize(text, a, b)
            found = _last_named(earlier)
            if found is not None:
                return found.span(earlier)
    return start, end


def _last_named(tokens: Sequence[Token]) -> Phrase | None:
    """The last speaker named in a sentence: the subject of a verb of speech, or the name after "according to"."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].lower in STRONG_SPEECH | {"commented", "described", "expressed"}:
            subject = _name_from(tokens, at + 2) if tokens[at].lower == "according" else _subject(tokens, at)
            if subject is not None and _can_speak(tokens, subject) and tokens[subject.first].lower not in _HE:
                return subject
    return None
