"""Time stamps of an authority: got, kept, and held against its certificates."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from project import tree
from published_site import ADDRESS, Clock, Published, make_key
from saig.publishing.authority import Authority, ask
from saig.publishing.folder_settings import FolderSettings, write_settings
from saig.publishing.layout import Layout
from saig.publishing.record import Origin, State
from saig.publishing.record_io import append_line, load, next_publication
from saig.publishing.signing import signer
from saig.publishing.stamps import BadStamp, check_stamp, load_certificates, read_stamp, request
from saig.refusal import Refused
from served import served
from tsa import DAY, NOW, Certifier, Server, Unit, serving

LINE = b'{"number":1}\n'


@pytest.fixture(scope="module")
def certifier(tmp_path_factory: pytest.TempPathFactory) -> Certifier:
    return Certifier(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture(scope="module")
def unit(certifier: Certifier) -> Unit:
    return certifier.unit()


@pytest.fixture
def server(certifier: Certifier, unit: Unit) -> Iterator[Server]:
    with serving(lambda query: certifier.reply(unit, query)) as found:
        yield found


def stamped_by(certifier: Certifier, unit: Unit, line: bytes = LINE) -> bytes:
    return certifier.reply(unit, request(line).as_bytes())


def why_not(data: bytes, trusted: Path, line: bytes = LINE) -> str:
    """Why a time stamp is not good; empty if it is."""
    try:
        check_stamp(data, line, load_certificates(trusted))
    except BadStamp as error:
        return error.said("en")
    return ""


def test_one_that_is_good(certifier: Certifier, unit: Unit) -> None:
    """With the whole chain in the file, or the root alone: the answer brings the others."""
    data = stamped_by(certifier, unit)
    assert why_not(data, certifier.trusted()) == ""
    root = certifier.folder / "root.pem"
    root.write_bytes(certifier.root.pem)
    stamp = check_stamp(data, LINE, load_certificates(root))
    assert stamp.authority == "Segellador de proves" and stamp.accuracy == 1
    assert abs(datetime.datetime.fromisoformat(stamp.time) - NOW) < datetime.timedelta(hours=1)
    der = certifier.folder / "root.der"
    der.write_bytes(certifier.root.certificate.public_bytes(Encoding.DER))
    assert why_not(data, der) == ""


def test_those_that_are_not(certifier: Certifier, unit: Unit, tmp_path: Path) -> None:
    """Of another line, of another authority, and what is none at all."""
    trusted = certifier.trusted()
    data = stamped_by(certifier, unit)
    assert why_not(data, trusted, b"another\n") == "it is of something else"
    other = Certifier(tmp_path / "other")
    unknown = "no authority signed it whose certificates are trusted"
    assert why_not(stamped_by(other, other.unit()), trusted) == unknown
    for garbage in (b"", b"<html>", data[:-1], data + b"x", b"0" * 5000):
        assert why_not(garbage, trusted) == "it is no time stamp"
    refusal = bytes.fromhex("30053003020102")
    assert why_not(refusal, trusted) == "the authority gives none: 2"


def test_certificates_that_have_ended(certifier: Certifier) -> None:
    """What counts is whether they were valid when they signed."""
    for start, until in ((NOW - 9 * DAY, NOW - DAY), (NOW + DAY, NOW + 9 * DAY)):
        data = stamped_by(certifier, certifier.unit(start=start, until=until))
        assert "the authority's certificate was valid from" in why_not(data, certifier.trusted())


@pytest.mark.parametrize(
    ("when", "reason", "is_good"),
    [
        (NOW + DAY, x509.ReasonFlags.superseded, True),
        (NOW + DAY, x509.ReasonFlags.cessation_of_operation, True),
        (NOW - DAY, x509.ReasonFlags.superseded, False),
        (NOW + DAY, x509.ReasonFlags.key_compromise, False),
        (NOW + DAY, None, False),
    ],
)
def test_revoked_certificates(
    when: datetime.datetime, reason: x509.ReasonFlags | None, is_good: bool, certifier: Certifier
) -> None:
    """Who stopped in good order keeps what was stamped before; a thief chooses the time."""
    unit = certifier.unit()
    data = stamped_by(certifier, unit)
    crl = certifier.revoked(unit, when, reason, certifier.between)
    assert why_not(data, certifier.trusted()) == ""
    said = why_not(data, certifier.trusted(crl))
    assert (said == "") == is_good
    assert is_good or "the certificate of Segellador de proves was revoked on" in said
    other = certifier.revoked(certifier.unit(), when, reason, certifier.between)
    assert why_not(data, certifier.trusted(other)) == ""
    forged = certifier.revoked(unit, when, reason, certifier.root)
    assert why_not(data, certifier.trusted(forged)) == "", "a list that its issuer did not sign"


def refused(server: Server, certificates: Path | None, seconds: float = 5) -> str:
    with pytest.raises(Refused) as caught:
        ask(Authority(server.url, certificates), LINE, seconds)
    return caught.value.said("en")


def test_answers_that_are_none(certifier: Certifier, unit: Unit, tmp_path: Path) -> None:
    """None is kept, and why is told."""
    trusted = certifier.trusted()
    other = Certifier(tmp_path / "other")
    of_other_line = stamped_by(certifier, unit, b"another\n")
    of_other_request = stamped_by(certifier, unit)
    with serving(lambda query: b"garbage") as server:
        assert "it is no time stamp" in refused(server, None)
        for answer, words in (
            (lambda query: of_other_line, "it is of something else"),
            (lambda query: of_other_request, "it answers another request"),
            (lambda query: other.reply(other.unit(), query), "whose certificates are trusted"),
            (lambda query: b"x" * 1_000_000, "262144 B"),
        ):
            server.answer = answer
            assert words in refused(server, trusted)
        server.status = 503
        assert "HTTP 503" in refused(server, trusted)
        server.answer = lambda query: None
        said = refused(server, trusted, 0.2)
        assert "0.2 s" in said or "timed out" in said, "whichever of the two clocks is seen first"
    said = refused(Server(server.url.replace("//", "//me:secret@"), server.answer), trusted)
    assert server.url in said and "secret" not in said


def stamps(site: Published) -> list[str]:
    return sorted(path.name for path in (site.folder / "publications").glob("*.tsr"))


def test_publications_are_stamped(three: Published, server: Server, certifier: Certifier) -> None:
    """A time stamp beside each signature, named by the next line, that OpenSSL alone checks; the
    certificates beside the record. One that covers what was before it is not asked for twice."""
    trusted = certifier.trusted()
    given = ("--tsa", server.url, "--tsa-certificates", str(trusted))
    three.say("Stamped.")
    three.publish(*given)
    assert stamps(three) == ["4.tsr"] and server.asked == 1
    assert (three.folder / "tsa_certificates.pem").read_bytes() == trusted.read_bytes()
    with (three.project.root / "publishconf.py").open("a") as settings:
        settings.write(f'\nTSA_URL = "{server.url}"\nTSA_CERTIFICATES = "{trusted}"\n')
    three.say("Stamped again.")
    three.publish()
    assert stamps(three) == ["4.tsr", "5.tsr"]
    assert set(three.record[4]["beside"]) == {"4.sig", "4.tsr"}
    three.publish()
    assert server.asked == 2, "nothing is lacking"
    check = (
        "sed -n 5p publications.jsonl > line; openssl ts -verify -data line "
        "-in publications/5.tsr -CAfile tsa_certificates.pem"
    )
    done = subprocess.run(["bash", "-c", check], cwd=three.folder, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout, done.stderr

    code, said = three.verify()
    assert code == 0, said
    assert "note: time stamps by Segellador de proves: 2, from " in said
    assert "lines without a time stamp of their own: 1 to 3; that of line 4" in said
    assert three.verify("--tsa-certificates", str(trusted))[0] == 0
    (three.folder / "tsa_certificates.pem").unlink()
    code, said = three.verify()
    assert code == 0 and "were not held against the authority's certificates" in said


def test_an_authority_that_is_down(
    three: Published, certifier: Certifier, unit: Unit, server: Server
) -> None:
    """The site is public all the same, and the gap is told until it is closed."""
    three.publish("--tsa", server.url)
    assert stamps(three) == ["3.tsr"], "asked for, though nothing was published"
    with serving(lambda query: b"") as gone:
        pass
    for number in range(2):
        three.say(f"Unstamped {number}.")
        done = three.publish("--tsa", gone.url)
        assert f"Unstamped {number}." in (three.current / "sobre-aquest-web/index.html").read_text()
    assert "2 lines of the record, up to line 5, have no time stamp yet" in done.stderr
    assert f"no time stamp from {gone.url}" in done.stderr
    code, said = three.verify()
    assert code == 0 and "lines without a time stamp yet: 4 to 5, the last ones" in said
    assert three.saig("stamp", "--tsa", gone.url).returncode == 1
    three.say("Stamped.")
    three.publish("--tsa", server.url)
    assert stamps(three) == ["3.tsr", "4.tsr", "5.tsr", "6.tsr"]
    assert three.verify()[0] == 0


def test_between_publications(three: Published, server: Server, certifier: Certifier) -> None:
    """A command of its own asks, for who may not ask while publishing."""
    given = ("--tsa", server.url, "--tsa-certificates", str(certifier.trusted()))
    assert three.saig("stamp", *given).returncode == 0
    assert stamps(three) == ["3.tsr"]
    assert three.saig("rollback", *given).returncode == 0
    assert stamps(three) == ["3.tsr", "4.tsr"]
    assert three.verify()[0] == 0


def test_what_an_operator_set_for_the_folder(
    three: Published, server: Server, certifier: Certifier, key: Path, tmp_path: Path
) -> None:
    """Who publishes there once and for all: the other commands go by it too."""
    assert "--tsa URL" in three.saig("stamp").stderr
    given = FolderSettings(key=str(key), tsa=server.url, tsa_certificates=str(certifier.trusted()))
    write_settings(Layout(three.folder), given)
    assert three.saig("stamp").returncode == 0
    assert stamps(three) == ["3.tsr"]
    other = make_key(tmp_path)
    assert three.saig("record", "--new-key", str(other)).returncode == 0
    environment = {"SAIG_TSA": server.url, "SAIG_TSA_CERTIFICATES": str(given.tsa_certificates)}
    three.say("More.")
    three.publish("--key", str(other), **environment)
    assert stamps(three) == ["3.tsr", "4.tsr", "5.tsr", "6.tsr"]
    assert three.verify()[0] == 0


def test_a_wrong_authority_is_told_before_anything_is_done(
    three: Published, tmp_path: Path
) -> None:
    (tmp_path / "no.pem").write_text("nothing")
    before = tree(three.folder)
    for wrong in (("ftp://x",), ("http://",), ("http://x.test/", str(tmp_path / "no.pem"))):
        options = ("--tsa", wrong[0], *(("--tsa-certificates", *wrong[1:]) if wrong[1:] else ()))
        three.say("More.")
        done = three.saig("publish", *options)
        assert done.returncode == 1 and wrong[-1] in done.stderr
    assert tree(three.folder) == before


def test_tampering_with_time_stamps(
    three: Published, server: Server, certifier: Certifier, tmp_path: Path
) -> None:
    """One that is changed, taken away, or of another line; and a record without any, for who relies
    on them."""
    trusted = str(certifier.trusted())
    code, said = three.verify("--tsa-certificates", trusted)
    assert code == 1 and "no line of the record has a time stamp" in said
    three.publish("--tsa", server.url)
    three.say("More.")
    three.publish("--tsa", server.url)
    folder = three.folder / "publications"
    kept = {name: (folder / name).read_bytes() for name in stamps(three)}
    assert list(kept) == ["3.tsr", "4.tsr"]
    for name, data, words in (
        ("3.tsr", b"", "the time stamp of line 3 is not as it was made"),
        ("3.tsr", None, "the time stamp of line 3 is missing"),
        ("4.tsr", kept["3.tsr"], "the time stamp of line 4 is not good: it is of something else"),
        ("4.tsr", b"x", "the time stamp of line 4 is not good: it is no time stamp"),
        ("4.tsr", kept["4.tsr"][:-1] + b"x", "the time stamp of line 4 is not good"),
    ):
        (folder / name).unlink() if data is None else (folder / name).write_bytes(data)
        code, said = three.verify("--tsa-certificates", trusted)
        assert code == 1 and words in said, said
        assert json.loads(three.saig("evidence", ADDRESS, "--format", "json").stdout)["faults"] or (
            "by no authority" in said or "not good" in said
        )
        (folder / name).write_bytes(kept[name])
    other = Certifier(tmp_path / "other").trusted()
    code, said = three.verify("--tsa-certificates", str(other))
    assert code == 1 and said.count("whose certificates are trusted") == 2
    copy = tmp_path / "copy"
    shutil.copytree(three.folder, copy, symlinks=True)
    (folder / "4.tsr").unlink()
    code, said = three.verify("--record", str(copy / "publications.jsonl"))
    assert code == 1 and "the time stamp of line 4 is missing" in said
    assert read_stamp(
        kept["4.tsr"], (three.folder / "publications.jsonl").read_bytes().splitlines(True)[3]
    )


def test_what_evidence_says_of_them(
    three: Published, server: Server, certifier: Certifier, tmp_path: Path
) -> None:
    """Which line had which, what they add and what not, and a command that checks one."""
    said = three.saig("evidence", ADDRESS).stdout
    assert "no qualified electronic time stamps" in said and "What the time stamps add" not in said
    three.say("Stamped.")
    three.publish("--tsa", server.url)
    said = three.saig("evidence", ADDRESS).stdout
    assert "left aside: there are no certificates" in said
    trusted = str(certifier.trusted())
    days = ("--from", str((NOW - DAY).date()), "--until", str((NOW + DAY).date()))
    asked = ("evidence", ADDRESS, *days, "--tsa-certificates", trusted)
    found = json.loads(three.saig(*asked, "--format", "json").stdout)
    attested = found["attested"]
    assert {n: one["number"] for n, one in attested.items()} == dict.fromkeys("1234", 4)
    assert attested["4"]["soon"]  # the others are as old as the run of the tests
    done = three.saig(*asked)
    assert done.returncode == 0 and "within ten minutes of its own time" in done.stdout
    assert "article 41 of Regulation (EU) No 910/2014" in done.stdout
    assert "Segellador de proves, with line 4" in done.stdout
    shutil.copy(trusted, three.folder / "tsa_certificates.pem")
    told = done.stdout.splitlines()
    at = next(n for n, line in enumerate(told) if "openssl ts -verify" in line)
    command = "; ".join(line.strip() for line in told[at - 1 : at + 1])
    done = subprocess.run(["bash", "-c", command], cwd=three.folder, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout, done.stderr
    for lang in ("ca", "es"):
        said = three.saig(*asked, "--format", "html", "--lang", lang).stdout
        assert "910/2014" in said and "ten minutes" not in said


def test_what_a_thief_of_the_key_writes_of_days_gone_by(
    three: Published, server: Server, certifier: Certifier, key: Path, clock: Clock
) -> None:
    """It verifies, and the time stamps show since when it is there."""
    shutil.rmtree(three.folder / "publications")
    lines = three.record
    (three.folder / "publications.jsonl").unlink()
    layout, signing = Layout(three.folder), signer(key)
    for line in lines:
        clock(f"2024-01-0{line['number']}T08:00:00+00:00")
        chain = load(layout)
        changed = {**line["added"], **line["changed"]}
        state = State({**chain.state.digests, **changed})
        origin = Origin(line["site"], line["commit"], line["differs"], line["day"])
        new = next_publication(
            chain, "publish", state, release=line["release"], origin=origin, signer=signing
        )
        append_line(layout, chain, new, signing)
    trusted = ("--tsa-certificates", str(certifier.trusted()))
    assert three.verify()[0] == 0
    assert three.verify(*trusted)[0] == 1
    assert three.saig("stamp", "--tsa", server.url).returncode == 0
    code, said = three.verify(*trusted)
    assert code == 0
    assert "line 3 is of 2024-01-03T08:00:00Z, and its time stamp only of 20" in said
    said = three.saig(
        "evidence", ADDRESS, "--from", "2025-01-01", "--until", "2025-01-31", *trusted
    ).stdout
    assert "Yes: by the record" in said
    assert "that the line is older than that, only the record says" in said
    assert "within ten minutes" not in said


def test_what_a_server_gives_of_them(
    three: Published, server: Server, certifier: Certifier, tmp_path: Path
) -> None:
    """Those that lines name, and the newest, which none names yet."""
    given = ("--tsa", server.url, "--tsa-certificates", str(certifier.trusted()))
    three.publish(*given)
    three.say("More.")
    three.publish(*given)
    with served(three.folder) as url:
        done = three.project.saig("verify", url, cwd=tmp_path)
        assert done.returncode == 0, done.stdout
        assert "time stamps by Segellador de proves: 2" in done.stdout
        newest = three.folder / "publications/4.tsr"
        newest.write_bytes(newest.read_bytes()[:-1])
        done = three.project.saig("verify", url, cwd=tmp_path)
        assert "the time stamp of line 4 is not good" in done.stdout
        shutil.rmtree(three.folder / "publications")
        copy = tmp_path / "copy"
        shutil.copy(three.folder / "publications.jsonl", copy)
        done = three.project.saig("verify", url, "--record", str(copy), *given[2:])
        assert done.returncode == 1 and "they were not checked" in done.stdout


@pytest.mark.parametrize(("seconds", "is_wrong"), [(240, True), (40, False)])
def test_a_clock_ahead_of_the_authority(
    seconds: int, is_wrong: bool, three: Published, server: Server, key: Path, clock: Clock
) -> None:
    """A line that was stamped before the time that it says. No two clocks are quite the same."""
    now = datetime.datetime.now(datetime.UTC)
    clock((now + datetime.timedelta(seconds=seconds)).isoformat())
    layout, signing = Layout(three.folder), signer(key)
    chain = load(layout)
    last = chain.publications[-1]
    state = State(chain.state.digests | {"/x.txt": "0" * 64})
    line = next_publication(
        chain, "publish", state, release=last.release, origin=last.origin, signer=signing
    )
    append_line(layout, chain, line, signing)
    assert three.saig("stamp", "--tsa", server.url).returncode == 0
    errors = [line for line in three.verify()[1].splitlines() if line.startswith("error: ")]
    assert any("before that: a clock was wrong" in line for line in errors) == is_wrong
