"""What is pushed to harm: it is refused in words, runs nothing, and misleads no later push."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import warm
from planted import ATTRIBUTES, at_top, led_to, program, repository
from project import tree
from published_site import NOTE, PAGE, git
from pushed_site import Pushed, install, let_in, pushed_project


def public(site: Pushed) -> tuple[dict[str, str], str]:
    """All that a refused push must leave as it was."""
    return tree(site.folder), git(site.repository, "show-ref")


def page(site: Pushed) -> str:
    return (site.current / PAGE).read_text("utf-8")


def commit_raw(site: Pushed, path: str, content: bytes = b"", mode: str = "100644") -> None:
    """Commit what ``git add`` would refuse or change. ``content``: of a submodule its commit."""
    root = site.project.root
    of = content.decode()
    if mode == "100644":
        (root.parent / "raw").write_bytes(content)
        of = git(root, "hash-object", "-w", "--no-filters", str(root.parent / "raw"))
    git(root, "update-index", "--add", "--cacheinfo", f"{mode},{of},{path}")
    git(root, "commit", "-q", "-m", "x")


def test_no_file_of_the_notes_runs(site: Pushed, tmp_path: Path) -> None:
    """On no branch: the push is refused."""
    evil, ran = program(tmp_path)
    for name in ("clean", "smudge", "process"):
        git(site.repository, "config", f"filter.evil.{name}", f"{evil} && cat")
    for plant in (led_to, at_top):
        plant(site.project.content, evil)
    repository(site.project.content / "notices/old", evil)
    for folder in ("", "pages", "files"):
        (site.project.content / folder / ".gitattributes").write_text(ATTRIBUTES)
    before = public(site)
    site.commit()
    code, said = site.push()
    assert code != 0
    for path in ("HEAD", "commondir", "notices/old/refs", "pages/.gitattributes"):
        assert f"remote: content/{path}:1:1: error[git-in-content]" in said
    code, said = site.push("main:estiu")
    assert code != 0 and "nothing of it was run" in said
    assert public(site) == before
    assert not ran.exists()


def test_files_are_laid_out_as_they_were_pushed(site: Pushed) -> None:
    """Whatever attributes ask for: line ends, idents, filters of the server's own."""
    home = site.repository.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[filter "server"]\n    smudge = tr a-z A-Z\n    required\n')
    asked = b"* text eol=crlf ident filter=server working-tree-encoding=UTF-16LE\n"
    commit_raw(site, "content/files/text.txt", b"$Id$ one\r\ntwo\n")
    commit_raw(site, ".gitattributes", asked)
    site.pushed(GIT_CONFIG_GLOBAL=str(home / ".gitconfig"))
    assert (site.current / "files/text.txt").read_bytes() == b"$Id$ one\r\ntwo\n"
    assert site.record[-1]["differs"] is False


def test_a_replacement_is_refused(site: Pushed) -> None:
    """It would have the site differ from the commit that its record names, or skip the check. In a
    repository that has one it misleads nobody."""
    right = site.head()
    site.project.write(NOTE, "broken")
    broken = site.commit()
    before = public(site)
    code, said = site.push(f"{right}:refs/replace/{broken}")
    assert code != 0 and "deny updating a hidden ref" in said
    code, said = site.push(f"{right}:refs/replace/{broken}", "main")
    assert code != 0 and public(site) == before

    site.pushed("main:broken")
    git(site.repository, "update-ref", f"refs/replace/{broken}", right)
    code, said = site.push()
    assert code != 0 and "error[missing-front-matter]" in said


def test_the_trees_of_the_hook_take_no_push(site: Pushed) -> None:
    """Neither a branch nor a replacement, which would be laid out in place of what is pushed."""
    site.say("Net.")
    clean = site.commit()
    site.say("Brut.")
    dirty = site.commit()
    for name in ("public", "check"):
        folder = site.repository / "saig" / name
        for ref in (f"refs/replace/{clean}", "refs/heads/x"):
            done = subprocess.run(
                ["git", "push", str(folder), f"{dirty}:{ref}"],
                cwd=site.project.root,
                capture_output=True,
            )
            assert done.returncode != 0
        git(folder, "fetch", "-q", str(site.project.root), f"{dirty}:refs/replace/{clean}")
    site.pushed(f"{clean}:main")
    assert "Net." in page(site) and "Brut." not in page(site)
    assert (site.record[-1]["commit"], site.record[-1]["differs"]) == (clean, False)


@pytest.mark.parametrize(
    "path", [".saig/public.sqlite", "plugins/__pycache__/x.pyc", ".Saig/a", "content/x.pyc"]
)
def test_a_cache_is_refused_before_it_is_believed(path: str, site: Pushed) -> None:
    """Code of the same commit could be run from one."""
    before = public(site)
    (site.project.root / "scripts/saig").write_text("print('It runs')")
    git(site.project.root, "add", "-A")
    if path.startswith("plugins/"):
        git(site.project.root, "rm", "-q", "--cached", "plugins")
    commit_raw(site, path)
    code, said = site.push()
    assert code != 0 and "error[tracked-cache]" in said and "git rm -r --cached" in said
    assert "It runs" not in said
    assert public(site)[0] == before[0]


def test_a_submodule_among_the_notes_is_refused(site: Pushed) -> None:
    before = public(site)
    commit_raw(site, "content/files/sub", site.head().encode(), "160000")
    code, said = site.push()
    assert code != 0 and "content/files/sub:1:1: error[git-in-content]" in said
    assert public(site) == before


def test_a_repository_with_sha256(tmp_path: Path, key: Path) -> None:
    """From the first push on, previews and deletions too."""
    project = pushed_project(tmp_path / "project")
    shutil.rmtree(project.root / ".git")
    for folder, options in ((project.root, ()), (tmp_path / "town.git", ("--bare",))):
        git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256", *options, str(folder))
    site = Pushed(project, tmp_path / "site", tmp_path / "town.git")
    assert install(site.repository, site.folder).returncode == 0
    let_in(site, key)
    git(site.repository, "config", "saig.program", str(warm.programs() / "saig"))
    git(site.repository, "config", "saig.sandbox", "off")
    git(project.root, "remote", "add", "origin", str(site.repository))
    head = site.commit()
    assert len(head) == 64
    site.pushed()
    site.say("Altre.")
    head = site.commit()
    said = site.pushed("main", "main:estiu")
    assert "Preview of estiu" in said and said.count("remote: Published: ") == 1
    assert (site.record[-1]["commit"], site.record[-1]["differs"]) == (head, False)
    site.pushed(":estiu")
    assert site.previews() == []
    assert site.hook("publish", str(site.repository)).returncode == 0
    assert site.verify()[0] == 0
    assert head in site.saig("releases", "--format", "json").stdout
    assert site.saig("evidence", "/").returncode == 0
