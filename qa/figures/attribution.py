"""Who says so: "according to X", "X said", "reported by X", "she said", a name behind a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .counted import Phrase
from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    LINKING,
    REPORT_NOUNS,
    SPEECH_VERBS,
    STRONG_SPEECH,
    words,
)
from .pronouns import named_speaker
from .speakers import (
    BEING_OR_MAY,
    CLAUSE_ENDS,
    QUOTES,
    SAID,
    can_speak,
    name_from,
    opening,
    phrase_back,
    subject_of,
)
from .tokens import Token, sentences, tokenize

_OWN_NUMBERS = words("number figure estimate count tally total toll")
_OWN_LINKS = words("at to as of about around some put")
_TO_SOMEBODY = words("told tells")
_LONGEST_HEARER = 5
_POSSESSIVE = re.compile(r"['’]s$|s['’]$")
_TIME = words("on in at late early last this yesterday today monday tuesday wednesday thursday friday saturday sunday "
                  "earlier during to via through after before and")  # fmt: skip
_SIGNATURE = re.compile(r"[”\"]\s*[–—-]{1,2}\s*(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4})")


def speaker_of(text: str, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """Offsets of the words naming who states the number at `tokens[first:last]` in its own sentence."""
    if not tokens:
        return None
    ways = (_according_to, _saying_before, _own_number, _passive, _said_behind, _own_report)
    for way in ways:
        phrase = way(tokens, first, last)
        while phrase and phrase.first < phrase.last and tokens[phrase.last - 1].lower in {"and", "or"}:
            phrase = Phrase(phrase.first, phrase.last - 1)
        if phrase is not None and phrase.first < phrase.last:
            found = named_speaker(text, tokens, phrase)
            return _bare(text, *found) if found else None
    sign = _SIGNATURE.search(text, tokens[last - 1].end if last else tokens[0].start, tokens[-1].end + 80)
    return sign.span("name") if sign and _inside_quotation(text, tokens[max(0, first)].start) else None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets without the ending of a possessive ("the ministry's")."""
    ending = _POSSESSIVE.search(text[start:end])
    return (
        (start, end - (ending.end() - ending.start() - (text[end - 1] in "'’"))) if ending else (start, end)
    )


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
    return name_from(tokens, at + 2)


def _passive(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "reported by X", "confirmed by X": the nearest behind or before the number."""
    places = [
        i + 2
        for i in range(len(tokens) - 2)
        if tokens[i].lower in SPEECH_VERBS
        and tokens[i].lower.endswith(("ed", "en", "st", "wn"))
        and tokens[i + 1].lower == "by"
    ]
    names = [p for p in (name_from(tokens, i) for i in places) if p is not None and can_speak(tokens, p)]
    return min(names, key=lambda p: (abs(p.first - first), p.first)) if names else None


def _saying_before(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "U.S. officials estimating that around N": the nearest verb of speech before the number."""
    for at in range(first - 1, -1, -1):
        puts = (
            tokens[at].lower in {"put", "puts", "placed"}
            and first - at < 8
            and any(t.lower == "at" for t in tokens[at + 1 : first])
        ) or (
            tokens[at].lower in {"spoke", "speak", "speaks", "talked"}
            and tokens[at + 1].lower == "of"
            and first - at < 4
            and tokens[first].kind == "number"
        )
        if not puts and (
            tokens[at].lower not in STRONG_SPEECH or tokens[at].lower == "according" or _is_noun(tokens, at)
        ):
            continue
        subject = subject_of(tokens, at)
        if subject is not None and can_speak(tokens, subject):
            return subject
    return None


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that can be a verb of speech is a noun here ("raised its estimate of")."""
    return tokens[at].lower in REPORT_NOUNS and at > 0 and tokens[at - 1].lower in DETERMINERS


def _own_number(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "the ministry's number is N": whose number the sentence's subject says it is."""
    for at in range(first - 1, 0, -1):
        if tokens[at].lower in _OWN_NUMBERS and _POSSESSIVE.search(tokens[at - 1].text):
            between = AUXILIARIES | ADVERBS | LINKING | _OWN_LINKS
            linked = all(tokens[i].lower in between or tokens[i].kind == "sign" for i in range(at + 1, first))
            begin = phrase_back(tokens, at)
            phrase = Phrase(begin, at)
            return phrase if linked and begin < at and can_speak(tokens, phrase) else None
    return None


def _said_behind(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "..., X said on Monday." and "..., said X.": a verb of speech that closes the sentence or the quotation."""
    for at in range(max(last, 1), len(tokens)):
        word = tokens[at].lower
        if word not in STRONG_SPEECH:
            continue
        follow_at = _past_hearer(tokens, at + 1) if word in _TO_SOMEBODY else at + 1
        follow = tokens[follow_at] if follow_at < len(tokens) else None
        closes = follow is None or follow.text in CLAUSE_ENDS or follow.lower in _TIME
        subject = subject_of(tokens, at) if closes else None
        opened = (
            subject is not None
            and subject.first > 0
            and tokens[subject.first - 1].lower in CLAUSE_ENDS | DETERMINERS
        )
        if subject is not None and opened and can_speak(tokens, subject):
            return subject
        if word in SAID and tokens[at - 1].text in QUOTES | {","} and follow is not None:
            name = name_from(tokens, at + 1)
            if name is not None and can_speak(tokens, name):
                return name
    return None


def _past_hearer(tokens: Sequence[Token], at: int) -> int:
    """Past those who are told something: "the Courier", "reporters", "a news conference"."""
    end = at
    while end < len(tokens) and end - at < _LONGEST_HEARER and tokens[end].kind == "word":
        if tokens[end].lower in _TIME | {"that", "of", "about", "how", "what", "who"}:
            break
        end += 1
    return end


def _own_report(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """As in "Reports have emerged of N ...": a sentence whose subject is a report."""
    phrase = opening(tokens, min(first, 8))
    if phrase is None or (phrase.last < len(tokens) and tokens[phrase.last].kind == "number"):
        return None  # "A record 1.8 million people": a word for how high the number is.
    says = phrase.last >= len(tokens) or tokens[phrase.last].lower not in BEING_OR_MAY
    if tokens[phrase.last - 1].lower in REPORT_NOUNS and phrase.last < first and says:
        return phrase
    return None
