"""What verification finds: a fault, or something worth knowing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..refusal import Refused


@dataclass(frozen=True)
class Finding:
    """``message``: marked with ``N_``; ``is_fault``: False if it is only worth knowing."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_fault: bool = True

    @property
    def reason(self) -> Refused:
        return Refused(self.message, **self.values)

    def said(self, lang: str) -> str:
        return self.reason.said(lang)
