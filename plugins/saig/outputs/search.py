"""The search index of a language, for the search page's script (docs/decisions/0041). What a word
weighs, by where it stands, is in that: ``theme/static/js/find.js``.

The first file, ``search.json``, has what most queries need, and names the others in ``more``: those
have the remaining entries, and their names contain digests. To be short, an entry is a list::

  [kind, address, title, short, names, more, summary, state, until, telephones, language]

``kind`` and ``state`` are indexes into ``kinds`` and ``states``; a telephone is its shown form,
number and extensions. ``language``: if it differs. Empty values at the end are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ..notes.plain_data import as_json
from .stylesheet import fingerprinted

KINDS = ("contact", "service", "page", "list", "norm", "notice")
"""In the order of the files: the most frequent kinds come last."""

FILE = "search.json"

WHOLE = 200
"""Of each kind so many entries, the newest, have all their words; the others only titles and
names."""

MOST = 400_000
"""The most bytes of a file, before compression to a third or less."""

Entry = Mapping[str, Any]
"""As made by ``documents.search_entry``."""


def files(site_url: str, lang: str, entries: Iterable[Entry]) -> dict[str, bytes]:
    """The files of a language: name -> bytes."""
    ordered = sorted(entries, key=lambda entry: entry["url"])
    ordered.sort(key=lambda entry: str(entry["date"]), reverse=True)
    ordered.sort(key=lambda entry: KINDS.index(entry["kind"]))
    states = list(dict.fromkeys(["current", *(entry["state"] for entry in ordered)]))
    first, *others = list(_cut(_packed(site_url, lang, ordered, states))) or [[]]
    found = {}
    for rows in others:
        data = _file(states, rows)
        found[fingerprinted(FILE, data)] = data
    return {FILE: _file(states, first, list(found)), **found}


def _packed(
    site_url: str, lang: str, entries: Sequence[Entry], states: Sequence[str]
) -> Iterator[str]:
    counts = dict.fromkeys(KINDS, 0)
    for entry in entries:
        counts[entry["kind"]] += 1
        is_whole = counts[entry["kind"]] <= WHOLE
        row = [
            KINDS.index(entry["kind"]),
            entry["url"].removeprefix(site_url),
            entry["title"],
            entry["short"],
            entry["names"],
            entry["more"] if is_whole else "",
            entry["summary"] if is_whole else "",
            states.index(entry["state"]),
            entry["until"] or "",
            entry["telephones"] or 0,
            entry["lang"] if entry["lang"] != lang else "",
        ]
        while not row[-1]:
            row.pop()
        yield as_json(row)


def _cut(rows: Iterable[str]) -> Iterator[list[str]]:
    """Divide the rows into files."""
    found: list[str] = []
    size = 0
    for row in rows:
        own = len(row.encode()) + 1
        if found and size + own > MOST:
            yield found
            found, size = [], 0
        found.append(row)
        size += own
    if found:
        yield found


def _file(states: Sequence[str], rows: Iterable[str], more: Sequence[str] = ()) -> bytes:
    head = as_json({"kinds": KINDS, "states": states, "more": list(more)})
    return f'{head[:-1]},"entries":[{",".join(rows)}]}}\n'.encode()


SHORT, LONG = 16, 48
"""The most characters of names in an OpenSearch description."""


def description(name: str, lang: str, page: str, icon: str) -> bytes:
    """An OpenSearch description (1.1, draft 6), with which browsers can search the site. ``page``:
    the search page's address; ``icon``: of an SVG picture."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(_within(name, SHORT), quote=False)}</ShortName>\n"
        f"<LongName>{escape(_within(name, LONG), quote=False)}</LongName>\n"
        f"<Description>{escape(name, quote=False)}</Description>\n"
        f"<Language>{lang}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon, quote=False)}</Image>\n'
        f'<Url type="text/html" template="{escape(page, quote=False)}?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode()


def _within(name: str, most: int) -> str:
    """As many words as fit, without a short last one; at least a part of the first."""
    if len(name) <= most:
        return name
    words = name[: most + 1].split(" ")[:-1]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return " ".join(words) or name[:most]
