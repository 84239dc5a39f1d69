"""``saig verify``: each way of tampering is named."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
import pytest
from published_site import ADDRESS, PAGE, Published, make_key
from saig.progress import Progress
from saig.publishing.record import Chain, Origin, State
from saig.publishing.record_io import next_publication
from saig.publishing.tree import path_of
from saig.publishing.verify_remote import verify_url
from served import served


def rewrite(site: Published, line: int, changes: dict[str, Any]) -> None:
    """A line of the record with other values, and all lines after it made to follow."""
    record = site.folder / "publications.jsonl"
    lines = [json.loads(line) for line in record.read_bytes().splitlines()]
    lines[line - 1] |= changes
    before = None
    written = []
    for item in lines:
        item["previous"] = before
        text = json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        written.append(text.encode() + b"\n")
        before = sha256(written[-1]).hexdigest()
    record.write_bytes(b"".join(written))


def test_all_is_as_published(history: Published) -> None:
    """Files, chain and signatures hold; the key is named, and OpenSSH alone agrees."""
    code, said = history.verify()
    assert code == 0
    signer = history.record[0]["signer"]
    assert f"signed with the key {signer}" in said
    for number in (1, 2, 3):
        check = (
            f"sed -n {number}p publications.jsonl | ssh-keygen -Y verify -f allowed_signers "
            f"-I saig -n saig-publication -s publications/{number}.sig"
        )
        done = subprocess.run(
            ["bash", "-c", check], cwd=history.folder, capture_output=True, text=True
        )
        assert done.returncode == 0 and signer in done.stdout


def test_changed_files_are_named(three: Published) -> None:
    """What differs, is missing, or was never published; compressed twins, links and hidden files too."""
    site = three.current.resolve()
    page = site / PAGE
    text = page.read_text("utf-8")
    page.unlink()
    page.write_text(text.replace("Text 2.", "Text 3."), "utf-8")
    (site / "index.html.br").write_bytes(brotli.compress(b"Something else"))
    (site / "avisos/index.html.gz").write_bytes(b"no gzip")
    (site / "robots.txt").unlink()
    (site / "new").mkdir()
    (site / "new/index.html").write_text("x")
    (site / ".hidden").write_text("x")
    (site / "passwd").symlink_to("/etc/passwd")
    (site / "folder").symlink_to("/etc")
    (site / "sitemap.xml").rename(three.folder / "sitemap.xml")
    (site / "sitemap.xml").symlink_to(three.folder / "sitemap.xml")
    code, said = three.verify()
    assert code == 1
    for line in (
        f"error: {ADDRESS} differs from what was published",
        "error: /index.html.br differs from what was published",
        "error: /avisos/index.html.gz differs from what was published",
        "error: /robots.txt is missing",
        "error: /sitemap.xml differs from what was published",
        "error: /new/index.html was never published",
        "error: /.hidden was never published",
        "error: /passwd was never published",
        "error: /folder was never published",
    ):
        assert line in said.splitlines()
    assert said.count("error: ") == 9


def test_publishing_puts_right_what_was_altered(three: Published) -> None:
    """And the record says what was found; damage is not handed on by a link."""
    site = three.current.resolve()
    (site / PAGE).write_text("Tampered", "utf-8")  # through the link: every release has it
    (site / "index.html.gz").write_bytes(b"no gzip")
    (site / "extra.html").write_text("x")
    done = three.publish()
    assert ADDRESS in done.stderr
    line = three.record[-1]
    assert set(line["altered"]) == {ADDRESS, "/index.html.gz", "/extra.html"}
    assert line["altered"][ADDRESS] == sha256(b"Tampered").hexdigest()
    assert set(line["added"]) == {"/api/v1/changes/4.json"} and line["removed"] == {}
    assert set(line["changed"]) == {"/api/v1/changes/index.json"}
    told = json.loads((three.current / "api/v1/changes/4.json").read_bytes())["changes"]
    assert [(one["op"], one["url"].endswith(ADDRESS)) for one in told] == [("changed", True)]
    assert three.verify()[0] == 0
    assert int((three.current / PAGE).stat().st_mtime) > int((site / PAGE).stat().st_mtime)
    evidence = json.loads(three.saig("evidence", ADDRESS, "--format", "json").stdout)
    assert evidence["events"][-1]["what"] == "altered"
    assert [span["sure"] for span in evidence["spans"]][-2:] == [False, True]


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (1, {"time": "2019-01-01T00:00:00Z"}),
        (2, {"number": 7}),
        (2, {"added": {"/x/": "0" * 64}}),
        (2, {"changed": {}}),
        (3, {"tree": "0" * 64}),
        (3, {"signer": None}),
        (3, {"kind": "wish"}),
        (3, {"more": 1}),
    ],
)
def test_a_changed_line_is_named(number: int, changes: dict[str, Any], three: Published) -> None:
    """Even where the chain was made to follow: the change is in what is signed, or contradicts."""
    rewrite(three, number, changes)
    code, said = three.verify()
    assert code == 1
    assert f"line {number} " in said.splitlines()[0]


def test_a_line_changed_alone_is_named(three: Published) -> None:
    """The first that breaks the chain is the one after it, for it holds the old digest."""
    record = three.folder / "publications.jsonl"
    for old, new, number in ((b'"kind":"publish"', b'"kind":"rollback"', 2), (b"{", b"[", 1)):
        kept = record.read_bytes()
        record.write_bytes(kept.replace(old, new, 1))
        code, said = three.verify()
        assert code == 1
        assert f"line {number} of the record breaks the chain" in said
        assert "differs from" not in said, "no page is called altered because of the record"
        assert "is not signed" not in said
        record.write_bytes(kept)


def test_signatures(three: Published, tmp_path: Path, key: Path) -> None:
    """A missing one, another's, and another key than the one trusted."""
    signatures = three.folder / "publications"
    second = (signatures / "2.sig").read_bytes()
    (signatures / "2.sig").write_bytes((signatures / "1.sig").read_bytes())
    (signatures / "3.sig").unlink()
    code, said = three.verify()
    assert code == 1
    assert "error: the signature of line 2 is not as it was made" in said
    assert "error: the signature of line 3 is missing" in said
    assert said.count("error: ") == 2
    (signatures / "2.sig").write_bytes(second)

    other = make_key(tmp_path)
    public = Path(f"{other}.pub").read_text().split(" town")[0]
    trusted = tmp_path / "trusted"
    trusted.write_text(f'saig namespaces="saig-publication" {public}\n')
    code, said = three.verify("--signers", str(trusted))
    assert code == 1
    signer = three.record[0]["signer"]
    assert f"line 1 is signed with the key {signer}, which is not in {trusted}" in said


def test_a_record_written_anew_is_noticed_by_a_copy(three: Published, tmp_path: Path) -> None:
    """Who holds all can write all anew: only what someone else has kept shows it."""
    copy = tmp_path / "copy"
    record = three.folder / "publications.jsonl"
    copy.write_bytes(record.read_bytes())
    assert three.verify("--record", str(copy))[0] == 0
    rewrite(three, 1, {"time": "2019-01-01T00:00:00Z"})
    code, said = three.verify("--record", str(copy))
    assert code == 1
    assert "line 1 of the record is not as in" in said


def test_a_record_that_was_cut_is_noticed_by_a_copy(three: Published, tmp_path: Path) -> None:
    """What is left of it holds, and is what is public."""
    copy = tmp_path / "copy"
    record = three.folder / "publications.jsonl"
    copy.write_bytes(record.read_bytes())
    record.write_bytes(b"".join(record.read_bytes().splitlines(True)[:2]))
    three.current.unlink()
    three.current.symlink_to(f"releases/{three.releases[1]}")
    code, said = three.verify()
    assert code == 1
    assert "there is publications/3.sig, and the record ends with line 2" in said
    assert f"the record does not know the release {three.releases[2]}" in said
    for command in ("publish", "rollback"):
        done = three.saig(command)
        assert done.returncode == 1 and "does not verify" in done.stderr
    (three.folder / "publications/3.sig").unlink()
    shutil.rmtree(three.folder / "releases" / three.releases[2])
    assert three.verify()[0] == 0
    code, said = three.verify("--record", str(copy))
    assert code == 1
    assert f"line 3 of the record is not as in {copy}" in said


def test_what_a_killed_publication_left_is_no_line_taken_away(three: Published) -> None:
    """A release that is whole, and was not in the record yet: the next publication removes it."""
    name = "20990101T000000Z"
    for left in (f".tmp-{name}", name):
        (three.folder / "releases" / left).mkdir()
    assert three.verify()[0] == 0
    (three.folder / "releases" / f".tmp-{name}").rmdir()
    code, said = three.verify()
    assert code == 1 and f"the record does not know the release {name}" in said


@pytest.mark.parametrize(("number", "what"), [(2, "is not as it was made"), (3, "is not good")])
def test_a_line_that_another_key_signed_is_named(
    number: int, what: str, three: Published, tmp_path: Path
) -> None:
    """Be it a key that may sign: the line says which one did. Later lines know earlier signatures."""
    other = make_key(tmp_path)
    public = Path(f"{other}.pub").read_text().split(" town")[0]
    with (three.folder / "allowed_signers").open("a") as file:
        file.write(f'saig namespaces="saig-publication" {public}\n')
    lines = (three.folder / "publications.jsonl").read_bytes().splitlines(True)
    signed = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-q", "-f", str(other), "-n", "saig-publication"],
        input=lines[number - 1],
        capture_output=True,
        check=True,
    )
    (three.folder / f"publications/{number}.sig").write_bytes(signed.stdout)
    code, said = three.verify()
    assert code == 1
    assert said.splitlines()[0] == f"error: the signature of line {number} {what}"
    assert said.count("error: ") == 1


def test_statuses_that_say_the_same(tmp_path: Path) -> None:
    """410 of what is gone, a redirect of what moved, 404 of the page for that; of nothing else."""
    pages = {
        address: f"<p>{address}" for address in ("/", "/g/", "/m/", "/404.html", "/es/404.html")
    }
    state = State(
        {address: sha256(text.encode()).hexdigest() for address, text in pages.items()},
        gone=frozenset({"/g/"}),
        moved=frozenset({"/m/"}),
    )
    for address, text in pages.items():
        file = tmp_path / "current" / path_of(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    origin = Origin("https://vila.test/web")
    line = next_publication(Chain(), "publish", state, release="r", origin=origin, signer=None)
    (tmp_path / "publications.jsonl").write_bytes(line.line())

    def faults(**statuses: int) -> list[str]:
        with served(tmp_path, **statuses) as url:
            found = verify_url(url, None, None, 20, Progress("en")).findings
        return sorted(one.message % one.values for one in found if one.is_fault)

    assert faults(**{"/g/": 410, "/m/": 301, "/404.html": 404, "/es/404.html": 404}) == []
    assert faults(**{"/": 410, "/g/": 404, "/m/": 302, "/404.html": 410}) == [
        "/ answers 410",
        "/404.html answers 410",
        "/g/ answers 404",
        "/m/ answers 302",
    ]
    assert faults(**{"/": 301, "/g/": 308}) == ["/ answers 301", "/g/ answers 308"]


def test_a_server(three: Published, tmp_path: Path) -> None:
    """What readers get, in each form; a stale twin is found behind a right page."""
    with served(three.folder) as url:
        done = three.project.saig("verify", url, cwd=tmp_path)
        assert done.returncode == 0, done.stdout
        assert "signed with the key" in done.stdout

        copy = tmp_path / "copy"
        copy.write_bytes((three.folder / "publications.jsonl").read_bytes())
        site = three.current
        (site / "index.html.br").write_bytes((site / f"{PAGE}.br").read_bytes())
        (site / "avisos/index.html").unlink()
        (three.folder / "publications.jsonl").unlink()
        done = three.project.saig("verify", url)
        assert done.returncode == 1 and "--record FILE" in done.stderr
        done = three.project.saig("verify", url, "--record", str(copy))
        assert done.returncode == 1
        assert [line for line in done.stdout.splitlines() if line.startswith("error")] == [
            "error: / (br) differs from what was published",
            "error: /avisos/ answers 404",
        ]

        copies = tmp_path / "copies"
        shutil.copytree(three.folder / "publications", copies / "publications")
        shutil.copy(three.folder / "allowed_signers", copies)
        copy = Path(shutil.move(copy, copies))
        (copies / "publications/2.sig").unlink()
        shutil.rmtree(three.folder / "publications")
        said = three.project.saig("verify", url, "--record", str(copy)).stdout
        assert "the signature of line 2 is missing" in said, "those beside the copy count"
        shutil.rmtree(copies / "publications")
        said = three.project.saig("verify", url, "--record", str(copy)).stdout
        assert "they were not checked" in said and "is missing" not in said
    done = three.project.saig("verify", url, "--timeout", "2")
    assert done.returncode == 1 and "no answer from" in done.stderr
    assert three.project.saig("verify", "http://").returncode == 1
