"""``saig changes``: the pages that differ between two sites, by their ``api/v1/index.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import click

from ..notes.models import KINDS
from ..project_settings import index_at
from ..publishing.diff import diff
from ..refusal import Refused
from ..report import code_span, fitting
from ..words import N_, editor_language, for_editors
from . import project


@click.command("changes")
@click.argument("before")
@click.argument("after")
@click.option("--preview", metavar="URL", help="Where AFTER can be read: its pages become links.")
@click.option("--download", metavar="URL", help="Where AFTER can be had as files.")
@project.lang_option
def command(
    before: str, after: str, preview: str | None, download: str | None, lang: str | None
) -> None:
    """Say in Markdown which pages AFTER adds, changes and removes, for a merge request.

    BEFORE and AFTER are the api/v1/index.json of two builds, as files or web addresses.

    \b
    Example: saig changes https://example.org/api/v1/index.json output/api/v1/index.json
    """
    language = editor_language(lang)
    text = as_markdown(_pages(before), _pages(after), language, preview)
    click.echo(text, nl=False)
    links = (
        (N_("The site with this change:"), preview and f"{preview.rstrip('/')}/index.html"),
        (N_("The site with this change, to download:"), download),
    )
    for message, link in links:
        if link:
            click.echo(f"\n{for_editors(message, language)} <{link}>")


def _pages(where: str) -> dict[str, IndexedPage]:
    try:
        return pages_in(index_at(where))
    except (OSError, ValueError) as error:
        message = N_("%(file)s cannot be read as an index of what was published: %(reason)s")
        raise Refused(message, file=where, reason=error) from None


@dataclass(frozen=True)
class IndexedPage:
    """``address`` is from the site's root. ``digest`` is that of the page's document."""

    address: str
    title: str
    kind: str
    digest: str


def pages_in(index: Mapping[str, Any]) -> dict[str, IndexedPage]:
    """The pages that an index lists, by address. Raises ``ValueError`` where it is no index."""
    try:
        root = index["site"].rstrip("/")
        pages = [
            IndexedPage(
                item["url"].removeprefix(root),
                *(str(item[key]) for key in ("title", "kind", "digest")),
            )
            for item in index["documents"]
        ]
    except KeyError as error:
        raise ValueError(f"{error} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError(str(error)) from error
    return {page.address: page for page in pages}


def as_markdown(
    before: Mapping[str, IndexedPage],
    after: Mapping[str, IndexedPage],
    lang: str,
    preview: str | None = None,
) -> str:
    """The changes from one site to the next, for a comment on a merge request. ``preview``: the
    address of a site with the change."""
    found = diff(_digests(before), _digests(after))
    parts = (
        (N_("Pages added: %(count)d"), found.added, after, preview),
        (N_("Pages changed: %(count)d"), found.changed, after, preview),
        (N_("Pages removed: %(count)d"), found.removed, before, None),
    )
    said = [
        _part(title, [pages[address] for address in addresses], lang, link)
        for title, addresses, pages, link in parts
        if addresses
    ]
    return "\n".join(said) or for_editors(N_("No page changes."), lang) + "\n"


def _digests(pages: Mapping[str, IndexedPage]) -> dict[str, str]:
    return {address: page.digest for address, page in pages.items()}


def _part(title: str, pages: Sequence[IndexedPage], lang: str, preview: str | None) -> str:
    """A list with a heading; notes stand before the lists that name them."""
    notes_first = sorted(pages, key=lambda page: page.kind not in KINDS)
    lines = [_line(page, preview) for page in notes_first]
    kept = fitting(lines)
    if len(kept) < len(lines):
        more = for_editors(N_("… and %(count)d more"), lang, count=len(lines) - len(kept))
        kept.append(f"- {more}\n")
    return f"**{for_editors(title, lang, count=len(pages))}**\n\n{''.join(kept)}"


def _line(page: IndexedPage, preview: str | None) -> str:
    title = code_span(page.title)
    if preview:
        # A preview may be plain files, without a server that would find the page of a folder.
        title = f"[{title}]({preview.rstrip('/')}{quote(page.address)}index.html)"
    return f"- {title} {code_span(page.address)}\n"
