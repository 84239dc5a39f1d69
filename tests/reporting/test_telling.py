"""``deploy/ci/report``: editors are told of what the notes need, and once of each thing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import warm
from forge_api import serving_api
from project import REPOSITORY, Project

SCRIPT = REPOSITORY / "deploy/ci/report"


@pytest.fixture
def canned(tmp_path: Path) -> Path:
    """A ``saig`` that says what stands in two files."""
    program = tmp_path / "bin" / "saig"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'
        f'case "$*" in *json*) cat "{tmp_path}/json" ;; *) cat "{tmp_path}/md" ;; esac\n'
    )
    program.chmod(0o755)
    says(tmp_path)
    return tmp_path


def says(folder: Path, *texts: str) -> None:
    rows = [
        {"path": "content/notices/a.md", "text": text, "deadline": "2020-12-20"} for text in texts
    ]
    (folder / "json").write_text(json.dumps({"sections": [{"name": "ends", "rows": rows}]}))
    (folder / "md").write_text("\n".join(texts))


def tell(folder: Path, *arguments: str, **given: str) -> str:
    surroundings = {"SAIG_BIN": str(folder / "bin"), "LANG": "ca_ES.UTF-8", **given}
    done = subprocess.run(
        [str(SCRIPT), *arguments],
        cwd=folder,
        env=warm.surroundings(surroundings),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["github", "gitlab", "forgejo"])
def test_one_issue_is_kept(kind: str, canned: Path) -> None:
    """Opened when there is something, told of what is new, closed when nothing is left."""
    text = "description" if kind == "gitlab" else "body"
    with serving_api(kind, "report") as (handler, given):
        tell(canned, kind, **given)
        assert len(handler.issues) == 1
        says(canned, "caduca")
        tell(canned, kind, **given)
        tell(canned, kind, **given)
        ours = handler.issues[1]
        assert ours["title"] == "Què necessiten les notes"
        assert "caduca" in ours[text]
        assert handler.comments == []
        says(canned, "caduca", "s'ha de verificar")
        tell(canned, kind, **given)
        [comment] = handler.comments
        assert "2020-12-20: `content/notices/a.md`: s'ha de verificar" in comment
        assert "caduca" not in comment
        says(canned)
        tell(canned, kind, **given)
        assert handler.comments[1:] == ["No hi ha res pendent."]
        assert "clos" in str(ours.get("state")) + str(ours.get("state_event"))


def test_a_list_that_is_too_long_is_cut_between_lines(canned: Path) -> None:
    """And its issue is known again the next time."""
    many = [f"caduca el número {number}" for number in range(9000)]
    says(canned, *many)
    with serving_api("github", "report") as (handler, given):
        before = len(handler.issues)
        tell(canned, "github", **given)
        tell(canned, "github", **given)
        [issue] = handler.issues[before:]
        assert handler.comments == []
        *_, last, _, end = issue["body"].split("\n")
        assert last in many and end == "…"
        assert len(issue["body"]) < 65_536
        says(canned, *(f"acaba el número {number}" for number in range(9000)))
        tell(canned, "github", **given)
        [comment] = handler.comments
        assert comment.endswith("\n\n…") and len(comment) < 65_536


def test_a_department_gets_its_own(canned: Path) -> None:
    tell(canned, REPORT_DEPARTMENT="obres")
    assert "--department obres" in (canned / "asked").read_text()


def test_mails_are_sent_when_something_is_new(canned: Path) -> None:
    subprocess.run(["git", "init", "-q", canned], check=True)
    program = canned / "sendmail"
    program.write_text(f'#!/bin/sh\ncat > "{canned}/mail"\n')
    program.chmod(0o755)
    given = {"REPORT_TELL": "mail", "REPORT_MAIL": "obres@vila.test", "SENDMAIL": str(program)}
    says(canned, "caduca")
    tell(canned, **given)
    assert "To: obres@vila.test" in (canned / "mail").read_text()
    (canned / "mail").unlink()
    tell(canned, **given)
    assert not (canned / "mail").exists()


def test_a_real_report_can_be_shown(town: Project) -> None:
    """With the project's own command, and no forge."""
    done = tell_in(town)
    assert "## Traduccions" in done


def tell_in(town: Project) -> str:
    surroundings = {"SAIG_BIN": str(warm.programs()), "LANG": "ca_ES.UTF-8"}
    done = subprocess.run(
        [str(SCRIPT)],
        cwd=town.root,
        env=warm.surroundings(surroundings),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
