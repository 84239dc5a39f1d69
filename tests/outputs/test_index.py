"""The index of all documents, and all of them in one file."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from in_process import built
from project import Project
from saig.outputs import data, search
from saig.project_settings import index_at


@pytest.fixture(scope="module")
def index(built_town: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built_town.output / data.INDEX).read_bytes())
    return found


def test_it_counts_what_it_lists(index: dict[str, Any]) -> None:
    """In all, and by kind and language."""
    assert index["total"] == len(index["documents"]) > 20
    found = Counter((one["kind"], one["lang"]) for one in index["documents"])
    told = {
        (kind, lang): n
        for kind, languages in index["totals"].items()
        for lang, n in languages.items()
    }
    assert told == dict(found)
    assert (index["page"], index["pages"], index["next"]) == (1, 1, None)


def test_it_says_how_notes_stand(built_town: Project, index: dict[str, Any]) -> None:
    """As their documents do, so that nobody need read these for it."""
    for one in index["documents"]:
        address = one["url"].removeprefix(index["site"])
        document = json.loads((built_town.output / address / "index.json").read_bytes())
        assert one["state"] == document[one["kind"]].get("state")
        assert (one["uri"], one["own_digest"]) == (document["uri"], document["own_digest"])
    assert {"in-force", "current", None} <= {one["state"] for one in index["documents"]}


def test_it_says_what_became_of_an_address(index: dict[str, Any]) -> None:
    """Where a note is now; why one is gone, in the language of its address."""
    moved = {one["from"].removeprefix(index["site"]): one for one in index["moved"]}
    assert moved["platja/"]["to"] == f"{index['site']}avisos/platja-segon-avis/"
    assert (moved["es/playa-vieja/"]["lang"], moved["platja/"]["lang"]) == ("es", "ca")
    assert {one["kind"] for one in moved.values()} == {"notice"}
    [gone] = index["gone"]
    assert gone["url"].endswith("/avisos/grip-2019/")
    assert gone["reason"] and gone["reason_lang"] == gone["lang"] == "ca"


def test_it_follows_the_old_addresses_of_a_note(town: Project) -> None:
    """As they come and go, build after build."""
    said = town.content / "contacts" / "obres.md"
    before = said.read_text("utf-8")
    for old in (["/obres/"], ["/obres/", "/obra-nova/"], []):
        addresses = f"\nold_addresses: {json.dumps(old)}\nsummary"
        said.write_text(before.replace("\nsummary", addresses, 1), "utf-8")
        assert built(town) == []
        found = json.loads((town.output / data.INDEX).read_bytes())
        moved = [one["from"] for one in found["moved"] if one["id"] == "obres"]
        assert sorted(moved) == sorted(found["site"].rstrip("/") + address for address in old)


def test_what_was_gone_is_known_from_the_ledger(town: Project) -> None:
    """Its kind and its id, which nothing else of the notes says any more."""
    town.write(
        "addresses.yaml",
        "/avisos/grip-2019/: {id: grip-2019, kind: notice, lang: ca, title: Grip}\n",
    )
    town.build()
    [gone] = json.loads((town.output / data.INDEX).read_bytes())["gone"]
    assert (gone["kind"], gone["id"]) == ("notice", "grip-2019")


def test_all_documents_in_one_file(built_town: Project, index: dict[str, Any]) -> None:
    """Each on a line, byte for byte, in the order of the index."""
    lines = (built_town.output / data.ALL).read_bytes().splitlines(keepends=True)
    digests = [f"sha256:{sha256(line).hexdigest()}" for line in lines]
    assert digests == [one["digest"] for one in index["documents"]]


def test_a_long_one_goes_on_over_pages(
    built_town: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks what vanished reads all of them, and meets each address once."""
    monkeypatch.setattr(data, "PAGE", 3)
    listed = [
        json.dumps({"url": f"https://vila.test/{n}/", "title": str(n), "kind": "page"})
        for n in range(7)
    ]
    made = data.index("https://vila.test", "1.1+0", listed, {})
    assert list(made) == [data.INDEX, "api/v1/index/2.json", "api/v1/index/3.json"]
    for path, content in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
        assert json.loads(content)["total"] == 7
    found = data.addresses_in(index_at(str(tmp_path / data.INDEX)))
    assert list(found) == [f"/{n}/" for n in range(7)]


def test_all_pages_of_a_long_one_stay_when_a_text_changes(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each document with the digest that it has now."""
    monkeypatch.setattr(data, "PAGE", 10)
    assert built(town) == []
    town.change("notices/2020/horari-hivern.md", "\n---\n", "\n---\nUna frase més.\n")
    assert built(town) == []
    documents = index_at(str(town.output / data.INDEX))["documents"]
    lines = (town.output / data.ALL).read_bytes().splitlines(keepends=True)
    assert len(lines) > 20
    assert [one["digest"] for one in documents] == [
        f"sha256:{sha256(line).hexdigest()}" for line in lines
    ]


@pytest.mark.parametrize("following", ["https://vila.test/api/v1/index.json", 3, "x"])
def test_pages_that_lead_nowhere(following: object) -> None:
    """An index that names itself as its next page, say, is none."""
    page = json.dumps({"documents": [], "next": following}).encode()
    with pytest.raises(ValueError):
        data.whole_index(page, lambda _: page)


@pytest.mark.parametrize(("folder", "own"), [("cerca", False), ("es/buscar", True)])
def test_the_search_knows_lists_in_its_own_language_alone(
    built_town: Project, folder: str, own: bool
) -> None:
    """Each is there in the other, too."""
    found = built_town.data(f"{folder}/search.json")
    lists = [row[1] for row in found["entries"] if found["kinds"][row[0]] == "list"]
    assert lists and {address.startswith("/es/") for address in lists} == {own}


def test_the_search_knows_as_many_whole_notes_of_a_kind_as_it_says() -> None:
    """The newest; of the others what they are called."""
    entry = {"kind": "notice", "title": "T", "short": "", "names": "", "more": "", "summary": "S"}
    entry |= {"state": "current", "until": None, "telephones": [], "lang": "ca"}
    numbers = range(search.WHOLE + 1)
    dates = [{"url": f"https://x.test/{n}/", "date": f"{n:06}"} for n in numbers]
    files = search.files("https://x.test", "ca", [{**entry, **one} for one in dates])
    rows = [row for data in files.values() for row in json.loads(data)["entries"]]
    assert len(rows) == search.WHOLE + 1
    assert [row[1] for row in rows if "S" in row] == [f"/{n}/" for n in reversed(numbers[1:])]


def test_the_title_of_what_is_gone_is_known_in_its_own_language_alone() -> None:
    gone = [
        {"url": f"https://vila.test/{lang}/a/", "title": "Avís", "title_lang": "ca", "lang": lang}
        for lang in ("ca", "es")
    ]
    found = data.addresses_in({"site": "https://vila.test/", "documents": [], "gone": gone})
    assert [found[f"/{lang}/a/"].title for lang in ("ca", "es")] == ["Avís", ""]
