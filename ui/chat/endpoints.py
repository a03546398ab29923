"""What programs can call: `ask`, `sources` and `article`, over HTTP and as MCP tools and resources."""

from __future__ import annotations

import gradio as gr

from index import EverysourceError
from ui.chat.library import Library
from ui.chat.links import scope_of
from ui.rendering import answer_json
from ui.rendering.json_text import json_text
from ui.rendering.sources import listing, sources_values


class Endpoints:
    """Functions over a library that return JSON as text, which HTTP and MCP pass on byte by byte.

    Each raises gr.Error that says what to do.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def ask(
        self,
        question: str,
        collection: str = "",
        sources: list[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        outlets: list[str] | None = None,
    ) -> str:
        """The answer to a question as versioned JSON: every source answers, is silent, or is a copy of another.

        Args:
            question: What to ask, in words.
            collection: The name of the collection, empty for the first.
            sources: Names or ids of the only articles to ask.
            since: Day of publication from which on articles are asked, YYYY-MM-DD.
            until: Day of publication up to which articles are asked, YYYY-MM-DD.
            outlets: The only outlets to ask.
        """
        try:
            scope = scope_of(sources, outlets, since, until)
            with self._library.use(self._named(collection)) as assistant:
                return answer_json(assistant.ask(question, scope))
        except (EverysourceError, ValueError) as error:
            raise gr.Error(str(error)) from error

    def sources(self, collection: str = "") -> str:
        """The articles of a collection as JSON: name, id, title, outlet, day of publication, and of what each is a copy.

        Args:
            collection: The name of the collection, empty for the first.
        """
        try:
            with self._library.use(self._named(collection)) as assistant:
                held = assistant.collection
                return json_text(sources_values(listing(held, held.articles())))
        except EverysourceError as error:
            raise gr.Error(str(error)) from error

    def collections(self) -> str:
        """The names of the collections that can be asked as JSON, the one first that is asked where none is named."""
        return json_text(list(self._library.names))

    def article(self, source_id: str) -> str:
        """The full text of an article, in which a quote stands at its `start` and `end`.

        Args:
            source_id: The article's id, as `ask` and `sources` give it.
        """
        try:
            for name in self._library.names:
                with self._library.use(name) as assistant:
                    found = [
                        article.text for article in assistant.collection.articles() if article.id == source_id
                    ]
                if found:
                    return found[0]
        except EverysourceError as error:
            raise gr.Error(str(error)) from error
        raise gr.Error(f"no article has the id {source_id!r}; `sources` lists those that there are")

    def _named(self, collection: str) -> str:
        return collection or self._library.names[0]


gr.mcp.resource("article://{source_id}")(Endpoints.article)
