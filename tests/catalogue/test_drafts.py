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
