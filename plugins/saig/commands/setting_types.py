"""The types of the settings that Saig reads: a settings file is Python, and says anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..words import N_

Test = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_maybe_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def _is_maybe_number(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_maybe_list(value: Any) -> bool:
    return value is None or _is_list(value)


def _is_maybe_map(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


_TYPES: tuple[tuple[tuple[str, ...], Test, str], ...] = (
    (
        ("SITEURL", "PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"),
        _is_text,
        N_("%(name)s must be a text between quotation marks"),
    ),
    (
        (
            "EDIT_LINK",
            "GAZETTE",
            "LANGUAGE",
            "PREVIOUS",
            "PREVIEW",
            "SIGNING_KEY",
            "TSA_URL",
            "TSA_CERTIFICATES",
        ),
        _is_maybe_text,
        N_("%(name)s must be a text between quotation marks, or None"),
    ),
    (
        ("PRODUCTION", "DRAFTS", "ALLOW_PLACEHOLDERS", "RELATIVE_URLS"),
        _is_truth,
        N_("%(name)s must be True or False"),
    ),
    (("JOBS", "PORT"), _is_maybe_number, N_("%(name)s must be a number above 0, or None")),
    (
        ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"),
        _is_list,
        N_("%(name)s must be a list between square brackets"),
    ),
    (("CMS",), _is_maybe_map, N_("%(name)s must be a dictionary between curly brackets, or None")),
    (
        ("PLUGINS",),
        _is_maybe_list,
        N_("%(name)s must be a list between square brackets"),
    ),
    (
        ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"),
        _is_map,
        N_("%(name)s must be a dictionary between curly brackets"),
    ),
)


READ_BY_SAIG = (
    *("ALLOW_PLACEHOLDERS", "CMS", "DRAFTS", "EDIT_LINK", "JOBS", "LANGUAGE", "PORT", "PREVIEW"),
    *("PREVIOUS", "PRODUCTION", "RELATIVE_URLS", "TODAY"),
    *("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"),
    *("GAZETTE", "GAZETTE_PAUSE", "GAZETTE_TELL"),
    *("SIGNING_KEY", "TSA_CERTIFICATES", "TSA_URL"),
    *("CACHE_PATH", "OUTPUT_PATH", "PATH", "THEME", "PLUGIN_PATHS", "SITEURL"),
)
"""Settings that have any value that Saig takes, with or without Pelican."""

WITHOUT_EFFECT = ("LOCALE", "SITENAME", "TIMEZONE")
"""Settings that Pelican wants to be there, and of which nothing that Saig writes depends."""


def wrong_type(settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first setting of a wrong type, with what it must be; None if all are right."""
    for names, is_right, message in _TYPES:
        for name in names:
            if name in settings and not is_right(settings[name]):
                return name, message
    return None
