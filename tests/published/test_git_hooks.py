"""Publishing by ``git push``, with a real bare repository and real pushes."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import subprocess
from pathlib import Path

import pytest
from project import DAY, REPOSITORY, SAIG, Project, tree
from published_site import ADDRESS, NOTE, PAGE, git
from pushed_site import URL, Pushed, building, clone, gate, install

WRONG = "---\ntitle: Sobre aquest web\n---\n"


def public(site: Pushed) -> tuple[dict[str, str], str]:
    """All that a refused push must leave as it was."""
    return tree(site.folder), git(site.repository, "show-ref")


def page(site: Pushed) -> str:
    return (site.current / PAGE).read_text("utf-8")


def test_a_push_is_published(site: Pushed) -> None:
    """As the commit that it is, and the pusher gets the address of what changed; then nothing is
    left to do."""
    site.say("Ara amb hores.")
    head = site.commit()
    said = site.pushed()
    assert "Ara amb hores." in page(site)
    line = site.record[-1]
    assert (line["commit"], line["differs"], line["site"]) == (head, False, URL)
    assert f"remote: Published: {URL}{ADDRESS}" in said
    assert said.count("remote: Published: ") == 1
    assert "not refused" not in said and "NOT PUBLISHED" not in said
    assert site.verify()[0] == 0

    before = tree(site.folder)
    site.commit("Nothing in it")
    said = site.pushed("main", "main:refs/tags/v1")
    assert "Checking" not in said and f"main is public as it is: {URL}/" in said
    assert tree(site.folder) == before


def test_a_broken_note_is_refused(site: Pushed) -> None:
    """With the problem as editors read it, whatever else was pushed; nothing moves."""
    before = public(site)
    site.project.write(NOTE, WRONG)
    site.commit()
    code, said = site.push("main", "main:other")
    assert code != 0
    assert f"remote: content/{NOTE}:2:1: error[missing-field] the field summary is missing" in said
    assert "remote:     hint: add a line summary" in said
    assert "The push is refused" in said and "push again" in said
    assert public(site) == before


def test_an_address_that_would_vanish_is_refused(site: Pushed) -> None:
    """Known from the publication record; told with the very line to add."""
    before = public(site)
    (site.project.content / NOTE).unlink()
    site.commit()
    code, said = site.push()
    assert code != 0
    assert f"error[vanished-address] {ADDRESS} was published" in said
    assert "gone.yaml" in said
    assert public(site) == before


def test_what_is_no_site_is_refused(site: Pushed) -> None:
    """Another repository's commit; settings that cannot be read; what its own code finds wrong; the
    public branch's deletion."""
    before = public(site)
    git(site.project.root, "checkout", "-q", "-b", "other")
    git(site.project.root, "rm", "-rfq", "--cached", "plugins", "scripts", "pelicanconf.py")
    git(site.project.root, "commit", "-q", "-m", "x")
    code, said = site.push("other:main")
    assert code != 0 and "no Saig project" in said
    git(site.project.root, "checkout", "-qf", "main")
    (site.project.root / "publishconf.py").write_text("this is no Python")
    site.commit()
    code, said = site.push()
    assert code != 0 and "publishconf.py cannot be read: SyntaxError" in said
    script = site.project.root / "scripts/saig"
    script.write_text("import sys; print('The code that was pushed'); sys.exit(1)\n")
    site.commit()
    code, said = site.push()
    assert code != 0 and "remote: The code that was pushed" in said
    code, said = site.push(":main")
    assert code != 0 and "main is the public site and cannot be deleted" in said
    assert public(site) == before


def test_other_libraries_are_refused(site: Pushed) -> None:
    """Nothing is installed because of a push; it is told what to do, and what was public stays."""
    before = public(site)
    key = site.repository.parent / "key"
    key.write_text("SECRET")
    with (site.project.root / "requirements.txt").open("a") as file:
        file.write(f"-r {key}\n")
    (site.project.root / "scripts/saig").write_text("print('It runs')")
    site.commit()
    code, said = site.push()
    assert code != 0 and "requirements.txt does not ask for the libraries" in said
    assert f"update {REPOSITORY} there, run its deploy/install-hooks, then push again" in said
    code, refused = site.push("main:estiu")
    assert code != 0 and "only content/ may be changed" in refused
    assert "It runs" not in said + refused and "SECRET" not in said + refused
    assert public(site)[0] == before[0]


def test_messages_are_in_the_editors_language(site: Pushed) -> None:
    """That of the installation, whatever the pusher's computer speaks."""
    git(site.repository, "config", "saig.lang", "ca")
    site.project.write(NOTE, WRONG)
    site.commit()
    code, said = site.push()
    assert code != 0
    assert "falta el camp summary" in said, said
    assert "S'ha rebutjat l'enviament" in said


def test_a_force_push_is_published_if_it_is_right(site: Pushed) -> None:
    """The record keeps what was."""
    site.say("Com cal.")
    git(site.project.root, "commit", "-q", "-a", "--amend", "-m", "x")
    assert site.push()[0] != 0
    site.pushed("--force", "main")
    assert "Com cal." in page(site)
    assert site.record[-1]["commit"] == site.head()
    assert len(site.record) == 2
    assert site.verify()[0] == 0


def test_a_huge_push(site: Pushed) -> None:
    """Thousands of files, and one of many megabytes."""
    for number in range(2000):
        site.project.write(f"files/plans/{number}.bin", os.urandom(200))
    site.project.write("files/gran.bin", os.urandom(20 << 20))
    site.commit()
    site.pushed()
    assert len(list((site.current / "files/plans").iterdir())) == 2000
    assert site.record[-1]["differs"] is False


def test_several_pushes_at_once(site: Pushed, tmp_path: Path) -> None:
    """From one base: Git takes one of them, and it is public; who tries again is too."""
    others = [clone(site, tmp_path / f"clone{number}") for number in range(3)]
    for number, other in enumerate(others):
        other.project.write(f"pages/n{number}.md", f"---\ntitle: N{number}\nsummary: S.\n---\n")
        other.commit()
    running = [other.start() for other in others]
    for process in running:
        assert "Traceback" not in process.communicate(timeout=60)[0]
    assert [process.returncode for process in running].count(0) == 1
    assert site.record[-1]["commit"] == site.head()
    late = next(other for other, done in zip(others, running, strict=True) if done.returncode)
    git(late.project.root, "pull", "-q", "--rebase")
    late.pushed()
    assert site.record[-1]["commit"] == site.head()
    assert len(list(site.current.glob("n[0-2]/index.html"))) == 2
    assert site.verify()[0] == 0


def test_a_push_while_a_build_runs(site: Pushed) -> None:
    """It waits, and is published next; a push to another branch does not wait."""
    site.say("U.")
    one = site.commit()
    with gate() as (port, server):
        first = site.start(TEST_GATE=port)
        connection, _, _ = building(server)
        site.say("Dos.")
        two = site.commit()
        second = site.start()
        said = next(line for line in second.stdout or () if "waiting" in line)
        assert "Another push is being published" in said
        site.pushed("main:quick")
        assert len(site.record) == 1
        connection.close()
        assert first.communicate(timeout=60) and second.communicate(timeout=60)
    assert first.returncode == second.returncode == 0
    assert [line["commit"] for line in site.record][1:] == [one, two]
    assert "Dos." in page(site)
    assert site.previews() == ["quick"]


def test_the_head_is_read_once_the_lock_is_held(site: Pushed) -> None:
    """What waited publishes what was pushed last, once, and nothing older after it."""
    with (site.repository / "saig/public.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = []
        for text in ("U.", "Dos."):
            site.say(text)
            head = site.commit()
            running.append(site.start())
            assert any("waiting" in line for line in running[-1].stdout or ())
        fcntl.flock(lock, fcntl.LOCK_UN)
        said = [process.communicate(timeout=60)[0] for process in running]
    assert [line["commit"] for line in site.record][1:] == [head]
    assert sum(f"Published: {URL}{ADDRESS}" in one for one in said) == 1
    assert sum("main is public as it is" in one for one in said) == 1


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux ends the children of the killed")
def test_a_killed_hook_and_a_pusher_who_hangs_up(site: Pushed) -> None:
    """The one leaves the site whole, nothing in the background and no lock; the next push is
    published at once, be it that nobody listens any more."""
    git(site.repository, "config", "saig.program", str(SAIG))
    before = tree(site.current)
    site.say("U.")
    site.commit()
    with gate() as (port, server):
        process = site.start(TEST_GATE=port)
        connection, hook, build = building(server)
        watched = os.pidfd_open(build)
        os.kill(hook, signal.SIGKILL)
        process.communicate(timeout=60)
        assert select.select([watched], [], [], 60)[0], "the build outlived the hook"
        os.close(watched)
        connection.close()
    assert tree(site.current) == before
    for path in (site.repository / "saig/public.lock", site.folder / ".lock"):
        with path.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    site.say("Dos.")
    head = site.commit()
    with gate() as (port, server):
        process = site.start(TEST_GATE=port)
        connection, _, _ = building(server)
        process.kill()
        process.wait(timeout=60)
        connection.close()
        process.communicate(timeout=60)  # until the last of what it began has ended
    assert site.record[-1]["commit"] == head
    assert site.releases == [line["release"] for line in site.record]
    assert site.verify()[0] == 0


def test_previews(site: Pushed) -> None:
    """Each branch has its own, whatever it is called; broken notes are told and left out; the
    public site has no part in it; it goes when its branch goes."""
    before = site.record
    site.project.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\ndate: 2020-12-01\n---\n")
    site.commit()
    said = site.pushed("main:estiu")
    assert f"remote: Preview of estiu: {URL}/_preview/estiu/" in said
    preview = site.folder / "previews/estiu/current"
    document = json.loads((preview / "avisos/nou/index.json").read_bytes())
    assert document["url"] == f"{URL}/_preview/estiu/avisos/nou/"
    assert 'content="noindex' not in page(site)

    site.project.write(NOTE, WRONG)
    site.commit()
    names = ("Estiu", "ñandú/a.b", "dues\u2028línies\u0085")
    said = site.pushed(*(f"main:refs/heads/{name}" for name in names))
    assert said.count("error[missing-field]") == len(names)
    odd = next(site.folder.glob("previews/nandu-*/current"))
    assert (odd / "avisos/nou").is_dir() and not (odd / "sobre-aquest-web").exists()
    assert len(site.previews()) == 1 + len(names)
    assert len({name.lower() for name in site.previews()}) == 1 + len(names)
    assert site.record == before

    said = site.pushed(":estiu", *(f":refs/heads/{name}" for name in names[1:]))
    assert said.count("is removed") == len(names)
    trees = [path for path in (site.repository / "saig/previews").iterdir() if path.is_dir()]
    assert site.previews() == [path.name for path in trees]
    assert "Estiu" in git(site.repository, "branch", "--list")


def test_a_preview_misses_only_what_its_branch_lost(site: Pushed) -> None:
    """What came on the public branch after it began was never its own, until it is merged."""
    beginning = site.head()
    site.project.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\ndate: 2020-12-01\n---\n")
    main = site.commit()
    site.pushed()
    git(site.project.root, "checkout", "-q", "-b", "estiu", beginning)
    site.say("De l'estiu.")
    site.commit()
    said = site.pushed("estiu")
    assert "vanished-address" not in said and f"Preview of estiu: {URL}/_preview/estiu/" in said

    (site.project.content / NOTE).unlink()
    site.commit()
    said = site.pushed("estiu")
    assert said.count("vanished-address") == 1 and f"{ADDRESS} was published" in said

    git(site.project.root, "merge", "-q", "-s", "ours", "-m", "x", main)
    site.project.write("files/nou.txt", "Nou")
    site.commit()
    said = site.pushed("estiu")
    assert said.count("vanished-address") == 2 and "/avisos/nou/ was published" in said


def test_previews_of_branches_that_are_no_more_are_removed(site: Pushed) -> None:
    """Whole or half removed, here or where they are public, whoever should have done so."""
    trees = site.repository / "saig/previews"
    for left in (".half/current", "shown/releases"):
        (site.folder / "previews" / left).mkdir(parents=True)
    for left in ("gone/content", "other/content"):
        (trees / left).mkdir(parents=True)
    (trees / "gone.json").write_text("{}")
    site.commit("Nothing in it")
    said = site.pushed()
    assert "The preview shown is removed" in said and said.count("is removed") == 1
    assert site.previews() == []
    assert {path.suffix for path in trees.iterdir()} == {".lock"}


def test_a_failure_after_the_push_is_told(site: Pushed) -> None:
    """The branch has moved, the site has not; and it is known what to do."""
    template = site.project.root / "theme/templates/page.html"
    template.write_text(template.read_text().replace("</body>", '<a href="/web/no/">x</a></body>'))
    site.commit()
    before = tree(site.folder)
    said = site.pushed()
    assert "leads nowhere" in said
    assert "main was accepted, but NOT PUBLISHED: the site is as it was" in said
    assert f"saig hook publish {site.repository}" in said
    assert tree(site.folder) == before


def test_what_was_published_is_not_called_a_failure(site: Pushed) -> None:
    """A publication that is killed once all is done."""
    program = site.project.root / "scripts/saig"
    killed = "import atexit, os; atexit.register(os.kill, os.getpid(), 9 * ('publish' in sys.argv))"
    program.write_text(program.read_text().replace("import sys\n", f"import sys\n{killed}\n", 1))
    site.say("Killed at the end.")
    site.commit()
    said = site.pushed()
    assert "NOT PUBLISHED" not in said and f"Published: {URL}{ADDRESS}" in said
    assert site.record[-1]["commit"] == site.head() and site.verify()[0] == 0


def test_what_is_pushed_once_more_is_published_where_it_is_not_public(site: Pushed) -> None:
    """As after a publication that was killed between its line and the switch."""
    first = site.release
    site.say("Not there yet.")
    site.commit()
    site.pushed()
    site.current.unlink()
    site.current.symlink_to(f"releases/{first}")
    site.commit("Nothing in it")
    assert "is public as it is" not in site.pushed()
    assert "Not there yet." in page(site)
    assert site.verify()[0] == 0


def test_publishing_again(site: Pushed) -> None:
    """As the day has it; nothing where it changes nothing; not what was rolled back."""
    note = "---\ntitle: Fira\nsummary: S.\ndate: 2020-12-01\nvalid_until: 2020-12-10\n---\n"
    site.project.write("notices/fira.md", note)
    site.commit()
    site.pushed()
    again = ("publish", str(site.repository))
    git_dir = {"GIT_DIR": "/nowhere"}
    assert site.hook(*again, TEST_TODAY="2020-12-11", **git_dir).returncode == 0
    assert [line["day"] for line in site.record] == [DAY, DAY, "2020-12-11"]

    assert site.saig("rollback", site.releases[0]).returncode == 0
    done = site.hook(*again)
    assert done.returncode == 0 and "was rolled back to" in done.stderr
    assert site.saig("record", "--clock-was-wrong").returncode == 0
    assert site.record[-1]["kind"] == "statement"
    assert "was rolled back to" in site.hook(*again).stderr, "whatever was said since"
    assert site.release == site.releases[0]


def test_installed_by_one_command(tmp_path: Path) -> None:
    """Again with the same words it changes nothing; what is given anew is heeded, the rest stays;
    what is not Saig's is left alone."""
    repository, folder = tmp_path / "r.git", tmp_path / "site"
    script = str(REPOSITORY / "deploy/install-hooks")

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [script, str(repository), str(folder), *options]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    assert run("--branch", "public", "--lang", "ca").returncode == 0
    made = tree(repository)
    assert git(repository, "symbolic-ref", "HEAD") == "refs/heads/public"
    assert git(repository, "config", "saig.branch") == "public"
    assert run("--branch", "public", "--lang", "ca").returncode == 0
    assert tree(repository) == made
    assert run("--lang", "es").returncode == 0
    assert git(repository, "config", "saig.branch") == "public"
    assert git(repository, "config", "saig.lang") == "es"

    git(repository, "config", "saig.program", "/nowhere/saig")
    hook = repository / "hooks/pre-receive"
    done = subprocess.run([hook], capture_output=True, text=True, cwd=repository)
    assert done.returncode == 1 and "hook install again" in done.stderr
    done = Project(tmp_path).saig("hook", "publish", str(repository))
    assert done.returncode == 1 and "No hay ninguna rama public" in done.stderr

    hook = repository / "hooks/post-receive"
    hook.write_text("#!/bin/sh\n")
    (repository / "hooks/pre-receive").unlink()
    done = run()
    assert done.returncode == 1 and str(hook) in done.stderr
    assert hook.read_text() == "#!/bin/sh\n"
    assert not os.path.lexists(repository / "hooks/pre-receive")


def test_what_cannot_be_installed_is_told(site: Pushed, tmp_path: Path) -> None:
    """Not into a clone, not around the repository, not without knowing where to."""
    done = install(site.project.root, tmp_path / "s")
    assert done.returncode == 1 and "no bare Git repository" in done.stderr
    done = install(site.repository, site.repository / "site")
    assert done.returncode == 1
    git(site.repository, "config", "--unset", "saig.folder")
    site.say("x")
    site.commit()
    code, said = site.push()
    assert code != 0 and "run saig hook install" in said
