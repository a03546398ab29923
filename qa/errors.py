"""Errors of asking: EverysourceError > AnswerError > QuoteError | ReaderError | QuestionError."""

from __future__ import annotations

from index import EverysourceError


class AnswerError(EverysourceError):
    """A question could not be answered as asked."""


class QuestionError(AnswerError):
    """The question is empty, too long, or its scope holds no source."""


class QuoteError(AnswerError):
    """An excerpt is not what its article says at that place."""


class ReaderError(AnswerError):
    """The reader's model cannot be loaded or run."""
