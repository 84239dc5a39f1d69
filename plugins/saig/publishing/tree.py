"""The files of a release, with their addresses and digests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

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
        return None if path.is_symlink() or not path.is_file() else path.read_bytes()
    except OSError:
        return None


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
    names: Iterable[str] = sorted(paths(root))
    if progress:
        listed = list(names)
        names = progress.over(listed, len(listed), N_("Comparing files"))
    found: dict[str, str | None] = {}
    for name in names:
        address, value = address_of(name), digest_of(root / name)
        if address in wanted:
            found[address] = value
        elif not (value and _is_good_twin(root, name, wanted)):
            found[f"/{name}".encode("utf-8", "replace").decode()] = value
    return found


def altered_files(root: Path, wanted: Mapping[str, str]) -> dict[str, str | None]:
    """The files below a folder that are not as wanted: address -> digest of what is there; None if
    there is no file, or none that can be read."""
    found = digests_in(root, wanted)
    return {address: found.get(address) for address in diff(wanted, found).addresses}


def _is_good_twin(root: Path, name: str, wanted: Mapping[str, str]) -> bool:
    twin = twin_of(name)
    if not twin or address_of(twin[0]) not in wanted:
        return False
    held = original(twin[1], (root / name).read_bytes())
    return held is not None and digest(held) == wanted[address_of(twin[0])]


def tree_digest(digests: Mapping[str, str]) -> str:
    """One digest of a whole tree: of the sorted lines ``path NUL digest``. ``digests``: address ->
    digest."""
    lines = sorted((path_of(address), value) for address, value in digests.items())
    return digest("".join(f"{path}\0{value}\n" for path, value in lines).encode())
