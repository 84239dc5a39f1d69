"""Drafts with errors: what can be shown of one in a preview, with its problems above the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..packs.law import Law
from .body import BodyMarkup
from .front_matter import Data
from .problem import Problem

M = TypeVar("M", bound=BaseModel)

DRAFT = re.compile(
    r"""^status:[ \t]*(["']?)(?:draft|esborrany|borrador)\1[ \t]*(#.*)?(?:\n|$)""", re.MULTILINE
)
"""The line that makes a note a draft."""

_END = re.compile(r"^---[ \t]*$", re.MULTILINE)

MOST_TRIES = 5
"""How often wrong fields are taken out: a stand-in may make another field wrong."""

STAND_INS: dict[str, Any] = {
    "title": "(?)",
    "summary": "(?)",
    "date": datetime.date(2000, 1, 1).isoformat(),
    "departments": ["x"],
    "channels": [{"channel": "in-person"}],
}
"""Stand-ins for required fields."""


def says_draft(text: str) -> bool:
    """Whether a file has ``status: draft`` in its front matter, even where YAML cannot read it."""
    if not any(word in text for word in ("draft", "esborrany", "borrador")):
        return False
    begin = _END.search(text)
    end = _END.search(text, begin.end()) if begin else None
    return bool(DRAFT.search(text, 0, end.start() if end else len(text)))


def complete_fields(
    data: Data, model: type[M], languages: Sequence[str], law: Law, locales: Sequence[str]
) -> M | None:
    """The fields without those that are wrong, and with a stand-in (``STAND_INS``) for those that
    must be there; None where the front matter is no map, or is still wrong after ``MOST_TRIES``."""
    if not isinstance(data.value, dict):
        return None
    value = dict(data.value)
    for _ in range(MOST_TRIES):
        try:
            context = {"languages": list(languages), "law": law, "locales": locales}
            return model.model_validate(value, context=context)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                name = str(item["loc"][0]) if item["loc"] else ""
                value.pop(name, None)
                name = "channels" if name == "no_channel" else name
                if name in STAND_INS and name in model.model_fields:
                    value[name] = STAND_INS[name]
    return None


def with_problems(markup: BodyMarkup, problems: Sequence[Problem], lang: str) -> BodyMarkup:
    """The HTML of a text with a box above it that lists the errors of its note, in the language
    ``lang``."""
    said = [problem.said(lang) for problem in problems if problem.is_error]
    items = "".join(f"<li>{escape(message)}<br>{escape(hint)}</li>\n" for message, hint in said)
    head = f'<div class="callout callout-warning">\n<ul>\n{items}</ul>\n</div>\n'
    return replace(markup, pieces=(head + markup.pieces[0], *markup.pieces[1:]))
