"""The files of a release, with their addresses and digests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from itertools import starmap
from pathlib import Path
from stat import S_ISREG

from ..builder.processes import parallel_map, processors
from ..cms.page import ADMIN
from ..notes.address import with_index, without_index
from ..progress import Progress
from ..words import N_
from .compress import TWINS, original
from .diff import diff


def paths(root: Path) -> Iterator[str]:
    """The paths of all files below a folder, from it, with slashes. Includes links and special
    files."""
    for folder, folders, files in os.walk(root):
        here = os.path.relpath(folder, root).replace(os.sep, "/")
        start = "" if here == "." else f"{here}/"
        yield from (start + name for name in files)
        # A link to a folder is not followed, but listed like a file, so that it is noticed.
        yield from (start + name for name in folders if os.path.islink(os.path.join(folder, name)))


def address_of(path: str) -> str:
    """The address of a file, from the site's root."""
    return f"/{without_index(path)}"


def path_of(address: str) -> str:
    """The path of the file at an address."""
    return with_index(address)[1:]


def is_page(address: str) -> bool:
    """Whether an address is of a page of the site. Those in the editors' files, and the editor in the
    browser, are not."""
    return address.endswith("/") and not address.startswith(("/files/", f"/{ADMIN}/"))


def twin_of(path: str) -> tuple[str, str] | None:
    """The path of the file whose twin this is, by its ending, and that ending; None if it has no
    such ending."""
    for ending in TWINS:
        if path.endswith(ending):
            return path[: -len(ending)], ending
    return None


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def plain_bytes(path: Path) -> bytes | None:
    """The bytes of a file; None if it is not a plain file, or cannot be read."""
    try:
        with open(path, "rb", buffering=0, opener=_not_waiting) as file:
            return file.read() if S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def _not_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe would wait for its writer


def digest_of(path: Path) -> str | None:
    """A file's digest; None as in ``plain_bytes``."""
    data = plain_bytes(path)
    return None if data is None else digest(data)


def digests_in(
    root: Path, wanted: Mapping[str, str], progress: Progress | None = None
) -> dict[str, str | None]:
    """The files below a folder, to be compared with ``wanted``: address -> digest, None if the file
    cannot be read.

    A twin is left out if it contains the wanted file. Any other is listed, as most readers get the
    twin. Files at no wanted address are listed by path, in which bytes that are not UTF-8 are
    replaced, as messages and the record need text."""
    names = sorted(paths(root))
    found: Iterable[tuple[str, str | None] | None]
    found = parallel_map(partial(_listed, root, wanted), names, processors())
    if progress:
        found = progress.over(found, len(names), N_("Comparing files"))
    return dict(filter(None, found))


def _listed(root: Path, wanted: Mapping[str, str], name: str) -> tuple[str, str | None] | None:
    """A file as ``digests_in`` lists it; None if it is left out."""
    address, data = address_of(name), plain_bytes(root / name)
    if address not in wanted:
        if data is not None and _is_good_twin(name, data, wanted):
            return None
        address = f"/{name}".encode("utf-8", "replace").decode()
    return address, None if data is None else digest(data)


def altered_files(root: Path, wanted: Mapping[str, str]) -> dict[str, str | None]:
    """The files below a folder that are not as wanted: address -> digest of what is there; None if
    there is no file, or none that can be read."""
    found = digests_in(root, wanted)
    return {address: found.get(address) for address in diff(wanted, found).addresses}


def _is_good_twin(name: str, data: bytes, wanted: Mapping[str, str]) -> bool:
    twin = twin_of(name)
    if not twin or address_of(twin[0]) not in wanted:
        return False
    held = original(twin[1], data)
    return held is not None and digest(held) == wanted[address_of(twin[0])]


def tree_digest(digests: Mapping[str, str]) -> str:
    """One digest of a whole tree: of the sorted lines ``path NUL digest``. ``digests``: address ->
    digest."""
    return digest_of_lines(starmap(tree_line, digests.items()))


def tree_line(address: str, value: str) -> bytes:
    return f"{path_of(address)}\0{value}\n".encode()


def digest_of_lines(lines: Iterable[bytes]) -> str:
    return digest(b"".join(sorted(lines)))
