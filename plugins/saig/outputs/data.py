"""Documents and what the site says of itself, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from ..catalogue import addresses
from ..notes.site import Recorded

_JSON = json.JSONEncoder(ensure_ascii=False)


def encode(value: Any) -> bytes:
    """JSON as it is published: keys in the order given, on one line, UTF-8."""
    return (_JSON.encode(value) + "\n").encode()


INDEX = "api/v1/index.json"
_RECORDED = ("title", "kind", "id", "lang", "old")


def listing(document: Mapping[str, Any], digest: str) -> str:
    """A document's entry in ``api/v1/index.json``. ``digest``: SHA-256 of its bytes."""
    return _JSON.encode(
        {
            "kind": document["kind"],
            "id": document["id"],
            "lang": document["lang"],
            "url": document["url"],
            "title": document["title"],
            "document": document["url"] + "index.json",
            "modified": document["updated"],
            "updated": document["updated"],
            "digest": f"sha256:{digest}",
        }
    )


def index(
    site_url: str,
    schema_version: str,
    listed: Iterable[str],
    gone: Sequence[Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]],
    shared: Mapping[str, bytes],
) -> bytes:
    """``api/v1/index.json``: every document, as ``listing`` has it, those that are gone, the files of
    the editors, and the documents that pages share, which are given by their paths."""
    frame = _JSON.encode(
        {
            "$schema": f"{site_url}/{addresses.schema('index')}",
            "schema_version": schema_version,
            "site": site_url + "/",
            "documents": [],
            "gone": list(gone),
            "files": list(files),
            "shared": [_shared(site_url, path, content) for path, content in shared.items()],
        }
    )
    return (frame.replace("[]", f"[{', '.join(listed)}]", 1) + "\n").encode()


def _shared(site_url: str, path: str, content: bytes) -> dict[str, str]:
    _, _, kind, name = path.split("/")
    return {
        "kind": kind,
        "lang": name.removesuffix(".json"),
        "document": f"{site_url}/{path}",
        "digest": f"sha256:{sha256(content).hexdigest()}",
    }


def addresses_in(published: bytes) -> dict[str, Recorded]:
    """The addresses, from the site's root, that an earlier ``api/v1/index.json`` lists, and what stood
    there.

    Raises ``ValueError`` where it is no such file.
    """
    try:
        found = json.loads(published)
        root = found["site"].rstrip("/")
        files = [{**item, "kind": "file"} for item in found.get("files", ())]
        return {
            item["url"][len(root) :]: Recorded(**{k: item[k] for k in _RECORDED if item.get(k)})
            for item in (*found["documents"], *found["gone"], *files)
            if item["url"].startswith(root + "/")
        }
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(str(error)) from error


def version(site_url: str, schema_version: str, said: Mapping[str, Any]) -> bytes:
    """``version.json``. ``said``: the day, and what Git says of the tree."""
    schema = f"{site_url}/{addresses.schema('version')}"
    return encode(
        {"$schema": schema, "schema_version": schema_version, "generator": "Saig", **said}
    )


def next_change(site_url: str, day: str | None) -> bytes:
    """``next-change.json``."""
    return encode({"$schema": f"{site_url}/{addresses.schema('next-change')}", "date": day})


class Schemas(NamedTuple):
    """``version``: of all of them. ``files``: each by its path, as text."""

    version: str
    files: Mapping[str, str]


def schemas(site_url: str) -> Schemas:
    """The JSON Schema of each kind of document."""
    from ..documents.schema import ALL, json_schema, schema_version  # which takes long to import

    return Schemas(
        schema_version(),
        {
            (path := addresses.schema(kind)): encode(
                json_schema(kind, f"{site_url}/{path}")
            ).decode()
            for kind in ALL
        },
    )
