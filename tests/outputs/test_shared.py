"""What pages are made with beside their documents: the site's own, and the words for codes."""

from __future__ import annotations

from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from project import Project, new_project, tree

LANGUAGES = ("ca", "es")
HOMES = {"ca": "/", "es": "/es/"}


def documents(town: Project, kind: str) -> list[dict[str, Any]]:
    listed = town.data("api/v1/index.json")
    return [
        town.data(item["document"].removeprefix(listed["site"]))
        for item in listed["documents"]
        if item["kind"] == kind
    ]


def text(town: Project, document: dict[str, Any]) -> str:
    root = town.data("api/v1/index.json")["site"]
    return unescape(town.page(document["url"].removeprefix(root.rstrip("/")))).lower()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((f"api/v1/{kind}/{lang}.json", kind) for kind in ("site", "codes") for lang in LANGUAGES),
        ("api/v1/index.json", "index"),
        ("version.json", "version"),
        ("next-change.json", "next-change"),
    ],
)
def test_each_is_as_its_schema_says(built_town: Project, path: str, kind: str) -> None:
    document = built_town.data(path)
    schema = built_town.data(f"api/v1/schemas/{kind}.json")
    assert document["$schema"] == schema["$id"]
    assert {*schema["required"]} == {*document} and schema["additionalProperties"] is False
    checker = Draft202012Validator.FORMAT_CHECKER
    errors = Draft202012Validator(schema, format_checker=checker).iter_errors(document)
    assert [error.message for error in errors] == []


def test_the_index_has_them_with_their_digests(built_town: Project) -> None:
    index = built_town.data("api/v1/index.json")
    found = {(item["kind"], item["lang"]) for item in index["shared"]}
    assert found == {(kind, lang) for kind in ("site", "codes") for lang in LANGUAGES}
    for item in index["shared"]:
        content = (built_town.output / item["document"].removeprefix(index["site"])).read_bytes()
        assert item["digest"] == f"sha256:{sha256(content).hexdigest()}"
    assert index["schema_version"] == built_town.data("version.json")["schema_version"]
    assert built_town.data("api/v1/site/es.json")["codes"].endswith("/api/v1/codes/es.json")


def test_every_code_has_its_word(built_town: Project) -> None:
    codes = built_town.data("api/v1/codes/ca.json")
    schema = built_town.data("api/v1/schemas/codes.json")
    tables = {**schema["properties"], **schema["$defs"]["Relations"]["properties"]}
    counted = 0
    for name, table in tables.items():
        if "propertyNames" in table:
            said = codes.get(name) or codes["relations"][name]
            assert {*said} == {*table["propertyNames"]["enum"]}, name
            assert all(said.values())
            counted += 1
    assert counted > 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_say_the_words_for_codes(built_town: Project, lang: str) -> None:
    """Whoever shows a document with these words shows what the page shows."""
    codes = built_town.data(f"api/v1/codes/{lang}.json")
    seen: set[str] = set()

    def shows(page: str, table: str, code: str | None, words: dict[str, str]) -> None:
        if code:
            assert words.get(code, code).lower() in page, (table, code)
            seen.add(table)

    for contact in (one for one in documents(built_town, "contact") if one["lang"] == lang):
        page = text(built_town, contact)
        for window in contact["contact"]["opening_hours"]:
            for day in (window["days"][0], window["days"][-1]):
                shows(page, "days", day, codes["days"])
    for service in (one for one in documents(built_town, "service") if one["lang"] == lang):
        page = text(built_town, service)
        for way in service["service"]["channels"]:
            shows(page, "channels", way["channel"], codes["channels"])
            shows(page, "appointments", way["appointment"], codes["appointments"])
    for norm in (one for one in documents(built_town, "norm") if one["lang"] == lang):
        page, part = text(built_town, norm), norm["norm"]
        shows(page, "norm_types", part["type"], codes["norm_types"])
        for item in [one for stretch in part["chronology"] for one in stretch["happened"]]:
            for event in item["events"]:
                shows(page, "events", event, codes["events"])
            for deed in item["done"]:
                words = codes["deeds"][deed["type"]]
                said = {
                    "of_provisions": words["of_provisions"]
                    % {"provisions": deed["provisions_said"]},
                    "of_norm": words["of_norm"],
                }
                shows(page, "deeds", "of_provisions" if deed["provisions"] else "of_norm", said)
    assert seen == {"channels", "appointments", "days", "norm_types", "events", "deeds"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_say_the_legal_notices(built_town: Project, lang: str) -> None:
    site = built_town.data(f"api/v1/site/{lang}.json")
    notices = site["legal_notices"]
    home = unescape(built_town.page(HOMES[lang]))
    assert notices["legal_value"] in home and notices["electronic_office"] in home
    for norm in documents(built_town, "norm"):
        if norm["lang"] == lang:
            page = unescape(built_town.page(norm["url"].removeprefix(site["root"])))
            assert notices["norm"] in page
            if norm["norm"]["consolidated_text"]:
                assert notices["consolidated_text"] in page


def test_they_follow_the_notes(tmp_path: Path) -> None:
    """An urgent notice is in the site's document at once, and the build is as a clean one."""
    town = new_project(tmp_path / "town")
    town.build()
    words = (town.output / "api/v1/codes/ca.json").stat().st_mtime_ns
    town.write(
        "notices/tancat.md",
        "---\ntitle: Tancat\nsummary: Avui tancam.\ndate: 2020-12-10\nurgency: urgent\n---\n\nText.\n",
    )
    told = town.build("--explain").stdout.partition("/api/v1/site/ca.json")[2]
    assert told.startswith(": which notices are no routine")
    assert "tancat" in [one["id"] for one in town.data("api/v1/site/ca.json")["urgent"]]
    assert (town.output / "api/v1/codes/ca.json").stat().st_mtime_ns == words
    after = tree(town.output)
    town.build("--clean")
    assert tree(town.output) == after
