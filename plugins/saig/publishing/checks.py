"""Checks of the finished files, before they become public.

The notes were checked before, so what is found here is a fault of the theme, the plugin or the
settings. A fault is reported with a file of the site, and publication stops.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import jsonschema_rs

from ..cms.page import ADMIN
from ..notes.address import INDEX, encoded
from ..notes.placeholders import is_placeholder
from ..notes.plain_data import from_json
from ..words import N_
from .diff import Diff
from .tree import address_of, path_of, twin_of

FILES = "files/"
"""What editors put there is published as it is, and not checked."""

WITHOUT_DOCUMENTS = (f"{ADMIN}/", "api/v1/", FILES, "theme/")
SCHEMAS = "api/v1/schemas/"
OF_WHOLE = re.compile(r"api/v1/(index(/.*)?|site/.*|codes/.*|changes/index)\.json")
"""Documents of the site as a whole, each with its schema. Those of earlier publications
(``changes/<number>.json``) are not among them: they have the schema and the address of their
time."""


@dataclass(frozen=True)
class Fault:
    """A fault of a finished file. ``message`` is marked with ``N_``."""

    path: str
    message: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class PageLinks:
    """The links of a page, each with its line, and the ids to which others can link."""

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
"""The ends of elements whose content has no tags."""

_ADDRESSES = ("href", "src", "poster", "action", "data")


def parse_page(html: str) -> PageLinks:
    """The links and ids of a page, from its tags alone. The parser of the standard library takes
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
    """The attributes that have a value. Of two with the same name the first counts, as in browsers
    (HTML, 13.2.5.33)."""
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


def check(
    root: Path, site_url: str, paths: Sequence[str], right: Set[str] = frozenset()
) -> Iterator[Fault]:
    """All faults of a finished site. ``root``: its folder; ``site_url``: without a slash at its
    end; ``paths``: of its files, below ``root``; ``right``: those that ``still_right`` returned."""
    yield from check_names(paths)
    if INDEX not in paths:
        yield Fault(INDEX, N_("there is no home page"), {})
    yield from check_links(root, site_url, paths, right)
    yield from check_documents(root, site_url, [path for path in paths if path not in right], paths)


def still_right(root: Path, names: Sequence[str], before: Path, changes: Diff) -> Set[str]:
    """The files of a finished site that need no check: those that are as in the site before, which
    was checked, unless something may be missing to which they link. Then there are none.

    ``root``: the folder of the site, ``names``: the paths of its files; ``before``: the folder of
    the site before, which has the same address; ``changes``: the difference of the two."""
    changed, added = set(map(path_of, changes.changed)), set(map(path_of, changes.added))
    if changes.removed or any(path.startswith(SCHEMAS) for path in changed):
        return frozenset()
    pages = list(filter(_is_page, changed))
    if any(read_page(before / path).ids - read_page(root / path).ids for path in pages):
        return frozenset()
    return set(names) - changed - added


def check_names(paths: Sequence[str]) -> Iterator[Fault]:
    """File names that the record cannot have, or that a web server would take for a twin."""
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


def check_links(
    root: Path, site_url: str, paths: Sequence[str], right: Set[str]
) -> Iterator[Fault]:
    """Links of pages within this site that lead nowhere, or to no fragment. Placeholders may lead
    nowhere."""

    @cache
    def page_at(path: str) -> PageLinks:
        return read_page(root / path)

    there = set(paths)
    for path in paths:
        if path in right or not _is_page(path):
            continue
        for line, link in page_at(path).links:
            target = _target(link, path, site_url)
            if target is None:
                continue
            where, fragment = target
            found = next((name for name in _files(where) if name in there), None)
            values = {"line": line, "address": link}
            if found is None and not is_placeholder(link):
                yield Fault(path, N_("line %(line)d: %(address)s leads nowhere"), values)
            elif (
                found
                and _is_page(found)
                and _needs_an_id(fragment)
                and fragment not in page_at(found).ids
            ):
                message = N_("line %(line)d: there is no such place on the page: %(address)s")
                yield Fault(path, message, values)


def read_page(path: Path) -> PageLinks:
    return parse_page(path.read_text("utf-8", "replace"))


def _target(link: str, path: str, site_url: str) -> tuple[str, str] | None:
    """The path in this site to which a link of the page at ``path`` leads, and the fragment; None
    if it leads to another site."""
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
    """The files with which a web server may answer, the first that exists counts."""
    if where == "" or where.endswith("/"):
        yield where + INDEX
    else:
        yield where
        yield f"{where}/{INDEX}"


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".htm")) and not path.startswith(FILES)


def _needs_an_id(fragment: str) -> bool:
    return fragment not in ("", "top") and not fragment.startswith(":~:")


def check_documents(
    root: Path, site_url: str, paths: Sequence[str], every: Sequence[str]
) -> Iterator[Fault]:
    """Those of the ``paths``, out of ``every`` file, that are pages without a document, or
    documents, of pages and of the whole site, that do not match their published schema or name
    another address."""
    there = set(every)
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
    """The value in a JSON file; None if it is not valid JSON. Raises ``OSError``."""
    try:
        return from_json(path.read_bytes())
    except ValueError:
        return None
