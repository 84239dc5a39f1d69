"""What ``saig new`` writes: a few lines with the common fields, or all fields, or those of another
note."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..notes.front_matter import split
from ..notes.models import FOLDERS, KINDS
from ..notes.note_fields import TranslatableFields
from ..notes.problem import FieldProblem
from ..notes.site import Site
from ..words import N_, for_editors

COMMON: dict[str, Sequence[str]] = {
    "contact": [
        "parent",
        "address",
        "telephones",
        "emails",
        "website",
        "opening_hours",
        "closures",
        "verified_on",
    ],
    "service": [
        "departments",
        "channels",
        "audience",
        "bring",
        "cost",
        "deadline",
        "topics",
        "norms",
    ],
    "norm": [
        "eli",
        "published_in",
        "first_date_entry_in_force",
        "relations",
        "topics",
        "departments",
        "checked",
    ],
    "notice": [
        "valid_from",
        "valid_until",
        "departments",
        "topics",
        "norms",
        "services",
        "urgency",
    ],
    "page": ["topics", "departments", "modified"],
}
"""The fields that most notes of a kind have, beside those of all notes."""

WITHOUT = frozenset(
    [
        "title",
        "short_title",
        "summary",
        "slug",
        "date",
        "modified",
        "status",
        "old_addresses",
        "changes",
        "supersedes",
        "search_words",
        "eli",
        "number",
        "date_document",
        "aliases",
        "published_in",
        "first_date_entry_in_force",
        "date_no_longer_in_force",
        "end_reason",
        "relations",
        "done_by_others",
        "checked",
        "gazette_differs",
        "verified_on",
    ]
)
"""Fields that are not copied to another note."""

MOST_NAMES = 20
_KEY = re.compile(r"^([a-z0-9_]+):")


def names_in(content: Path, site: Site | None) -> dict[str, list[str]]:
    """What may be named in fields: ids by kind, and topics."""
    found = {
        kind: sorted(
            path.stem
            for path in (content / folder).rglob("*.md")
            if "." not in path.stem and not path.name.startswith(".")
        )
        for folder, kind in FOLDERS.items()
    }
    gazette = site.law.gazette_of(site.law.last) if site else ""
    return {
        **found,
        "topic": sorted(site.topics) if site else [],
        "gazette": [gazette] if gazette else [],
    }


OF_FIELD = {
    "departments": "contact",
    "parent": "contact",
    "services": "service",
    "norms": "norm",
    "relations": "norm",
    "topics": "topic",
}


def examples(names: Mapping[str, Sequence[str]], today: datetime.date) -> dict[str, str]:
    """A value for each common field, as an editor would write it."""
    day, later = today.isoformat(), (today + datetime.timedelta(days=30)).isoformat()
    first = {kind: found[0] if found else "x" for kind, found in names.items()}
    gazette = first["gazette"]
    return {
        "parent": first["contact"],
        "address": '{street_address: "Carrer Exemple, 1", postal_code: "00000", locality: Vila}',
        "telephones": '[{number: "+34971000000"}]',
        "emails": "[exemple@example.org]",
        "website": "https://www.example.org/",
        "opening_hours": '[{days: monday-friday, opens: "09:00", closes: "14:00"}]',
        "closures": f"[{{from: {day}, until: {later}}}]",
        "verified_on": day,
        "departments": f"[{first['contact']}]",
        "channels": "[{channel: in-person, appointment: none}]",
        "audience": '{ca: "Tothom", es: "Todo el mundo"}',
        "bring": '{ca: "El DNI", es: "El DNI"}',
        "cost": '{ca: "Gratuït", es: "Gratuito"}',
        "deadline": '{ca: "Un mes", es: "Un mes"}',
        "topics": f"[{first['topic']}]",
        "norms": f"[{first['norm']}]",
        "services": f"[{first['service']}]",
        "eli": "http://data.europa.eu/eli/reg/2016/679/oj",
        "published_in": f'[{{gazette: {first["gazette"]}, number: "84", date: {day}}}]',
        "first_date_entry_in_force": day,
        "relations": f"[{{type: amends, norm: {first['norm']}}}]",
        "checked": f"{{on: {day}, source: {gazette}}}",
        "valid_from": day,
        "valid_until": later,
        "urgency": "important",
        "modified": day,
    }


def _head(kind: str, title: str, today: datetime.date, lang: str) -> list[str]:
    draft = for_editors(N_("remove this line to publish it"), lang)
    is_dated = kind in ("norm", "notice")
    return [
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"summary:  # {_about(kind, 'summary', lang)}",
        *([f"date: {today.isoformat()}"] if is_dated else []),
        f"status: draft  # {draft}",
    ]


def _about(kind: str, name: str, lang: str) -> str:
    return for_editors(KINDS[kind].model_fields[name].description or name, lang)


def short(
    kind: str, title: str, names: Mapping[str, Sequence[str]], today: datetime.date, lang: str
) -> str:
    """At most 15 lines: the required fields, and the common ones as comments."""
    values = examples(names, today)
    lines = _head(kind, title, today, lang)
    lines += [
        f"# {name}: {values[name]}  # {_choice(kind, name, names, lang)}" for name in COMMON[kind]
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def _choice(kind: str, name: str, names: Mapping[str, Sequence[str]], lang: str) -> str:
    found = names.get(OF_FIELD.get(name, ""), ())
    if name == "urgency":
        found = ("routine", "important", "urgent")
    if not found:
        return _about(kind, name, lang)
    more = ", …" if len(found) > MOST_NAMES else ""
    listed = ", ".join(found[:MOST_NAMES]) + more
    return for_editors(N_("one of: %(names)s"), lang, names=listed)


def full(
    kind: str, title: str, names: Mapping[str, Sequence[str]], today: datetime.date, lang: str
) -> str:
    """Every field of the kind, each with a comment above it."""
    model = KINDS[kind]
    values = {"title": json.dumps(title, ensure_ascii=False), "status": "draft"}
    if model.model_fields["date"].is_required():
        values["date"] = today.isoformat()
    shown = examples(names, today)
    lines = ["---"]
    for name, field in model.model_fields.items():
        lines.append(f"# {for_editors(field.description or name, lang)}")
        if name in values or name == "summary":
            lines.append(f"{name}: {values.get(name, '')}".rstrip())
        else:
            lines.append(f"# {name}: {shown.get(name, '')}".rstrip())
    return "\n".join([*lines, "---", "", ""])


def copied(kind: str, title: str, other: str, today: datetime.date, lang: str) -> str:
    """A note with the facts of another, as written there. ``other``: its file's text."""
    fields = KINDS[kind].model_fields
    blocks = [
        block
        for name, block in _blocks(other)
        if name in {one.alias or key for key, one in fields.items()} - WITHOUT
    ]
    return "\n".join(["---", *_head(kind, title, today, lang), *blocks, "---", "", ""])


def translation(original: str, title: str | None, digests: str, file: str, lang: str) -> str:
    """A draft of a translation that begins with the original's words and text. ``digests``: its
    value of ``translated``; ``file``: its path; ``lang``: the editor's."""
    words = {"title", "short_title", "summary"}
    found = dict(_blocks(original))
    if title:
        found["title"] = f"title: {json.dumps(title, ensure_ascii=False)}"
    lines = [found[name] for name in TranslatableFields.model_fields if name in words & set(found)]
    parts = split(original)
    text = "" if isinstance(parts, FieldProblem) else parts[1]
    done = for_editors(
        N_("when it is translated: saig check --translated %(path)s"), lang, path=file
    )
    lines.append(f"status: draft  # {done}")
    if digests:
        lines.append(f"translated: {digests}")
    return "\n".join(["---", *lines, "---", ""]) + text


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a note's front matter, each with the lines that it takes."""
    parts = split(text)
    if isinstance(parts, FieldProblem):
        return
    name, lines = "", list[str]()
    for line in (*parts[0].splitlines(), "_:"):
        found = _KEY.match(line) or (line == "_:" and re.match("(_)", line))
        if found:
            if name:
                yield name, "\n".join(_without_end(lines))
            name, lines = found[1], []
        if name:
            lines.append(line)


def _without_end(lines: Iterable[str]) -> list[str]:
    """Lines without the comments and empty lines behind a value, which belong to what follows."""
    found = list(lines)
    while len(found) > 1 and (not found[-1].strip() or found[-1].startswith("#")):
        found.pop()
    return found
