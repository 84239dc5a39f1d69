"""A link to a heading leads readers of each language to the heading that is meant, or to the page's
beginning with a warning to the editor; never to another heading."""

from __future__ import annotations

import re

import in_process
import pytest
from project import Project
from saig.notes.markdown import convert
from towns import speaking

ORIGINAL = (
    "## Requisits\n\nText.\n\n## Terminis\n\nText.\n\n### Recursos\n\nText.\n\n## Taxes\n\nText.\n"
)

TRANSLATIONS = {
    "same": "## Requisitos\n\n## Plazos\n\n### Otros\n\n## Tasas\n",
    "order": "## Tasas\n\n## Requisitos\n\n### Recursos\n\n## Plazos\n",
    "more": "## Resumen\n\n## Requisitos\n\n## Plazos\n\n### Recursos\n\n## Tasas\n",
    "less": "## Plazos\n\n### Recursos\n\n## Tasas\n",
    "none": "Texto.\n",
}

LINKS = """\
[terminis](../pages/{name}.md#terminis)
[recursos](../pages/{name}.md#recursos)
[plazos](../pages/{name}.md#plazos)
[tasas](../pages/{name}.es.md#tasas)
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """For each way to translate a page, a page, and a notice whose Spanish text links to it."""
    project = speaking(tmp_path_factory.mktemp("anchors") / "town", ["ca", "es"])
    for name, translation in TRANSLATIONS.items():
        links = LINKS.format(name=name)
        if name == "none":
            links = "".join(links.splitlines(keepends=True)[:2])
        write(project, f"pages/{name}", ORIGINAL, translation)
        write(project, f"notices/{name}", "Text.", links, "date: 2020-12-01\n")
    both = "[a](../pages/both.md#terminis)"
    write(project, "pages/both", "## A\n\n## B {#terminis}\n", "## C {#terminis}\n\n## D\n")
    write(project, "notices/both", both, both, "date: 2020-12-01\n")
    notes = ("Text.[^a] Text.[^b]\n\n[^a]: U.\n\n[^b]: Dos.", "Texto.[^b]\n\n[^b]: Dos.")
    write(project, "pages/notes", *notes)
    link = "[a](../pages/notes.md#footnote-1)"
    write(project, "notices/notes", "Text.", link, "date: 2020-12-01\n")
    in_process.built(project)
    return project


def write(town: Project, name: str, original: str, translation: str, facts: str = "") -> None:
    """A note and its Spanish translation."""
    for lang, body, more in (("", original, facts), (".es", translation, "")):
        stem = name.rpartition("/")[2]
        head = f'title: "{stem}"\nsummary: "A summary."\n{more}'
        town.write(f"{name}{lang}.md", f"---\n{head}---\n{body}\n")


def fragments(town: Project, name: str) -> list[str]:
    """Where the links of the Spanish notice lead, on the Spanish page."""
    html = town.document(f"/es/notices-1/{name}/")["body_html"]
    return re.findall(rf'/es/{name}/([^"]*)"', html)


@pytest.fixture(scope="module")
def told(town: Project) -> dict[str, list[tuple[int, str]]]:
    """The warnings by note: line and fragment."""
    found: dict[str, list[tuple[int, str]]] = {}
    for problem in in_process.checked(town).problems:
        if problem.code == "untranslated-heading":
            assert not problem.is_error
            place = problem.line, str(problem.values["fragment"])
            found.setdefault(problem.path, []).append(place)
    return found


@pytest.mark.parametrize(
    ("name", "led", "warned"),
    [
        ("same", ["", "", "#plazos", "#tasas"], [(5, "terminis"), (6, "recursos")]),
        ("order", ["", "#recursos", "#plazos", "#tasas"], [(5, "terminis")]),
        ("more", ["", "#recursos", "#plazos", "#tasas"], [(5, "terminis")]),
        ("less", ["", "#recursos", "#plazos", "#tasas"], [(5, "terminis")]),
        ("none", ["", ""], [(5, "terminis"), (6, "recursos")]),
        ("both", ["#terminis"], []),
        ("notes", [""], [(5, "footnote-1")]),
    ],
)
def test_a_heading_is_found_by_its_address_alone(
    name: str,
    led: list[str],
    warned: list[tuple[int, str]],
    town: Project,
    told: dict[str, list[tuple[int, str]]],
) -> None:
    """Named in the reader's language, or by an address that both headings have: there. Else to the
    page's beginning, and the editor is told on the link's line."""
    assert fragments(town, name) == led
    assert told.get(f"content/notices/{name}.es.md", []) == warned
    assert f"content/notices/{name}.md" not in told


def test_an_address_of_a_heading_is_no_part_of_its_words(town: Project) -> None:
    """In both languages, wherever the heading stands."""
    assert '<h2 id="terminis">B</h2>' in town.document("/both/")["body_html"]
    assert '<h2 id="terminis">C</h2>' in town.document("/es/both/")["body_html"]
    assert "/both/#terminis" in town.document("/notices-0/both/")["body_html"]


def test_the_warning_offers_the_heading_that_may_be_meant(town: Project) -> None:
    """To paste, and to look at: the editor decides."""
    found = [p for p in town.check() if p["path"] == "content/notices/same.es.md"]
    assert {problem["severity"] for problem in found} == {"warning"}
    assert "write #plazos if that" in found[0]["hint"]
    assert "{#terminis}" in found[0]["hint"]


@pytest.mark.parametrize(
    ("heading", "words", "column"),
    [
        ("## Taxes {#les-taxes}", "Taxes", None),
        ("## Taxes {#Les taxes}", "Taxes {#Les taxes}", None),
        ("## Taxes {#Taxes}", "Taxes", 10),
        ("## Taxes {#footnote-1}", "Taxes", 10),
        ("## Taxes {.gran}", "Taxes {.gran}", None),
        ("## Taxes {{ variable }}", "Taxes {{ variable }}", None),
        ("## Taxes {#a} {#b}", "Taxes {#a}", None),
        ("## Taxes `{#codi}`", "Taxes {#codi}", None),
        ("## Taxes \\{#x\\}", "Taxes {#x}", None),
        ("Taxes {#x}\n---", "Taxes", None),
        ("## Taxes\n\n## Taxes {#taxes}", "Taxes", 10),
    ],
)
def test_what_is_no_address_is_told_or_stays(heading: str, words: str, column: int | None) -> None:
    """Nothing that an editor wrote goes missing."""
    body, _, wrong = convert(heading)
    assert body.headings[-1].text == words
    told = [problem.place[1] for problem in wrong if problem.code == "bad-value"]
    assert told == ([] if column is None else [column])
