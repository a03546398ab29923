"""What happens to collections on the page: one made, articles added from files, text or addresses, removed, re-indexed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr

from index import Article, EverysourceError, IndexReport, LoadError, Progress, load
from index.articles import article_id, normalise
from ui.chat.library import Library
from ui.chat.links import scope_of
from ui.chat.running import stream
from ui.rendering import words
from ui.rendering.html import escape

MOST_FILES = 500
LONGEST_TEXT = 1_000_000
MOST_ADDRESSES = 100

MOST_NOTICES = 5
"""So many notices about one file are shown."""

Read = Callable[[Callable[[str], None]], Iterator[Article]]
"""Reads the articles of one file or address, and tells what a user should know but need not stop for."""

Shown = tuple[Any, ...]
"""How the work stands, the list of articles, and the picker of those to remove."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: how many articles it gave, or why it failed; neither while it waits."""

    name: str
    articles: int = 0
    failed: str = ""
    state: str = ""
    notices: tuple[str, ...] = ()


class Collecting:
    """What the page does to the collections of a library; generators show each file's fate as it is decided."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def show(self, name: str) -> Shown:
        """The articles of a collection."""
        return "", self._listed(name), self._removable(name)

    def create(self, wanted: str) -> tuple[Any, ...]:
        """Makes a collection; returns how it went, the picker of collections with it picked, and the name's box."""
        try:
            name = self._library.create(wanted)
        except EverysourceError as error:
            return _problem(error), gr.skip(), gr.skip()
        told = _done(f"Made the collection “{name}”: add articles to it.")
        return told, gr.Dropdown(choices=list(self._library.names), value=name), ""

    def files(self, name: str, paths: Sequence[str] | None) -> Iterator[Shown]:
        """Takes in uploaded files, which are deleted once they are read."""
        files = [Path(path) for path in paths or ()]
        try:
            if len(files) > MOST_FILES:
                yield (
                    _problem(f"{len(files)} files at once, the limit is {MOST_FILES}: add them in parts"),
                    *_same(),
                )
                return
            yield from self._take(name, [work for file in files for work in self._reading(file)])
        finally:
            for file in files:
                file.unlink(missing_ok=True)

    def text(self, name: str, text: str, title: str, outlet: str, published: str) -> Iterator[Shown]:
        """Takes in one pasted article."""
        try:
            article = pasted(text, title, outlet, published)
        except ValueError as error:
            yield _problem(error), *_same()
            return
        yield from self._take(name, [(article.name, lambda notify: iter((article,)))])

    def addresses(self, name: str, listed: str) -> Iterator[Shown]:
        """Takes in the articles at web addresses, one address a line."""
        if not self._library.can_fetch:
            yield _problem("nothing is fetched by this page"), *_same()
            return
        wanted = _addresses(listed)
        if not 1 <= len(wanted) <= MOST_ADDRESSES:
            given = f"{len(wanted):,} addresses" if wanted else "no address"
            yield _problem(f"{given} given: give 1 to {MOST_ADDRESSES}, one a line"), *_same()
            return
        yield from self._take(name, [(address, self._fetching(address)) for address in wanted])

    def _fetching(self, address: str) -> Read:
        def read(notify: Callable[[str], None]) -> Iterator[Article]:
            with tempfile.TemporaryDirectory(prefix="everysource-") as folder:
                file = Path(folder) / "web.urls"
                file.write_text(address, encoding="utf-8")
                yield from self._loaded(file, "web", notify)

        return read

    def _loaded(self, file: Path, name: str, notify: Callable[[str], None]) -> Iterator[Article]:
        """The articles of a file; notices call it `name`, as where it lies is no user's concern."""
        return load(
            file,
            name=name,
            notify=lambda notice: notify(notice.replace(f"{file}: ", "").replace(str(file), name)),
            options=self._library.options,
        )

    def _reading(self, file: Path) -> Iterator[tuple[str, Read]]:
        """An uploaded file as what is to be read: itself, or each address of a list of such."""
        wanted: list[str] = []
        if file.suffix.lower() == ".urls" and self._library.can_fetch:
            with suppress(OSError, UnicodeError):
                wanted = _addresses(file.read_text(encoding="utf-8"))
        if wanted and len(wanted) <= MOST_ADDRESSES:
            yield from ((address, self._fetching(address)) for address in wanted)
        else:
            yield file.name, lambda notify: self._loaded(file, file.name, notify)

    def remove(self, name: str, sources: Sequence[str]) -> Shown:
        """Takes articles out."""
        if not sources:
            return _problem("pick the articles to remove first"), *_same()
        try:
            self._library.remove(name, sources)
        except EverysourceError as error:
            return _problem(error), *_same()
        return (
            _done(f"Removed {words.plural(len(sources), 'article')}."),
            self._listed(name),
            self._removable(name),
        )

    def rebuild(self, name: str) -> Iterator[Shown]:
        """Makes a collection's index anew."""
        yield from self._watched(
            name, (), lambda tell: self._library.rebuild(name, tell), lambda made: "Re-indexed."
        )

    def _take(self, name: str, work: Sequence[tuple[str, Read]]) -> Iterator[Shown]:
        outcomes = [Outcome(label) for label, _ in work]
        articles: list[Article] = []
        for place, (label, read) in enumerate(work):
            outcomes[place] = replace(outcomes[place], state="reading …")
            yield _standing("", outcomes), *_same()
            notices: list[str] = []
            try:
                found = list(read(notices.append))
                outcomes[place] = Outcome(label, len(found), state="read", notices=tuple(notices))
                articles += found
            except LoadError as error:
                outcomes[place] = Outcome(label, failed=error.reason.removeprefix(f"{label}: "))
            except (EverysourceError, OSError, ValueError) as error:
                outcomes[place] = Outcome(label, failed=str(error))
        if not articles:
            yield _standing("Nothing was added.", outcomes), *_same()
            return
        yield from self._watched(name, outcomes, lambda tell: self._library.add(name, articles, tell), _added)

    def _watched(
        self,
        name: str,
        outcomes: Sequence[Outcome],
        work: Callable[[Callable[[Progress], None]], IndexReport],
        told: Callable[[IndexReport], str],
    ) -> Iterator[Shown]:
        """The work done in the background, its stages shown, and what it did."""
        try:
            for report in stream(work, Event()):
                if isinstance(report, IndexReport):
                    yield _standing(told(report), outcomes), self._listed(name), self._removable(name)
                else:
                    yield (
                        _standing(f"{_STAGES[report.stage]}: {report.done} of {report.total} …", outcomes),
                        *_same(),
                    )
        except EverysourceError as error:
            yield _problem(error), *_same()

    def _listed(self, name: str) -> str:
        try:
            articles = self._library.articles(name)
            copies, versions = self._library.copies(name), self._library.versions(name)
        except EverysourceError as error:
            return _problem(error)
        names = {article.id: words.byline(article) for article in articles}
        told = {new: f"newer than {names[old]}" for new, old in versions.items() if old in names}
        told |= {copy: f"copy of {names[original]}" for copy, original in copies.items() if original in names}
        titles = ("Article", "Outlet", "Date", "Copy or version")
        head = "".join(f'<th scope="col">{title}</th>' for title in titles)
        rows = "".join(_row(article, told.get(article.id, "")) for article in articles)
        caption = f"<caption>{escape(name)}: {words.plural(len(articles), 'article')}</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        region = f'<div class="es-scroll" tabindex="0" role="region" aria-label="Articles of the collection">{table}</div>'
        return f'<div class="es-answer">{region}</div>'

    def _removable(self, name: str) -> Any:
        try:
            articles = self._library.articles(name)
        except EverysourceError:
            articles = ()
        return gr.Dropdown(
            multiselect=True,
            choices=[(words.heading(article), article.name) for article in articles],
            value=[],
        )


_STAGES = {"load": "Reading", "embed": "Embedding passages", "index": "Indexing", "copies": "Comparing texts"}


def pasted(text: str, title: str, outlet: str, published: str) -> Article:
    """One article of pasted text; raises ValueError that says what it lacks."""
    if not text.strip() or not title.strip():
        raise ValueError("paste the text of an article, and give its title")
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"the text has {len(text):,} characters, the limit is {LONGEST_TEXT:,}: add it as a file"
        )
    body, heading = normalise(text).strip(), words.one_line(normalise(title))
    day = scope_of(since=published).since
    return Article(
        article_id(body), heading[:120], body, heading, words.one_line(normalise(outlet)) or None, None, day
    )


def _addresses(listed: str) -> list[str]:
    """The lines that are neither empty nor a comment, each once."""
    lines = (line.strip() for line in listed.splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def _added(report: IndexReport) -> str:
    parts = [
        (len(report.added), "added"),
        (len(report.replaced), "replaced"),
        (len(report.unchanged), "unchanged"),
    ]
    return ", ".join(f"{words.plural(count, 'article')} {what}" for count, what in parts if count) + "."


def _row(article: Article, told: str) -> str:
    published = article.published.isoformat() if article.published else ""
    day, copy_of = (
        f"<bdi>{escape(cell)}</bdi>" if cell else "" for cell in (published, words.one_line(told))
    )
    outlet = f"<bdi>{escape(article.outlet)}</bdi>" if article.outlet else ""
    cells = f'<td>{outlet}</td><td class="es-day">{day}</td><td>{copy_of}</td>'
    return f'<tr><th scope="row"><bdi>{escape(article.title)}</bdi></th>{cells}</tr>'


def _standing(told: str, outcomes: Sequence[Outcome]) -> str:
    """What the work came to, and each file's fate."""
    items = "".join(f"<li><bdi>{escape(outcome.name)}</bdi>: {_fate(outcome)}</li>" for outcome in outcomes)
    failed = sum(bool(outcome.failed) for outcome in outcomes)
    head = " ".join(filter(None, (escape(told), f"{words.plural(failed, 'file')} failed." if failed else "")))
    return f'<div class="es-work"><p role="status">{head}</p>{f"<ul>{items}</ul>" if items else ""}</div>'


def _fate(outcome: Outcome) -> str:
    if outcome.failed:
        return f'<span class="es-failed">failed: {escape(outcome.failed)}</span>'
    if not outcome.articles:
        return escape(outcome.state or "waiting")
    told = [f"{words.plural(outcome.articles, 'article')} read", *outcome.notices[:MOST_NOTICES]]
    if len(outcome.notices) > MOST_NOTICES:
        told.append(f"and {words.plural(len(outcome.notices) - MOST_NOTICES, 'notice')} more")
    return escape("; ".join(told))


def _problem(error: Exception | str) -> str:
    return f'<div class="es-work"><p role="alert" class="es-failed">{escape(str(error))}</p></div>'


def _done(told: str) -> str:
    return f'<div class="es-work"><p role="status">{escape(told)}</p></div>'


def _same() -> tuple[Any, Any]:
    return gr.skip(), gr.skip()
