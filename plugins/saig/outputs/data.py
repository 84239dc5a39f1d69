"""Documents and data about the site, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from ..catalogue import addresses
from ..notes.address_lists import Recorded
from ..notes.plain_data import from_json
from .published_json import encode, text_of

INDEX = "api/v1/index.json"
ALL = "api/v1/all.ndjson"
"""Every document that the index lists, in its order, each on a line."""

CHANGES = "api/v1/changes/index.json"
"""The changes of each publication; written on publication."""

_RECORDED = ("title", "kind", "id", "lang", "old")


def listing(document: Mapping[str, Any], digest: str) -> str:
    """A document's entry in ``api/v1/index.json``. ``digest``: SHA-256 of its bytes."""
    return text_of(
        {
            "kind": document["kind"],
            "id": document["id"],
            "lang": document["lang"],
            "url": document["url"],
            "uri": document["uri"],
            "title": document["title"],
            "state": document[document["kind"]].get("state"),
            "document": document["url"] + "index.json",
            "modified": document["updated"],
            "updated": document["updated"],
            "digest": f"sha256:{digest}",
            "own_digest": document["own_digest"],
        }
    )


def moved(name: str, document: Mapping[str, Any]) -> str | None:
    """The index entry of a former address of a note; None for any other document. ``name``: of the
    document, which begins with the note's."""
    what, _, of = name.partition(" ")
    if what != "moved":
        return None
    kind, _, identifier = of.partition(" ")[0].partition("/")
    part = document["moved"]
    return text_of(
        {
            "from": part["from"],
            "to": part["to"],
            "kind": kind,
            "id": identifier,
            "lang": document["lang"],
        }
    )


PAGE = 5000
"""Documents on a page of the index."""


def index(
    site_url: str,
    schema_version: str,
    listed: Sequence[str],
    totals: Mapping[str, Mapping[str, int]],
    *,
    gone: Sequence[Mapping[str, Any]] = (),
    moved: Sequence[str] = (),
    files: Sequence[Mapping[str, Any]] = (),
    shared: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """``api/v1/index.json``: the documents (as ``listing`` has them), moved and gone addresses,
    editors' files, and the paths of documents that pages share. With more than ``PAGE`` documents
    it has several pages, linked by ``next``. ``totals``: documents by kind and language. Returns
    path -> bytes."""
    pages = max(1, -(-len(listed) // PAGE))
    beside = [_shared(site_url, path, content) for path, content in shared.items()]
    found = {}
    for number in range(1, pages + 1):
        is_first = number == 1
        head = {
            "$schema": f"{site_url}/{addresses.schema('index')}",
            "schema_version": schema_version,
            "site": f"{site_url}/",
            "total": len(listed),
            "totals": totals,
            "page": number,
            "pages": pages,
            "next": f"{site_url}/{index_page(number + 1)}" if number < pages else None,
            "changes": f"{site_url}/{CHANGES}",
            "all": f"{site_url}/{ALL}",
        }
        tail = {"gone": gone, "files": files, "shared": beside}
        last = {name: list(said) if is_first else [] for name, said in tail.items()}
        on_page = listed[(number - 1) * PAGE : number * PAGE]
        parts = [text_of(head)[:-1], f'"documents": [{", ".join(on_page)}]']
        parts += [f'"moved": [{", ".join(moved) if is_first else ""}]', text_of(last)[1:]]
        found[index_page(number)] = (", ".join(parts) + "\n").encode()
    return found


def index_page(number: int) -> str:
    """The path of a page of the index."""
    return INDEX if number == 1 else f"api/v1/index/{number}.json"


def whole_index(first: bytes, read: Callable[[str], bytes]) -> dict[str, Any]:
    """An index with the documents of all its pages. ``read`` returns the contents at a page's
    address. Raises ``ValueError`` if one is not an index."""
    found = _index_in(first)
    seen, following = set(), found.get("next")
    while following:
        if not isinstance(following, str) or following in seen:
            raise ValueError(str(following))
        seen.add(following)
        page = _index_in(read(following))
        found["documents"] += page["documents"]
        following = page.get("next")
    return found


def _index_in(published: bytes) -> dict[str, Any]:
    found = from_json(published)
    if not isinstance(found, dict) or not isinstance(found.get("documents"), list):
        raise ValueError("it is no index")
    return found


def _shared(site_url: str, path: str, content: bytes) -> dict[str, str]:
    _, _, kind, name = path.split("/")
    return {
        "kind": kind,
        "lang": name.removesuffix(".json"),
        "document": f"{site_url}/{path}",
        "digest": f"sha256:{sha256(content).hexdigest()}",
    }


def addresses_in(index: Mapping[str, Any]) -> dict[str, Recorded]:
    """The addresses (from the site's root) in an earlier ``api/v1/index.json``, and what was there.
    ``index``: with all its pages, see ``whole_index``.

    Raises ``ValueError`` if it is not an index.
    """
    try:
        root = index["site"].rstrip("/")
        files = [{**item, "kind": "file"} for item in index.get("files", ())]
        gone = [{**item, "title": _own_title(item)} for item in index["gone"]]
        return {
            item["url"][len(root) :]: Recorded(**{k: item[k] for k in _RECORDED if item.get(k)})
            for item in (*index["documents"], *gone, *files)
            if item["url"].startswith(root + "/")
        }
    except KeyError as error:
        raise ValueError(f"{error} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError(str(error)) from error


def _own_title(gone: Mapping[str, Any]) -> str:
    """The title of a gone page, if it is in the page's language."""
    title: str = gone["title"]
    return title if gone.get("title_lang", "") == gone.get("lang") else ""


def version(site_url: str, schema_version: str, said: Mapping[str, Any]) -> bytes:
    """``version.json``. ``said``: the day, and what Git says of the work tree."""
    schema = f"{site_url}/{addresses.schema('version')}"
    return encode(
        {"$schema": schema, "schema_version": schema_version, "generator": "Saig", **said}
    )


def next_change(site_url: str, day: str | None) -> bytes:
    """``next-change.json``."""
    return encode({"$schema": f"{site_url}/{addresses.schema('next-change')}", "date": day})


class Schemas(NamedTuple):
    """``version``: of all schemas together. ``files``: path -> text."""

    version: str
    files: Mapping[str, str]


def schemas(site_url: str) -> Schemas:
    """The JSON Schema of each kind of document."""
    from ..documents.schema import ALL, json_schema, schema_version  # slow to import

    return Schemas(
        schema_version(),
        {
            (path := addresses.schema(kind)): encode(
                json_schema(kind, f"{site_url}/{path}")
            ).decode()
            for kind in ALL
        },
    )
