"""Follow-up questions understood by rule: what a short question leaves out is carried over from the one before it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from index import Article, Scope
from qa import Answer
from ui.chat.conversation import Inquiry, Turn

_LEAD = re.compile(r"^(?:and|but|so|ok|okay|then|also)\b[\s,]*", re.I)
_WHO_SAID = re.compile(
    r"^(?:who (?:says?|said|claims?|claimed|reports?|reported|gave|gives|told)(?: us)?"
    r"(?: (?:that|so|it|this|them|(?:that|this) (?:figure|number)))?"
    r"|says who|according to (?:whom|who)|(?:whose|which) (?:figure|number) is (?:that|it|this))$",
    re.I,
)
_WHO_SAID_FIGURE = re.compile(r"^who (?:says?|said|gave|gives|reports?|reported)\s+(?P<figure>.+)$", re.I)
_ABOUT = re.compile(r"^(?:what about|how about|only|just|in|from|according to)\s+(?P<rest>.+)$", re.I)
_DAYS = re.compile(
    r"^(?:only |just |what about |and )?(?P<way>since|after|from|until|till|before|up to)\s+(?:the\s+)?(?P<day>.+)$",
    re.I,
)
_MONTHS = {name.casefold(): place for place, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(
    r"^(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?P<month>[a-z]+)(?: (?P<day2>\d{1,2}))?,?(?: (?P<year>\d{4}))?$",
    re.I,
)
_ANAPHORA = re.compile(
    r"\b(?:that|this|it|its|they|them|their|those|these|there|then|he|she|his|her|him|one|ones)\b", re.I
)
_ASKING = re.compile(r"^(?:who|whom|whose|what|when|where|why|how|which)\b", re.I)
_CLAUSE = re.compile(r"^(?:how (?:many|much|old|long|far|often)|when|where|why)\b", re.I)
_OPENING = re.compile(
    r"^(?:how (?:many|much|old|long|far|often|big|high|large)|who|whom|what|when|where|why|how|which)?\s*"
    r"(?:\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b\s*)?",
    re.I,
)
_AUXILIARY = re.compile(r"\b(?:were|was|are|is|have been|has been|had been)\b\s*", re.I)
FEW_WORDS = 7
"""A question of more words than this stands for itself, unless it begins with "and"."""


def understood(typed: str, asked: Inquiry, before: Turn | None, articles: Iterable[Article]) -> Inquiry:
    """What is asked by `typed`, with what it leaves out from the question before; `asked` where it leaves nothing out.

    `articles` are those of the collection: their outlets and days are what a scope in words can name.
    """
    words = _LEAD.sub("", typed.strip().rstrip("?!. ")).strip()
    led = words != typed.strip().rstrip("?!. ")
    if before is None or before.answer is None or not words:
        return asked
    earlier = before.inquiry
    scope = _scope(words, asked.scope, tuple(articles))
    if scope is not None:
        return replace(asked, question=earlier.question, scope=scope, typed=typed, picked=asked.scope)
    question = _carried(words, earlier.question, before.answer, led=led)
    return replace(asked, question=question, typed=typed) if question else asked


def _scope(words: str, scope: Scope, articles: tuple[Article, ...]) -> Scope | None:
    """The scope that the words ask for, "only since June", "what about the Courier"; None where they ask for none."""
    if spoken := _DAYS.match(words):
        way, wanted = spoken["way"].casefold(), spoken["day"].strip()
        after = way in {"since", "after", "from"}
        # "Before June" ends with May, and "after May" begins with June.
        past = way == "before" or (way == "after" and re.search(r"\b\d{1,2}\b", wanted) is None)
        day = _day(wanted, articles, first=after != past)
        # Nothing lies before the first day that there is, nor after the last.
        if day and date.min < day < date.max:
            day += timedelta(days=past * (1 if after else -1))
            narrowed = (day, scope.until) if after else (scope.since, day)
            if not (narrowed[0] and narrowed[1] and narrowed[0] > narrowed[1]):
                return replace(scope, since=narrowed[0], until=narrowed[1])
    named = _ABOUT.match(words)
    rest = _name(named["rest"] if named else words)
    outlets = {article.outlet: _name(article.outlet) for article in articles if article.outlet}
    found = [outlet for outlet, name in outlets.items() if rest == name] or [
        outlet for outlet, name in outlets.items() if rest and set(rest.split()) <= set(name.split())
    ]
    return replace(scope, outlets=(found[0],), sources=None) if len(found) == 1 else None


def _name(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(re.findall(r"\w+", text.casefold())))


def _day(text: str, articles: tuple[Article, ...], *, first: bool) -> date | None:
    """The day meant; a month without a day is its first or last, one without a year that of the latest article."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        spoken = _DAY.match(text)
    month = _MONTHS.get(spoken["month"].casefold()) if spoken else None
    if not spoken or not month:
        return None
    latest = max((article.published for article in articles if article.published), default=None)
    year = int(spoken["year"]) if spoken["year"] else latest.year if latest else None
    if not year:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(spoken["day"] or spoken["day2"] or (1 if first else last))
    return date(year, month, day) if 1 <= day <= last else None


def _carried(words: str, earlier: str, answer: Answer, *, led: bool) -> str | None:
    """The question with what it leaves out, or None where it leaves nothing out."""
    earlier = earlier.rstrip("?!. ")
    if _WHO_SAID.match(words):
        return f"Who said {_lowered(earlier)}?"
    if spoken := _WHO_SAID_FIGURE.match(words):
        return _who_said(spoken["figure"].strip(), answer)
    topic = _topic(earlier)
    if named := re.match(r"^(?:what|how) about\s+(?P<rest>.+)$", words, re.I):
        return f"{earlier}, {named['rest']}?"
    bare = re.fullmatch(
        r"(?:who|what|when|where|why|how|how come)(?: (?:was|is|did) (?:that|it|this)(?: happen)?)?",
        words,
        re.I,
    )
    few = len(words.split()) <= FEW_WORDS
    if (
        bare
        or (few and _ASKING.match(words) and _ANAPHORA.search(words))
        or (led and few and _ANAPHORA.search(words))
    ):
        return f"{words[0].upper()}{words[1:]}: {topic}?"
    if led and few and not _ASKING.match(words) and not _OPENING.match(words)[0].strip():  # type: ignore[index]
        return f"{earlier}, {words}?"
    return None


def _who_said(figure: str, answer: Answer) -> str | None:
    """The question who gave a figure, with what that figure counts, where the answer before it holds that figure."""
    for sourced in answer.figures:
        if sourced.figure.text.casefold() == figure.casefold():
            counts = sourced.figure.counts
            return f"Who said {figure}{f' {counts}' if counts and counts not in figure else ''}?"
    return None


def _topic(question: str) -> str:
    """What a question is about: "people killed when the dam failed" of "How many people were killed when the dam failed"."""
    rest = _OPENING.sub("", question, count=1).strip()
    return _AUXILIARY.sub("", rest, count=1).strip() or question


def _lowered(question: str) -> str:
    """The question as the object of "Who said"."""
    return f"{question[0].lower()}{question[1:]}" if _CLAUSE.match(question) else f"this: {question}"
