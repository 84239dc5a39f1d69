"""``saig report``: what editors have to see to, in three forms that say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser
from project import REPOSITORY, Project

SCHEMA = REPOSITORY / "plugins/saig/reporting/report.schema.json"
DAYS = ("--today", "2020-11-01", "--until", "2021-06-30")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """With something in each section."""
    from project import new_project

    town = new_project(tmp_path_factory.mktemp("report") / "project")
    town.saig("check", "--translated", "content/contacts/obres.es.md")
    town.change("contacts/obres.md", "Dona les llicències", "Ja dona les llicències")
    boxes = ("cita@avís.test", "Cita@AVÍS.test", "cita@xn--avs-sma.test")
    for name, box in zip("abc", boxes, strict=True):
        town.write(
            f"notices/{name}.md",
            f"---\ntitle: Avís {name}\nsummary: Un avís.\ndate: 2020-06-01\ndepartments: [arxiu]\n---\n"
            f"Cridau al 971 00 00 01 | a <https://altre.test/{name}>, o a [cita](mailto:{box}).\n",
        )
    (town.root / ".saig").mkdir(exist_ok=True)
    good = {"https://altre.test/a": "2020-10-20", "https://altre.test/b": "2020-01-01"}
    (town.root / ".saig/links.json").write_text(json.dumps(good))
    town.write("addresses.yaml", "/: Portada\n")
    return town


def data(town: Project, *options: str) -> dict[str, Any]:
    done = town.saig("report", *DAYS, "--format", "json", "--lang", "en", *options)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def report(town: Project) -> dict[str, Any]:
    return data(town)


def rows(report: dict[str, Any], section: str) -> list[tuple[str | None, str | None, str]]:
    [found] = [one["rows"] for one in report["sections"] if one["name"] == section]
    return [
        (row["deadline"], row["path"] and row["path"].removeprefix("content/"), row["text"])
        for row in found
    ]


def test_each_thing_stands_in_its_section_with_its_day(report: dict[str, Any]) -> None:
    changes = rows(report, "changes")
    assert ("2020-12-24", "contacts/obres.md", "Obres: tancat") in changes
    assert ("2020-12-11", "norms/decret-llei-8-2020.md", "Decret llei 8/2020: derogat") in changes
    assert [day for day, _, _ in changes] == sorted(day for day, _, _ in changes if day)
    ends = rows(report, "ends")
    assert (
        "2020-12-13",
        "notices/2020/horari-hivern.md",
        "this notice expires on 2020-12-20",
    ) in ends
    assert (
        "2020-11-26",
        "services/llicencia.md",
        "this channel ends on 2020-12-10, and none follows it",
    ) in ends
    assert [(day, path) for day, path, _ in rows(report, "wrong")] == [
        ("2020-12-11", "services/llicencia.es.md"),
        ("2020-12-11", "services/llicencia.md"),
        ("2020-12-11", "services/llicencia.md"),
    ]
    assert ("2021-06-01", "contacts/obres.md", "last verified on 2020-06-01") in rows(
        report, "verify"
    )
    assert rows(report, "drafts") == [(None, "notices/2020/esborrany.md", "of 2020-12-01")]
    assert rows(report, "norms")[0][1] == "services/llicencia.md"
    assert [path for _, path, _ in rows(report, "addresses")] == ["addresses.yaml"]


def test_translations_are_told_with_how_much_there_is_to_do(report: dict[str, Any]) -> None:
    found = rows(report, "translations")
    assert (
        None,
        "contacts/obres.es.md",
        "es is behind: 1 sentence of the original is another",
    ) in found
    assert (None, "contacts/arxiu.md", "not translated into es: 10 words") in found


def test_links_are_told_by_what_is_remembered(report: dict[str, Any]) -> None:
    """And nobody is asked."""
    of_notices = [row for row in rows(report, "links") if "altre.test" in row[2]]
    assert of_notices == [
        (None, "notices/b.md", "https://altre.test/b: last found good on 2020-01-01"),
        (None, "notices/c.md", "https://altre.test/c: never found good"),
    ]


def test_facts_that_are_written_out_often_are_told(report: dict[str, Any]) -> None:
    """However they are grouped, and in whichever field."""
    assert rows(report, "repeated") == [
        (None, None, "971 00 00 01 stands in 4 notes: contact/obres, notice/a, notice/b, notice/c"),
        (None, None, "cita@xn--avs-sma.test stands in 3 notes: notice/a, notice/b, notice/c"),
    ]


def test_the_data_are_as_their_schema_says(report: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        report
    )


def test_a_department_that_is_not_there_is_refused(town: Project) -> None:
    """Nothing would need anybody."""
    done = town.saig("report", "--department", "arxius", "--lang", "en")
    assert done.returncode == 1
    assert "there is no contact with the id “arxius”" in done.stderr


def test_a_department_gets_its_own(town: Project) -> None:
    found = data(town, "--department", "arxiu")
    named = [row["departments"] for one in found["sections"] for row in one["rows"]]
    assert all("arxiu" in ids for ids in named if ids)
    assert any(named)


def test_nothing_is_changed_or_built(town: Project) -> None:
    before = {path: path.read_bytes() for path in town.content.rglob("*") if path.is_file()}
    data(town)
    assert {path: path.read_bytes() for path in town.content.rglob("*") if path.is_file()} == before
    assert not town.output.exists()


def test_a_page_and_markdown_have_every_row(
    town: Project, report: dict[str, Any], browser: Browser
) -> None:
    """The page asks for nothing, and everybody can use it."""
    done = town.saig("report", *DAYS, "--lang", "en", "--output", ".saig/report/r.html")
    assert done.stdout.strip() == ".saig/report/r.html"
    markdown = town.saig("report", *DAYS, "--lang", "en").stdout
    page = browser.new_page(viewport={"width": 360, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((town.root / ".saig/report/r.html").as_uri())
    text = page.inner_text("main")
    for section in report["sections"]:
        for row in section["rows"]:
            assert row["text"] in text
        assert (f"## {section['title']} (" in markdown) == bool(section["rows"])
    assert markdown.count("\n| ") == sum(
        len(one["rows"]) + 2 * bool(one["rows"]) for one in report["sections"]
    )
    assert page.locator("svg rect.d3 title", has_text="December 11, 2020").count() == 1
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert len(asked) == 1
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("where", ["output/r.html", "content/r.md", "public/current/r.json"])
def test_a_report_is_not_published(where: str, town: Project) -> None:
    (town.root / "public").mkdir(exist_ok=True)
    (town.root / "public/publications.jsonl").write_text("")
    done = town.saig("report", "--output", where, "--lang", "en")
    assert done.returncode == 1
    assert "would be published" in done.stderr
    assert not (town.root / where).exists()


def test_what_drafts_do_is_not_told_of_other_notes(town: Project) -> None:
    """The norm stays in force, and the office to be verified, until the draft is published."""
    before = data(town)
    head = "---\ntitle: {}\nsummary: S.\ndate: 2020-10-01\nstatus: draft\n{}---\nText.\n"
    repeal = (
        "eli: https://www.boe.es/eli/es-ib/l/2020/09/09/9\nfirst_date_entry_in_force: 2020-11-20\n"
        "relations: [{type: repeals, norm: decret-llei-8-2020}]\n"
    )
    town.write("norms/esborrany.md", head.format("Llei 9/2020", repeal))
    town.write("contacts/nou.md", head.format("Nou", "supersedes: [arxiu, ajuntament]\n"))
    after = data(town)
    (town.content / "norms/esborrany.md").unlink()
    (town.content / "contacts/nou.md").unlink()
    for section in ("changes", "ends", "wrong", "verify", "norms"):
        assert rows(after, section) == rows(before, section)
    drafts = {path for _, path, _ in rows(after, "drafts")}
    assert {"norms/esborrany.md", "contacts/nou.md"} <= drafts
