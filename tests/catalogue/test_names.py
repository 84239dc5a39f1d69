"""Notes and topics named by what people call them, where that leaves no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import in_process
import pytest
from project import Project, tree

HEAD = "---\ntitle: Nota\nsummary: S.\ndate: 2020-05-01\n"

NAMES = {
    "contacts/obres.md": [
        ("topics: [llicencies]", "topics: [Licencias]"),
        ("parent: ajuntament", "parent: AJUNTAMENT DE VILA"),
    ],
    "contacts/arxiu.md": [("parent: ajuntament", "parent: ' ajuntament '")],
    "services/llicencia.md": [
        ("departments: [obres]", "departments: [Sección de Obras]"),
        ("norms: [decret-llei-8-2020]", 'norms: ["Decreto-ley 8/2020, de 13 de mayo"]'),
        ("online_only_norm: decret-llei-14-2020", "online_only_norm: DL 14/2020 # qui hi obliga"),
        ("contact: arxiu", "contact: Arxiu"),
    ],
    "notices/2020/amagat.md": [("services: [llicencia]", "services: [Llicencia d’obres]")],
    "notices/2020/horari-hivern.md": [("departments: [obres]", "departments: [Seccio d'obres]")],
    "notices/2020/platja-2.md": [("[platja-1]", '["Platja, primer avís"]')],
    "norms/decret-llei-14-2020.md": [("norm: decret-llei-8-2020", "norm: decret llei 8/2020")],
}
"""By file: what stands there, and a name that says the same."""

SITE = [("organisation: ajuntament", "organisation: Ayuntamiento de Villa")]


@pytest.fixture
def town(town: Project) -> Project:
    """Each field that names another note, or a topic, is there."""
    town.change(
        "services/llicencia.md",
        "    valid_from: 2020-12-11\nbring",
        "    valid_from: 2020-12-11\n    contact: arxiu\nonline_only_norm: decret-llei-14-2020\nbring",
    )
    town.change("site.yaml", 'booking: {ca: "h', 'tasks: [{service: llicencia}]\nbooking: {ca: "h')
    return town


def with_names(town: Project) -> None:
    for path, changes in NAMES.items():
        for old, new in changes:
            town.change(path, old, new)


def of(found: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [problem for problem in found if problem["path"].endswith(name)]


def test_the_same_site_is_built_and_fmt_writes_the_ids(town: Project) -> None:
    """Built on what an earlier build remembers, and of nothing; and the same is told of it."""

    about = HEAD.replace("Nota", "Norma") + "norms: [decret-llei-8-2020]\n---\nText.\n"
    town.write("notices/norma.md", about)

    def told() -> list[tuple[str, str]]:
        found = in_process.checked(town, TODAY="2021-01-02").problems
        return sorted((one.path, one.code) for one in found)

    assert in_process.built(town) == []
    before, notes, problems = tree(town.output), tree(town.content), told()
    assert ("content/notices/norma.md", "cites-norm-not-in-force") in problems
    with_names(town)
    town.change("notices/norma.md", "decret-llei-8-2020", "Decret llei 8/2020")
    assert told() == problems
    assert in_process.built(town) == []
    assert tree(town.output) == before
    town.change("site.yaml", *SITE[0])
    town.change("site.yaml", "service: llicencia", "service: Llicència d'obres")
    assert in_process.built(town) == []
    assert tree(town.output) == before
    done = town.saig("fmt")
    assert sorted(done.stdout.split()) >= sorted(f"content/{path}" for path in NAMES)
    town.change("site.yaml", *reversed(SITE[0]))
    town.change("site.yaml", "service: Llicència d'obres", "service: llicencia")
    town.change("services/llicencia.md", " # qui hi obliga", "")
    assert (town.content / "notices/norma.md").read_text("utf-8") == about
    assert {path for path, held in tree(town.content).items() if notes[path] != held} <= {
        "notices/2020/aigua.md",
        "contacts/obres.md",
        "contacts/arxiu.md",
    }
    text = (town.content / "contacts/obres.md").read_text("utf-8")
    assert "topics: [llicencies]\nparent: ajuntament\n" in text


def test_a_name_of_several_is_told_with_all_of_them(town: Project) -> None:
    town.write("contacts/obres-noves.md", "---\ntitle: Obres noves (Obras)\nsummary: S.\n---\nT.\n")
    town.write("notices/nota.md", f"{HEAD}departments: [Obras, obres]\n---\nT.\n")
    [problem] = of(town.errors("--lang", "ca"), "nota.md")
    assert (problem["code"], problem["line"], problem["column"]) == ("ambiguous-reference", 5, 15)
    assert problem["message"] == (
        "«Obras» pot ser qualsevol d'aquests: Secció d'Obres (obres), Obres noves (Obras) (obres-noves)"
    )
    assert problem["hint"] == "escriviu l'id del que voleu dir: obres, obres-noves"


def test_an_id_is_never_another_notes_name(town: Project) -> None:
    town.write(
        "contacts/llicencia.md",
        "---\ntitle: Obres, 2\nshort_title: arxiu\nslug: a-2\nsummary: S.\n---\n",
    )
    town.write("notices/nota.md", f"{HEAD}departments: [arxiu]\n---\nT.\n")
    town.build()
    said = town.document("/avisos/nota/")["notice"]["departments"]
    assert [one["id"] for one in said] == ["arxiu"]


def test_an_id_that_comes_later_goes_before_a_name(town: Project) -> None:
    """Until it is taken away again, in builds on what was remembered."""

    def meant() -> list[str]:
        town.build()
        return [one["id"] for one in town.document("/avisos/nota/")["notice"]["departments"]]

    town.write("contacts/x.md", "---\ntitle: Oficina\nsummary: S.\n---\n")
    town.write("notices/nota.md", f"{HEAD}departments: [oficina]\n---\nT.\n")
    assert meant() == ["x"]
    new = town.write("contacts/oficina.md", "---\ntitle: Una altra\nsummary: S.\n---\n")
    assert meant() == ["oficina"]
    new.unlink()
    assert meant() == ["x"]


def test_who_takes_a_name_away_is_told_where_it_was_used(town: Project) -> None:
    """Also by what was remembered; and it holds again with the name."""
    town.write("notices/nota.md", f"{HEAD}departments: [Arxiu Municipal]\n---\nT.\n")
    assert town.errors() == []
    town.change("contacts/arxiu.md", "Arxiu Municipal", "Arxius Municipals")
    [problem] = town.errors("--lang", "es")
    assert (problem["code"], problem["path"]) == ("unknown-reference", "content/notices/nota.md")
    assert problem["message"] == "no hay ningún contacto con el id o el nombre «Arxiu Municipal»"
    assert problem["hint"] == "¿quería decir arxiu?"
    assert problem["fix"] == "departments: [arxiu]"
    town.change("contacts/arxiu.md", "Arxius Municipals", "Arxiu Municipal")
    assert town.errors() == []


def test_who_names_a_note_with_errors_is_not_to_blame(town: Project) -> None:
    town.write("notices/nota.md", f"{HEAD}departments: [Arxiu Municipal]\n---\nT.\n")
    for wrong in ("colour: red\nparent", "aliases: [\nparent"):
        town.change("contacts/arxiu.md", "parent", wrong)
        assert {problem["path"] for problem in town.errors()} == {"content/contacts/arxiu.md"}
        town.change("contacts/arxiu.md", wrong, "parent")


def test_a_citation_of_several_norms_is_told(town: Project) -> None:
    norm = "type: l\nnumber: '3'\ndate_document: 2019-01-31\njurisdiction: {}\n---\n"
    for where in ("es", "es-ct"):
        head = HEAD.replace("Nota", f"Norma de {where}")
        town.write(f"norms/{where}.md", head + norm.format(where))
    town.write(
        "notices/nota.md", f"{HEAD}norms: [Llei 3/2019, Llei 3/2019 de Catalunya]\n---\nT.\n"
    )
    [problem] = of(town.errors("--lang", "en"), "nota.md")
    assert problem["code"] == "ambiguous-reference"
    assert problem["hint"] == "write the one that is meant by its id: es, es-ct"


def test_a_citation_means_another_once_the_norms_are_other_peoples(town: Project) -> None:
    """Though their numbers are the same, and the note that cites one was not touched."""
    town.write("notices/nota.md", f"{HEAD}norms: [Llei 3/2019 de Catalunya]\n---\nT.\n")
    said = f"{HEAD}type: l\nnumber: '3'\ndate_document: 2019-01-31\njurisdiction: {{}}\n---\n"
    for own, one, other in (("una", "es-ct", "es-ib"), ("altra", "es-ib", "es-ct")):
        town.write("norms/una.md", said.replace("Nota", "Una").format(one))
        town.write("norms/altra.md", said.replace("Nota", "Altra").format(other))
        shown = in_process.checked(town).shown
        assert shown and shown.references(shown.entry("notice/nota"))["norms"] == [own]


def test_a_note_means_another_of_its_own_name(town: Project) -> None:
    town.write(
        "contacts/arxiu-nou.md",
        "---\ntitle: Arxiu Municipal\nslug: arxiu-nou\nsummary: S.\nsupersedes: [Arxiu Municipal]\n"
        "valid_from: 2021-01-01\n---\n",
    )
    assert of(town.errors(), "arxiu-nou.md") == []


def test_a_citation_that_another_norm_is_called_by_is_told(town: Project) -> None:
    town.write("norms/recull.md", f"{HEAD}aliases: [DL 8/2020]\n---\nT.\n")
    town.write("notices/nota.md", f"{HEAD}norms: [DL 8/2020]\n---\nT.\n")
    [problem] = of(town.errors(), "nota.md")
    assert problem["code"] == "ambiguous-reference"
    assert problem["hint"].endswith(": decret-llei-8-2020, recull")


def test_the_organisation_may_take_another_name(town: Project) -> None:
    """And another contact its old one: then all is made anew."""
    town.change("site.yaml", *SITE[0])
    town.build()
    before = town.document("/contactes/")
    town.change("contacts/ajuntament.es.md", "Ayuntamiento de Villa", "Consistorio")
    town.change("contacts/arxiu.md", "short_title: Arxiu", "aliases: [Ayuntamiento de Villa]")
    town.build()
    assert town.document("/contactes/") != before
    tree_of_it = tree(town.output)
    town.change("site.yaml", *reversed(SITE[0]))
    town.change("site.yaml", "organisation: ajuntament", "organisation: arxiu")
    town.build("--clean")
    assert tree(town.output) == tree_of_it
