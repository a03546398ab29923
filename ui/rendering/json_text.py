"""JSON for people's terminals and for programs: the same values, nothing that a terminal would act on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ui.rendering.text import UNSAFE

if TYPE_CHECKING:
    from qa import Answer


def json_text(value: Any) -> str:
    """The value as indented JSON in UTF-8; control characters and bidirectional overrides stay escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def answer_json(answer: Answer) -> str:
    """`Answer.to_dict()` as JSON; the same collection and question give the same bytes."""
    return json_text(answer.to_dict())
