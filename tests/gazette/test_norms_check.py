"""``saig norms check``: what differs, where, and what to write."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from norms import ANSWERS, answer, offline, town
from project import DAY, Project


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return town(tmp_path_factory.mktemp("norms") / "town")


@pytest.fixture
def project(whole: Project, tmp_path: Path) -> Project:
    """A copy of the town, to be made wrong."""
    copy = tmp_path / "town"
    shutil.copytree(whole.root, copy, symlinks=True)
    return Project(copy)


def changed(folder: Path, identifier: str, change: Callable[[dict[str, Any]], None]) -> Path:
    """The answers, one of them changed."""
    there = folder / "answers"
    if not there.exists():
        shutil.copytree(ANSWERS, there)
    said = answer(identifier)
    change(said)
    (there / f"{identifier}.json").write_text(json.dumps(said), "utf-8")
    return there


def test_nothing_is_told_of_notes_that_say_the_same(whole: Project) -> None:
    assert offline(whole) == []


FACTS = [
    ("norms/llei-1-2020.md", "2020-06-12", "2020-06-13", "first_date_entry_in_force: 2020-06-12"),
    ("norms/llei-1-2020.md", 'number: "106"', 'number: "107"', 'number: "106"'),
    ("norms/llei-1-2020.md", "date: 2020-06-11}", "date: 2020-06-10}", "date: 2020-06-11"),
    ("norms/llei-1-2020.md", "/l/2020/06/03/1", "/l/2020/06/02/1", "/l/2020/06/03/1"),
    ("norms/llei-1-2020.es.md", "capitalidad", "capitanía", ""),
    (
        "norms/decret-llei-8-2020.md",
        '  - {gazette: BOIB, number: "84", date: 2020-05-15}\n',
        "",
        '- {gazette: BOIB, number: "84", date: 2020-05-15}',
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "line"), FACTS)
def test_a_wrong_fact_is_told_at_its_line(
    project: Project, path: str, old: str, new: str, line: str
) -> None:
    """With what the gazette says instead, to be pasted."""
    project.change(path, old, new)
    (problem,) = offline(project)
    assert (problem["code"], problem["severity"]) == ("gazette-fact", "warning")
    assert problem["path"] == f"content/{path}"
    assert line in problem["hint"]
    lines = (project.content / path).read_text("utf-8").splitlines()
    if new:
        assert new.split(": ")[-1].strip('"}') in lines[problem["line"] - 1]
        if "fix" in problem:
            assert old.split(": ")[-1].strip('"}') in problem["fix"]


def test_a_title_is_mended(project: Project) -> None:
    project.change("norms/llei-1-2020.es.md", "capitalidad", "capitanía")
    (problem,) = offline(project)
    assert "capitalidad de Palma" in problem["fix"]


def test_relations_are_held_against_the_analysis(project: Project) -> None:
    """A missing one, one with other provisions, one too many; each once, at the note that acts."""
    project.change("norms/decret-llei-14-2020.md", "repeals, norm", "amends, norm")
    missing, state, surplus = sorted(
        offline(project), key=lambda one: (one["code"], one["message"])
    )[::1]
    found = {(one["code"], one["path"].split("/")[-1]) for one in (missing, state, surplus)}
    assert found == {
        ("gazette-relation", "decret-llei-14-2020.md"),
        ("gazette-state", "decret-llei-8-2020.md"),
    }
    hints = " ".join(one["hint"] for one in (missing, state, surplus))
    assert "- {type: repeals, norm: decret-llei-8-2020}" in hints


def test_provisions_are_compared_however_they_are_written(project: Project, tmp_path: Path) -> None:
    def amend(said: dict[str, Any]) -> None:
        said["analisis"]["referencias"] = {
            "anteriores": [
                {
                    "anterior": {
                        "id_norma": "BOE-A-2020-8011",
                        "relacion": {"codigo": "270", "texto": "MODIFICA"},
                        "texto": "los arts. 5.2, 7 y 9 a 11 y la disposición adicional única del Decreto-ley 8/2020",
                    }
                }
            ]
        }

    folder = changed(tmp_path, "BOE-A-2020-8008", amend)
    relations = 'relations:\n  - {type: amends, norm: decret-llei-8-2020, provisions: ["article 5, apartat 2", "art. 7", "arts. 9 a 11", "disposició addicional única"]}\n'
    project.change("norms/llei-1-2020.md", "first_date", relations + "first_date")
    assert offline(project, folder) == []
    project.change("norms/llei-1-2020.md", '"art. 7"', '"art. 8"')
    (problem,) = offline(project, folder)
    assert problem["code"] == "gazette-relation"
    assert '"art. 5.2", "art. 7", "art. 9", "art. 10", "art. 11", "DA única"' in problem["hint"]
    assert "art. 8" in problem["message"]


def test_what_acts_without_a_note_is_told_with_its_line(project: Project, tmp_path: Path) -> None:
    """And the line, once pasted, is all that was missing."""

    def act(said: dict[str, Any]) -> None:
        said["analisis"]["referencias"]["posteriores"] = {
            "posterior": [
                {
                    "id_norma": "BOE-A-2030-1",
                    "relacion": {"codigo": "210", "texto": "SE DEROGA"},
                    "texto": "los arts. 3, 4 y SE AÑADE la disposición adicional 2, por Ley 1/2030, de 11 de octubre",
                }
            ]
        }

    folder = changed(tmp_path, "BOE-A-2020-8008", act)
    found = offline(project, folder)
    assert [one["code"] for one in found] == ["gazette-new-act", "gazette-new-act"]
    lines = [one["hint"].split(": ", 1)[1].split("; or explain")[0] for one in found]
    assert lines[0] == (
        '- {type: repeals-part, by: {ca: "Llei 1/2030, d\'11 d\'octubre", es: "Ley 1/2030, de 11 de octubre"}, '
        'date: 2030-10-11, provisions: ["art. 3", "art. 4"], '
        'url: "https://www.boe.es/buscar/doc.php?id=BOE-A-2030-1"}'
    )
    pasted = "done_by_others:\n  " + "\n  ".join(lines) + "\n"
    project.change("norms/llei-1-2020.md", "first_date", pasted + "first_date")
    assert offline(project, folder) == []
    assert [one for one in project.errors() if "llei-1-2020" in one["path"]] == []


def test_what_is_certain_is_written_into_the_notes(project: Project, tmp_path: Path) -> None:
    """Facts, relations and acts; what was written passes the check, and nothing else is touched."""
    path = project.content / "norms/decret-llei-8-2020.md"
    text = path.read_text("utf-8")
    acts = text.index("done_by_others:")
    path.write_text(text[:acts] + "---\nText.\n", "utf-8")
    project.change("norms/decret-llei-8-2020.md", "force: 2020-05-15", "force: 2020-05-14")
    note = (project.content / "norms/decret-llei-14-2020.md").read_text("utf-8")
    bare = note.replace("relations:\n  - {type: repeals, norm: decret-llei-8-2020}\n", "")
    # As an editor on Windows saves it.
    project.write("norms/decret-llei-14-2020.md", bare.replace("\n", "\r\n"))
    command = ("norms", "check", "--offline", str(ANSWERS), "--write", "--today", DAY)
    done = project.saig(*command, "--lang", "en")
    assert "7 lines written" in done.stderr
    assert done.stdout == ""
    assert project.errors() == []
    written = (project.content / "norms/decret-llei-14-2020.md").read_bytes()
    assert b"relations:\r\n  - {type: repeals, norm: decret-llei-8-2020}\r\ndate:" in written
    assert b"\n" not in written.replace(b"\r\n", b"")
    acts_written = path.read_text("utf-8")
    assert acts_written.count("\ndone_by_others:\n") == 1
    assert "first_date_entry_in_force: 2020-05-15" in acts_written


def test_a_day_may_be_said_by_the_other_record_alone(project: Project, tmp_path: Path) -> None:
    """As that of the suspension of article 59: the acting norm's record gives it no end."""

    def suspended(who: str, verb: str, text: str, side: str) -> dict[str, Any]:
        one = {"id_norma": who, "relacion": {"codigo": "231", "texto": verb}, "texto": text}
        return {f"{side}es": [{side: one}]}

    def acts(said: dict[str, Any]) -> None:
        text = "lo indicado del art. 59 del Decreto-ley 8/2020, de 13 de mayo"
        said["analisis"]["referencias"] = suspended("BOE-A-2020-8011", "SUSPENDE", text, "anterior")

    def is_acted_on(said: dict[str, Any]) -> None:
        text = "hasta el 31 de diciembre de 2020, lo indicado del art. 59, por Ley 1/2020, de 3 de junio"
        more = suspended("BOE-A-2020-8008", "SE SUSPENDE", text, "posterior")
        said["analisis"]["referencias"]["posteriores"] += more["posteriores"]

    changed(tmp_path, "BOE-A-2020-8008", acts)
    folder = changed(tmp_path, "BOE-A-2020-8011", is_acted_on)
    (problem,) = offline(project, folder)
    line = '{type: suspends, norm: decret-llei-8-2020, provisions: ["art. 59 (en part)"], until: 2020-12-31}'
    assert line in problem["hint"]
    project.change("norms/llei-1-2020.md", "first_date", f"relations: [{line}]\nfirst_date")
    assert offline(project, folder) == []
    project.change("norms/llei-1-2020.md", ", until: 2020-12-31", "")
    (problem,) = offline(project, folder)
    assert "until 2020-12-31" in problem["message"]


def test_what_a_note_explains_is_told_no_more(project: Project, tmp_path: Path) -> None:
    """Until the gazette agrees: then the explanation is in vain."""

    def still(said: dict[str, Any]) -> None:
        said["metadatos"] |= {
            "estatus_derogacion": "N",
            "fecha_derogacion": "",
            "vigencia_agotada": "N",
        }

    folder = changed(tmp_path, "BOE-A-2020-8011", still)
    (problem,) = offline(project, folder)
    assert problem["code"] == "gazette-state"
    line = problem["hint"].split("gazette_differs: ")[1].replace("…", "El text ho diu")
    project.change(
        "norms/decret-llei-8-2020.md", "first_date", f"gazette_differs:\n  {line}\nfirst_date"
    )
    assert offline(project, folder) == []
    (vain,) = offline(project)
    assert vain["code"] == "gazette-agrees"


STATES = [
    ("BOE-A-2020-8008", {"estatus_derogacion": "S", "fecha_derogacion": "20201120"}, "repealed"),
    ("BOE-A-2020-8008", {"estatus_anulacion": "S", "fecha_anulacion": "20201120"}, "annulled"),
    ("BOE-A-2020-8008", {"vigencia_agotada": "S"}, "expired"),
    ("BOE-A-2020-8011", {"fecha_derogacion": "20201212"}, "2020-12-11"),
]


@pytest.mark.parametrize(("identifier", "said", "word"), STATES)
def test_the_state_is_held_against_the_gazettes(
    whole: Project, tmp_path: Path, identifier: str, said: dict[str, str], word: str
) -> None:
    folder = changed(tmp_path, identifier, lambda answer: answer["metadatos"].update(said))
    (problem,) = offline(whole, folder)
    assert problem["code"] == "gazette-state"
    assert word in problem["message"]


def test_an_expiry_is_read_in_the_gazettes_note(project: Project) -> None:
    """Alone in its remarks stands the hour: at 00:00 of the 21st, so the 20th was the last day."""
    from norms import NOTES

    note = f"---{NOTES['reial-decret-463-2020']}---\n"
    project.write("norms/reial-decret-463-2020.md", note)
    assert not [one for one in offline(project) if one["code"] == "gazette-state"]
    project.change("norms/reial-decret-463-2020.md", "date_no_longer_in_force: 2020-06-20\n", "")
    states = [one for one in offline(project) if one["code"] == "gazette-state"]
    assert "date_no_longer_in_force: 2020-06-20" in states[0]["hint"]


@pytest.mark.parametrize("form", ["text", "github", "sarif", "markdown"])
def test_the_forms_are_those_of_check(project: Project, form: str) -> None:
    project.change("norms/llei-1-2020.md", "2020-06-12", "2020-06-13")
    command = ("norms", "check", "--offline", str(ANSWERS), "--format", form, "--today", DAY)
    done = project.saig(*command, "--lang", "ca")
    assert done.returncode == 0
    assert "gazette-fact" in done.stdout
    assert "el butlletí diu 2020-06-12" in done.stdout


def test_only_some_notes(project: Project) -> None:
    project.change("norms/llei-1-2020.md", "2020-06-12", "2020-06-13")
    command = ("norms", "check", "--offline", str(ANSWERS), "--format", "json", "--today", DAY)
    done = project.saig(*command, "content/norms/decret-llei-8-2020.md")
    assert done.stdout == ""


SHAPES: list[Callable[[dict[str, Any]], Any]] = [
    lambda said: {name: {"status": {"code": "200"}, "data": [said[name]]} for name in said},
    lambda said: {name: {"data": said[name]} for name in said},
    lambda said: {"metadatos": said["metadatos"], "analisis": {**said["analisis"], "notas": {
        "nota": said["analisis"]["notas"][0]["nota"][0]}}},
    lambda said: {**said, "metadatos": {**said["metadatos"], "fecha_anulacion": "", "rango": "Ley"}},
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_answers_of_other_shapes_say_the_same(
    whole: Project, tmp_path: Path, shape: Callable[[dict[str, Any]], Any]
) -> None:
    folder = tmp_path / "answers"
    shutil.copytree(ANSWERS, folder)
    for name in ("BOE-A-2020-8008", "BOE-A-2020-8011"):
        (folder / f"{name}.json").write_text(json.dumps(shape(answer(name))), "utf-8")
    assert offline(whole, folder) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", "<html>", '{"metadatos": {"identificador": 7}}'])
def test_a_file_that_is_no_record_is_told(whole: Project, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "answers"
    shutil.copytree(ANSWERS, folder)
    (folder / "BOE-A-2020-8008.json").write_text(text)
    (problem,) = offline(whole, folder)
    assert (problem["code"], problem["path"]) == ("gazette-silent", "content/norms/llei-1-2020.md")


def test_a_norm_without_a_file_is_no_difference(whole: Project, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    assert offline(whole, folder) == []
