"""What each publication changed, for programs that follow the site: JSON files of the site, here
called pages, named by the number of the publication (docs/data.md, docs/decisions/0043).

A page is made from the record, which says what was public before and after, and from the indexes of
both releases, which say what that is. A page never changes; the last ``KEPT`` are kept.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..notes.address import decoded, encoded
from ..notes.models import KINDS
from ..outputs.changes import latest, page
from ..outputs.data import CHANGES
from ..outputs.published_json import encode
from . import durable
from .listing import read_index
from .made_files import write_made
from .record import State
from .tree import digest, plain_bytes

KEPT = 1000
"""How many pages are kept. A program that last looked before the first of them reads the whole
index."""

FOLDER = CHANGES.removesuffix("index.json")
_PAGE = re.compile(rf"/{FOLDER}([1-9][0-9]*)\.json")


def is_of_changes(address: str) -> bool:
    return address.startswith(f"/{FOLDER}")


def pages_in(digests: Mapping[str, str]) -> dict[int, str]:
    """The pages among public files, in order: number -> digest. ``digests``: address -> digest."""
    found = {int(m[1]): value for a, value in digests.items() if (m := _PAGE.fullmatch(a))}
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class IndexedFile:
    """A document, one of the editors' files (kind ``file``), or what pages share (``site``,
    ``codes``). If only the record has it, its kind, id and language are None. ``file``: the address
    of the file whose digest it has."""

    kind: str | None
    id: str | None
    lang: str | None
    url: str
    file: str

    @property
    def page(self) -> str:
        return self.file.removesuffix("index.json")


@dataclass(frozen=True)
class SiteIndex:
    """What an index says, by URL. ``files``: of editors, and those that pages share. ``moved``: old
    URL -> new one; ``gone``: URL -> what gone.yaml says of it."""

    documents: Mapping[str, IndexedFile]
    files: Mapping[str, IndexedFile]
    moved: Mapping[str, str]
    gone: Mapping[str, Mapping[str, Any]]

    @property
    def all(self) -> dict[str, IndexedFile]:
        return {**self.documents, **self.files}


def listing_of(site: Path) -> SiteIndex:
    """The index of a finished site. Raises ``OSError`` or ``ValueError`` if it has no valid one."""
    found = read_index(site)
    try:
        root = found["site"].rstrip("/")
        documents = [_document(item, root) for item in found["documents"]]
        files = [_file(item, root) for item in found.get("files", ())]
        files += [_shared(item, root) for item in found.get("shared", ())]
        moved = {str(item["from"]): str(item["to"]) for item in found.get("moved", ())}
        gone = {str(item["url"]): dict(item) for item in found.get("gone", ())}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return SiteIndex(
        {one.url: one for one in documents}, {one.url: one for one in files}, moved, gone
    )


def _document(item: Mapping[str, Any], root: str) -> IndexedFile:
    kind, identifier, lang, url = (str(item[name]) for name in ("kind", "id", "lang", "url"))
    return IndexedFile(kind, identifier, lang, url, f"{_address(url, root)}index.json")


def _file(item: Mapping[str, Any], root: str) -> IndexedFile:
    url = str(item["url"])
    return IndexedFile("file", None, None, url, _address(url, root))


def _shared(item: Mapping[str, Any], root: str) -> IndexedFile:
    kind, lang, url = (str(item[name]) for name in ("kind", "lang", "document"))
    return IndexedFile(kind, None, lang, url, _address(url, root))


def _address(url: str, root: str) -> str:
    if not url.startswith(f"{root}/"):
        raise ValueError(url)
    return decoded(url[len(root) :])


def listing_before(
    releases: Sequence[Path], digests: Mapping[str, str], altered: Container[str], url: str
) -> SiteIndex:
    """What was public before: the index of the current release. If that is missing or was altered,
    the pages that the record has, with what other indexes say of them. ``releases``: the current
    one first; ``digests``: what the record says is public; ``altered``: the addresses of files of
    the current release that are not as published; ``url``: of the site."""
    is_whole = not any(
        one in altered
        for one in digests
        if one.startswith(("/api/v1/index.json", "/api/v1/index/"))
    )
    with suppress(OSError, ValueError):
        if is_whole and releases:
            return listing_of(releases[0])
    known: dict[str, IndexedFile] = {}
    for release in reversed(releases):
        with suppress(OSError, ValueError):
            known |= listing_of(release).all
    documents = {}
    for address in digests:
        if address.endswith("/index.json") and not address.startswith(("/api/", "/files/")):
            there = url + encoded(address.removesuffix("index.json"))
            documents[there] = known.get(there, IndexedFile(None, None, None, there, address))
    return SiteIndex(documents, {}, {}, {})


def changes(
    before: SiteIndex,
    after: SiteIndex,
    was: Mapping[str, str],
    now: Mapping[str, str],
    altered: Set[str] = frozenset(),
) -> list[dict[str, Any]]:
    """What changed. ``was``, ``now``: what is public before and after, address -> digest, as the
    record has it. ``altered``: addresses of files that were found not to be as published, and are
    put right: they count as changed, for programs may have read them."""
    old, new = before.all, after.all
    gone_to = _moves(old, new, after.moved)
    found = []
    for url, one in old.items():
        if url in new:
            continue
        if url in gone_to:
            to = new.get(gone_to[url])
            found.append(_change("moved", one, now.get(to.file) if to else None, to=gone_to[url]))
        elif said := after.gone.get(url):
            names = ("date", "reason", "reason_lang", "see")
            found.append(_change("withdrawn", one, **{name: said.get(name) for name in names}))
        else:
            found.append(_change("removed", one))
    taken = set(gone_to.values())
    for url, one in new.items():
        value = now.get(one.file)
        if url not in old:
            found += [] if url in taken else [_change("added", one, value)]
        elif value != was.get(one.file) or not altered.isdisjoint({one.file, one.page}):
            found.append(_change("changed", one, value))
    return found


def _moves(
    old: Mapping[str, IndexedFile], new: Mapping[str, IndexedFile], told: Mapping[str, str]
) -> dict[str, str]:
    """Old URL -> new URL of notes that moved: as the site says (``told``), or because the note of
    that id has another address."""
    left = {url: one for url, one in old.items() if url not in new}
    places: dict[tuple[str | None, ...], str] = {
        (one.kind, one.id, one.lang): url
        for url, one in new.items()
        if one.kind in KINDS and url not in old
    }
    found = {
        url: to for url, one in left.items() if (to := places.get((one.kind, one.id, one.lang)))
    }
    return found | {url: told[url] for url in left if url in told}


def _change(
    op: str, one: IndexedFile, value: str | None = None, **more: str | None
) -> dict[str, Any]:
    nothing = dict.fromkeys(("to", "date", "reason", "reason_lang", "see"))
    return {
        "op": op,
        "kind": one.kind,
        "id": one.id,
        "lang": one.lang,
        "url": one.url,
        "digest": f"sha256:{value}" if value else None,
        **nothing,
        **more,
    }


def carry_over(
    site: Path, releases: Sequence[Path], public: State, url: str, documents: int
) -> list[int]:
    """Copy the public pages into a site, and write the index of them. Returns their numbers.
    ``releases``: where the pages are, as in ``listing_before``; ``public``: what is public now;
    ``documents``: how many the site has.

    If no release has a page as it was published, this page and all before it are left out.
    Programs that have read only those must begin anew. Raises ``OSError``."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    (site / FOLDER).mkdir(parents=True)
    kept = list(pages_in(public.digests).items())[-KEPT:]
    there: list[int] = []
    for number, wanted in reversed(kept):
        data = _page_in(releases, number, wanted)
        if data is None:
            break
        (site / page(number)).write_bytes(data)
        there.insert(0, number)
    _write_latest(site, there, url, documents)
    return there


def _page_in(releases: Iterable[Path], number: int, wanted: str) -> bytes | None:
    for release in releases:
        data = plain_bytes(release / page(number))
        if data is not None and digest(data) == wanted:
            return data
    return None


def _write_latest(site: Path, there: Sequence[int], url: str, documents: int) -> None:
    newest, oldest = (there[-1], there[0]) if there else (None, None)
    durable.write(site / CHANGES, latest(url, newest, oldest, documents))


@dataclass(frozen=True)
class About:
    """What a page says of its publication, beside its number and what changed."""

    kind: str
    time: str
    day: str | None
    commit: str | None


def add_page(
    site: Path,
    number: int,
    there: Sequence[int],
    about: About,
    found: Sequence[Mapping[str, Any]],
    url: str,
    documents: int,
    kept: Sequence[Path],
) -> dict[str, str]:
    """Write the page of a publication into its site, and the index that names it, with their twins.
    Returns the addresses of both and their digests. ``there``: the numbers of the pages before;
    ``found``: what changed; ``documents``: how many the site has; ``kept``: the existing releases.
    Raises ``OSError``."""
    written = {
        page(number): encode(
            {
                "$schema": f"{url}/api/v1/schemas/publication.json",
                "number": number,
                "kind": about.kind,
                "published": about.time,
                "day": about.day,
                "commit": about.commit,
                "previous": there[-1] if there else None,
                "documents": documents,
                "changes": list(found),
            }
        ),
    }
    written[CHANGES] = latest(url, number, there[0] if there else number, documents)
    return write_made(site, written, kept)
