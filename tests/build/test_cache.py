"""What builds remember is never trusted where it may be wrong (decision 33)."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import warm
from builds import cache_of, clean_tree
from git_commands import git
from jinja2 import DictLoader, Environment
from project import DAY, REPOSITORY, Project, tree
from saig.builder import database, inputs


def cut(cache: Path, chance: random.Random) -> None:
    data = cache.read_bytes()
    cache.write_bytes(data[: chance.randrange(len(data))])


def flip(cache: Path, chance: random.Random) -> None:
    data = bytearray(cache.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    cache.write_bytes(data)


def garbage(cache: Path, chance: random.Random) -> None:
    cache.write_bytes(chance.randbytes(5000))


@pytest.mark.parametrize(("damage", "times"), [(cut, 4), (flip, 4), (garbage, 1)])
def test_a_damaged_cache_is_noticed_and_told(
    town: Project, damage: Callable[[Path, random.Random], None], times: int
) -> None:
    town.build()
    wanted = tree(town.output)
    cache = cache_of(town)
    for seed in range(times):
        town.build()
        damage(cache, random.Random(seed))
        shutil.rmtree(town.output)
        done = town.build()
        assert tree(town.output) == wanted, (damage.__name__, seed)
        if damage is not flip:  # a bit may be one that says nothing
            assert "The cache is" in done.stderr


def test_what_a_refused_first_build_left_is_no_damage(town: Project) -> None:
    settings = town.root / "pelicanconf.py"
    right = settings.read_text("utf-8")
    settings.write_text(right + "\nCMS = {'forge': 'none'}\n", "utf-8")
    assert "CMS is not right" in town.saig("build").stderr
    settings.write_text(right, "utf-8")
    done = town.saig("build")
    assert done.returncode == 0 and "The cache is" not in done.stderr


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_in_a_cache_is_executed(town: Project, packed: bool) -> None:
    """Whoever can write it must not be able to run a command."""
    town.build()
    wanted = tree(town.output)

    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {town.root}/harm",)

    harm = pickle.dumps(Harm())
    harm = zlib.compress(harm) if packed else harm
    with sqlite3.connect(cache_of(town)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            columns = connection.execute(f"SELECT name FROM pragma_table_info('{table}')")
            for (column,) in columns.fetchall():
                where = f"typeof({column}) = 'blob' AND length({column}) > 64"  # no digests
                connection.execute(
                    f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {where}", (harm,)
                )
    connection.close()
    town.change("contacts/obres.md", "Amb cita.", "Amb cita. ")
    town.build()
    assert not (town.root / "harm").exists()
    shutil.rmtree(town.output)
    town.build()
    assert not (town.root / "harm").exists()
    assert tree(town.output) == wanted


def test_what_other_code_remembers_is_not_believed(town: Project, tmp_path: Path) -> None:
    """A cache of an older Saig, which wrote other bytes."""
    older = tmp_path / "older"
    left_out = shutil.ignore_patterns("__pycache__")
    for part in ("plugins", "scripts"):
        shutil.copytree(REPOSITORY / part, older / part, ignore=left_out)
    module = older / "plugins" / "saig" / "outputs" / "published_json.py"
    code = module.read_text("utf-8")
    assert '}\\n"' in code
    module.write_text(code.replace('}\\n"', '}  \\n"'))
    (town.root / "plugins").unlink()
    (town.root / "plugins").symlink_to(older / "plugins")
    command = [sys.executable, older / "scripts" / "saig", "build", "--today", DAY]
    subprocess.run(
        command, cwd=town.root, env=warm.surroundings({}), check=True, capture_output=True
    )
    assert (town.output / "index.json").read_text().endswith("  \n")
    (town.root / "plugins").unlink()
    (town.root / "plugins").symlink_to(REPOSITORY / "plugins")
    town.build()
    assert tree(town.output) == clean_tree(town)
    assert not (town.output / "index.json").read_text().endswith("  \n")


def test_what_another_library_made_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only of those that have a say in what a site looks like."""
    before = inputs.code()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "unrelated-1.0.dist-info").mkdir()
    assert inputs.code() == before
    (tmp_path / "jinja2-99.0.dist-info").mkdir()
    assert inputs.code() != before


def test_a_template_that_works_out_which_it_includes_depends_on_all() -> None:
    def digests(part: str) -> dict[str, str]:
        said = {"a.html": "{% include kind ~ '.html' %}", "b.html": "B", "part.html": part}
        return inputs.templates(Environment(loader=DictLoader(said), autoescape=True), said)

    before, after = digests("Part"), digests("Another")
    assert before["a.html"] != after["a.html"] and before["b.html"] == after["b.html"]


def test_in_a_repository_no_commit_can_bring_a_cache_along(town: Project) -> None:
    """Be its folder below another, as one of several projects."""
    git(town.root.parent, "init", "-q")
    town.build()
    assert cache_of(Project(town.root.parent)).is_relative_to(town.root.parent / ".git")
    assert not (town.root / ".saig").exists()


def test_another_sites_cache_is_of_no_use_and_no_harm(town: Project, tmp_path: Path) -> None:
    """Of the same names, but for what the notes say."""
    other = Project(tmp_path / "other")
    shutil.copytree(town.root, other.root, symlinks=True)
    for note in other.content.rglob("*.md"):
        note.write_text(note.read_text("utf-8").replace("Obres", "Aigües"), "utf-8")
    other.build()
    town.build()
    wanted = tree(town.output)
    shutil.copy(cache_of(other), cache_of(town))
    town.build()
    assert tree(town.output) == wanted


def test_another_machines_cache_is_as_good(town: Project, tmp_path: Path) -> None:
    """A fresh checkout reads no note and renders no page: all times are new, no content is."""
    town.build()
    wanted = tree(town.output)
    fresh = Project(tmp_path / "elsewhere" / "checkout")
    shutil.copytree(town.root, fresh.root, symlinks=True, ignore=shutil.ignore_patterns("output"))
    for path in fresh.content.rglob("*"):
        os.utime(path, (0, 0))
    done = fresh.build("--explain")
    assert "Reading notes" not in done.stderr
    assert {line.split(": ", 1)[1] for line in done.stdout.splitlines()} == {
        "the file in the output folder was not as it was written"
    }
    assert tree(fresh.output) == wanted


def test_a_copy_of_what_was_built_is_as_good(town: Project, tmp_path: Path) -> None:
    """Its files have other times: they are compared by what is in them, and only then made again."""
    town.build()
    wanted = tree(town.output)
    copy = Project(tmp_path / "elsewhere" / "checkout")
    shutil.copytree(town.root, copy.root, symlinks=True)
    (copy.output / "index.html").write_text("another")
    (copy.output / "more.html").write_text("more")
    (copy.output / "calendari.ics").unlink()
    done = copy.build("--explain")
    made = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert made == {"/", "/calendari.ics"}
    assert tree(copy.output) == wanted
    assert "0 pages made" in copy.build().stderr


@pytest.mark.parametrize("is_new", [True, False])
def test_two_folders_may_be_built_in_turn(town: Project, tmp_path: Path, is_new: bool) -> None:
    """What one of them had before the other was built goes, and what it lacks comes."""
    town.build()
    town.change("contacts/obres.md", "Amb cita.", "Sense cita.")
    town.build()  # and remember that the folder has nothing else
    other, note = tmp_path / "other", town.content / "pages/sobre.md"
    note.rename(tmp_path / "sobre.md")
    if not is_new:
        shutil.copytree(town.output, other)
        (other / "unknown.html").touch()
        town.build("--output", str(other))
        (other / "unknown.html").touch()
    town.build("--output", str(other))
    town.build()
    assert not (town.output / "sobre-aquest-web").exists()
    assert tree(town.output) == tree(other)
    (tmp_path / "sobre.md").rename(note)
    town.build("--output", str(other))
    town.build()
    assert tree(town.output) == tree(other) == clean_tree(town)


def test_a_cache_that_cannot_be_is_done_without(town: Project) -> None:
    wanted = clean_tree(town)
    (town.root / ".saig").write_text("a file where the folder should be")
    done = town.build()
    assert "cannot be written" in done.stderr
    assert tree(town.output) == wanted


def test_what_a_killed_build_left_beside_an_older_copy_of_the_cache_is_of_no_use(
    town: Project, tmp_path: Path
) -> None:
    """SQLite would put back into it what the killed build was about to change in a newer one."""
    town.build()
    cache = cache_of(town)
    kept = shutil.copytree(cache.parent, tmp_path / "kept")
    town.change("contacts/obres.md", "Amb cita.", "Sense cita.")
    town.build()
    with closing(sqlite3.connect(cache, isolation_level=None)) as killed:
        killed.execute("PRAGMA synchronous = OFF")
        killed.execute("BEGIN")
        killed.execute("UPDATE page SET digest = ''")
        journal = cache.with_name(f"{cache.name}-journal")
        left = journal.read_bytes()
    shutil.copytree(kept, cache.parent, dirs_exist_ok=True)
    journal.write_bytes(left)
    done = town.build()
    assert "damaged" not in done.stderr
    assert "Sense cita." in town.page("/contactes/obres/")
    with closing(sqlite3.connect(cache)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    town.change("contacts/obres.md", "Sense cita.", "Amb cita.")
    town.build()
    assert tree(town.output) == clean_tree(town)


def test_a_cache_in_use_is_done_without(town: Project) -> None:
    town.build()
    wanted = tree(town.output)
    connection = sqlite3.connect(cache_of(town), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    done = town.build()
    connection.close()
    assert "Another build uses the cache" in done.stderr
    assert tree(town.output) == wanted


def test_a_cache_that_another_build_is_writing_is_neither_damaged_nor_removed(
    town: Project,
) -> None:
    """While it is written it is not as any checksum says."""
    town.build()
    wanted = tree(town.output)
    cache = cache_of(town)
    script = (
        "import sys; from saig.builder import database as d; from pathlib import Path\n"
        "d._checksum = lambda path: (print('writing', flush=True), sys.stdin.read())[1]\n"
        "other = d.Database(Path(sys.argv[1]), 'salt'); other.save()\n"
    )
    command = [warm.programs() / "python", "-c", script, cache]
    surroundings = warm.surroundings({"PYTHONPATH": str(REPOSITORY / "plugins")})
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "writing\n"
        done = town.build()
        other.stdin.close()
    assert "Another build uses the cache" in done.stderr and "damaged" not in done.stderr
    assert cache.exists()
    assert tree(town.output) == wanted


def test_a_cache_is_read_through_only_where_it_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damage is noticed, be it that the file has the size and the time that it had."""
    monkeypatch.setattr(database, "TICK", 0)
    path = tmp_path / "x.sqlite"
    first = database.Database(path, "salt")
    first.keep({"name": "value"})
    first.save()
    whole, then = path.read_bytes(), path.stat()

    with monkeypatch.context() as patched:
        patched.setattr(database, "_checksum", lambda _: "not asked")
        again = database.Database(path, "salt")
        assert again.notice is None and again.value("name") == "value"
        again.close()
    other = tmp_path / "elsewhere" / path.name
    shutil.copytree(tmp_path, other.parent, ignore=shutil.ignore_patterns("elsewhere"))
    elsewhere = database.Database(other, "salt")
    assert elsewhere.notice is None and elsewhere.value("name") == "value"
    elsewhere.close()
    with monkeypatch.context() as patched:  # there it is read through the first time alone
        patched.setattr(database, "_checksum", lambda _: "not asked")
        elsewhere = database.Database(other, "salt")
        assert elsewhere.notice is None and elsewhere.value("name") == "value"
        elsewhere.close()

    path.write_bytes(whole.replace(b"value", b"eulav"))
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    damaged = database.Database(path, "salt")
    assert damaged.notice and "damaged" in damaged.notice
    damaged.close()


def test_a_pack_that_is_all_that_is_new_is_looked_at(town: Project) -> None:
    """By a build that would else be over before it began."""
    town.build()
    (town.root / "packs").mkdir()
    (town.root / "packs" / "nl.yaml").write_text("name: {en: Netherlands}\nincludes: [eu]\n")
    assert "packs/nl.yaml" in town.build().stderr


def test_what_a_towns_own_pack_says_anew_is_on_all_pages(town: Project) -> None:
    """The name of a type of norms, of which no file of ``content/`` tells."""
    pack = town.root / "packs" / "es-xk.yaml"
    pack.parent.mkdir()
    site = (town.content / "site.yaml").read_text("utf-8")
    town.write("site.yaml", f"{site}law: [es-xk]\n")
    facts = "date: 2020-01-01\njurisdiction: es-xk\ntype: l\nnumber: '1'\ndate_document: 2019-12-01"
    town.write("norms/casa.md", f"---\ntitle: Casa\nsummary: S.\n{facts}\n---\nT.\n")
    for name in ("Llei de casa", "Llei nova"):
        pack.write_text(
            f"name: {{ca: Casa}}\nincludes: [es]\ntypes: {{l: {{name: {{ca: {name}}}}}}}\n"
        )
        town.build()
        assert town.document("/normativa/casa/")["norm"]["type_said"] == name


def test_folders_are_listed_once_after_all_was_written(town: Project) -> None:
    """What came of that is remembered by the first build that has nothing to do, and by no other; what
    comes into one of them later is noticed."""
    town.build()
    town.change("site.yaml", '"Vila"', '"Vilanova"')
    town.build()
    before = tree(town.output)
    times = [cache_of(town).stat().st_mtime_ns]
    for _ in range(3):
        assert " 0 written, 0 removed" in town.build().stderr
        times.append(cache_of(town).stat().st_mtime_ns)
    assert times[0] < times[1] == times[2] == times[3]
    (town.output / "avisos" / "nou.html").write_text("new")
    assert " 0 written, 1 removed" in town.build().stderr
    assert tree(town.output) == before
