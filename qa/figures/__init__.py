"""Figures in news text: quantities with what they count, their state, who says so and as of when."""

from .extract import extract_figures, find_speaker
from .model import Figure, Span

__all__ = ["Figure", "Span", "extract_figures", "find_speaker"]
