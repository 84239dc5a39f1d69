"""The texts that readers of a new site see, by language: ``texts/<language>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..languages import broader

SPARE = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages with such texts."""
    found = files(__package__).joinpath("texts").iterdir()
    names = (path.name for path in found)
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def known_as(lang: str) -> str | None:
    """The language of the texts for that one: ``pt`` for ``pt-BR``; None if there are none."""
    return next((code for code in broader(lang) if code in languages()), None)


def of_language(lang: str) -> Mapping[str, Any]:
    """The texts in a language, in English where there are none."""
    return _read(known_as(lang) or SPARE)


@cache
def _read(lang: str) -> Mapping[str, Any]:
    text = files(__package__).joinpath("texts", f"{lang}.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found
