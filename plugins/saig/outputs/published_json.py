"""JSON as it is published."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def text_of(value: Any) -> str:
    """Keys in the order given, on one line."""
    return _ENCODER.encode(value)


def encode(value: Any) -> bytes:
    """The file of it, in UTF-8."""
    return f"{text_of(value)}\n".encode()
