"""The notes of a new town: the organisation, two pages that the law requires, three examples."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from babel.dates import format_date

from ..languages import locale
from ..notes.slug import slugify
from ..packs.law import Law, said
from .answers import Answers
from .texts import SPARE, known_as, of_language

_MARKDOWN = re.compile(r"([\\`*_\[\]<>&#|~^$:])")
FOLDERS = {
    "organisation": "contacts",
    "department": "contacts",
    "service": "services",
    "notice": "notices",
    "accessibility": "pages",
    "legal": "pages",
}
"""By note: the folder of its kind."""

UNTRANSLATED = "[To be translated: this text is in English.]"


def ids_of(answers: Answers) -> dict[str, str]:
    """By note: its id, in the default language. Two departments have two."""
    texts = of_language(answers.languages[0])
    ids = {name: texts[name]["slug"] for name in FOLDERS if name != "organisation"}
    own = slugify(answers.organisation)[:60].strip("-") or "organisation"
    ids["organisation"] = f"{own}-1" if own == ids["department"] else own
    return ids


def notes(
    answers: Answers, ids: Mapping[str, str], topic: str, law: Law, day: datetime.date
) -> Iterator[tuple[str, str]]:
    """Path below ``content/`` and text of each file: originals, and translations into the languages
    that Saig has texts in. ``topic``: an id; ``law``: of the town's country."""
    facts = facts_of(ids, topic, day)
    first, *others = answers.languages
    for name, folder in FOLDERS.items():
        path = f"{folder}/{ids[name]}"
        yield f"{path}.md", _note(name, first, answers, ids, law, day, facts[name])
        for lang in others:
            if known_as(lang):
                yield f"{path}.{lang}.md", _note(name, lang, answers, ids, law, day, [])


def facts_of(ids: Mapping[str, str], topic: str, day: datetime.date) -> dict[str, list[str]]:
    """By note: the lines of its facts. Nothing is known yet, so addresses are placeholders."""
    return {
        "organisation": ["emails: [info@example.org]"],
        "department": [f"parent: {ids['organisation']}", "emails: [department@example.org]"],
        "service": [
            f"departments: [{ids['department']}]",
            f"topics: [{topic}]",
            "channels:",
            "  - {channel: in-person, appointment: required, url: https://example.org/booking/}",
        ],
        "notice": [
            f"date: {day}",
            f"valid_until: {day + datetime.timedelta(days=365)}",
            f"departments: [{ids['department']}]",
        ],
        "accessibility": [],
        "legal": [],
    }


def _note(
    name: str,
    lang: str,
    answers: Answers,
    ids: Mapping[str, str],
    law: Law,
    day: datetime.date,
    facts: list[str],
) -> str:
    all_texts = of_language(lang)
    texts: Mapping[str, Any] = all_texts[name]
    title = texts.get("title", answers.organisation)
    words = {"title": title, "short_title": texts.get("short_title"), "summary": texts["summary"]}
    head = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in words.items() if value
    ]
    known = known_as(lang)
    code = known or SPARE
    slots = {
        "organisation": f"[{escaped(answers.organisation)}](../contacts/{ids['organisation']}.md)",
        "act": said(law.model_pages.get("accessibility_act", {}), code) or all_texts["unknown_act"],
        "owner_act": said(law.model_pages.get("owner_act", {}), code) or all_texts["unknown_act"],
        "complaints": said(law.model_pages.get("accessibility_complaints", {}), code)
        or all_texts["complaints"],
        "day": format_date(day, "long", locale(lang if known else SPARE)),
    }
    body = re.sub(r"\{(\w+)\}", lambda found: slots[found[1]], texts["text"])
    note = [] if known else [UNTRANSLATED, ""]
    return "\n".join(["---", *head, *facts, "---", *note, body])


def escaped(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
