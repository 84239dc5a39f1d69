"""Packs: law as data. Those of Saig hold to the models, and a town's own can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import REPOSITORY
from saig.notes.own_packs import read_packs
from saig.notes.pack import read_pack
from saig.notes.read import read_site
from saig.packs.load import known_packs, law, text_of, usual_packs


@pytest.mark.parametrize("name", known_packs())
def test_saigs_own_packs_hold_to_the_models(name: str) -> None:
    assert read_pack(text_of(name), ()) == []
    assert "\nsources:\n  - https://" in text_of(name)


def test_a_pack_is_behind_those_that_it_includes() -> None:
    assert law(("es-ib",)).names == ("eu", "es", "es-ib")


@pytest.mark.parametrize(
    ("jurisdictions", "country", "zone", "names"),
    [
        (["es-ib", "es"], "ES", "Europe/Madrid", ("es", "es-ib")),
        (["es-vc"], None, "Europe/Madrid", ("es",)),
        ([], None, "Europe/Madrid", ("es",)),
        ([], None, "Atlantic/Canary", ("es",)),
        ([], "XK", "Europe/Madrid", ()),
        ([], None, "UTC", ()),
    ],
)
def test_which_packs_a_site_has_that_names_none(
    jurisdictions: list[str], country: str | None, zone: str, names: tuple[str, ...]
) -> None:
    assert usual_packs(jurisdictions, country, zone) == names


def test_a_pack_of_the_towns_own_goes_first() -> None:
    own = (("es-ib", "name: {en: Mine}\nincludes: [eu]\n"), ("xk", "name: {en: Kosovo}\n"))
    assert law(("es-ib", "xk", "nowhere"), own).names == ("eu", "es-ib", "xk")
    assert usual_packs([], "XK", "UTC", ["xk"]) == ("xk",)


def test_a_circle_of_packs_is_cut() -> None:
    own = (("aa", "name: {en: A}\nincludes: [bb]\n"), ("bb", "name: {en: B}\nincludes: [aa]\n"))
    assert law(("aa",), own).names == ("bb", "aa")


RIGHT = """\
name: {pt: Portugal, en: Portugal}
types:
  lei: {name: {pt: Lei}, plural: {pt: Leis}, gender: {pt: f}}
eli:
  - address: https://data.dre.pt/eli/{type}/{number}/{year}/{month}/{day}/p/dre
    jurisdiction: pt
identifiers:
  nipc: {name: {pt: NIPC}, pattern: "[0-9]{9}"}
"""


def test_a_right_pack_has_no_problems() -> None:
    assert read_pack(RIGHT, ()) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("name: {pt: Portugal, en: Portugal}\n", "", "missing-field", (1, 1)),
        ("{pt: Portugal, en: Portugal}", "Portugal", "wrong-type", (1, 7)),
        ("en: Portugal", "qq: Portugal", "unknown-language", (1, 22)),
        ("types:", "kinds:", "unknown-field", (2, 1)),
        ("name: {pt: Lei}", "name: Lei", "wrong-type", (3, 15)),
        ("gender: {pt: f}", "gender: {pt: female}", "bad-value", (3, 59)),
        ("{number}/{year}", "{numero}/{year}", "bad-value", (5, 14)),
        ("jurisdiction: pt", "jurisdiction: Portugal", "bad-value", (6, 19)),
        ('"[0-9]{9}"', '"[0-9{9}"', "bad-value", (8, 37)),
        ("types:\n", "includes: [spain]\ntypes:\n", "unknown-reference", (2, 12)),
        ("types:\n", "types:\n  lei: {name: [}\n", "yaml-syntax", (3, 16)),
    ],
)
def test_what_is_wrong_in_a_pack_is_told_where_it_stands(
    old: str, new: str, code: str, place: tuple[int, int]
) -> None:
    assert old in RIGHT
    found = read_pack(RIGHT.replace(old, new), ())
    assert [(one.code, one.place) for one in found[:1]] == [(code, place)]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("months: [ianuarie]", "bad-value"),
        ("past: abrogat-", "wrong-type"),
        ("forms: [lege]", "wrong-type"),
        ("provisions: {artikel: [art.]}", "unknown-field"),
        ("dates: {befor: [din]}", "unknown-field"),
    ],
)
def test_what_is_wrong_in_words_of_citations_is_told(table: str, code: str) -> None:
    """A town's own pack cannot have a build fail."""
    found = read_pack(f"name: {{ro: România}}\ncitations:\n  ro:\n    {table}\n", ())
    assert [(one.code, one.place[0]) for one in found] == [(code, 4)]


def test_a_folder_of_packs(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "pt.yaml").write_text(RIGHT)
    (folder / "README.md").write_text("What these are.")
    (folder / "bad.yaml").write_text("name: Bad\n")
    (folder / "Portugal.yml").write_text(RIGHT)
    (folder / "xx.yaml").write_bytes(b"name: {en: \xff}\n")
    own, names, problems = read_packs(tmp_path)
    assert [name for name, _ in own] == ["pt"]
    assert names == ["bad", "pt"]
    assert [(one.path, one.code) for one in problems] == [
        ("packs/Portugal.yml", "file-name"),
        ("packs/xx.yaml", "not-utf8"),
        ("packs/bad.yaml", "wrong-type"),
    ]


def test_a_pack_that_the_site_does_not_name_is_told(tmp_path: Path) -> None:
    """As of who wrote one for a site that ``saig init`` gave another law."""
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "nl.yaml").write_text("name: {en: Netherlands}\nincludes: [eu]\n")
    text = (REPOSITORY / "tests/town/site.yaml").read_text("utf-8")

    def told(law: str) -> list[tuple[str, str]]:
        (content / "site.yaml").write_text(f"{text}law: {law}\n", "utf-8")
        problems = [one for one in read_site(content).problems if one.code != "no-citations"]
        return [(one.path, one.hint % one.values) for one in problems]

    assert told("[es, nl]") == []
    assert told("[es]") == [("packs/nl.yaml", "write law: [es, nl] in content/site.yaml")]
    assert told("[es, nl, NL]") == [("content/site.yaml", "did you mean nl?")]


def test_a_town_without_packs_of_its_own(tmp_path: Path) -> None:
    assert read_packs(tmp_path) == ((), [], [])


def test_a_site_says_which_packs_it_has(tmp_path: Path) -> None:
    """``law`` of site.yaml: with none of that name it is told where it stands."""
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "xk.yaml").write_text("name: {en: Kosovo}\n")
    text = (REPOSITORY / "content" / "site.yaml").read_text("utf-8").replace("law: [es-ib]", "#")
    for said, names, codes in (
        ("", ("eu", "es", "es-ib"), ["unused-override"]),
        ("law: []\n", (), []),
        ("law: [xk]\n", ("xk",), ["no-citations"]),
        ("law: [xq]\n", None, ["unknown-reference"]),
    ):
        (content / "site.yaml").write_text(text + said)
        read = read_site(content)
        assert [problem.code for problem in read.problems] == codes
        assert (read.site.law.names if read.site else None) == names


@pytest.mark.parametrize("name", known_packs())
def test_every_type_that_is_cited_has_a_name(name: str) -> None:
    """And its plural, in the languages that Saig's editors and readers have."""
    found = law((name,))
    cited = set()
    for tables in (one for packs in found.citations.values() for one in packs):
        cited |= {*tables.get("forms", {}), *tables.get("abbreviations", {})}
        patterns = tables.get("patterns", {})
        cited |= {one["type"] for kind in ("norms", "names") for one in patterns.get(kind, ())}
    assert cited <= {*found.types}
    for kind in (one for types in found.types.values() for one in types):
        assert {"ca", "es", "en"} <= {*kind.name} & {*kind.plural}, kind.code


@pytest.mark.parametrize("name", known_packs())
def test_a_gazette_is_official_somewhere(name: str) -> None:
    assert any(name in gazette.official for gazette in law((name,)).gazettes.values())


def test_the_packs_in_the_docs_are_right() -> None:
    """Who copies one has a pack that works."""
    text = (REPOSITORY / "docs" / "packs.md").read_text("utf-8")
    found = [one for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "name:" in one]
    assert len(found) >= 2
    for pack in found:
        assert read_pack(pack, ()) == []
    romania = law(("ro",), (("ro", found[0]),))
    assert romania.names == ("eu", "ro")
    assert romania.eli_parts("https://legislatie.example/eli/lege/1991/7/29/50/ro") == {
        **{"jurisdiction": "ro", "type": "lege", "year": "1991", "number": "50"},
        "date_document": "1991-07-29",
    }
    assert romania.is_judgment("decizie-ccr", "ro")
