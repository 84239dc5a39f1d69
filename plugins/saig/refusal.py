"""``Refused``: why something is not done, as a message to be said in the editor's language."""

from __future__ import annotations

from .words import for_editors


class Refused(Exception):
    """A message marked with ``N_``, and its values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values

    def said(self, lang: str) -> str:
        """In words; so are the values that are ``Refused`` themselves."""
        values = {
            name: value.said(lang) if isinstance(value, Refused) else value
            for name, value in self.values.items()
        }
        return for_editors(self.message, lang, **values)
