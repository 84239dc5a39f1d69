"""What is looked at once more in the finished files, before anyone else can see them.

The notes were checked before; what is found here is a fault of theme, plugin or settings. So a
fault is told of a file of the site, and publication stops.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import jsonschema_rs

from ..cms.page import ADMIN
from ..notes.address import INDEX, encoded
from ..notes.placeholders import is_placeholder
from ..words import N_
from .tree import address_of, twin_of

FILES = "files/"
"""What the editors put there is published as it is: nothing in it is looked at."""

WITHOUT_DOCUMENTS = (f"{ADMIN}/", "api/v1/", FILES, "theme/")
SCHEMAS = "api/v1/schemas/"
OF_WHOLE = re.compile(r"api/v1/(index(/.*)?|site/.*|codes/.*|changes/index)\.json")
"""Documents of the site as a whole, each with its schema. What earlier publications changed is as
it was written then, by the schema and at the address of that time."""


@dataclass(frozen=True)
class Fault:
    """``message`` is marked with ``N_``."""

    path: str
    message: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class PageLinks:
    """What a page links to, by line and address, and what in it can be linked to."""

    links: list[tuple[int, str]]
    ids: set[str]


_TAG = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
  | <(?P<tag>[a-z][^\s/>]*+)
    (?P<attributes>(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*+))?+)*+)>
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*+)))?+""", re.DOTALL
)
_ENDS = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in ("script", "style")}
"""Of elements in which there are no tags."""

_ADDRESSES = ("href", "src", "poster", "action", "data")


def parse_page(html: str) -> PageLinks:
    """The tags of a page, whatever the rest of it is. The parser of the standard library takes
    several times as long, and a publication reads every page."""
    page, line, counted, position = PageLinks([], set()), 1, 0, 0
    while found := _TAG.search(html, position):
        position = found.end()
        tag = (found["tag"] or "").lower()
        if tag in _ENDS:
            end = _ENDS[tag].search(html, position)
            position = end.start() if end else len(html)
        if found["attributes"]:
            line += html.count("\n", counted, found.start())
            counted = found.start()
            _take(page, line, tag, _given(found["attributes"]))
    return page


def _given(attributes: str) -> dict[str, str]:
    """The attributes with a value. Where one stands twice, browsers take the first (HTML,
    13.2.5.33)."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(attributes):
        value = "".join(values)
        if value:
            given.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return given


def _take(page: PageLinks, line: int, tag: str, given: Mapping[str, str]) -> None:
    if "id" in given:
        page.ids.add(given["id"])
    if tag == "a" and "name" in given:
        page.ids.add(given["name"])
    for name in _ADDRESSES:
        if name in given and not (name == "data" and tag != "object"):
            page.links.append((line, given[name].strip()))
    for candidate in given.get("srcset", "").split(","):
        if candidate.strip():
            page.links.append((line, candidate.split()[0]))
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        _, found, target = given.get("content", "").partition("url=")
        if found:
            page.links.append((line, target.strip()))


def check(root: Path, site_url: str, paths: Sequence[str]) -> Iterator[Fault]:
    """All faults of a finished tree. ``site_url`` has no slash at its end; ``paths``: of its
    files."""
    yield from check_names(paths)
    if INDEX not in paths:
        yield Fault(INDEX, N_("there is no home page"), {})
    yield from check_links(root, site_url, paths)
    yield from check_documents(root, site_url, paths)


def check_names(paths: Sequence[str]) -> Iterator[Fault]:
    """Names that the record or the web server would take for something else."""
    there = set(paths)
    for path in paths:
        try:
            path.encode()
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "replace").decode()
            yield Fault(shown, N_("its name is not UTF-8"), {})
            continue
        if not path.isprintable():
            shown = "".join(c if c.isprintable() else "�" for c in path)
            yield Fault(shown, N_("its name has signs that cannot be shown"), {})
        twin = twin_of(path)
        if twin and twin[0] in there:
            yield Fault(
                path,
                N_("a web server would take it for %(other)s, compressed; give it another name"),
                {"other": twin[0]},
            )


def check_links(root: Path, site_url: str, paths: Sequence[str]) -> Iterator[Fault]:
    """Links of pages to this site, and their fragments. An address that only stands for one that is
    not known yet may be on the host of a demonstration."""
    pages = {
        path: read_page(root / path)
        for path in paths
        if path.endswith((".html", ".htm")) and not path.startswith(FILES)
    }
    there = set(paths)
    for path, page in pages.items():
        for line, link in page.links:
            target = _target(link, path, site_url)
            if target is None:
                continue
            where, fragment = target
            found = next((name for name in _files(where) if name in there), None)
            values = {"line": line, "address": link}
            if found is None and not is_placeholder(link):
                yield Fault(path, N_("line %(line)d: %(address)s leads nowhere"), values)
            elif found and found in pages and not _has(pages[found], fragment):
                message = N_("line %(line)d: there is no such place on the page: %(address)s")
                yield Fault(path, message, values)


def read_page(path: Path) -> PageLinks:
    return parse_page(path.read_text("utf-8", "replace"))


def _target(link: str, path: str, site_url: str) -> tuple[str, str] | None:
    """The path in this site that a link of the page at ``path`` names, and the fragment; None where
    it leads elsewhere."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return (link, "")  # no address at all: leads nowhere
    own = urlsplit(site_url)
    here = own.path + quote(address_of(path))
    if (parts.scheme or own.scheme) not in ("http", "https"):
        return None
    if (parts.netloc or own.netloc) != own.netloc:
        return None
    if not parts.path and not parts.query and not parts.scheme:
        where = here
    elif parts.path.startswith("/") or parts.netloc:
        where = parts.path or "/"
    else:
        where = posixpath.normpath(posixpath.join(posixpath.dirname(here), parts.path))
        where += "/" if parts.path.endswith(("/", "/.", "/..")) or parts.path in (".", "..") else ""
    if where != own.path and not where.startswith(own.path + "/"):
        return None  # below the same host, another site
    return unquote(where[len(own.path) :]).lstrip("/"), unquote(parts.fragment)


def _files(where: str) -> Iterator[str]:
    """The files that a web server may answer with, in its order."""
    if where == "" or where.endswith("/"):
        yield where + INDEX
    else:
        yield where
        yield f"{where}/{INDEX}"


def _has(page: PageLinks, fragment: str) -> bool:
    return fragment in ("", "top") or fragment.startswith(":~:") or fragment in page.ids


def check_documents(root: Path, site_url: str, paths: Sequence[str]) -> Iterator[Fault]:
    """Every page has its document, and every document is as its published schema says: those of
    pages and those of the whole site."""
    there = set(paths)
    validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        is_of_page = not path.startswith(WITHOUT_DOCUMENTS)
        if is_of_page and name == INDEX and f"{path.removesuffix('html')}json" not in there:
            yield Fault(path, N_("there is no index.json beside it"), {})
        if not (name == "index.json" if is_of_page else OF_WHOLE.fullmatch(path)):
            continue
        document = read_json(root / path)
        named = document.get("$schema") if isinstance(document, dict) else None
        schema = str(named).removeprefix(f"{site_url}/")
        if schema not in there or not schema.startswith(SCHEMAS):
            yield Fault(path, N_("it names no schema of this site"), {})
            continue
        if schema not in validators:
            validators[schema] = jsonschema_rs.Draft202012Validator(
                read_json(root / schema), validate_formats=True
            )
        address = f"{site_url}{encoded(f'/{folder}/')}" if folder else f"{site_url}/"
        if is_of_page and document.get("url") != address:
            yield Fault(path, N_("it says that it stands at %(url)s"), {"url": document.get("url")})
        for error in validators[schema].iter_errors(document):
            message = N_("it is not as its schema says: %(reason)s")
            where = ".".join(("$", *map(str, error.instance_path)))
            yield Fault(path, message, {"reason": f"{where}: {error.message}"})


def read_json(path: Path) -> Any:
    """What a file holds; None where it is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None
