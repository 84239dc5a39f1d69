"""Every page that was ever public, for whoever asks whether one has vanished."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from ..outputs.data import INDEX, addresses_in
from .place import Place
from .record import Chain
from .tree import is_page


def index_of_all(place: Place, chain: Chain, url: str, target: Path) -> Path | None:
    """Every page that was ever public, with its title if a kept release lists it, as one index.

    The current release alone would forget what was public before a rollback, and lists neither
    redirects nor hidden notes.
    """
    titles = {
        address: address
        for publication in chain.publications
        for address in (*filter(is_page, publication.added), *publication.moved, *publication.gone)
    }
    for name in place.kept():
        with suppress(OSError, ValueError):
            titles |= addresses_in((place.release(name) / INDEX).read_bytes())
    if not titles:
        return None
    listed = [{"url": url + address, "title": title} for address, title in titles.items()]
    index = {"site": f"{url}/", "documents": listed, "gone": []}
    target.write_text(json.dumps(index), "utf-8")
    return target
