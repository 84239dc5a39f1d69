"""An unfinished draft stops nobody, and can be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import DAY, Project, new_project

UNFINISHED = {
    "notices/res.md": "---\nstatus: draft\n---\n",
    "notices/sense-data.md": "---\ntitle: Sense data\nstatus: draft\n---\nText ![](x.png) <div>\n",
    "services/sense-res.md": '---\ntitle: Sense res\nstatus: "draft"  # encara no\n---\nText.\n',
    "norms/sense-res.md": "---\ntitle: Norma sense res\nstatus: draft\neli: x\n---\n",
    "notices/yaml.md": "---\ntitle: Un: dos\nstatus: draft\n---\nText.\n",
    "notices/sense-fi.md": "---\ntitle: Sense fi\nstatus: draft\n\nText.\n",
    "notices/latin.md": "---\ntitle: Llatí\nstatus: draft\n---\n".encode("latin-1"),
    "notices/pont.md": "---\ntitle: Pont\nsummary: S.\ndate: 2020-12-01\nstatus: draft\n---\n",
    "notices/pont.es.md": "---\ntitle: Puente\n---\nTexto.\n",
}


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("drafts") / "project")
    for path, text in UNFINISHED.items():
        project.write(path, text)
    link = "[esborrany](../notices/yaml.md) i [un altre](../notices/sense-data.md)"
    project.write("pages/enllacos.md", f"---\ntitle: Enllaços\nsummary: S.\n---\n{link}\n")
    return project


def test_an_unfinished_draft_stops_no_publication(unfinished: Project, tmp_path: Path) -> None:
    """What is wrong is told as warnings; links to it are the words alone."""
    found = unfinished.check("--production")
    assert [p for p in found if p["severity"] == "error"] == []
    assert {f"content/{path}" for path in UNFINISHED if path != "notices/pont.md"} <= {
        p["path"] for p in found if p["code"] not in ("translation-missing", "link-to-draft")
    }
    done = unfinished.saig("publish", str(tmp_path / "site"), "--today", DAY)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/current/enllacos/index.html").read_text("utf-8")
    assert "<p><a>esborrany</a> i <a>un altre</a></p>" in page
    assert not list((tmp_path / "site/current").rglob("sense-*"))


def test_an_unfinished_draft_is_shown_with_what_it_lacks(
    unfinished: Project, tmp_path: Path
) -> None:
    """In the language of the note, its translation too."""
    project = new_project(tmp_path / "project", unfinished.content)
    settings = project.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "\nDRAFTS = True\n")
    project.build("--output", str(tmp_path / "preview"))
    shown = {
        path.parent.name: path.read_text("utf-8")
        for path in (tmp_path / "preview").rglob("index.html")
    }
    assert (
        "falta el camp date" in shown["sense-data"] and "<h1>Sense data</h1>" in shown["sense-data"]
    )
    assert "falta el camp summary" in shown["sense-res"]
    assert "falta el camp title" in shown["res"]
    assert "falta el campo summary" in shown["puente"]
    assert "falta el camp" not in shown["pont"]


def test_the_same_note_is_an_error_once_it_is_no_draft(town: Project) -> None:
    town.write("notices/avis.md", "---\ntitle: Avís\nstatus: draft\n---\n")
    assert town.errors() == []
    town.change("notices/avis.md", "draft", "published")
    assert {p["code"] for p in town.errors()} == {"missing-field"}


def test_a_translation_that_is_a_draft_stops_nobody_and_is_checked(town: Project) -> None:
    """What only stands for something in it does not keep the note from being published; a link that
    leads nowhere is told."""
    links = "[a](https://example.org/x) [b](res.md)"
    head = "---\ntitle: {}\nsummary: S.\n{}---\nT. {}\n"
    town.write("notices/avis.md", head.format("Avís", "date: 2020-12-01\n", ""))
    town.write("notices/avis.es.md", head.format("Aviso", "status: draft\n", links))
    found = {p["code"]: p["severity"] for p in town.check("--production") if "avis.es" in p["path"]}
    assert found == {"broken-link": "warning"}


def test_a_note_whose_translation_is_a_draft_is_none(town: Project) -> None:
    town.write("notices/avis.md", "---\ntitle: Avís\nsummary: S.\ndate: 2020-12-01\n---\nT.\n")
    town.write("notices/avis.es.md", "---\ntitle: Aviso\nstatus: draft\n---\nT.\n")
    link = "[l'avís](../notices/avis.md)"
    town.write("pages/ajuda.md", f"---\ntitle: Ajuda\nsummary: S.\n---\n{link}\n")
    told = {p["code"] for p in town.check() if p["path"] == "content/pages/ajuda.md"}
    assert "link-to-draft" not in told


def test_a_page_that_became_a_draft_has_vanished(town: Project) -> None:
    """It was public, and readers look for it."""
    town.saig("check", "--write-addresses", "--today", DAY)
    town.change("pages/sobre.md", "title:", "status: draft\ntitle:")
    assert "vanished-address" in {p["code"] for p in town.errors()}


def test_only_the_front_matter_says_that_a_note_is_a_draft(town: Project) -> None:
    """Else an error in a note whose text tells how to write one would stop nobody."""
    wrong = "---\ntitle: Un: dos\nsummary: S.\ndate: 2020-12-01\n---\nEscriviu:\n\nstatus: draft\n"
    town.write("notices/com.md", wrong)
    assert [problem["path"] for problem in town.errors()] == ["content/notices/com.md"]


def test_an_address_is_gone_while_its_note_is_a_draft(town: Project) -> None:
    """As it stays told when neither the list of what is gone nor the address is another."""
    said = "title: {ca: Nou}, date: 2020-12-01, reason: {ca: Fora.}"
    town.write("gone.yaml", f"- {{address: /avisos/nou/, {said}}}\n")
    town.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\ndate: 2020-12-01\n---\nT.\n")
    assert [problem["path"] for problem in town.errors()] == ["content/gone.yaml"]
    town.change("notices/nou.md", "title:", "status: draft\ntitle:")
    assert town.errors() == []
    town.change("notices/nou.md", "status: draft\n", "")
    assert [problem["path"] for problem in town.errors()] == ["content/gone.yaml"]


NOTE = "---\ntitle: {}\nsummary: S.\ndate: 2020-11-01\n{}---\n{}\n"
ELI = "https://www.boe.es/eli/es-ib/l/2019/01/31/1"
LAW = "first_date_entry_in_force: 2020-06-01\neli: https://www.boe.es/eli/es-ib/l/2020/05/20/{}\n"
PUBLISHED = {
    "notices/cita.md": ("Cita", "", "Segons el Decret llei 8/2020, es pot."),
    "notices/data.md": ("Data", "", "Segons la Llei 39/2015, d'1 d'octubre."),
    "notices/zeta.md": ("Zeta", "old_addresses: [/avisos/antic/, /vell/]\n", ""),
    "notices/anomena.md": ("Anomena", "departments: [Arxiu]\n", ""),
    "notices/duu.md": ("Duu", "", "[aquí](/avisos/futur/)"),
    "notices/rodona.md": ("Rodona", "supersedes: [volta]\n", ""),
    "notices/urgent.md": ("Urgent", "urgency: urgent\n", ""),
    "contacts/vell.md": ("Vell", "verified_on: 2019-01-01\n", ""),
    "contacts/acaba.md": ("Acaba", "valid_until: 2020-12-15\n", ""),
    "services/tancat.md": (
        "Tancat",
        "departments: [obres]\n"
        "channels: [{channel: phone, appointment: none, valid_until: 2020-01-01}]\n",
        "",
    ),
    "norms/caduca.md": (
        "Llei 1/2019, de 31 de gener",
        f"eli: {ELI}\nfirst_date_entry_in_force: 2019-02-01\n"
        "date_no_longer_in_force: 2020-10-01\nend_reason: expired\n",
        "",
    ),
    "norms/deroga.md": ("Deroga", LAW.format(2) + f"relations: [{{type: repeals, norm: '{ELI}'}}]\n", ""),
    "norms/aixeca.md": ("Aixeca", LAW.format(3) + "relations: [{type: lifts, norm: deroga}]\n", ""),
    "norms/va.md": ("Va", LAW.format(4) + "relations: [{type: repeals, norm: torna}]\n", ""),
}  # fmt: skip
DRAFTS = {
    "norms/esb-deroga.md": (
        "Nova",
        LAW.format(5) + "relations: [{type: repeals, norm: decret-llei-8-2020}]\n",
    ),
    "norms/esb-data.md": ("Data", "eli: https://www.boe.es/eli/es/l/2015/10/02/39\n"),
    "norms/esb-acaba.md": ("Fi", LAW.format(6) + "relations: [{type: repeals, norm: caduca}]\n"),
    "norms/esb-igual.md": ("Llei 1/2019", f"eli: {ELI}\n"),
    "norms/esb-atura.md": (
        "Atura",
        LAW.format(2) + "relations: [{type: suspends, norm: deroga}]\n",
    ),
    "norms/torna.md": ("Torna", LAW.format(7) + "relations: [{type: repeals, norm: va}]\n"),
    "notices/a-zeta.md": ("Zeta", ""),
    "notices/a-vell.md": ("Un altre", "old_addresses: [/vell/]\n"),
    "notices/antic.md": ("Antic", ""),
    "notices/futur.md": ("Futur", ""),
    "notices/volta.md": ("Volta", "supersedes: [rodona]\n"),
    "notices/nou-urgent.md": ("Nou urgent", "supersedes: [urgent]\n"),
    "contacts/a-arxiu.md": ("Arxiu", ""),
    "contacts/nou.md": ("Nou", "supersedes: [vell]\nvalid_from: 2020-02-02\n"),
    "contacts/segueix.md": ("Segueix", "supersedes: [acaba]\n"),
    "services/obert.md": (
        "Obert",
        "departments: [obres]\nsupersedes: [tancat]\nno_channel: {ca: No n'hi ha.}\n",
    ),
}


def draft(name: str) -> str:
    title, fields = DRAFTS[name]
    return NOTE.format(title, f"{fields}status: draft\n", "Text.")


@pytest.fixture(scope="module")
def beside_drafts(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("beside-drafts") / "project")
    for path, said in PUBLISHED.items():
        project.write(path, NOTE.format(*said))
    return project


def told_of_published(project: Project) -> list[tuple[str, str, str]]:
    """Beside that a field names no note: it may name a draft."""
    return [
        (problem["path"], problem["code"], problem["message"])
        for problem in project.check()
        if problem["path"].removeprefix("content/") not in DRAFTS
        and problem["code"] != "unknown-reference"
    ]


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_changes_nothing_that_is_told_of_other_notes(
    name: str, beside_drafts: Project
) -> None:
    """As it would if it were none, the check after which is made of what the one before remembers."""
    alone = told_of_published(beside_drafts)
    beside_drafts.write(name, draft(name))
    with_it = told_of_published(beside_drafts)
    beside_drafts.change(name, "status: draft\n", "")
    published = told_of_published(beside_drafts)
    beside_drafts.change(name, "date:", "status: draft\ndate:")
    again = told_of_published(beside_drafts)
    (beside_drafts.content / name).unlink()
    assert with_it == again == alone == told_of_published(beside_drafts)
    assert published != alone


def test_all_drafts_together_change_nothing_of_other_notes(beside_drafts: Project) -> None:
    alone = told_of_published(beside_drafts)
    for name in DRAFTS:
        beside_drafts.write(name, draft(name))
    found = beside_drafts.check()
    clashes = {problem["path"] for problem in found if problem["code"] == "duplicate-address"}
    wrong = {problem["path"] for problem in found if problem["severity"] == "error"}
    assert told_of_published(beside_drafts) == alone
    assert clashes == {
        f"content/{name}"
        for name in (
            *("notices/a-zeta.md", "notices/a-vell.md", "notices/antic.md"),
            "contacts/a-arxiu.md",
        )
    }
    [old] = [one for one in found if one["path"] == "content/notices/antic.md"]
    assert old["message"] == "/avisos/antic/ leads to content/notices/zeta.md already"
    assert old["hint"] == "write another slug in this note, as in slug: antic-2"
    assert wrong.isdisjoint(f"content/{name}" for name in DRAFTS)
    for name in DRAFTS:
        (beside_drafts.content / name).unlink()


@pytest.mark.parametrize("name", ["a-zeta", "zz"])
def test_a_preview_has_the_page_of_the_note_that_is_no_draft(name: str, town: Project) -> None:
    """Whichever comes first, and whichever was changed last."""
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "\nDRAFTS = True\n")
    town.write("notices/zeta.md", NOTE.format("Zeta", "", "Text."))
    town.write(f"notices/{name}.md", NOTE.format("Zeta", "status: draft\n", "Text."))
    for changed in ("zeta", name, "zeta"):
        town.build()
        assert town.document("/avisos/zeta/")["id"] == "zeta"
        town.change(f"notices/{changed}.md", "Text", "Més. Text")
    town.change(f"notices/{name}.md", "title: Zeta", "title: Un altre")
    town.build()
    assert town.document("/avisos/un-altre/")["id"] == name


def test_a_preview_shows_a_draft_with_a_topic_that_there_is_not(town: Project) -> None:
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "\nDRAFTS = True\n")
    town.write(
        "notices/obert.md",
        NOTE.format("Obert", "topics: [llicencies, mar]\nstatus: draft\n", "Text."),
    )
    told = town.build().stderr
    assert "unknown-reference" in told and "internal" not in told
    said = town.document("/avisos/obert/")["notice"]["topics"]
    assert [one["id"] for one in said] == ["llicencies"]


def test_a_draft_is_held_against_drafts(town: Project) -> None:
    """It will stand beside them."""
    town.write("norms/esb-deroga.md", draft("norms/esb-deroga.md"))
    text = "Segons el Decret llei 8/2020, es pot."
    town.write("notices/cita.md", NOTE.format("Cita", "status: draft\n", text))
    told = [p["message"] for p in town.check() if p["code"] == "cites-norm-not-in-force"]
    assert told == ["Decret llei 8/2020 is not in force since 2020-06-01"]


def test_a_draft_names_the_note_that_is_none(town: Project) -> None:
    """And is not told that another draft has that name too, for it does not mean that one."""
    town.write("contacts/arxiu-nou.md", NOTE.format("Arxiu", "slug: nou\nstatus: draft\n", ""))
    town.write(
        "notices/futur.md", NOTE.format("Futur", "departments: [Arxiu]\nstatus: draft\n", "T.")
    )
    assert [p for p in town.check() if p["path"] == "content/notices/futur.md"] == []
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "\nDRAFTS = True\n")
    town.build()
    said = town.document("/avisos/futur/")["notice"]["departments"]
    assert [one["id"] for one in said] == ["arxiu"]
