"""The types of the settings that Saig reads: in a settings file, which is Python, they may be
anything."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any

from ..words import N_

_TEXT = N_("%(name)s must be a text between quotation marks")
_MAYBE_TEXT = N_("%(name)s must be a text between quotation marks, or None")
_TRUTH = N_("%(name)s must be True or False")
_NUMBER = N_("%(name)s must be a number above 0, or None")
_LIST = N_("%(name)s must be a list between square brackets")
_MAYBE_MAP = N_("%(name)s must be a dictionary between curly brackets, or None")
_MAP = N_("%(name)s must be a dictionary between curly brackets")

_TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(("SITEURL", "PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"), ((str,), _TEXT)),
    **dict.fromkeys(
        (
            *("EDIT_LINK", "GAZETTE", "LANGUAGE", "PREVIOUS", "PREVIEW"),
            *("SIGNING_KEY", "TSA_URL", "TSA_CERTIFICATES"),
        ),
        ((str, NoneType), _MAYBE_TEXT),
    ),
    **dict.fromkeys(
        ("PRODUCTION", "DRAFTS", "ALLOW_PLACEHOLDERS", "RELATIVE_URLS"), ((bool,), _TRUTH)
    ),
    **dict.fromkeys(("JOBS", "PORT"), ((int, NoneType), _NUMBER)),
    **dict.fromkeys(("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"), ((list, tuple), _LIST)),
    "CMS": ((dict, NoneType), _MAYBE_MAP),
    "PLUGINS": ((list, tuple, NoneType), _LIST),
    **dict.fromkeys(
        ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"), ((dict,), _MAP)
    ),
}


READ_BY_SAIG = (
    *("ALLOW_PLACEHOLDERS", "CMS", "DRAFTS", "EDIT_LINK", "JOBS", "LANGUAGE", "PORT", "PREVIEW"),
    *("PREVIOUS", "PRODUCTION", "RELATIVE_URLS", "TODAY"),
    *("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"),
    *("GAZETTE", "GAZETTE_PAUSE", "GAZETTE_TELL"),
    *("SIGNING_KEY", "TSA_CERTIFICATES", "TSA_URL"),
    *("CACHE_PATH", "OUTPUT_PATH", "PATH", "THEME", "PLUGIN_PATHS", "SITEURL"),
)
"""Settings that may have any value, with or without Pelican."""

WITHOUT_EFFECT = ("LOCALE", "SITENAME", "TIMEZONE")
"""Settings that Pelican requires, and that have no effect on what Saig writes."""


def wrong_type(settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first setting of a wrong type, with the right one; None if all are right."""
    for name, (types, message) in _TYPES.items():
        if name in settings and not _is_right(settings[name], types):
            return name, message
    return None


def _is_right(value: Any, types: tuple[type, ...]) -> bool:
    if int in types and value is not None:
        return type(value) is int and value > 0  # to isinstance, True is a number
    return isinstance(value, types)
