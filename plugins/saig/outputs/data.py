"""Documents and what the site says of itself, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
    listed: Iterable[str],
    gone: Sequence[Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """``api/v1/index.json``: every document, as ``listing`` has it, those that are gone, and the
    files of the editors."""
    frame = _JSON.encode(
        {"site": site_url + "/", "documents": [], "gone": list(gone), "files": list(files)}
    )
    return (frame.replace("[]", f"[{', '.join(listed)}]", 1) + "\n").encode()


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


def schemas(site_url: str) -> dict[str, bytes]:
    """Path to JSON Schema, for each kind of document."""
    from ..documents.schema import DOCUMENTS, json_schema  # which takes long to import

    return {
        f"api/v1/schemas/{kind}.json": encode(
            json_schema(kind, f"{site_url}/api/v1/schemas/{kind}.json")
        )
        for kind in DOCUMENTS
    }
