"""What is asked: a question in, an Answer out."""

from __future__ import annotations

from qa.answer import Answer, Quote, Searched, ShortAnswer, SourceReport
from qa.assistant import Assistant, Step
from qa.errors import AnswerError, QuestionError, QuoteError, ReaderError

__all__ = [
    "Answer", "AnswerError", "Assistant", "QuestionError", "Quote", "QuoteError", "ReaderError", "Searched", "ShortAnswer",
    "SourceReport", "Step",
]  # fmt: skip
