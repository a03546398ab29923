"""Two short answers compared in their own words: same, different, or not to be told."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from qa.figures.agreement import allows
from qa.figures.clock import find_times
from qa.figures.extract import extract_figures
from qa.figures.lexicon import words
from qa.figures.likeness import Similarity, is_count, thing_of
from qa.figures.nouns import FUNCTION_WORDS, stem
from qa.rewording import LONGEST, fitted_rewording, rewording_features
from qa.wordnet import Relation, are_opposites, is_known, related, relation_of

Likeness = Literal["same", "different", "cannot tell"]

ALIKE = 0.8
UNLIKE = 0.5

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SCORE = re.compile(r"(?<![\w.,/-])([0-9]{1,3})[-–]([0-9]{1,3})(?![\w/-]|[.,][0-9])")
_WHERE = re.compile(r"\bwhere\b|\b(?:what|which)\s(?:place|region|area|location|part)\b", re.I)
_NEGATIONS = words("no not never none nobody nothing neither without denied denies false")
# One actor by several names, beyond what WordNet has: seats of government, other spellings, renamed companies.
_ALSO_CALLED = tuple(
    frozenset(names.split("/"))
    for names in (
        "russia/moscow/kremlin", "us/usa/united states/america/washington/white house/pentagon",
        "uk/britain/downing street/whitehall", "france/paris/elysee", "eu/european union/brussels",
        "north korea/dprk/pyongyang", "ukraine/kyiv/kiev", "turkey/turkiye/ankara", "vatican/holy see", "meta/facebook",
        "alphabet/google", "x/twitter",
    )
)  # fmt: skip
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
}  # fmt: skip
_ROMAN = re.compile("[IVX]{2,}")
_ARTICLES = frozenset({"a", "an", "the"})


def compare_short_answers(
    left: str, right: str, similarity: Similarity | None = None, question: str = ""
) -> Likeness:
    """Whether two short answers say the same; "different" only where their own words show it.

    Clock times are compared, then numbers and dates as figures, then words after normalising case, accents, articles
    and marks.
    `similarity` gives -1..1 for two texts. Two proper names are the same from 0.8 on or where WordNet has one as the other
    or a part of it, and different below 0.5, or as two of one kind, without a common word. Other answers to a `question`
    are judged by a fitted model (`qa.rewording`), a name beside another answer only where both are alike. What is left open stays
    "cannot tell". Of a question with several true answers (`qa.several`) another answer is "different", and no conflict.
    """
    a, b = _normal(left), _normal(right)
    if not a or not b:
        return "cannot tell"
    if a == b:
        return "same"
    clock = _compare_times(left, right)
    if _scores(left) and _scores(right) and _scores(left) != _scores(right):
        return "different"
    figures = clock if clock == "different" else _compare_numbers(_without_times(left), _without_times(right))
    if figures is not None or clock is not None:
        return figures or clock or "cannot tell"
    if _polarity(a) != _polarity(b) or _prefixed(a, b):
        return "different" if are_opposite(left, right) else "cannot tell"
    ours, theirs = _marks(left), _marks(right)
    if (ours and theirs and not ours & theirs) or _differ_by_one_word(a, b):
        return "cannot tell" if similarity is None else "different"
    core, other = _core(a), _core(b)
    if core and other and (core <= other or other <= core):
        return "same"
    if similarity is None:
        return "cannot tell"
    alike = _compare_meanings(left, right, similarity, question)
    opposites = [(x, y) for x in {*a} - {*b} for y in {*b} - {*a} if are_opposites(x, y)]
    if any(core - {stem(x)} <= other or other - {stem(y)} <= core for x, y in opposites):
        return "different"
    return "cannot tell" if opposites and alike == "same" else alike


def _marks(text: str) -> set[str]:
    """What tells one of many like things: numbers, ordinals, single letters ("Gate B", "the 12th century", "third place")."""
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word.lower() in _ORDINALS:
            found.add(_ORDINALS[word.lower()])
        elif (
            any(c.isdigit() for c in word)
            or _ROMAN.fullmatch(word)
            or (match.start() and re.fullmatch("[A-Z]", word))
        ):
            found.add(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word.lower()))
    return found


def _differ_by_one_word(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two answers are alike but for one word each, and these are opposites or two kinds of one thing."""
    ours, theirs = {*a} - {*b}, {*b} - {*a}
    return len(ours) == len(theirs) == 1 and relation_of(*ours, *theirs) in {
        Relation.APART,
        Relation.OPPOSITE,
    }


def _compare_meanings(left: str, right: str, similarity: Similarity, question: str) -> Likeness:
    named = _is_name(left), _is_name(right)
    short = max(len(_WORD.findall(text)) for text in (left, right)) <= LONGEST
    if question and short and not any(named):
        model = fitted_rewording()
        apart = model.probability(rewording_features(question, left, right, similarity))
        return "different" if apart >= model.different else "same" if apart <= model.same else "cannot tell"
    a, b = (" ".join(_normal(text)) for text in (left, right))
    if any(a in names and b in names for names in _ALSO_CALLED):
        return "same"
    value, relation = similarity(left, right), related(left, right)
    if relation is None and value < UNLIKE and _may_hold(left, right, question):
        return "cannot tell"
    other_names = all(named) and not _core(_normal(left)) & _core(_normal(right))
    if other_names and (
        relation in {Relation.APART, Relation.OPPOSITE} or (value < UNLIKE and relation is None)
    ):
        return "different"
    return "same" if value >= ALIKE or relation is Relation.SAME else "cannot tell"


def _may_hold(left: str, right: str, question: str) -> bool:
    """Whether, where a place is asked for, one of two may lie in the other: but for two of which nothing is known, it may."""
    return _WHERE.search(question) is not None and (is_known(left) or is_known(right))


def are_opposite(left: str, right: str) -> bool:
    """Whether one short answer denies what the other says ("not confirmed", "confirmed"), or is its opposite ("closed")."""
    a, b = _normal(left), _normal(right)
    if _polarity(a) != _polarity(b):
        return _prefixed(a, b) or _core(a) == _core(b)
    return _prefixed(a, b) or related(left, right) is Relation.OPPOSITE


def _prefixed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one answer has a word with "non-" where the other has it without, and else both say the same."""
    bare_a, bare_b = ({re.sub(r"^non-?(?=\w{3})", "", w) for w in words} for words in (a, b))
    marked = any(w.startswith("non") and re.sub(r"^non-?", "", w) in b for w in a)
    marked = marked != any(w.startswith("non") and re.sub(r"^non-?", "", w) in a for w in b)
    return marked and (bare_a <= bare_b or bare_b <= bare_a)


def _scores(text: str) -> list[list[int]]:
    """The results that a text names and that are no ranges ("3-1", "a 52-48 vote"), each with the smaller first."""
    figures = extract_figures(text)
    found = [
        m for m in _SCORE.finditer(text) if not any(f.start < m.end() and m.start() < f.end for f in figures)
    ]
    return sorted(sorted((int(m[1]), int(m[2]))) for m in found)


def _compare_times(left: str, right: str) -> Likeness | None:
    """The verdict of the clock times in two answers, None where one of them names none."""
    ours, theirs = find_times(left), find_times(right)
    if not ours or not theirs:
        return None
    return "same" if any(a.allows(b) for a in ours for b in theirs) else "different"


def _without_times(text: str) -> str:
    for time in reversed(find_times(text)):
        text = text[: time.start] + text[time.end :]
    return text


def _compare_numbers(left: str, right: str) -> Likeness | None:
    """The verdict of the figures in two answers, or None where they share no unit."""
    ours, theirs = extract_figures(left), extract_figures(right)
    pairs = [
        (f, g)
        for f in ours
        for g in theirs
        if thing_of(f).unit == thing_of(g).unit or (is_count(thing_of(f)) and is_count(thing_of(g)))
    ]
    if not pairs:
        return None
    same_head = [p for p in pairs if thing_of(p[0]).head == thing_of(p[1]).head] or pairs
    if len(ours) == len(theirs) == 1:
        return "same" if allows(*same_head[0]) else "different"
    for figure in ours:
        own = [g for f, g in same_head if f is figure]
        if own and not any(allows(figure, g) for g in own):
            return "different"
    return "same"


def _normal(text: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = (w.group().replace("’", "'").removesuffix("'s").replace(".", "") for w in _WORD.finditer(plain))
    return tuple(w for w in words if w not in _ARTICLES)


def _core(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        stem(w) for w in words if w not in FUNCTION_WORDS and w not in _NEGATIONS and w not in {"yes"}
    )


def _polarity(words: tuple[str, ...]) -> bool:
    return any(w in _NEGATIONS or w.endswith("n't") for w in words)


def _is_name(text: str) -> bool:
    """Whether a text is a proper name of at most five words, and no bare yes, no or abbreviation."""
    spoken = [w for w in text.split() if w.lower() not in FUNCTION_WORDS]
    if not spoken or len(spoken) > 5 or (len(spoken) == 1 and spoken[0].lower().strip(".") in {"yes", "no"}):
        return False
    return all(w[0].isupper() for w in spoken) and not all(w.isupper() for w in spoken)
