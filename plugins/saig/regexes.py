"""Regular expressions that are compiled when they are first asked for: a build imports three
hundred, and those that a text needs are few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as _compile

    regex = _compile
else:

    class regex:
        """As what ``re.compile`` gives, to be asked for its methods; it is not the ``re`` of a
        match."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self._said = pattern, flags

        def __getattr__(self, name: str) -> Any:
            """What is not there yet: a method of the compiled pattern, which is kept."""
            found = getattr(re.compile(*self._said), name)
            setattr(self, name, found)
            return found
