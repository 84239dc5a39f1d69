"""The publication record: a line for each publication, with the digest of the line before.

The digest includes the line end, so ``sed -n 3p publications.jsonl | sha256sum`` gives it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from ..refusal import Refused
from ..words import N_
from .signing import fingerprint
from .tree import digest, digest_of_lines, is_page, tree_digest, tree_line

if TYPE_CHECKING:
    from pydantic import TypeAdapter

TIME, LONG = "%Y-%m-%dT%H:%M:%SZ", 20

Kind = Literal["publish", "rollback", "found", "statement"]


@dataclass(frozen=True)
class Publication:
    """A line (decision 11). Addresses are from the site's root; digests are SHA-256 in
    hexadecimal; times are UTC, in seconds.

    ``rollback``: an earlier release is public again. ``commit`` and ``day`` are that release's, and
    ``added``, ``changed`` and ``removed`` are what going back to it changed.

    ``found`` is not a publication. It says that ``current`` was found to lead to ``release``,
    although the line before names another, and since when. It is added if a publication was killed
    between its line and the switch.

    ``statement`` is not one either: the operator says something of the record (``statements.py``).
    """

    number: int
    """From 1."""
    kind: Kind
    time: str
    site: str
    release: str | None
    commit: str | None
    differs: bool | None
    day: str | None
    added: Mapping[str, str]
    changed: Mapping[str, str]
    removed: Mapping[str, str]
    gone: Sequence[str]
    """Those added or changed whose page only says that something was withdrawn."""
    moved: Sequence[str]
    """Those added or changed whose page only leads to another."""
    altered: Mapping[str, str | None]
    """The files that were found not to be as published: address -> digest of what was found; null:
    nothing."""
    since: str | None
    """With ``found``: when the link was last moved."""
    tree: str
    """``tree_digest`` of all that is public after this line."""
    signer: str | None
    """Fingerprint of the key that signs this line."""
    previous: str | None
    """Digest of the line before, its line end included; null in the first."""

    # The following keys are written only if they have a value.

    beside: Mapping[str, str] = field(default_factory=dict)
    """The signatures and time stamps that earlier lines got since the line before was written: name
    of the file in ``publications/`` to digest."""
    key: str | None = None
    """With ``statement``: the public key that signs from the next line on."""
    pinned: str | None = None
    """With ``statement``: digest of an earlier line. That line and all before need no signature."""
    clock_was_wrong: bool = False
    """The operator says that the times of earlier lines were wrong, so this line's may be before
    theirs."""

    @property
    def origin(self) -> Origin:
        return Origin(self.site, self.commit, self.differs, self.day)

    def line(self) -> bytes:
        """The line, in the only valid form: JSON with sorted keys, without spaces, UTF-8, a line
        end."""
        plain = asdict(self)
        plain = {name: value for name, value in plain.items() if value or name not in OPTIONAL}
        written = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return written.encode() + b"\n"


OPTIONAL = ("beside", "key", "pinned", "clock_was_wrong")
"""Keys that were added later: a line without them is written as before."""


@dataclass(frozen=True)
class State:
    """What is public at one time: address -> digest; and the addresses whose pages only say that
    something is gone or moved."""

    digests: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()

    @property
    def pages(self) -> int:
        return sum(map(is_page, self.digests))

    @property
    def tree(self) -> str:
        return tree_digest(self.digests)


@dataclass(frozen=True)
class Origin:
    """What a release was built from: the site's address, the commit, whether the working tree
    differed from that, and the civil date. With commit and date it can be built again."""

    site: str
    commit: str | None = None
    differs: bool | None = None
    day: str | None = None


class InvalidLine(Refused):
    """A line that does not follow from those before it."""


def read_line(line: bytes) -> Publication:
    """Read a line. Raises ``InvalidLine`` if it is not exactly as Saig writes one."""
    from pydantic import ValidationError

    try:
        publication = _adapter().validate_json(line)
    except ValidationError:
        raise InvalidLine(N_("it is not JSON with the keys of a publication")) from None
    if publication.key is not None:
        try:
            fingerprint(publication.key)
        except ValueError:
            raise InvalidLine(N_("it names a key that is none")) from None
    times = (publication.time, publication.since)
    if not all(_is_time(written) for written in times if written is not None):
        raise InvalidLine(N_("it is of no time"))
    # This also finds keys that are not known, and values that were converted to their type.
    if publication.line() != line:
        raise InvalidLine(N_("it is not written as Saig writes it"))
    return publication


def _is_time(written: str) -> bool:
    """Whether a text is a time in the form that lines have, in which texts sort by time."""
    try:
        return bool(datetime.datetime.strptime(written, TIME)) and len(written) == LONG
    except ValueError:
        return False


@cache
def _adapter() -> TypeAdapter[Publication]:
    from pydantic import TypeAdapter  # which takes long to import

    return TypeAdapter(Publication)


class Replay:
    """What is public after each of a series of publications. A record has thousands, so a step
    changes what it has and copies nothing."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}
        self._gone: set[str] = set()
        self._moved: set[str] = set()
        self._lines: dict[str, bytes] = {}

    @property
    def state(self) -> State:
        return State(dict(self._digests), frozenset(self._gone), frozenset(self._moved))

    def follow(self, publication: Publication) -> None:
        """Go on to the state after a publication. Raises ``InvalidLine`` if it cannot follow on
        this state; then this must not be used any more."""
        there = self._digests
        for address in publication.added:
            if address in there:
                raise InvalidLine(
                    N_("it adds %(address)s, which the record already has"), address=address
                )
        for address, value in publication.changed.items():
            if address not in there:
                raise InvalidLine(
                    N_("it changes %(address)s, which the record does not have"), address=address
                )
            if there[address] == value:
                message = N_("it changes %(address)s, and the digest is the same")
                raise InvalidLine(message, address=address)
        for address, value in publication.removed.items():
            if there.get(address) != value:
                message = N_(
                    "it removes %(address)s, which the record does not have, or has with another "
                    "digest"
                )
                raise InvalidLine(message, address=address)
        touched = publication.added.keys() | publication.changed.keys()
        for address in (*publication.gone, *publication.moved):
            if address not in touched:
                message = N_("it calls %(address)s gone or moved, and neither adds nor changes it")
                raise InvalidLine(message, address=address)
        self.apply(publication)
        if digest_of_lines(self._lines.values()) != publication.tree:
            raise InvalidLine(N_("its tree is not what its changes give"))

    def apply(self, publication: Publication) -> None:
        """The same for a publication that is known to be valid."""
        new = {**publication.added, **publication.changed}
        self._digests |= new
        self._lines |= {address: tree_line(address, value) for address, value in new.items()}
        for address in publication.removed:
            del self._digests[address], self._lines[address]
        for told, now in ((self._gone, publication.gone), (self._moved, publication.moved)):
            told.difference_update(new, publication.removed)
            told.update(now)


def state_after(publications: Iterable[Publication]) -> State:
    """What is public after valid publications."""
    replay = Replay()
    for publication in publications:
        replay.apply(publication)
    return replay.state


@dataclass(frozen=True)
class Chain:
    """A record as it was read, up to the first line that is not valid."""

    lines: Sequence[bytes] = ()
    publications: Sequence[Publication] = ()
    state: State = State()
    broken: InvalidLine | None = None
    """Why the line after the last of ``publications`` is not valid."""
    incomplete: bytes = b""
    """What comes after the last whole line: the writing of a line was killed."""

    @property
    def last(self) -> Publication | None:
        return self.publications[-1] if self.publications else None

    @property
    def begun(self) -> str | None:
        """The time of the first publication."""
        return next((item.time for item in self.publications if item.kind == "publish"), None)

    @property
    def last_change(self) -> Publication | None:
        """The last line that says what is public: any but a statement."""
        lines = reversed(self.publications)
        return next((item for item in lines if item.kind != "statement"), None)

    def publication_of(self, release: str) -> Publication | None:
        """The publication that made a release."""
        return next((item for item in self.publications if item.release == release), None)

    def state_of(self, release: str) -> State:
        """What was public when a release was last made current. Of the files in its folder, a later
        line can have changed only the pages of ``changes.py``."""
        lines = [item.number for item in self.publications if item.release == release]
        return self.state_at(lines[-1]) if lines else State()

    def state_at(self, number: int) -> State:
        """What was public after publication ``number``."""
        return state_after(self.publications[:number])


def read(data: bytes) -> Chain:
    """Read a record, up to its end or the first line that is not valid."""
    *lines, incomplete = data.split(b"\n")
    publications: list[Publication] = []
    replay = Replay()
    before: str | None = None
    for index, text in enumerate(lines):
        line = text + b"\n"
        try:
            publication = read_line(line)
            if publication.number != index + 1:
                raise InvalidLine(N_("its number does not follow"))
            if publication.previous != before:
                raise InvalidLine(N_("it does not hold the digest of the line before it"))
            replay.follow(publication)
        except InvalidLine as error:
            state = state_after(publications)
            return Chain(
                _whole(lines[:index]), publications, state, broken=error, incomplete=incomplete
            )
        publications.append(publication)
        before = digest(line)
    return Chain(_whole(lines), publications, replay.state, incomplete=incomplete)


def _whole(lines: Iterable[bytes]) -> list[bytes]:
    return [line + b"\n" for line in lines]


def require_valid(chain: Chain) -> Chain:
    """The chain itself. Raises ``Refused`` if a line is not valid, as nothing can be added
    then."""
    if chain.broken:
        raise Refused(
            N_(
                "line %(number)d of the publication record does not hold: it has been changed. "
                "Put the record back from a copy"
            ),
            number=len(chain.publications) + 1,
        )
    return chain
