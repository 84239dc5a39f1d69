"""What somebody can do who has the folder, or the key, or a clock that jumps; and what is noticed."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from project import tree
from published_site import ADDRESS, Clock, Published, make_key
from saig.publishing import record_io
from saig.publishing.clock import clock_findings, doubts
from saig.publishing.layout import Layout
from saig.publishing.record import Origin, Publication, State
from saig.publishing.record_io import append_line, load, next_publication
from saig.publishing.signing import signer

A, B = "a" * 64, "b" * 64


def rechained(lines: list[dict[str, Any]]) -> bytes:
    """These lines, each with the digest of the one before, as Saig writes them."""
    before = None
    written = []
    for item in lines:
        item["previous"] = before
        text = json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        written.append(text.encode() + b"\n")
        before = sha256(written[-1]).hexdigest()
    return b"".join(written)


def forge(site: Published) -> None:
    """The first line back-dated, all made to follow, and no trace of a signature in the lines."""
    lines = site.record
    lines[0]["time"] = "2019-01-01T00:00:00Z"
    for line in lines:
        line["signer"] = None
        line.pop("beside", None)
    (site.folder / "publications.jsonl").write_bytes(rechained(lines))


def kept_signers(site: Published, where: Path) -> str:
    """The public keys, as a watcher keeps them."""
    return str(shutil.copy(site.folder / "allowed_signers", where))


def public(key: Path) -> str:
    return Path(f"{key}.pub").read_text().rpartition(" ")[0]


def test_stripped_signatures(three: Published, tmp_path: Path, key: Path) -> None:
    """Who can write the folder alone takes all signatures away: what was left shows it, and trusted
    keys; and no publication signs on top of it, whatever was taken away."""
    trusted = kept_signers(three, tmp_path / "trusted")
    forge(three)
    for gone in ("nothing", "publications", "allowed_signers"):
        if gone != "nothing":
            path = three.folder / gone
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if gone != "allowed_signers":
            code, said = three.verify()
            assert code == 1 and "lines 1 to 3 are not signed" in said
        code, said = three.verify("--signers", trusted)
        assert code == 1 and "lines 1 to 3 are not signed" in said
        before = tree(three.folder)
        for command in (("publish",), ("rollback",)):
            done = three.saig(*command)
            assert done.returncode == 1
            assert "not signed, up to line 3" in done.stderr, done.stderr
            assert "put it back from a copy" in done.stderr
        assert tree(three.folder) == before
    assert "the record is not signed" in three.verify()[1]


def test_a_start_without_signatures(small_site: Published, tmp_path: Path, key: Path) -> None:
    """A town makes a key later, and says which lines it vouches for; never more than these."""
    for number in range(2):
        small_site.say(f"Text {number}.")
        small_site.publish()
    small_site.say("With a key.")
    done = small_site.saig("publish", "--key", str(key))
    assert done.returncode == 1
    unsigned = (small_site.folder / "publications.jsonl").read_bytes()
    digest = sha256(unsigned.splitlines(True)[1]).hexdigest()
    command = f"--key KEY --pin {digest}"
    assert command in done.stderr
    for wrong in ("0" * 64, small_site.record[1]["previous"]):
        done = small_site.saig("record", "--key", str(key), "--pin", wrong)
        assert done.returncode == 1, "another line's"
    done = small_site.saig("record", "--key", str(key), "--pin", digest)
    assert done.returncode == 0, done.stderr
    small_site.publish("--key", str(key))
    assert [line["kind"] for line in small_site.record] == [
        *("publish", "publish", "statement", "publish"),
    ]
    trusted = kept_signers(small_site, tmp_path / "trusted")
    code, said = small_site.verify("--signers", trusted)
    assert code == 0, said
    assert "lines up to 2 are not signed; line 3" in said

    # A line after it, of somebody without the key.
    layout = Layout(small_site.folder)
    signed, chain = layout.record.read_bytes(), load(layout)
    state, origin = State(chain.state.digests | {"/x.txt": A}), Origin("https://vila.test")
    release = chain.publications[-1].release
    line = next_publication(chain, "publish", state, release=release, origin=origin, signer=None)
    append_line(layout, chain, line, None)
    done = small_site.saig("publish", "--key", str(key))
    assert done.returncode == 1 and "not signed, up to line 5" in done.stderr
    layout.record.write_bytes(signed)

    # Cut back to where nothing is signed, by the same.
    (small_site.folder / "publications.jsonl").write_bytes(unsigned)
    shutil.rmtree(small_site.folder / "publications")
    assert "lines 1 to 2 are not signed" in small_site.verify("--signers", trusted)[1]


def test_a_record_without_its_statement_of_the_start(
    small_site: Published, key: Path, tmp_path: Path
) -> None:
    """Signed lines upon unsigned ones, as earlier versions wrote them: a fault until it is said."""
    small_site.publish()
    layout = Layout(small_site.folder)
    chain = load(layout)
    signing = signer(key)
    origin = Origin("https://vila.test")
    state_now = State(chain.state.digests | {"/x.txt": A})
    last = chain.publications[-1]
    line = next_publication(
        chain, "publish", state_now, release=last.release, origin=origin, signer=signing
    )
    append_line(layout, chain, line, signing)
    assert "error: line 1 is not signed" in small_site.verify()[1]
    done = small_site.saig("publish", "--key", str(key))
    assert done.returncode == 1 and "--pin" in done.stderr
    digest = sha256((small_site.folder / "publications.jsonl").read_bytes().splitlines(True)[0])
    done = small_site.saig("record", "--key", str(key), "--pin", digest.hexdigest())
    assert done.returncode == 0, done.stderr
    small_site.publish("--key", str(key))
    assert small_site.verify()[0] == 0


@pytest.mark.parametrize("left", ["releases", "publications", "allowed_signers", "current"])
def test_a_record_is_not_begun_beside_another(left: str, three: Published) -> None:
    """Whatever is left of it."""
    (three.folder / "publications.jsonl").unlink()
    for name in ("releases", "publications", "allowed_signers", "current"):
        path = three.folder / name
        if name != left:
            shutil.rmtree(path) if name in ("releases", "publications") else path.unlink()
    before = tree(three.folder)
    done = three.saig("publish")
    assert done.returncode == 1
    assert f"{three.folder}/{left}" in done.stderr and "put the record back" in done.stderr
    assert tree(three.folder) == before


def test_files_beside_the_record(three: Published, tmp_path: Path) -> None:
    """Each line names the signatures of those before it: one that is replaced, though good, or that
    belongs to a line that is gone, stops publication too."""
    record = three.record
    assert [sorted(line.get("beside", {})) for line in record] == [[], ["1.sig"], ["2.sig"]]
    signatures = three.folder / "publications"
    assert record[2]["beside"]["2.sig"] == sha256((signatures / "2.sig").read_bytes()).hexdigest()
    for name, data, words in (
        ("1.sig", b"", "the signature of line 1 is not as it was made"),
        ("3.sig", b"", "the signature of line 3 is not good"),
        ("7.sig", b"x", "there is publications/7.sig, and the record ends with line 3"),
        ("4.tsr", b"x", "there is publications/4.tsr, and the record ends with line 3"),
    ):
        kept = (signatures / name).read_bytes() if (signatures / name).exists() else None
        (signatures / name).write_bytes(data)
        code, said = three.verify()
        assert code == 1 and words in said
        done = three.saig("publish")
        assert done.returncode == 1 and words in done.stderr
        (signatures / name).unlink()
        if kept is not None:
            (signatures / name).write_bytes(kept)
    assert three.verify()[0] == 0


def test_records_of_earlier_versions(
    small_site: Published, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their lines do not name signatures: these are checked once, and named by the next line."""
    small_site.publish("--key", str(key))
    layout, signing = Layout(small_site.folder), signer(key)
    with monkeypatch.context() as patched:
        patched.setattr(record_io, "new_files", lambda *_: {})
        for number in (2, 3):
            chain = load(layout)
            last = chain.publications[-1]
            state_now = State(chain.state.digests | {f"/{number}.txt": A})
            line = next_publication(
                chain,
                "publish",
                state_now,
                release=last.release,
                origin=last.origin,
                signer=signing,
            )
            append_line(layout, chain, line, signing)
    assert not any("beside" in line for line in small_site.record)
    kept = layout.signature(2).read_bytes()
    layout.signature(2).write_bytes(layout.signature(1).read_bytes())
    done = small_site.saig("publish", "--key", str(key))
    assert done.returncode == 1 and "the signature of line 2 is not good" in done.stderr
    layout.signature(2).unlink()
    os.mkfifo(layout.signature(2))
    done = small_site.saig("publish", "--key", str(key))
    assert done.returncode == 1, "a pipe is never read"
    layout.signature(2).unlink()
    layout.signature(2).write_bytes(kept)
    small_site.publish("--key", str(key))
    assert sorted(small_site.record[-1]["beside"]) == ["1.sig", "2.sig", "3.sig"]
    assert small_site.verify()[0] == 0


def test_a_signature_has_one_form(three: Published) -> None:
    """OpenSSH would overlook a line end more, or less."""
    signature = three.folder / "publications/3.sig"
    text = signature.read_text()
    for other in (text + "\n", text.rstrip(), text.replace("\n", "\r\n"), " " + text):
        signature.write_text(other, newline="")
        assert "the signature of line 3 is not good" in three.verify()[1]
    signature.write_text(text)
    assert three.verify()[0] == 0


def test_keys_change(three: Published, tmp_path: Path, key: Path) -> None:
    """By a line that the old key signs, and by no other way."""
    other = make_key(tmp_path)
    trusted = kept_signers(three, tmp_path / "trusted")
    three.say("Under another key.")
    done = three.saig("publish", "--key", str(other))
    assert done.returncode == 1 and "--key OLD --new-key NEW" in done.stderr
    done = three.saig("record", "--key", str(other), "--new-key", str(other))
    assert done.returncode == 1, "nobody appoints himself"
    done = three.saig("record", "--key", str(key), "--new-key", str(other))
    assert done.returncode == 0, done.stderr
    done = three.saig("publish")
    assert done.returncode == 1 and "--new-key" in done.stderr, "the old key signs no more"
    three.publish("--key", str(other))
    assert [line["kind"] for line in three.record[3:]] == ["statement", "statement", "publish"]
    assert three.record[3]["key"] == public(other)
    code, said = three.verify()
    assert code == 0 and said.count("signed with the key SHA256:") == 2

    # Who trusts the old key alone is told which line to add, and by whom it was introduced.
    code, said = three.verify("--signers", trusted)
    assert code == 1 and said.count("error: ") == 1
    line = f'saig namespaces="saig-publication" {public(other)}'
    assert "Line 4 introduces it" in said and said.splitlines()[0].endswith(line)
    Path(trusted).write_text(Path(trusted).read_text() + line + "\n")
    assert three.verify("--signers", trusted)[0] == 0

    # A return to a release is one more line; and evidence is none the worse for statements.
    assert three.saig("rollback", "--key", str(other)).returncode == 0
    events = json.loads(three.saig("evidence", ADDRESS, "--format", "json").stdout)["events"]
    assert [event["number"] for event in events] == [1, 2, 3, 6, 7]


def test_a_key_that_no_line_names(three: Published, tmp_path: Path) -> None:
    """Be it one that the folder allows: whoever writes the folder can allow any."""
    other = signer(make_key(tmp_path))
    layout = Layout(three.folder)
    chain = load(layout)
    last = chain.publications[-1]
    line = next_publication(
        chain,
        "publish",
        State(chain.state.digests | {"/x.txt": A}),
        release=last.release,
        origin=last.origin,
        signer=other,
    )
    append_line(layout, chain, line, other)
    code, said = three.verify()
    assert code == 1
    assert f"line 4 is signed with the key {other.fingerprint}, and no line that" in said


def test_a_change_of_keys_that_is_killed(three: Published, tmp_path: Path, key: Path) -> None:
    """Between its two lines: the same command finishes it."""
    other = make_key(tmp_path)
    assert three.saig("record", "--key", str(key), "--new-key", str(other)).returncode == 0
    whole = three.record
    lines = (three.folder / "publications.jsonl").read_bytes().splitlines(True)
    (three.folder / "publications.jsonl").write_bytes(b"".join(lines[:4]))
    (three.folder / "publications/5.sig").unlink()
    for one in (key, other):
        done = three.saig("publish", "--key", str(one))
        assert done.returncode == 1 and "--key OLD --new-key NEW" in done.stderr
    assert three.saig("record", "--key", str(key), "--new-key", str(other)).returncode == 0
    assert [(line["kind"], line["signer"]) for line in three.record] == [
        (line["kind"], line["signer"]) for line in whole
    ]
    assert three.verify()[0] == 0


def test_a_line_killed_before_its_signature_has_its_name(three: Published) -> None:
    """The signature was there before the line, and gets its name by the next publication."""
    signatures = three.folder / "publications"
    (signatures / "3.sig").rename(signatures / ".3.sig.new")
    assert three.verify()[0] == 1
    three.publish()
    assert three.verify()[0] == 0


def test_a_key_holds_for_a_time(three: Published, tmp_path: Path) -> None:
    """What the watcher's file says of a key's time is held against the lines' times, not today's."""
    allowed = (three.folder / "allowed_signers").read_text()
    trusted = tmp_path / "trusted"
    for until, is_good in (("20200101", False), ("20990101", True)):
        options = f'valid-before="{until}",namespaces='
        trusted.write_text(allowed.replace("namespaces=", options))
        assert (three.verify("--signers", str(trusted))[0] == 0) == is_good
    times = [line["time"] for line in three.record]
    trusted.write_text(
        allowed.replace("namespaces=", f'valid-before="{times[-1][:4]}1231",namespaces=')
    )
    assert three.verify("--signers", str(trusted))[0] == 0


def test_a_key_that_others_may_read(three: Published, tmp_path: Path, key: Path) -> None:
    """OpenSSH says that it finds no key."""
    copy = tmp_path / "open-key"
    shutil.copy(key, copy)
    shutil.copy(f"{key}.pub", f"{copy}.pub")
    copy.chmod(0o644)
    done = three.saig("publish", "--key", str(copy))
    assert done.returncode == 1
    assert f"others may read the signing key {copy} (mode 0644): chmod 600 {copy}" in done.stderr


def wrong_times(site: Published, key: Path, clock: Clock, *times: str) -> None:
    """Further signed lines of such times, each adding a page, as earlier versions wrote them."""
    layout, signing = Layout(site.folder), signer(key)
    for time in times:
        clock(time)
        chain = load(layout)
        last = chain.publications[-1]
        line = next_publication(
            chain,
            "publish",
            State(chain.state.digests | {f"/{len(chain.lines)}.txt": A}),
            release=last.release,
            origin=last.origin,
            signer=signing,
            clock_was_wrong=True,
        )
        line = Publication(**{**vars(line), "clock_was_wrong": False})
        append_line(layout, chain, line, signing)


def test_a_clock_that_was_ahead(three: Published, key: Path, clock: Clock) -> None:
    """Nothing is published before the last line's time, until the operator says which was wrong."""
    wrong_times(three, key, clock, "2199-01-01T00:00:00+00:00")
    code, said = three.verify()
    assert code == 1
    assert "line 4 is of 2199-01-01T00:00:00Z, which is still to come" in said
    before = tree(three.folder)
    for command in ("publish", "rollback"):
        done = three.saig(command)
        assert done.returncode == 1
        assert "this computer's clock says 20" in done.stderr
        assert "saig record DIR --clock-was-wrong" in done.stderr
    assert tree(three.folder) == before
    done = three.saig("record", "--key", str(key), "--clock-was-wrong")
    assert done.returncode == 0, done.stderr
    three.say("After that.")
    three.publish()
    assert three.record[4]["clock_was_wrong"] is True and "clock_was_wrong" not in three.record[5]
    said = three.verify()[1]
    assert "note: line 5 is of " in said and "a clock was wrong" in said
    assert "error: line" not in said


def test_a_clock_that_went_back(three: Published, key: Path, clock: Clock) -> None:
    """The record cannot say since when, and evidence does not either."""
    wrong_times(three, key, clock, "2024-11-01T00:00:00+00:00")
    code, said = three.verify()
    assert code == 1
    assert "line 4 is of 2024-11-01T00:00:00Z, and the line before it of 20" in said
    period = ("--from", "2025-01-01", "--until", "2025-12-31")
    for address in (ADDRESS, "/3.txt"):
        done = three.saig("evidence", address, *period, "--format", "json")
        assert json.loads(done.stdout)["question"]["answer"] == "unsure"
        done = three.saig("evidence", address, *period)
        assert "line 4 is of 2024-11-01T00:00:00Z" in done.stdout


def at(time: str) -> Publication:
    return Publication(
        **{name: None for name in ("release", "commit", "differs", "day", "since", "signer")},
        **{name: {} for name in ("added", "changed", "removed", "altered")},
        number=0,
        kind="publish",
        time=f"20{time}-01-01T00:00:00Z",
        site="",
        gone=(),
        moved=(),
        tree="",
        previous=None,
    )


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ("20 21 22", []),
        ("20 20 22", []),
        ("20 26 24 27", [(2, 3, "20", "27")]),
        ("20 30 21 22", [(2, 4, "20", None)]),
        ("26 24", [(1, 2, None, None)]),
        ("20 35", [(2, 2, "20", None)]),
        ("20 23 22 24 26 25 27", [(2, 3, "20", "24"), (5, 6, "24", "27")]),
    ],
)
def test_times_in_doubt(years: str, found: list[tuple[int, int, str | None, str | None]]) -> None:
    """Lines of years, looked at in 2028: which contradict others, and between which that do not."""
    now = datetime.datetime(2028, 1, 1, tzinfo=datetime.UTC)
    told = [
        (one.first, one.last, one.start and one.start[2:4], one.until and one.until[2:4])
        for one in doubts([at(year) for year in years.split()], now)
    ]
    assert told == found


@pytest.mark.parametrize(
    ("years", "said_by", "faults"),
    [
        ("20 26 24 27", 0, [3]),
        ("20 26 24 27", 4, []),
        ("20 26 24 27 25", 4, [5]),
        ("20 35", 0, [2]),
    ],
)
def test_a_clock_that_was_wrong_is_a_fault_until_somebody_says_so(
    years: str, said_by: int, faults: list[int]
) -> None:
    """In that line or in any later one, of all before it; as records of earlier versions may have it."""
    now = datetime.datetime(2028, 1, 1, tzinfo=datetime.UTC)
    lines = [
        replace(at(year), number=number, clock_was_wrong=number == said_by)
        for number, year in enumerate(years.split(), 1)
    ]
    found = [one for one in clock_findings(lines, now) if one.is_fault]
    assert [one.values["number"] for one in found] == faults


def test_nothing_is_said_of_nothing(small_site: Published, key: Path) -> None:
    """Told in a line."""
    for options in ((), ("--pin", A), ("--clock-was-wrong",), ("--key", str(key), "--pin", A)):
        assert small_site.saig("record", *options).returncode in (1, 2)
    assert not (small_site.folder / "publications.jsonl").exists()
