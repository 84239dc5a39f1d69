"""Which pages a change adds, alters and removes, as two ``api/v1/index.json`` tell it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..notes.models import KINDS
from ..report import code_span, fitting
from ..words import N_, for_editors


@dataclass(frozen=True)
class Page:
    """``address`` is from the site's root. ``digest`` is that of the page's document."""

    address: str
    title: str
    kind: str
    digest: str


_KEYS = ("title", "kind", "digest")


@dataclass(frozen=True)
class Changes:
    added: Sequence[Page]
    changed: Sequence[Page]
    removed: Sequence[Page]


def pages_in(index: bytes) -> dict[str, Page]:
    """The pages that an index lists, by address. Raises ``ValueError`` where it is no index."""
    try:
        found = json.loads(index)
        root = found["site"].rstrip("/")
        pages = [
            Page(item["url"].removeprefix(root), *(str(item[key]) for key in _KEYS))
            for item in found["documents"]
        ]
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(str(error)) from error
    return {page.address: page for page in pages}


def changes(before: Mapping[str, Page], after: Mapping[str, Page]) -> Changes:
    """From one site to the next; notes stand before the lists that name them."""
    both = before.keys() & after.keys()
    return Changes(
        added=_in_order(after, after.keys() - both),
        changed=_in_order(after, {a for a in both if before[a].digest != after[a].digest}),
        removed=_in_order(before, before.keys() - both),
    )


def _in_order(pages: Mapping[str, Page], addresses: set[str]) -> list[Page]:
    return sorted(
        (pages[address] for address in addresses),
        key=lambda page: (page.kind not in KINDS, page.address),
    )


def as_markdown(found: Changes, lang: str, preview: str | None = None) -> str:
    """For a comment on a merge request. ``preview``: the address of a site with the change."""
    parts = (
        (N_("Pages added: %(count)d"), found.added, preview),
        (N_("Pages changed: %(count)d"), found.changed, preview),
        (N_("Pages removed: %(count)d"), found.removed, None),
    )
    said = [_part(title, pages, lang, link) for title, pages, link in parts if pages]
    return "\n".join(said) or for_editors(N_("No page changes."), lang) + "\n"


def _part(title: str, pages: Sequence[Page], lang: str, preview: str | None) -> str:
    lines = [_line(page, preview) for page in pages]
    kept = fitting(lines)
    if len(kept) < len(lines):
        more = for_editors(N_("… and %(count)d more"), lang, count=len(lines) - len(kept))
        kept.append(f"- {more}\n")
    return f"**{for_editors(title, lang, count=len(pages))}**\n\n{''.join(kept)}"


def _line(page: Page, preview: str | None) -> str:
    title = code_span(page.title)
    if preview:
        # A preview may be plain files, without a server that would find the page of a folder.
        title = f"[{title}]({preview.rstrip('/')}{quote(page.address)}index.html)"
    return f"- {title} {code_span(page.address)}\n"
