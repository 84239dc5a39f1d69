"""Which Python runs what was pushed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from project import REPOSITORY
from saig.progress import Progress
from saig.publishing.refusal import Refused
from saig.receiving.environments import python_for


def test_one_for_each_set_of_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """This one where they are the same; else one made once, and kept while it is asked for."""
    worktree, home = tmp_path / "tree", tmp_path / "environments"
    worktree.mkdir()
    said: list[str] = []

    def python() -> Path:
        return python_for(worktree, home, [worktree], Progress("en"), said.append)

    with pytest.raises(Refused, match="no Saig project"):
        python()
    shutil.copy(REPOSITORY / "requirements.txt", worktree)
    assert python() == Path(sys.executable)
    assert not home.exists()

    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    asked = worktree / "requirements.txt"
    asked.write_text("no-such-library==1.0 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(Refused, match="could not be set up"):
        python()
    assert any("no-such-library" in line for line in said)
    assert [path.name for path in home.iterdir()] == [".lock"]

    asked.write_text("# nothing\n")
    own = python()
    done = subprocess.run([own, "-c", "import sys; print(sys.prefix)"], capture_output=True)
    assert done.stdout.decode().strip() == str(own.parents[1])
    assert capsys.readouterr().err.count("Setting up") == 2
    assert python() == own
    assert "Setting up" not in capsys.readouterr().err

    other = tmp_path / "other"
    other.mkdir()
    (other / "requirements.txt").write_text("# nothing else\n")
    python_for(other, home, [other], Progress("en"), said.append)
    assert not own.exists(), "nothing asks for it any more"
