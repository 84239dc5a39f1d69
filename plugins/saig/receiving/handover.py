"""Hands a finished site over from the account that builds to the one that publishes.

It goes through a pipe: one line of JSON that says what it is and which files it has, then the bytes
of these files, one after the other. So the account that publishes opens no file of the other
account, and no link can lead it to its own files. A site that was cut off is noticed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Annotated, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..builder.output import MARK
from ..builder.up_to_date import VERSION
from ..publishing.authority import Authority
from ..publishing.checks import read_json
from ..publishing.finished_tree import SHOWN
from ..publishing.signing import Signer
from ..publishing.tree import paths
from ..refusal import Refused
from ..words import N_
from .preview_names import PATTERN

LONGEST = 64 << 20
"""The most bytes of the first line: enough for half a million files."""

PIECE = 1 << 20
"""Bytes that are read at a time."""

BEING_REMOVED = "."
"""The beginning of the name of a preview that is being removed."""

SECONDS = 600
"""The most that the first line, or all files, may take to arrive: other pushes wait meanwhile."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FinishedSite(_Strict):
    """What is handed over. ``commit``: from which it was built; ``url``: of the site, without a
    slash at its end; ``files``: path and bytes of each."""

    commit: Annotated[str, Field(pattern="^[0-9a-f]{40}([0-9a-f]{24})?$")]
    url: Annotated[str, Field(pattern="^https?://[^/]+(/[^/]+)*$")]
    files: list[tuple[str, Annotated[int, Field(ge=0)]]]


class Handover(_Strict):
    """The first line. ``preview``: the name of a preview; None for the public site. Without a
    ``site``, the preview is to be removed, as are the remains of others."""

    preview: Annotated[str, Field(pattern=f"^{PATTERN}$", max_length=60)] | None = None
    site: FinishedSite | None = None


def finished_site(folder: Path, commit: str) -> FinishedSite:
    """Describe the site in a folder. Raises ``Refused`` if it is not a site, or contains a link;
    ``OSError`` if it cannot be read."""
    if folder.is_symlink():
        raise _is_link(folder.name)
    home = read_json(folder / "index.json") if (folder / "index.json").is_file() else None
    url = home.get("url") if isinstance(home, dict) else None
    names = sorted(name for name in paths(folder) if name != MARK)
    files = [(name, _plain_size(folder, name)) for name in names]
    try:
        return FinishedSite(commit=commit, url=str(url).rstrip("/"), files=files)
    except ValidationError as error:
        raise _not_a_site(error) from None


def _plain_size(folder: Path, name: str) -> int:
    """The bytes of a file. Raises ``Refused`` for a link, as its target is not a part of the
    site."""
    path = folder / name
    if path.is_symlink() or not path.is_file():
        raise _is_link(name)
    return path.stat().st_size


def _is_link(name: str) -> Refused:
    message = N_("%(path)s is a link, and no file: what it leads to would be published")
    return Refused(message, path=name)


def pieces(handover: Handover, folder: Path) -> Iterator[bytes]:
    """All that goes through the pipe. ``folder``: of the site. Raises ``OSError``."""
    yield handover.model_dump_json(exclude_none=True).encode() + b"\n"
    for name, size in handover.site.files if handover.site else ():
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            left = size
            while left and (data := file.read(min(left, PIECE))):
                left -= len(data)
                yield data


def hand_over(
    command: Sequence[str | Path],
    handover: Handover,
    folder: Path,
    tell: Callable[[str], None],
) -> int:
    """Run a program that takes the site in a folder. ``tell`` gets each line that it prints. Returns
    its exit code. Raises ``OSError`` if it cannot be started."""
    with subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdin and process.stdout
        sender = threading.Thread(target=_send, args=(process.stdin, handover, folder), daemon=True)
        sender.start()
        for line in process.stdout:
            tell(line.decode("utf-8", "replace").rstrip("\r\n"))
        process.wait()
        sender.join()
    return process.returncode


def _send(pipe: IO[bytes], handover: Handover, folder: Path) -> None:
    # If the other side stops reading, or a file is missing, that side reports what it did not get.
    with suppress(OSError), pipe:
        for data in pieces(handover, folder):
            pipe.write(data)


def read_handover(pipe: BinaryIO) -> Handover:
    """Read the first line. Raises ``Refused`` if it is not valid."""
    try:
        with _in_time():
            return Handover.model_validate_json(pipe.readline(LONGEST))
    except ValidationError as error:
        raise _not_a_site(error) from None


def _not_a_site(error: Exception) -> Refused:
    return Refused(
        N_("what was handed over is no finished site: %(reason)s"),
        reason=" ".join(str(error).split())[:300],
    )


class Handed:
    """A site that is being handed over, as a ``SiteSource`` of ``publishing.publish``."""

    def __init__(
        self,
        site: FinishedSite,
        pipe: BinaryIO,
        signer: Signer | None,
        authority: Authority | None,
    ) -> None:
        self._site, self._pipe = site, pipe
        self.url, self.signer, self.authority = site.url, signer, authority

    def commit(self) -> str | None:
        return self._site.commit

    def build(
        self, folder: Path, previous: Callable[[], Path | None], public: Path | None = None
    ) -> None:
        """Write its files into a folder. Vanished addresses were checked where it was built, so
        ``previous`` is not used. Raises ``Refused`` if it is cut off, has a hidden file or a path
        out of the folder, or is of another commit; ``OSError``."""
        folder.mkdir()
        with _in_time():
            for name, size in self._site.files:
                _write(self._pipe, folder, name, size)
        version = read_json(folder / VERSION) if (folder / VERSION).is_file() else None
        if not isinstance(version, dict) or version.get("commit") != self._site.commit:
            raise Refused(N_("what was handed over is of another commit than it says"))


@contextmanager
def _in_time() -> Iterator[None]:
    """Let the system end this process after ``SECONDS``. It can be ended at any moment without
    harm."""
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def _is_usual(name: str) -> bool:
    """Whether a path stays in its folder, is in its normal form, and has no hidden part but
    ``.well-known``."""
    first, *others = name.split("/")
    parts = others if first == SHOWN else [first, *others]
    return "\0" not in name and all(part and not part.startswith(".") for part in parts)


def _write(pipe: BinaryIO, folder: Path, name: str, size: int) -> None:
    """Write the next ``size`` bytes of the pipe to a file."""
    if not _is_usual(name):
        raise _not_a_site(ValueError(repr(name)))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        while size:
            data = pipe.read(min(size, PIECE))
            if not data:
                raise Refused(N_("what was handed over ended before its end"))
            file.write(data)
            size -= len(data)
