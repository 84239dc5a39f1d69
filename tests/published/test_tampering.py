"""What an operator reads of a record that somebody tampered with, held against what somebody has looked
over (``tampering.txt``)."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import looked_over
import pytest
from published_site import copy, make_key
from saig.progress import Progress
from saig.publishing.clock import clock_findings, doubts
from saig.publishing.finding import Finding
from saig.publishing.layout import Layout
from saig.publishing.record import Chain, Origin, State, read
from saig.publishing.record_io import append_line, next_publication, require_clock
from saig.publishing.recovery import recover
from saig.publishing.signing import Signer, allowed_line, signer
from saig.publishing.stamp_findings import Stamps, covering, stamp_findings
from saig.publishing.stamps import Stamp
from saig.publishing.tree import path_of
from saig.publishing.verify import verify_folder
from saig.refusal import Refused

Keys = dict[str, Signer]
Line = dict[str, Any]
PAGES = ({"/": "one", "/a/": "a", "/b/": "b"}, {"/": "two", "/a/": "a", "/c/": "c", "/d/": "d"})
ORIGIN = Origin("https://vila.test", "c" * 40, False, "2020-12-10")
QUIET = Progress("en")


def state(texts: dict[str, str]) -> State:
    digests = {address: sha256(text.encode()).hexdigest() for address, text in texts.items()}
    return State(digests, gone=frozenset({"/d/"} & texts.keys()))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """In the order of their fingerprints, in which they are told."""
    made = [signer(make_key(tmp_path_factory.mktemp("key"))) for _ in "ABC"]
    return dict(zip("ABC", sorted(made, key=lambda key: key.fingerprint), strict=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    """Two publications that A signs, the statement that B follows, and one of B that changes nothing."""
    layout = Layout(tmp_path_factory.mktemp("published") / "site")
    layout.make()
    chain = Chain()
    lines = [
        ("publish", "r1", 0, "A", None),
        ("publish", "r2", 1, "A", None),
        ("statement", "r2", 1, "A", "B"),
        ("publish", "r3", 1, "B", None),
    ]
    for number, (kind, release, pages, by, then) in enumerate(lines, 1):
        line = next_publication(
            chain,
            kind,  # type: ignore[arg-type]
            state(PAGES[pages]),
            release=release,
            origin=ORIGIN,
            signer=keys[by],
            key=keys[then].public if then else None,
            moment=f"2020-12-1{number}T10:00:00Z",
        )
        chain = append_line(layout, chain, line, keys[by])
        for address, text in PAGES[pages].items():
            file = layout.release(release) / path_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    layout.switch("r3")
    return layout.root


def wrote(number: int, /, **changes: Any) -> Callable[[Path, Keys], None]:
    """A line with other values, and all that follow made to follow."""

    def tamper(site: Path, keys: Keys) -> None:
        lines = [json.loads(line) for line in _record(site)]
        line = lines[number - 1]
        for name, value in changes.items():
            is_part = isinstance(value, dict) and name != "beside"
            line[name] = {**line[name], **value} if is_part else value
        before = None
        written = []
        for item in lines:
            item.setdefault("previous", None)
            if "previous" not in changes or item is not line:
                item["previous"] = before
            written.append(_written(item))
            before = sha256(written[-1]).hexdigest()
        _write(site, written)

    return tamper


def lines(*numbers: int, end: bytes = b"") -> Callable[[Path, Keys], None]:
    """These lines alone, in this order."""

    def tamper(site: Path, keys: Keys) -> None:
        there = _record(site)
        _write(site, [*(there[number - 1] for number in numbers), end])

    return tamper


def removed(*names: str) -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        for name in names:
            (site / name).unlink()

    return tamper


def put(name: str, text: str) -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)

    return tamper


def copied(name: str, to: str) -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        shutil.copyfile(site / name, site / to)

    return tamper


def link(to: str) -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        (site / "current").unlink()
        (site / "current").symlink_to(to)

    return tamper


def trusted(*names: str, before: str = "") -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        allowed = [before + allowed_line(keys[name].public) for name in names]
        (site / "allowed_signers").write_text("".join(f"{line}\n" for line in allowed))

    return tamper


def signed(number: int, by: str) -> Callable[[Path, Keys], None]:
    def tamper(site: Path, keys: Keys) -> None:
        signature = keys[by].sign(_record(site)[number - 1])
        (site / f"publications/{number}.sig").write_bytes(signature)

    return tamper


def claimed(number: int, by: str) -> Callable[[Path, Keys], None]:
    """That another key signed a line, and its signature."""

    def tamper(site: Path, keys: Keys) -> None:
        wrote(number, signer=keys[by].fingerprint)(site, keys)
        signed(number, by)(site, keys)

    return tamper


def _record(site: Path) -> list[bytes]:
    record = site / "publications.jsonl"
    return record.read_bytes().splitlines(True) if record.exists() else []


def _write(site: Path, written: list[bytes]) -> None:
    (site / "publications.jsonl").write_bytes(b"".join(written))


def _written(item: Line) -> bytes:
    text = json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


SOME = "0" * 64
PAGE = "releases/r3/a/index.html"
TAMPERED: dict[str, Callable[[Path, Keys], None]] = {
    "nothing": lambda site, keys: None,
    # -- a line, and all after it made to follow
    "number": wrote(2, number=7),
    "kind": wrote(2, kind="rollback"),
    "no such kind": wrote(2, kind="wish"),
    "time, earlier than the line before": wrote(2, time="2020-12-11T09:59:59Z"),
    "time, that of the line before": wrote(2, time="2020-12-11T10:00:00Z"),
    "time, later than the line after": wrote(2, time="2020-12-13T10:00:01Z"),
    "time to come": wrote(4, time="2999-01-01T00:00:00Z"),
    "time, and it is said that the clock was wrong": wrote(
        2, time="2020-12-11T09:59:59Z", clock_was_wrong=True
    ),
    "time in words": wrote(2, time="yesterday"),
    "site": wrote(2, site="https://altra.test"),
    "release": wrote(4, release="r9"),
    "commit": wrote(2, commit=None),
    "differs": wrote(2, differs=True),
    "day": wrote(2, day="2019-12-10"),
    "added": wrote(2, added={"/x/": SOME}),
    "added, what is there": wrote(2, added={"/a/": SOME}),
    "changed": wrote(2, changed={"/": SOME}),
    "changed, what is not there": wrote(2, changed={"/x/": SOME}),
    "removed": wrote(2, removed={"/a/": state(PAGES[0]).digests["/a/"]}),
    "removed, with another digest": wrote(2, removed={"/b/": SOME}),
    "gone": wrote(2, gone=[]),
    "gone, what was not touched": wrote(2, gone=["/a/", "/d/"]),
    "moved": wrote(2, moved=["/c/"]),
    "altered": wrote(2, altered={"/": SOME}),
    "since": wrote(2, since="2020-12-12T09:00:00Z"),
    "tree": wrote(2, tree=SOME),
    "signer": wrote(2, signer=None),
    "signer of the last line": wrote(4, signer=None),
    "previous": wrote(2, previous=None),
    "beside": wrote(2, beside={"1.sig": SOME}),
    "no beside": wrote(4, beside={}),
    "key": wrote(3, key=None),
    "key that is none": wrote(3, key="ssh-ed25519 A"),
    "pinned": wrote(3, pinned=SOME),
    "a key more": wrote(2, more=1),
    # -- lines
    "no line": lines(),
    "the first line taken away": lines(2, 3, 4),
    "a line taken away": lines(1, 3, 4),
    "the last line taken away": lines(1, 2, 3),
    "the last two lines taken away": lines(1, 2),
    "the statement taken away": lines(1, 2, 4),
    "two lines in another order": lines(1, 3, 2, 4),
    "a line twice": lines(1, 2, 2, 3, 4),
    "half a line more": lines(1, 2, 3, 4, end=b'{"added"'),
    "an empty line more": lines(1, 2, 3, 4, end=b"\n"),
    # -- what lies beside
    "the first signature removed": removed("publications/1.sig"),
    "the last signature removed": removed("publications/4.sig"),
    "all signatures removed": removed(*(f"publications/{n}.sig" for n in (1, 2, 3, 4))),
    "a signature for another": copied("publications/1.sig", "publications/2.sig"),
    "the last signature for another": copied("publications/3.sig", "publications/4.sig"),
    "the last signature by A": signed(4, "A"),
    "the last signature by C": signed(4, "C"),
    "the last line by A": claimed(4, "A"),
    "the last line by C": claimed(4, "C"),
    "a signature too many": copied("publications/4.sig", "publications/5.sig"),
    "a signature too many, and the last by C": lambda site, keys: (
        copied("publications/4.sig", "publications/5.sig")(site, keys),
        signed(4, "C")(site, keys),
    )[-1],
    "time stamps too many": put("publications/12.tsr", "stamp"),
    "no keys to trust": removed("allowed_signers"),
    "A alone trusted": trusted("A"),
    "B alone trusted": trusted("B"),
    "C alone trusted": trusted("C"),
    "keys in comments": trusted("A", "B", before="# "),
    "keys of another": trusted("A", "B", before="another-"),
    # -- what is public
    "the link to an earlier release": link("releases/r2"),
    "the link to no release": link("releases/r9"),
    "no link": removed("current"),
    "a link to elsewhere": link("/tmp"),
    "a release too many": put("releases/r9/index.html", "x"),
    "a release that is not finished": put("releases/.tmp-r9/index.html", "x"),
    "a release that has no line yet": lambda site, keys: (
        put("releases/.tmp-r9/index.html", "x")(site, keys),
        put("releases/r9/index.html", "x")(site, keys),
    )[0],
    "a line without its end": lambda site, keys: _write(
        site, [b"".join(_record(site)).rstrip(b"\n")]
    ),
    "no record": removed("publications.jsonl"),
    "no link, and a page altered": lambda site, keys: (
        removed("current")(site, keys),
        put(PAGE, "A")(site, keys),
    )[0],
    "a page": put(PAGE, "A"),
    "a page removed": removed(PAGE),
    "a page more": put("releases/r3/x/index.html", "x"),
    "a file more": put("releases/r3/a/x.txt", "x"),
    "a compressed form of a page": put(f"{PAGE}.br", "x"),
    "a compressed form of nothing": put("releases/r3/x.html.gz", "x"),
    "a page of an earlier release": put("releases/r2/a/index.html", "A"),
}

COPIES: dict[str, Callable[[Path, Keys], None]] = {
    "the same": lambda site, keys: None,
    "earlier": lines(1, 2),
    "cut in a line": lines(1, 2, end=b'{"added"'),
    "later": lines(1, 2, 3, 4, 4),
    "another line": wrote(2, site="https://altra.test"),
    "another signature": copied("publications/1.sig", "publications/2.sig"),
    "a signature less": removed("publications/2.sig"),
    "a signature more": copied("publications/4.sig", "publications/5.sig"),
    "signatures that the lines do not name": signed(4, "A"),
    "time stamps": put("publications/12.tsr", "stamp"),
}
"""Copies of the record and of what lies beside it that somebody kept, which are not as the folder is."""


def test_each_way_of_tampering_is_told_as_it_was_looked_over(
    folder: Path, keys: Keys, tmp_path: Path
) -> None:
    """What verifying finds, and why nothing is added to the record."""
    said = []
    for name, tamper in TAMPERED.items():
        site = tmp_path / "site"
        copy(folder, site)
        tamper(site, keys)
        said += [f"== {name}", *_verified(site), *_added(site, keys["B"]), ""]
        shutil.rmtree(site)
    copy(folder, tmp_path / "site")
    for name, tamper in COPIES.items():
        kept = tmp_path / "copy"
        copy(folder, kept)
        tamper(kept, keys)
        said += [
            f"== a copy: {name}",
            *_verified(tmp_path / "site", kept / "publications.jsonl"),
            "",
        ]
        shutil.rmtree(kept)
    text = _shown("\n".join(said), tmp_path, keys)
    looked_over.hold({Path(__file__).with_name("tampering.txt"): text})


CLOCKS = (
    *("10 11 12", "10 10 10", "10 12 11", "10 12 11 12", "10 12 11 11 13", "10 13 11 12 14"),
    *("12 10 11", "10 14 11 13 12 15", "10 12 11!", "10 12 11 10!", "10 12 11! 10", "10 12! 11"),
    *(
        "10 17",
        "10 18",
        "10 19",
        "10 18 11",
        "10 18 11!",
        "18 18",
        "10 11 18 12 19!",
        "16 17",
        "10 12 11 18",
    ),
)
"""Minutes of lines; ``!``: the operator says that a clock was wrong. It is 13 minutes past, and other
clocks may be five ahead."""


def test_each_clock_that_was_wrong_is_told_as_it_was_looked_over() -> None:
    """What verifying finds, which lines are in doubt, and whether another line may follow."""
    said = []
    now = datetime.datetime(2020, 12, 11, 10, 13, 1, tzinfo=datetime.UTC)
    for minutes in CLOCKS:
        chain = Chain()
        for minute in minutes.split():
            chain = _with(chain, minute.removesuffix("!"), was_wrong=minute.endswith("!"))
        said.append(f"== {minutes}")
        said += map(_finding, clock_findings(chain.publications, now))
        for doubt in doubts(chain.publications, now):
            said.append(f"doubt: {doubt.first} to {doubt.last}, {doubt.start} to {doubt.until}")
        try:
            require_clock(chain, "2020-12-11T10:13:01Z")
        except Refused as refused:
            said.append(f"to add: {refused.said('en')}")
    text = "\n".join(said).replace("2020-12-11T", "")
    looked_over.hold({Path(__file__).with_name("clocks.txt"): f"{text}\n"})


STAMPED = (
    *("10=10 11=11 12=12", "10 11 12", "10=10 11 12", "10 11 12=12", "10 11=11 12", "10=20 11=21"),
    *(
        "10=21 11",
        "10=19",
        "10=20",
        "10=9",
        "10=8",
        "10 11=9 12!=10",
        "10 11=9! 12",
        "10 11 12=13 13 14",
    ),
    *("10=11/b 11=11 12=30/b", "10=12 11=11", "10 11=12 12=11"),
)
"""Minutes of lines, and of their time stamps; ``/b``: of another authority; ``!`` as above."""


def test_what_time_stamps_show_is_told_as_it_was_looked_over() -> None:
    said = []
    for minutes in STAMPED:
        chain, good = Chain(), {}
        for number, one in enumerate(minutes.split(), 1):
            minute, _, stamped = one.partition("=")
            chain = _with(chain, minute.removesuffix("!"), was_wrong="!" in one)
            if stamped:
                when, _, other = stamped.removesuffix("!").partition("/")
                time = f"2020-12-11T10:{when:0>2}:01Z"
                good[number] = Stamp(time, None, other or "a", 1)
        for trusted in (True, False) if minutes == STAMPED[0] else (True,):
            said.append(f"== {minutes}{'' if trusted else ', not held against certificates'}")
            found = stamp_findings(chain, Stamps(good, [], trusted), ())
            said += map(_finding, found)
        for number in range(1, len(chain.lines) + 1):
            by = covering(good, number)
            said.append(f"line {number}: {f'by that of {by[0]}' if by else 'by none'}")
    text = "\n".join(said).replace("2020-12-11T", "")
    looked_over.hold({Path(__file__).with_name("stamps.txt"): f"{text}\n"})


def _with(chain: Chain, minute: str, *, was_wrong: bool) -> Chain:
    line = next_publication(
        chain,
        "statement",
        State(),
        release=None,
        origin=ORIGIN,
        signer=None,
        clock_was_wrong=was_wrong,
        moment=f"2020-12-11T10:{minute}:01Z",
    )
    return read(b"".join(chain.lines) + line.line())


def _finding(one: Finding) -> str:
    return f"{'error' if one.is_fault else 'note'}: {one.said('en')}"


def _verified(site: Path, copy: Path | None = None) -> Iterator[str]:
    try:
        verdict = verify_folder(Layout(site), None, copy, QUIET)
    except Refused as refused:
        yield f"refused: {refused.said('en')}"
        return
    for one in verdict.findings:
        if not one.message.startswith("not looked at"):
            yield _finding(one)
    assert verdict.holds is not any(one.is_fault for one in verdict.findings)
    yield f"{verdict.files} files"


def _added(site: Path, key: Signer) -> Iterator[str]:
    """What is done before a line of this key is added, or why none may be."""
    layout, told = Layout(site), StringIO()
    before = _record(site)
    try:
        with redirect_stderr(told):
            recover(layout, key, Progress("en"))
    except Refused as refused:
        yield f"to add: {refused.said('en')}"
    yield from (f"done: {line}" for line in told.getvalue().splitlines())
    for text in _record(site)[len(before) :]:
        line = json.loads(text)
        said = ("added", "changed", "removed", "gone", "moved")
        what = {name: sorted(line[name]) for name in said if line[name]}
        yield f"added: {line['kind']} {line['release']} {what} since {line['since']}"
    yield f"there is: {' '.join(sorted(os.listdir(site / 'releases')))}"


def _shown(text: str, folder: Path, keys: Keys) -> str:
    for name, key in keys.items():
        text = text.replace(key.fingerprint, f"KEY-{name}").replace(key.public, f"PUBLIC-{name}")
    text = re.sub(r"(clock says|since) 20[0-9T:-]+Z", r"\1 TIME", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text.replace(str(folder), ""))
