"""``saig norms add``: a note begun from the gazette."""

from __future__ import annotations

from pathlib import Path

import pytest
from norms import ANSWERS, offline, town
from project import DAY, Project


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return town(tmp_path_factory.mktemp("norms") / "town")


def add(project: Project, which: str, *more: str) -> tuple[int, str]:
    command = ("norms", "add", which, "--offline", str(ANSWERS), "--today", DAY, "--lang", "en")
    done = project.saig(*command, *more)
    return done.returncode, done.stdout + done.stderr


def test_a_note_with_its_facts_and_relations(whole: Project) -> None:
    """To norms that have a note here; Spanish words in the Spanish file; what the gazette does not
    give is left open; a draft that passes the check, and of which the gazette says the same."""
    code, said = add(whole, "BOE-A-2020-8012")
    assert code == 0, said
    assert "content/norms/decret-llei-9-2020.md\ncontent/norms/decret-llei-9-2020.es.md\n" in said
    note = (whole.content / "norms/decret-llei-9-2020.md").read_text("utf-8")
    assert 'title: "Decret llei 9/2020, de 25 de maig"' in note
    assert "\nsummary:\n" in note
    assert "\nstatus: draft\n" in note
    assert "\neli: https://www.boe.es/eli/es-ib/dl/2020/05/25/9\n" in note.replace('"', "")
    assert note.index("gazette: BOIB") < note.index("gazette: BOE,")
    assert '  - {type: amends, norm: decret-llei-8-2020, provisions: ["art. 6"]}' in note
    assert "llei-5-2005" not in note
    assert "first_date_entry_in_force: 2020-05-25" in note
    assert "type: validates, by: {ca: \"Resolució de 17 de juny de 2020\"" in note  # fmt: skip
    spanish = (whole.content / "norms/decret-llei-9-2020.es.md").read_text("utf-8")
    assert "Decreto-ley 9/2020, de 25 de mayo, de medidas urgentes de protección" in spanish
    assert "date:" not in spanish
    # What it does was said of the other norm by this one's lack of a note: until it is published.
    assert whole.errors() == []
    mine = [one for one in offline(whole) if "9-2020" in one["path"]]
    assert mine == []


def test_nothing_is_overwritten(whole: Project) -> None:
    for which in (
        "BOE-A-2020-8008",
        "boe-a-2020-8008",
        "https://www.boe.es/eli/es-ib/l/2020/06/03/1/con",
        "https://www.boe.es/buscar/doc.php?id=BOE-A-2020-8008",
    ):
        before = (whole.content / "norms/llei-1-2020.md").read_bytes()
        code, said = add(whole, which)
        assert code == 1
        assert "has a note already: content/norms/llei-1-2020.md" in said
        assert (whole.content / "norms/llei-1-2020.md").read_bytes() == before


@pytest.mark.parametrize("which", ["llei 3/2024", "https://example.org/", "", "BOE-A-20-1"])
def test_what_is_no_identifier_is_refused(whole: Project, which: str) -> None:
    code, said = add(whole, which)
    assert code == 1
    assert "is no identifier of the gazette" in said


def test_what_the_gazette_does_not_have(whole: Project, tmp_path: Path) -> None:
    code, said = add(whole, "BOE-A-1999-1")
    assert (code, "has no data of BOE-A-1999-1" in said) == (1, True)
    (tmp_path / "BOE-A-1999-1.json").write_text('{"metadatos": []}')
    done = whole.saig("norms", "add", "BOE-A-1999-1", "--offline", str(tmp_path), "--lang", "en")
    assert done.returncode == 1
    assert "not of the shape that is known" in done.stderr


def test_another_norm_of_that_number_keeps_its_note(whole: Project) -> None:
    """The State's decree-law 3/2024 is not the Balearic one."""
    whole.write(
        "norms/llei-3-2024.md", "---\ntitle: Una altra\nsummary: Una.\ndate: 2020-01-01\n---\n"
    )
    code, said = add(whole, "BOE-A-2024-15575")
    assert code == 0, said
    assert "content/norms/llei-3-2024-es-ib.md" in said
