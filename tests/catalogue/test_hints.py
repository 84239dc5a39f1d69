"""Hints that can be pasted, and all that is wrong at once."""

from __future__ import annotations

import pytest
from project import Project

HEAD = "---\ntitle: Nota\nsummary: S.\ndate: 2020-05-01\n"


def of(found: list[dict[str, object]], name: str) -> list[dict[str, object]]:
    return [problem for problem in found if str(problem["path"]).endswith(name)]


@pytest.fixture
def named(town: Project) -> Project:
    """The town with a contact whose names are not its id."""
    town.write(
        "contacts/informatica.md",
        "---\ntitle: Institut Municipal d'Innovació (IMI)\nshort_title: Innovació\n"
        "summary: S.\n---\nT.\n",
    )
    return town


def test_paths_are_those_from_the_note(town: Project) -> None:
    """As the note's own file has to write them, with the heading that was named."""
    town.write("files/Horari d'estiu.pdf", b"x")
    town.write(
        "notices/2020/enllacos.md",
        f"{HEAD}---\n[a](../contacts/obres.md) [b](../../contacts/obras.md#on-som)\n"
        "![c](../../files/planols.png) [d](../../contacts/activitats.md)\n"
        "[e](<../../files/Horari estiu.pdf>)\n",
    )
    found = of(town.errors(), "enllacos.md")
    assert [problem["hint"] for problem in found] == [
        "did you mean ../../contacts/obres.md?",
        "did you mean ../../contacts/obres.md#on-som?",
        "did you mean ../../files/planol.png?",
        "correct the path, or remove the link; notes of that kind are in ../../contacts/",
        "did you mean ../../files/Horari%20d'estiu.pdf?",
    ]
    line = "[a](../../contacts/obres.md) [b](../../contacts/obres.md#on-som)"
    assert [problem.get("fix") for problem in found[:2]] == [line, line]


def test_a_space_in_the_name_of_a_file_is_written_as_in_links(town: Project) -> None:
    town.write("files/Horari estiu.pdf", b"x")
    town.write("notices/enllac.md", f"{HEAD}---\n[a](../files/Horari-estiu.pdf)\n")
    (found,) = of(town.errors(), "enllac.md")
    assert found["hint"] == "did you mean ../files/Horari%20estiu.pdf?"


def test_a_percent_sign_in_the_name_of_a_file_is_written_as_in_links(town: Project) -> None:
    """What is decoded names another file, and the nearest name is not the one that was typed."""
    for name in ("planol%203.pdf", "planol 4.pdf", "acta#1%.pdf"):
        town.write(f"files/{name}", b"x")
    links = (
        "[a](../files/planol%203.pdf) [b](/files/planol%203.pdf#page=2) [c](../files/acta%231.pdf)"
    )
    town.write("notices/enllac.md", f"{HEAD}---\n{links}\n")
    assert [problem["hint"] for problem in of(town.errors(), "enllac.md")] == [
        "did you mean ../files/planol%25203.pdf?",
        "did you mean /files/planol%25203.pdf#page=2?",
        "did you mean ../files/acta%231%25.pdf?",
    ]


def test_a_file_that_is_not_there_is_named_as_it_would_be_called(town: Project) -> None:
    town.write("notices/enllac.md", f"{HEAD}---\n[a](/files/Horari%20d'estiu.pdf)\n")
    (found,) = of(town.errors(), "enllac.md")
    assert found["message"] == "there is no file content/files/Horari d'estiu.pdf"


def test_a_heading_that_is_named_by_its_words_is_led_to_its_address(town: Project) -> None:
    town.write("notices/enllac.md", f"{HEAD}---\n[a](#ÀMBIT-I-ÚS)\n\n## Àmbit i ús\n")
    (found,) = of(town.errors(), "enllac.md")
    assert found["hint"].endswith("did you mean #ambit-i-us?")


def test_names_that_are_nearly_right_are_led_to_ids(named: Project) -> None:
    """And kinds are words of the editor's language."""
    named.write(
        "notices/nota.md",
        f"{HEAD}departments:\n  - Inovació\n  - Institut Municipal Innovació\n  - informatic\n"
        "  - IMI\n  - zzz\nnorms: [Decret llei 8/2020, Decret llei 8/2012]\n"
        "topics: [Licencias, licencia, zzz]\n---\nT.\n",
    )
    found = of(named.errors("--lang", "ca"), "nota.md")
    assert {problem["code"] for problem in found} == {"unknown-reference"}
    assert [problem["hint"] for problem in found] == [
        *["volíeu dir informatica?"] * 3,
        "escriviu-ne el títol, o el nom del fitxer sense .md",
        "volíeu dir decret-llei-8-2020?",
        "volíeu dir llicencies?",
        "els temes són: llicencies, platja",
    ]
    said = [str(problem["message"]) for problem in found]
    assert said[3:] == [
        "no hi ha cap contacte amb l'id o el nom «zzz»",
        "no hi ha cap norma amb l'id o el nom «Decret llei 8/2012»",
        "no hi ha cap tema amb l'id o el nom «licencia»",
        "no hi ha cap tema amb l'id o el nom «zzz»",
    ]


def test_days_are_words_of_the_editors_language(town: Project) -> None:
    hours = '{days: monday, opens: "09:00", closes: "14:00"}'
    town.write(
        "contacts/nou.md", f"---\ntitle: N\nsummary: S.\nopening_hours: [{hours}, {hours}]\n---\n"
    )
    [problem] = of(town.errors("--lang", "es"), "nou.md")
    assert "lunes" in str(problem["message"])
    assert "monday" not in str(problem["message"]).lower()


def test_one_mistake_does_not_hide_another(town: Project) -> None:
    """A wrong date, wrong ids and a broken link of one note are told together; a reference to it is
    none."""
    town.write(
        "notices/nota.md",
        "---\ntitle: Nota\nsummary: S.\ndate: 4 de juliol de 20\n"
        "departments: [zzz]\ntopics: [zzz]\n---\n[a](../contacts/zzz.md)\n",
    )
    town.write("notices/altra.md", f"{HEAD}---\n[a](nota.md)\n")
    found = town.errors()
    assert [(problem["line"], problem["code"]) for problem in of(found, "nota.md")] == [
        (4, "bad-value"),
        (5, "unknown-reference"),
        (6, "unknown-reference"),
        (8, "broken-link"),
    ]
    assert of(found, "altra.md") == []


def test_a_translation_with_an_error_is_there(town: Project) -> None:
    """It is told what is wrong in it, and not that it is missing."""
    town.write("notices/nota.md", f"{HEAD}---\nT.\n")
    town.write("notices/nota.es.md", "---\ntitle: Nota\nsumary: S.\n---\nT.\n")
    found = town.check()
    assert of(found, "nota.md") == []
    assert {problem["code"] for problem in of(found, "nota.es.md")} == {
        "unknown-field",
        "missing-field",
    }


def test_a_norm_without_eli_is_not_told_of_one(town: Project) -> None:
    """The field is named that says otherwise than the title."""
    town.write(
        "norms/nova.md",
        '---\ntitle: "Decret llei 3/2020, de 28 de febrer"\nsummary: S.\ndate: 2020-05-01\n'
        'jurisdiction: es-ib\ntype: decret llei\nnumber: "3"\ndate_document: 2020-02-28\n---\nT.\n',
    )
    [problem] = of(town.errors(), "nova.md")
    assert (problem["line"], problem["code"]) == (6, "bad-value")
    assert "ELI" not in str(problem["message"])
    assert problem["fix"] == "type: dl"


def test_numbers_agree_with_their_words(town: Project) -> None:
    """One address is added, and one note is built."""
    town.check("--write-addresses")
    town.write("notices/nota.md", f"{HEAD}---\nT.\n")
    done = town.saig("check", "--write-addresses", "--lang", "ca", "--today", "2020-12-10")
    assert "1 adreça afegida" in done.stderr
    assert "adreces" not in done.stderr


def test_an_original_with_an_error_is_not_missing(town: Project) -> None:
    """Its translation is told nothing of that."""
    town.change("services/llicencia.md", "\nsummary:", "\nsumari:")
    found = town.errors()
    assert of(found, "llicencia.md") and not of(found, "llicencia.es.md")
