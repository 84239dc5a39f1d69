"""``saig evidence``: when an address was public, and how that can be checked."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from dataclasses import asdict
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from published_site import ADDRESS, NOTE, Published, small_project
from saig.publishing.evidence import gather
from saig.publishing.record import read, require_valid

A, B, C = ("a" * 64, "b" * 64, "c" * 64)


def record(folder: Path, *lines: dict[str, Any]) -> None:
    """A record as the manual describes it, with times of one's choice."""
    digests: dict[str, str] = {}
    before = None
    folder.mkdir(exist_ok=True)
    with (folder / "publications.jsonl").open("wb") as file:
        for number, given in enumerate(lines, 1):
            line = {
                "kind": "publish",
                "release": f"r{number}",
                "site": "https://vila.test/web",
                "commit": f"{number:040x}",
                "differs": False,
                "day": given["time"][:10],
                **{name: {} for name in ("added", "changed", "removed", "altered")},
                "gone": [],
                "moved": [],
                "since": None,
                "signer": None,
                **given,
                "number": number,
                "previous": before,
            }
            digests |= line["added"] | line["changed"]
            digests = {a: d for a, d in digests.items() if a not in line["removed"]}
            files = sorted((a[1:] + "index.html" * a.endswith("/"), d) for a, d in digests.items())
            tree = "".join(f"{path}\0{digest}\n" for path, digest in files)
            line["tree"] = sha256(tree.encode()).hexdigest()
            text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            file.write(text.encode() + b"\n")
            before = sha256(text.encode() + b"\n").hexdigest()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A notice's life: published, changed, rolled back, withdrawn."""
    root = tmp_path_factory.mktemp("told")
    site = Published(small_project(root / "project"), root / "site")
    record(
        site.folder,
        {"time": "2020-05-31T21:59:00Z", "added": {"/": C, "/avis/": A}},
        {"time": "2020-06-10T08:00:00Z", "changed": {"/avis/": B}},
        {
            "time": "2020-06-10T09:00:00Z",
            "changed": {"/avis/": A},
            "kind": "rollback",
            "release": "r1",
        },
        {"time": "2020-06-12T08:00:00Z", "added": {"/nou/": C}},
        {
            "time": "2020-06-12T09:00:00Z",
            "removed": {"/nou/": C},
            "kind": "found",
            "release": "r1",
            "since": "2020-06-10T09:00:00Z",
        },
        {"time": "2020-07-01T08:00:00Z", "changed": {"/avis/": C}, "gone": ["/avis/"]},
        {"time": "2020-07-05T08:00:00Z", "removed": {"/avis/": C}},
    )
    return site


def evidence(site: Published, *arguments: str) -> dict[str, Any]:
    done = site.saig("evidence", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def asked(site: Published, address: str, *period: str) -> dict[str, Any]:
    """The same in this process, for a town whose days are Madrid's."""
    first, last = map(datetime.date.fromisoformat, period) if period else (None, None)
    chain = read((site.folder / "publications.jsonl").read_bytes())
    days = (first, last) if first and last else None
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return asdict(gather(require_valid(chain), address, "Europe/Madrid", now, days))


@pytest.mark.parametrize(
    "address",
    [
        "/avis/",
        "avis",
        "/avis/index.html",
        "https://vila.test/web/avis/",
        "https://vila.test/web/avis#a",
    ],
)
def test_a_life(address: str, told: Published) -> None:
    """Each event with its digest, commit and line, whatever the form of the address."""
    found = asked(told, address)
    assert found["url"] == "https://vila.test/web/avis/"
    assert [(event["what"], event["number"], event["digest"]) for event in found["events"]] == [
        ("published", 1, A),
        ("changed", 2, B),
        ("changed", 3, A),
        ("withdrawn", 6, C),
        ("removed", 7, None),
    ]
    assert found["events"][2]["kind"] == "rollback"
    assert found["events"][1]["commit"] == f"{2:040x}"
    assert [(span["status"], span["start"], span["until"]) for span in found["spans"]] == [
        ("public", "2020-05-31T21:59:00Z", "2020-06-10T08:00:00Z"),
        ("public", "2020-06-10T08:00:00Z", "2020-06-10T09:00:00Z"),
        ("public", "2020-06-10T09:00:00Z", "2020-07-01T08:00:00Z"),
        ("withdrawn", "2020-07-01T08:00:00Z", "2020-07-05T08:00:00Z"),
        ("absent", "2020-07-05T08:00:00Z", None),
    ]


@pytest.mark.parametrize(
    ("start", "until", "answer"),
    [
        ("2020-06-01", "2020-06-30", "yes"),
        ("2020-05-31", "2020-06-30", "partly"),
        ("2020-06-01", "2020-07-01", "partly"),
        ("2020-07-02", "2020-07-04", "no"),
        ("2020-07-06", "2090-01-01", "no"),
        ("2020-05-01", "2020-05-30", "no"),
    ],
)
def test_was_it_up(start: str, until: str, answer: str, told: Published) -> None:
    """Whole days where the site is: the first of June begins at ten in the evening, UTC."""
    found = asked(told, "/avis/", start, until)["question"]
    assert found["answer"] == answer
    if start == "2020-06-01":
        assert found["start"] == "2020-05-31T22:00:00Z"
    assert found["looked_until"] == min(found["until"], "2026-01-01T00:00:00Z")


def test_a_gap_between_is_not_overlooked(told: Published, tmp_path: Path) -> None:
    """Public at the beginning and at the end, and withdrawn or removed for a day."""
    site = Published(told.project, tmp_path / "site")
    record(
        site.folder,
        {"time": "2020-06-01T08:00:00Z", "added": {"/": C, "/avis/": A, "/nou/": A}},
        {
            "time": "2020-06-10T08:00:00Z",
            "changed": {"/avis/": C},
            "gone": ["/avis/"],
            "removed": {"/nou/": A},
        },
        {"time": "2020-06-11T08:00:00Z", "changed": {"/avis/": A}, "added": {"/nou/": A}},
    )
    for address in ("/avis/", "/nou/"):
        found = asked(site, address, "2020-06-02", "2020-06-20")["question"]
        assert found["answer"] == "partly", address
        assert len(found["spans"]) == 3
        assert asked(site, address, "2020-06-11", "2020-06-20")["question"]["answer"] == "partly"
        assert asked(site, address, "2020-06-12", "2020-06-20")["question"]["answer"] == "yes"


def test_a_day_ends_with_its_last_moment(told: Published, tmp_path: Path) -> None:
    """Published and removed at midnight: public on that day, whole, and on no other."""
    site = Published(told.project, tmp_path / "site")
    record(
        site.folder,
        {"time": "2020-05-01T08:00:00Z", "added": {"/": C}},
        {"time": "2020-05-31T22:00:00Z", "added": {"/avis/": A}},
        {"time": "2020-06-01T22:00:00Z", "removed": {"/avis/": A}},
    )
    days = ("2020-05-31", "2020-06-01", "2020-06-02")
    found = [asked(site, "/avis/", day, day)["question"] for day in days]
    assert [one["answer"] for one in found] == ["no", "yes", "no"]
    assert [len(one["spans"]) for one in found] == [1, 1, 1]


def test_a_link_as_old_as_the_line_was_never_moved(told: Published, tmp_path: Path) -> None:
    """Times have seconds alone: a publication without effect may follow the one before at once."""
    site = Published(told.project, tmp_path / "site")
    same = "2020-06-01T08:00:00Z"
    record(
        site.folder,
        {"time": same, "added": {"/": C}},
        {"time": same, "added": {"/nou/": A}},
        {"time": "2020-06-02T08:00:00Z", "removed": {"/nou/": A}, "kind": "found", "since": same},
    )
    assert asked(site, "/nou/", "2020-06-01", "2020-06-02")["question"]["answer"] == "no"


def test_a_link_was_moved_before_the_line_that_says_so(told: Published, tmp_path: Path) -> None:
    """Whatever the link's own time says, which any clock may have given to it."""
    site = Published(told.project, tmp_path / "site")
    record(
        site.folder,
        {"time": "2020-06-01T08:00:00Z", "added": {"/": C, "/avis/": A}},
        {"time": "2020-06-02T08:00:00Z", "changed": {"/avis/": B}},
        {
            "time": "2020-06-03T08:00:00Z",
            "changed": {"/avis/": A},
            "kind": "found",
            "release": "r1",
            "since": "2020-06-09T08:00:00Z",
        },
    )
    last = asked(site, "/avis/")["spans"][-1]
    assert (last["start"], last["digest"]) == ("2020-06-03T08:00:00Z", A)


def test_what_says_that_a_file_is_gone_stands_in_a_folder_of_its_name(
    told: Published, tmp_path: Path
) -> None:
    """Who asks for the file is told of both."""
    site = Published(told.project, tmp_path / "site")
    file = "/files/acta.pdf"
    record(
        site.folder,
        {"time": "2020-06-01T08:00:00Z", "added": {"/": C, file: A}},
        {
            "time": "2020-06-02T08:00:00Z",
            "removed": {file: A},
            "added": {f"{file}/": B},
            "gone": [f"{file}/"],
        },
    )
    found = asked(site, file)
    assert [event["what"] for event in found["events"]] == ["published", "withdrawn"]
    assert [span["status"] for span in found["spans"]] == ["public", "withdrawn"]


def test_a_publication_without_effect_is_not_counted(told: Published) -> None:
    """The link had not moved when the next run looked: it was never public."""
    found = asked(told, "/nou/", "2020-06-12", "2020-06-12")
    assert [event["what"] for event in found["events"]] == ["published", "without-effect"]
    assert {span["status"] for span in found["spans"]} == {"absent"}
    assert found["question"]["answer"] == "no"


def test_what_cannot_be_told_is_not_told(told: Published, tmp_path: Path) -> None:
    """The link was moved later, by hand or after a power cut: which was public is not sure."""
    site = Published(told.project, tmp_path / "site")
    record(
        site.folder,
        {"time": "2020-06-01T08:00:00Z", "added": {"/": C, "/avis/": A}},
        {"time": "2020-06-02T08:00:00Z", "changed": {"/avis/": B}},
        {
            "time": "2020-06-09T08:00:00Z",
            "changed": {"/avis/": A},
            "kind": "found",
            "release": "r1",
            "since": "2020-06-05T08:00:00Z",
        },
        {"time": "2020-06-20T08:00:00Z", "altered": {"/avis/": C}},
    )
    found = asked(site, "/avis/", "2020-06-03", "2020-06-04")
    assert found["question"]["answer"] == "unsure"
    assert [(span["start"][:10], span["digest"], span["sure"]) for span in found["spans"]] == [
        ("2020-06-01", A, True),
        ("2020-06-02", B, False),
        ("2020-06-05", A, False),
        ("2020-06-20", A, True),
    ]
    assert found["events"][-1]["what"] == "altered" and found["events"][-1]["digest"] == C


def commands(text: str) -> list[str]:
    """The commands that the text tells its reader to type."""
    return [line.strip() for line in text.splitlines() if re.match(r"    (sed|sha256sum) ", line)]


def test_the_commands_that_are_told_work(history: Published) -> None:
    """Typed as they stand, where the record is, they agree."""
    done = history.saig("evidence", ADDRESS)
    assert done.returncode == 0
    told = commands(done.stdout)
    assert len(told) == 4
    said = [
        subprocess.run(["bash", "-c", one], cwd=history.folder, capture_output=True, text=True)
        for one in told
    ]
    assert [one.returncode for one in said] == [0, 0, 0, 0], said
    last = history.record[-1]
    line = (history.folder / "publications.jsonl").read_bytes().splitlines(True)[-1]
    assert said[0].stdout.split()[0] == sha256(line).hexdigest()
    assert sha256(line).hexdigest() in done.stdout
    assert said[2].stdout.split()[0] == last["changed"][ADDRESS]
    assert last["signer"] in said[3].stdout
    assert f"good, by {last['signer']}" in done.stdout
    for words in ("no qualified", "network", "own clock"):
        assert words in done.stdout


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.lang: str | None = None
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "html":
            self.lang = given.get("lang")
        self.outside += [name for name in ("src", "href") if name in given]


@pytest.mark.parametrize("lang", ["ca", "es", "en"])
def test_a_page_to_print(lang: str, history: Published, tmp_path: Path) -> None:
    """It needs nothing else, and its tables can be read aloud."""
    page = tmp_path / "evidence.html"
    done = history.saig(
        "evidence", ADDRESS, "--format", "html", "--output", str(page), "--lang", lang,
        "--from", "2020-01-01", "--until", "2020-01-31",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = page.read_text("utf-8")
    reader = _Reader()
    reader.feed(text)
    assert reader.lang == lang and reader.outside == [] and "script" not in reader.tags
    assert reader.tags.count("h1") == 1
    assert reader.tags.count("table") == reader.tags.count("caption") >= 2
    assert 'scope="col"' in text and 'scope="row"' in text


def test_what_was_never_published(told: Published) -> None:
    """Said in words; an address of another site is none of ours."""
    done = told.saig("evidence", "/<b>&'/", "--format", "html")
    assert done.returncode == 0
    assert "never published" in done.stdout and "<b>" not in done.stdout
    done = told.saig("evidence", "https://other.test/avis/")
    assert done.returncode == 1 and "https://vila.test/web" in done.stderr


def test_bad_questions(told: Published, tmp_path: Path) -> None:
    """Told in a line."""
    for wrong in (
        ("--from", "2020-06-02", "--until", "2020-06-01"),
        ("--from", "June"),
        ("--zone", "Palma"),
        ("--zone", "../../etc/passwd"),
    ):
        assert told.saig("evidence", "/avis/", *wrong).returncode in (1, 2)
    nothing = Published(told.project, tmp_path / "nothing")
    assert nothing.saig("evidence", "/avis/").returncode == 1


def test_a_broken_record_proves_nothing(three: Published) -> None:
    """No evidence is drawn from it."""
    path = three.folder / "publications.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"kind":"publish"', b'"kind":"rollback"', 1))
    done = three.saig("evidence", ADDRESS)
    assert done.returncode == 1 and "line 2" in done.stderr


def test_outside_of_a_project(told: Published, tmp_path: Path) -> None:
    """Who holds a copy of the folder alone can ask it too; days are then of UTC unless told."""
    for zone, start in (((), "2020-06-01T00"), (("--zone", "Europe/Madrid"), "2020-05-31T22")):
        arguments = (
            "evidence",
            str(told.folder),
            "/avis/",
            "--format",
            "json",
            "--from",
            "2020-06-01",
        )
        done = told.project.saig(*arguments, *zone, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["question"]["start"].startswith(start)


def test_withdrawn_and_moved_pages_are_known(small_site: Published) -> None:
    """A note that is renamed, and one that is withdrawn with an entry in gone.yaml."""
    site = small_site
    text = "---\ntitle: Horari d'hivern\nsummary: S.\ndate: 2020-12-01\n---\n"
    notice = site.project.write("notices/hivern.md", text)
    site.publish()
    site.project.change(
        NOTE, "title: Sobre", "slug: nou\nold_addresses: [/sobre-aquest-web/]\ntitle: Sobre"
    )
    notice.unlink()
    said = "title: {ca: Horari}, date: 2020-12-10, reason: {ca: Ja no val}"
    site.project.write("gone.yaml", f"- {{address: /avisos/horari-d-hivern/, {said}}}\n")
    site.publish()
    assert evidence(site, ADDRESS)["events"][-1]["what"] == "moved"
    withdrawn = evidence(site, "/avisos/horari-d-hivern/")["events"]
    assert [event["what"] for event in withdrawn] == ["published", "withdrawn"]
    assert site.verify()[0] == 0
