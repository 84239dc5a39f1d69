"""A program that follows what each publication changed has what one has that reads everything."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from follower import Follower
from jsonschema import Draft202012Validator
from saig.documents.schema import json_schema
from saig.outputs import changes, data
from saig.outputs.published_json import encode
from saig.progress import Progress
from saig.publishing import changes as of_changes
from saig.publishing.finished_tree import FinishedTree
from saig.publishing.layout import Layout
from saig.publishing.publish import Faulty, publish
from saig.publishing.record_io import load
from saig.publishing.rollback import roll_back
from saig.publishing.tree import path_of
from saig.publishing.verify import verify_folder

URL = "https://poble.test/web"
SHARED = "api/v1/site/ca.json"
SCHEMA = "api/v1/schemas/note.json"
QUIET = Progress("en")
PUBLISH, ROLLBACK = (import_module(f"saig.publishing.{name}") for name in ("publish", "rollback"))
EDITS = ("add", "add", "change", "move", "swap", "withdraw", "hide", "file", "site")
FORMATS = Draft202012Validator.FORMAT_CHECKER


@dataclass
class Site:
    """A finished site of a few notes, as a build leaves it: its notes (place to id and text), what
    leads on to a note (place to id), what is gone, and files."""

    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    shared: dict[str, bytes] = field(default_factory=lambda: {SHARED: _shared(0)})

    def write(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        listed = [self._page(folder, *found) for found in self._documents()]
        for name, text in self.files.items():
            _write(folder / "files" / name, text.encode())
        files = [
            {"url": f"{URL}/files/{name}", "title": name, "digest": _digest(text.encode())}
            for name, text in self.files.items()
        ]
        gone = [
            {"url": f"{URL}/{place}/", "date": "2020-12-10", "reason": why, "reason_lang": "ca"}
            for place, why in self.gone.items()
        ]
        places = {identifier: place for place, (identifier, _) in self.notes.items()}
        moved = [
            json.dumps({"from": f"{URL}/{old}/", "to": f"{URL}/{places[identifier]}/"})
            for old, identifier in self.moved.items()
        ]
        for path, said in self.shared.items():
            _write(folder / path, said)
        for path, said in self._index(listed, gone, moved, files).items():
            _write(folder / path, said)
        _write(folder / data.CHANGES, changes.nothing_yet(URL, len(listed)))
        for schema in (SCHEMA, *(f"api/v1/schemas/{kind}.json" for kind in ("index", "changes"))):
            _write(folder / schema, b"{}")
        _write(folder / "version.json", encode({"commit": None, "date": "2020-12-10"}))

    def _index(
        self, listed: list[str], gone: list[Any], moved: list[str], files: list[Any]
    ) -> dict[str, bytes]:
        totals = {"notice": {"ca": len(self.notes)}}
        return data.index(
            URL, "1.1+0", listed, totals, gone=gone, moved=moved, files=files, shared=self.shared
        )

    def _documents(self) -> Iterator[tuple[str, str, str]]:
        yield "", "home", "Poble"
        for place, (identifier, text) in self.notes.items():
            yield f"{place}/", identifier, text

    def _page(self, folder: Path, place: str, identifier: str, text: str) -> str:
        kind = "notice" if place else "home"
        document = {
            "$schema": f"{URL}/{SCHEMA}",
            "kind": kind,
            "id": identifier,
            "lang": "ca",
            "url": f"{URL}/{quote(place)}",
            "uri": f"{URL}/#{identifier}",
            "title": text,
            "updated": None,
            "own_digest": None,
            kind: {"state": "current"},
        }
        said = encode(document)
        _write(folder / place / "index.json", said)
        _write(folder / place / "index.html", f"<title>{text}</title>".encode())
        return data.listing(document, sha256(said).hexdigest())

    def edit(self, chance: random.Random, step: int) -> None:
        """One thing that editors do."""
        places = sorted(self.notes)
        place = chance.choice(places) if places else ""
        match chance.choice(EDITS):
            case "site":
                self.shared[SHARED] = _shared(step)
            case "change" if places:
                self.notes[place] = (self.notes[place][0], f"Text {step}")
            case "move" if places:
                self.notes[f"p{step}"] = self.notes.pop(place)
                self.moved[place] = self.notes[f"p{step}"][0]
            case "swap" if len(places) > 1:
                other = chance.choice(places)
                self.notes[place], self.notes[other] = self.notes[other], self.notes[place]
            case "withdraw" if places:
                self._drop(place)
                self.gone[place] = f"Motiu {step}"
            case "hide" if places:
                self._drop(place)
            case "file":
                name = f"{chance.randrange(3)}.txt"
                if self.files.pop(name, None) is None:
                    self.files[name] = f"Text {step}"
            case _:
                self.notes[f"p{step}"] = (f"n{step}", "Text")

    def _drop(self, place: str) -> None:
        identifier, _ = self.notes.pop(place)
        self.moved = {old: to for old, to in self.moved.items() if to != identifier}


def _shared(step: int) -> bytes:
    return encode({"$schema": f"{URL}/{SCHEMA}", "step": step})


def _write(path: Path, said: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(said)


def _digest(said: bytes) -> str:
    return f"sha256:{sha256(said).hexdigest()}"


@dataclass
class Town:
    """``site`` as it is edited, and where it is published."""

    folder: Path
    site: Site = field(default_factory=Site)

    @property
    def layout(self) -> Layout:
        return Layout(self.folder / "published")

    @property
    def current(self) -> Path:
        return self.layout.current

    def publish(self) -> bool:
        """Whether there was anything to publish."""
        self.site.write(self.folder / "built")
        source = partial(FinishedTree, self.folder / "built")
        return publish(self.layout, source, 3, QUIET).publication is not None

    def roll_back(self) -> None:
        roll_back(self.layout, None, lambda: None, QUIET)

    def page(self, number: int) -> Any:
        return json.loads((self.current / changes.page(number)).read_bytes())

    def told(self, number: int) -> dict[str, str]:
        """What a publication says that it changed: address from the site's root to what."""
        return {one["url"].removeprefix(URL): one["op"] for one in self.page(number)["changes"]}


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path, Site(notes={"avis": ("avis", "Un avís")}, files={"0.txt": "Text"}))


@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_publications(seed: int, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of random edits, with going back, and pages that get lost between; one program looks after each
    of them, the other now and then. Neither reads everything twice, and what the site says is what
    the record says."""
    monkeypatch.setattr(data, "PAGE", 3)
    chance = random.Random(seed)
    town.publish()
    often, seldom = Follower(town.current), Follower(town.current)
    for step in range(20):
        for _ in range(chance.randrange(1, 4)):
            town.site.edit(chance, step * 10 + _)
        if step % 6 == 5:
            town.roll_back()
        else:
            town.publish()
        if step % 7 == 3:  # lost on the disk, and found again in another release
            (town.current / changes.page(2)).unlink()
            assert town.publish()
        often.follow()
        if chance.random() < 0.3:
            seldom.follow()
        assert often.held == often.crawl()
    seldom.follow()
    assert seldom.held == often.held
    assert often.begun == seldom.begun == 1
    _agrees(town)


def _agrees(town: Town) -> None:
    """Each page with the line of its publication, and with its schema."""
    schema = Draft202012Validator(json_schema("publication", URL), format_checker=FORMATS)
    for line in load(town.layout).publications:
        page = town.page(line.number)
        schema.validate(page)
        assert (page["published"], page["kind"]) == (line.time, line.kind)
        touched = {**line.added, **line.changed}
        for one in page["changes"]:
            file = (one["to"] or one["url"]).removeprefix(URL)
            file += "index.json" if file.endswith("/") else ""
            if one["op"] in ("added", "changed") and file not in line.altered:
                assert one["digest"] == f"sha256:{touched[file]}"
            if one["op"] in ("withdrawn", "removed"):
                assert file in line.removed


def test_what_is_told_of_each_change(town: Town) -> None:
    """What came, what changed, where it is now, why it went."""
    site = town.site
    site.notes |= {"vell": ("vell", "Vell"), "fora": ("fora", "Fora"), "cau": ("cau", "Cau")}
    town.publish()
    first = town.page(1)
    assert first["previous"] is None
    assert {one["op"] for one in first["changes"]} == {"added"}
    assert first["documents"] == 5

    site.notes["nou"] = site.notes.pop("vell")
    site.moved["vell"] = "vell"
    site.gone["fora"] = "Ja no cal"
    del site.notes["fora"], site.notes["cau"]
    site.notes |= {"avis": ("avis", "Un altre"), "més": ("mes", "Més")}
    town.publish()
    assert town.told(2) == {
        "/vell/": "moved",
        "/fora/": "withdrawn",
        "/cau/": "removed",
        "/avis/": "changed",
        "/m%C3%A9s/": "added",
    }
    found = {one["op"]: one for one in town.page(2)["changes"]}
    assert found["moved"]["to"] == f"{URL}/nou/"
    assert (town.current / "nou/index.json").is_file()
    nou = (town.current / "nou/index.json").read_bytes()
    assert found["moved"]["digest"] == _digest(nou)
    assert (found["moved"]["kind"], found["moved"]["id"]) == ("notice", "vell")
    assert found["withdrawn"]["date"] == "2020-12-10"
    assert found["withdrawn"]["reason"] == "Ja no cal"
    assert found["withdrawn"]["id"] == "fora"
    index = json.loads((town.current / data.CHANGES).read_bytes())
    Draft202012Validator(json_schema("changes", URL), format_checker=FORMATS).validate(index)
    assert (index["latest"], index["oldest"], index["documents"]) == (2, 1, 4)


def test_a_publication_of_the_same_is_none(town: Town) -> None:
    """There is nothing to tell."""
    town.publish()
    assert not town.publish()
    assert len(load(town.layout).publications) == 1


def test_back_and_again(town: Town) -> None:
    """Going back is told as what it changes; so is the publication after it."""
    town.publish()
    town.site.notes["avis"] = ("avis", "Un altre")
    town.site.notes["nou"] = ("nou", "Nou")
    town.publish()
    town.roll_back()
    assert town.told(3) == {"/avis/": "changed", "/nou/": "removed"}
    assert (town.page(3)["kind"], town.page(3)["previous"]) == ("rollback", 2)
    town.publish()
    assert town.told(4) == {"/avis/": "changed", "/nou/": "added"}
    assert [town.page(number)["previous"] for number in (1, 2, 3, 4)] == [None, 1, 2, 3]


@pytest.mark.parametrize("where", ["append_line", "switch"])
@pytest.mark.parametrize("what", ["publish", "roll_back"])
def test_one_that_did_not_get_to_its_end(
    what: str, where: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before its line, or between that and the switch. Nobody saw what it was to change, so nobody is
    told of it; who follows goes on from where she was, over numbers that were never public."""
    for text in ("Un", "Dos"):
        town.site.notes["avis"] = ("avis", text)
        town.publish()
    follower = Follower(town.current)
    follower.follow()

    def fails(*_: object, **__: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patch:
        if where == "switch":
            patch.setattr(Layout, "switch", fails)
        else:
            patch.setattr(PUBLISH if what == "publish" else ROLLBACK, "append_line", fails)
        town.site.notes["avis"] = ("avis", "Tres")
        with pytest.raises(OSError, match="killed"):
            town.publish() if what == "publish" else town.roll_back()
    follower.follow()
    assert follower.cursor == 2 and follower.held == follower.crawl()
    town.roll_back()
    follower.follow()
    town.publish()
    follower.follow()
    assert follower.begun == 1 and follower.held == follower.crawl()
    verdict = verify_folder(town.layout, None, None, QUIET)
    assert verdict.holds, verdict.findings


def test_a_page_that_no_release_has_any_more(town: Town) -> None:
    """What came before it cannot be followed: whoever has read that reads everything once more."""
    town.publish()
    behind = Follower(town.current)
    behind.follow()
    for text in ("Un", "Dos"):
        town.site.notes["avis"] = ("avis", text)
        town.publish()
    page = town.current / changes.page(2)
    page.write_bytes(page.read_bytes() + b"\n")  # in every release: they are one file
    town.publish()
    index = json.loads((town.current / data.CHANGES).read_bytes())
    assert (index["latest"], index["oldest"]) == (4, 3)
    behind.follow()
    assert behind.begun == 2 and behind.held == behind.crawl()


@pytest.mark.parametrize(
    ("path", "is_index"),
    [(data.INDEX, False), (data.INDEX, True), ("api/v1/index/2.json", True)],
)
def test_an_index_that_was_tampered_with(
    path: str, is_index: bool, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was public is then what the record says, and not what that index says, or a page of it."""
    monkeypatch.setattr(data, "PAGE", 2)
    town.site.notes["fora"] = ("fora", "Fora")
    town.publish()
    follower = Follower(town.current)
    follower.follow()
    index = town.current / path
    said = {**json.loads(index.read_bytes()), "documents": []} if is_index else {}
    os.unlink(index)
    index.write_text(json.dumps(said))
    del town.site.notes["fora"]
    town.publish()
    follower.follow()
    assert follower.begun == 1 and follower.held == follower.crawl()


@pytest.mark.parametrize("name", ["index.html", "index.json"])
def test_what_was_altered_and_put_right_is_told(name: str, town: Town) -> None:
    """Who read it meanwhile, the page or its document, must read it again."""
    town.publish()
    file = town.current / "avis" / name
    os.unlink(file)
    file.write_text("{}")
    town.publish()
    assert town.told(2) == {"/avis/": "changed"}


def test_what_stood_there_last_is_told_without_the_index_of_it(town: Town) -> None:
    """An address that two notes had, one after the other, while both are in other releases."""
    for identifier in ("abans", "ara"):
        town.site.notes["lloc"] = (identifier, "Text")
        town.publish()
    town.site.notes["avis"] = ("avis", "Un altre")
    town.publish()
    index = town.current / data.INDEX
    os.unlink(index)
    index.write_text("{}")
    del town.site.notes["lloc"]
    town.publish()
    [removed] = [one for one in town.page(4)["changes"] if one["url"] == f"{URL}/lloc/"]
    assert (removed["op"], removed["id"]) == ("removed", "ara")


def test_a_file_that_no_index_names_comes_and_goes(town: Town) -> None:
    """Such as what a town's own plugin writes."""
    built = town.folder / "built"
    for is_there in (True, False):
        town.site.write(built)
        if is_there:
            _write(built / "verification.txt", b"x")
        assert publish(town.layout, partial(FinishedTree, built), 3, QUIET).publication
        assert (town.current / "verification.txt").exists() == is_there


def test_old_pages_go(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones stay; the index says which is the first of them."""
    monkeypatch.setattr(of_changes, "KEPT", 2)
    for number in range(5):
        town.site.notes["avis"] = ("avis", f"Text {number}")
        town.publish()
    index = json.loads((town.current / data.CHANGES).read_bytes())
    there = sorted(path.name for path in (town.current / of_changes.FOLDER).glob("*.json"))
    assert there == ["3.json", "4.json", "5.json", "index.json"]
    assert (index["latest"], index["oldest"]) == (5, 3)


def test_a_site_whose_index_is_none_is_not_published(town: Town) -> None:
    """Whoever hands it over may have meant harm."""
    town.site.write(town.folder / "built")
    index = json.loads((town.folder / "built" / data.INDEX).read_bytes())
    for wrong in ({**index, "documents": [1]}, {**index, "next": f"{URL}/../../etc/passwd"}):
        (town.folder / "built" / data.INDEX).write_text(json.dumps(wrong))
        with pytest.raises(Faulty):
            publish(town.layout, partial(FinishedTree, town.folder / "built"), 3, QUIET)
        assert not town.current.exists()


def test_what_the_record_has_is_where_it_says(town: Town) -> None:
    """``saig verify`` holds these pages against the record as all others."""
    town.publish()
    state = load(town.layout).state
    for address in (f"/{changes.page(1)}", f"/{data.CHANGES}"):
        there = (town.current / path_of(address)).read_bytes()
        assert sha256(there).hexdigest() == state.digests[address]


@pytest.mark.parametrize(("kind", "told"), [("notice", ["moved"]), ("topic", ["removed", "added"])])
def test_notes_move_and_lists_do_not(kind: str, told: list[str]) -> None:
    """A list that has another address has no page that leads there."""
    indexes = []
    for folder in ("a", "b"):
        url, file = f"https://vila.test/{folder}/x/", f"/{folder}/x/index.json"
        one = of_changes.IndexedFile(kind, "x", "ca", url, file)
        indexes.append(of_changes.SiteIndex({url: one}, {}, {}, {}))
    assert [one["op"] for one in of_changes.changes(*indexes, {}, {})] == told


Said = dict[str, str]
CHANGES: dict[str, tuple[Said, Said, dict[str, Any]]] = {
    "nothing": ({"/a/": "x 1"}, {"/a/": "x 1"}, {}),
    "another text": ({"/a/": "x 1"}, {"/a/": "x 2"}, {}),
    "a new note": ({}, {"/a/": "x 1"}, {}),
    "a note removed": ({"/a/": "x 1"}, {}, {}),
    "a note withdrawn": ({"/a/": "x 1"}, {}, {"gone": {"/a/": {"reason": "Ja no cal"}}}),
    "withdrawn, and there": (
        {"/a/": "x 1"},
        {"/a/": "x 1"},
        {"gone": {"/a/": {"reason": "Ja no cal"}}},
    ),
    "moved": ({"/a/": "x 1"}, {"/b/": "x 2"}, {}),
    "moved, and withdrawn": ({"/a/": "x 1"}, {"/b/": "x 1"}, {"gone": {"/a/": {}}}),
    "moved, and another takes its place": ({"/a/": "x 1"}, {"/a/": "y 1", "/b/": "x 1"}, {}),
    "two change places": (
        {"/a/": "x 1", "/b/": "y 2"},
        {"/a/": "y 2", "/b/": "x 1"},
        {},
    ),
    "moved as it is told": ({"/a/": "x 1"}, {"/b/": "y 1"}, {"moved": {"/a/": "/b/"}}),
    "moved to what was there": (
        {"/a/": "x 1", "/b/": "y 1"},
        {"/b/": "y 1"},
        {"moved": {"/a/": "/b/"}},
    ),
    "moved to no document": ({"/a/": "x 1"}, {}, {"moved": {"/a/": "/elsewhere"}}),
    "told of what is there": ({"/a/": "x 1"}, {"/a/": "x 1"}, {"moved": {"/a/": "/b/"}}),
    "altered": ({"/a/": "x 1"}, {"/a/": "x 1"}, {"altered": {"/a/index.json"}}),
    "its page altered": ({"/a/": "x 1"}, {"/a/": "x 1"}, {"altered": {"/a/"}}),
    "another altered": ({"/a/": "x 1"}, {"/a/": "x 1"}, {"altered": {"/b/", "/a/feed.atom"}}),
}
"""What stands at addresses, the note and which text of it, before and after; and what is told."""


TOLD = {
    "another text": ["changed /a/ x x 2"],
    "a new note": ["added /a/ x x 1"],
    "a note removed": ["removed /a/ x"],
    "a note withdrawn": ["withdrawn /a/ x Ja no cal"],
    "moved": ["moved /a/ x /b/ x 2"],
    "moved, and withdrawn": ["moved /a/ x /b/ x 1"],
    "moved, and another takes its place": ["changed /a/ y y 1", "added /b/ x x 1"],
    "two change places": ["changed /a/ y y 2", "changed /b/ x x 1"],
    "moved as it is told": ["moved /a/ x /b/ y 1"],
    "moved to what was there": ["moved /a/ x /b/ y 1"],
    "moved to no document": ["moved /a/ x /elsewhere"],
    "altered": ["changed /a/ x x 1"],
    "its page altered": ["changed /a/ x x 1"],
}
"""What is told of each; of the others nothing."""

SITE = "https://vila.test"


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_told_of_notes_that_come_and_go(name: str) -> None:
    """Each address once, whatever else became of its note."""
    before, after, told = CHANGES[name]
    moved = {f"{SITE}{there}": f"{SITE}{to}" for there, to in told.get("moved", {}).items()}
    gone = {f"{SITE}{there}": said for there, said in told.get("gone", {}).items()}
    indexes = [
        of_changes.SiteIndex(
            {f"{SITE}{there}": _note(there, said[there]) for there in said}, {}, *more
        )
        for said, more in ((before, ({}, {})), (after, (moved, gone)))
    ]
    was, now = ({f"{there}index.json": said[there] for there in said} for said in (before, after))
    found = of_changes.changes(*indexes, was, now, told.get("altered", frozenset()))
    keys = ("op", "url", "id", "to", "digest", "reason")
    lines = [" ".join(str(one[key]) for key in keys if one[key]) for one in found]
    assert [line.replace(SITE, "").replace("sha256:", "") for line in lines] == TOLD.get(name, [])


def _note(there: str, note: str) -> of_changes.IndexedFile:
    url, file = f"{SITE}{there}", f"{there}index.json"
    return of_changes.IndexedFile("notice", note.split()[0], "ca", url, file)


def test_without_an_index_there_are_the_documents_of_the_record() -> None:
    """And nothing else: no pages, feeds, or files of the editors, whatever their names."""
    paths = ("", "index.json", "a/", "a/index.json", "à/index.json", "a/feed.json", "feed.atom")
    others = ("api/v1/index.json", "files/x/index.json", "files/index.json", "robots.txt")
    there = dict.fromkeys((f"/{path}" for path in (*paths, *others)), "x")
    found = of_changes.listing_before([], there, {}, SITE)
    assert {url.removeprefix(SITE): one.file for url, one in found.documents.items()} == {
        "/": "/index.json",
        "/a/": "/a/index.json",
        "/%C3%A0/": "/à/index.json",
    }
    assert {(one.kind, one.id, one.lang) for one in found.documents.values()} == {(None,) * 3}
    assert not (found.files or found.moved or found.gone)
