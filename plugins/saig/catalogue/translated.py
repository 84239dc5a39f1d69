"""Whether a translation is up to date with its original."""

from __future__ import annotations

from typing import Literal

from ..notes.front_matter import split
from ..notes.note_fields import TranslationFields
from ..notes.problem import FieldProblem
from ..notes.sentences import Difference, difference, sentences
from .entry import Entry

TranslationState = Literal["up-to-date", "outdated"]


def changed_since(entry: Entry, lang: str) -> Difference | None:
    """How the original differs from the text that was translated; None if there is no translation,
    or it does not record that text."""
    note = entry.translations.get(lang)
    if note is None:
        return None
    assert isinstance(note.fields, TranslationFields)
    said = note.fields.translated
    return difference(said, entry.original.sentences) if said else None


def state_of_translation(entry: Entry, lang: str) -> TranslationState | None:
    """The state of a translation; None for an original, or if unknown."""
    changed = changed_since(entry, lang)
    if changed is None:
        return None
    return "outdated" if changed.new or changed.gone else "up-to-date"


def new_sentences(entry: Entry, lang: str, text: str) -> list[str]:
    """The sentences of the original that are new since it was translated. ``text``: of the
    original's file."""
    changed, fields = changed_since(entry, lang), entry.original.fields
    parts = split(text)
    if not changed or not changed.new or isinstance(parts, FieldProblem):
        return []
    every = sentences(fields.title, fields.summary, parts[1])
    return [
        " ".join(one.text.split()).lstrip("#>|-*+ ") for one in every if one.digest in changed.new
    ]
