"""A build does what is needed and no more, and nobody can tell it from a clean one (contract §7)."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import DAY, SAIG, Project, tree

CACHE = ".saig/local.sqlite"


def clean_tree(project: Project, day: str = DAY) -> dict[str, str]:
    """What a build of the same files gives that remembers nothing."""
    copy = project.root.with_name(project.root.name + "-clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(
        project.root, copy, symlinks=True, ignore=shutil.ignore_patterns(".saig", "output")
    )
    Project(copy).build(today=day)
    return tree(copy / "output")


def made(project: Project, *arguments: str, day: str = DAY) -> dict[str, str]:
    """The addresses that a build makes again, and why."""
    done = project.build("--explain", *arguments, today=day)
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


# -- equal ---------------------------------------------------------------------------------------


def add(town: Project, chance: random.Random) -> None:
    number = chance.randrange(1000)
    words = chance.choice(
        ["Res.", "Segons el Decret llei 8/2020.", "[Obres](../contacts/obres.md)"]
    )
    town.write(
        f"notices/nou-{number}.md",
        f"---\ntitle: Nou {number}\nsummary: S.\ndate: 2020-06-01\ndepartments: [obres]\n"
        f"urgency: {chance.choice(['routine', 'urgent'])}\n---\n{words}\n",
    )


def edit(town: Project, chance: random.Random) -> None:
    note = chance.choice(sorted(town.content.rglob("*.md")))
    with note.open("a") as file:
        file.write(f"\nMés text {chance.randrange(1000)}: la Llei 12/2017.\n")


def reword(town: Project, chance: random.Random) -> Path:
    """What no other note can see."""
    note = chance.choice(sorted(town.content.rglob("*.md")))
    text = note.read_text("utf-8")
    head, _, body = text.partition("\n---\n")
    note.write_text(f"{head}\n---\n\nParaules {chance.randrange(1000)}.\n{body}", "utf-8")
    return note


def retitle(town: Project, chance: random.Random) -> None:
    note = chance.choice(sorted(town.content.rglob("*.md")))
    text = note.read_text("utf-8")
    note.write_text(re.sub("^title: .*", f"title: Un {chance.randrange(1000)}", text, flags=re.M))


def rename(town: Project, chance: random.Random) -> None:
    note = chance.choice(sorted(town.content.rglob("notices/**/*.md")))
    note.rename(note.with_name(f"altre-{chance.randrange(1000)}.md"))


def delete(town: Project, chance: random.Random) -> None:
    chance.choice(sorted(town.content.rglob("*.md"))).unlink()


def translate(town: Project, chance: random.Random) -> None:
    notes = [note for note in sorted(town.content.rglob("*.md")) if note.suffixes == [".md"]]
    note = chance.choice(notes)
    note.with_suffix(".es.md").write_text("---\ntitle: En español\nsummary: S.\n---\nTexto.\n")


def telephone(town: Project, chance: random.Random) -> None:
    for note in sorted(town.content.rglob("contacts/*.md")):
        text = note.read_text("utf-8")
        digits = f"+3497122{chance.randrange(1000, 9999)}"
        note.write_text(re.sub(r"\+34[\d ]{9,}", digits, text))


def repeal(town: Project, chance: random.Random) -> None:
    norms = [note for note in sorted(town.content.rglob("norms/*.md")) if ".es." not in note.name]
    if norms:
        town.write(
            f"norms/llei-{chance.randrange(1000)}.md",
            "---\ntitle: Una llei\nsummary: S.\ndate: 2020-11-01\ntype: l\njurisdiction: es-ib\n"
            f'number: "{chance.randrange(1, 99)}"\ndate_document: 2020-10-30\n'
            "first_date_entry_in_force: 2020-11-02\n"
            f"relations: [{{type: repeals, norm: {chance.choice(norms).stem}}}]\n---\n",
        )


def move(town: Project, chance: random.Random) -> None:
    """A unit, a service or a notice whose place another takes, on some day or at once."""
    folder = chance.choice(["contacts", "services", "notices"])
    notes = [n for n in sorted(town.content.rglob(f"{folder}/**/*.md")) if n.suffixes == [".md"]]
    if notes:
        day = chance.choice(["valid_from: 2020-05-15\n", "valid_from: 2020-12-11\n", ""])
        more = {
            "contacts": "parent: ajuntament\n",
            "services": "departments: [obres]\nno_channel: {ca: No, es: No}\n",
            "notices": f"date: {chance.choice(['2020-05-16', '2020-12-11', '2021-01-01'])}\n",
        }
        number = chance.randrange(1000)
        town.write(
            f"{folder}/pren-el-lloc-{number}.md",
            f"---\ntitle: Pren el lloc {number}\nsummary: S.\n{more[folder]}{day}"
            f"supersedes: [{chance.choice(notes).stem}]\n---\n[Obres](../contacts/obres.md)\n",
        )


def redate(town: Project, chance: random.Random) -> None:
    """A note that is news on another day, and a change that is told on another."""
    note = chance.choice(sorted(town.content.rglob("*.md")))
    text = re.sub("^(date|changes): .*\n", "", note.read_text("utf-8"), flags=re.M)
    day, other = chance.sample(["2020-05-16", "2020-11-30", "2020-12-11", "2021-06-01"], 2)
    date = f"date: {day}\n" if note.suffixes == [".md"] else ""
    fields = f"---\n{date}changes: [{{date: {other}, text: Canvi}}]\n"
    note.write_text(text.replace("---\n", fields, 1), "utf-8")


def template(town: Project, chance: random.Random) -> None:
    file = chance.choice(sorted((town.root / "theme" / "templates").glob("*.html")))
    file.write_text(file.read_text("utf-8") + f"{{# {chance.randrange(1000)} #}}\n")


def parts(town: Project, chance: random.Random) -> None:
    file = town.root / "theme" / "templates" / "parts" / "footer.html"
    file.write_text(file.read_text("utf-8") + f"<p>{chance.randrange(1000)}</p>\n")


def style(town: Project, chance: random.Random) -> None:
    file = chance.choice(sorted((town.root / "theme" / "styles").glob("*.css")))
    file.write_text(file.read_text("utf-8") + f"\n.x {{ order: {chance.randrange(1000)} }}\n")


def words(town: Project, chance: random.Random) -> None:
    file = town.root / "theme" / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    file.write_text(file.read_text("utf-8").replace("Inicio", f"Inicio{chance.randrange(9)}"))


def site(town: Project, chance: random.Random) -> None:
    text = (town.content / "site.yaml").read_text("utf-8")
    name = f'name: {{ca: "Vila {chance.randrange(99)}", es: "Villa"}}'
    town.write("site.yaml", re.sub("^name: .*", name, text, flags=re.M))


def setting(town: Project, chance: random.Random) -> None:
    file = town.root / "pelicanconf.py"
    file.write_text(
        f"{file.read_text('utf-8')}\nSITEURL = 'https://vila-{chance.randrange(3)}.test'\n"
    )


def gone(town: Project, chance: random.Random) -> None:
    number = chance.randrange(1000)
    with (town.content / "gone.yaml").open("a") as file:
        file.write(
            f"- {{address: /avisos/vell-{number}/, title: {{ca: V, es: V}}, date: 2020-12-01, "
            "reason: {ca: R, es: R}}\n"
        )


EDITS: list[Callable[[Project, random.Random], None]] = [
    add,
    edit,
    retitle,
    rename,
    delete,
    translate,
    telephone,
    repeal,
    move,
    move,
    redate,
    redate,
    template,
    parts,
    style,
    words,
    site,
    setting,
    gone,
]
DAYS = ["2020-05-01", "2020-05-20", DAY, "2020-12-11", "2021-06-01"]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_the_site_is_that_of_a_clean_build(town: Project, seed: int) -> None:
    chance = random.Random(seed)
    edits = chance.sample(EDITS, len(EDITS))
    town.build()
    for change in edits:
        for _ in range(chance.choice([1, 1, 2])):
            change(town, chance)
        day = chance.choice(DAYS)
        done = town.saig("build", "--today", day)
        assert done.returncode == 0, done.stderr
        assert tree(town.output) == clean_tree(town, day), (seed, change.__name__, day)


def test_processes_places_and_machines_make_no_difference(
    built_town: Project, tmp_path: Path
) -> None:
    """One process or four, another folder, files made in another order, another locale and umask."""
    other = Project(tmp_path / "a place with spaces")
    other.root.mkdir()
    for path in sorted(built_town.root.rglob("*"), reverse=True):
        if path.is_file() and not {".saig", "output"} & set(
            path.relative_to(built_town.root).parts
        ):
            target = other.root / path.relative_to(built_town.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    if not (other.root / "plugins").exists():
        (other.root / "plugins").symlink_to((built_town.root / "plugins").resolve())
    before = os.umask(0o077)
    try:
        other.build("--jobs", "4", PYTHONHASHSEED="7", LC_ALL="C", TZ="Pacific/Auckland")
    finally:
        os.umask(before)
    assert tree(other.output) == tree(built_town.output)


# -- no more than is needed ----------------------------------------------------------------------


def test_nothing_is_made_where_nothing_changed(town: Project) -> None:
    town.build()
    assert made(town) == {}


def test_a_page_says_why_it_was_made_again(town: Project) -> None:
    town.build()
    town.change("contacts/obres.md", "Carrer", "Plaça")
    again = made(town)
    assert again["/contactes/obres/"] == "content/contacts/obres.md is not as it was"
    assert not any(address.startswith("/avisos/") for address in again)


def test_a_text_makes_its_own_page_again(town: Project) -> None:
    """Time after time: what is remembered of the other notes must stay right, line numbers too."""
    chance = random.Random(3)
    town.build()
    for _ in range(6):
        notes = {reword(town, chance) for _ in range(chance.choice([1, 1, 2, 3]))}
        again = made(town)
        names = {note.relative_to(town.root).as_posix() for note in notes}
        assert {why.split(" is not")[0] for why in again.values()} <= names
        assert tree(town.output) == clean_tree(town)
        assert town.check() == Project(town.root.with_name(f"{town.root.name}-clean")).check()


def test_a_check_does_not_hide_a_text_from_the_next_build(town: Project) -> None:
    town.build()
    town.change("contacts/obres.md", "\n---\n", "\n---\n\nParaules.\n")
    town.check()
    assert "Paraules" not in town.page("/contactes/obres/")
    town.build()
    assert "Paraules" in town.page("/contactes/obres/")


def test_nothing_heavy_is_imported_where_there_is_nothing_to_do(town: Project) -> None:
    told = town.build().stderr
    again = town.build(PYTHONPROFILEIMPORTTIME="1").stderr
    imported = {line.rpartition("|")[2].strip() for line in again.splitlines() if "|" in line}
    assert "saig.build.begin" in imported
    assert not imported & {"babel", "pelican", "pydantic", "saig.notes.models", "yaml"}
    warnings = [line for line in told.splitlines() if "warning[" in line]
    assert [line for line in again.splitlines() if "warning[" in line] == warnings


def test_what_changed_since_is_never_taken_for_nothing(town: Project) -> None:
    """Each by itself: the day, a language of messages, a file, a setting, an altered page."""
    town.build()
    assert "0 pages made" in town.build().stderr
    town.build(today="2020-12-11")
    assert tree(town.output) == clean_tree(town, "2020-12-11")
    town.build()
    assert "pàgines" in town.build("--lang", "ca").stderr
    town.write("files/nou.txt", "Nou")
    town.build()
    assert (town.output / "files" / "nou.txt").read_text() == "Nou"
    town.write("files/nou.txt", "Vell")
    town.build()
    assert (town.output / "files" / "nou.txt").read_text() == "Vell"
    (town.output / "stray.html").write_text("stray")
    (town.output / "index.html").unlink()
    town.build()
    assert tree(town.output) == clean_tree(town)


def test_a_template_makes_its_own_pages_again(town: Project) -> None:
    town.build()
    template = town.root / "theme" / "templates" / "norm.html"
    template.write_text(template.read_text("utf-8") + "<!-- -->")
    again = made(town)
    assert {"theme/templates/norm.html is not as it was"} == set(again.values())
    assert all("normativa/" in address for address in again)


def test_an_altered_page_is_put_right(town: Project) -> None:
    town.build()
    (town.output / "index.html").write_text("altered")
    shutil.rmtree(town.output / "es" / "avisos")
    again = made(town)
    assert "/" in again
    assert "/es/avisos/" in again
    assert "/contactes/" not in again
    assert tree(town.output) == clean_tree(town)


def test_what_a_page_depends_on_is_told(built_town: Project) -> None:
    done = built_town.build("--explain=/contactes/obres/")
    assert "content/contacts/obres.md" in done.stdout
    assert "content/site.yaml" in done.stdout
    assert "theme/templates/contact.html" in done.stdout
    assert "There is no page /x/" in built_town.build("--explain", "/x/").stdout


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


# -- safe ----------------------------------------------------------------------------------------


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


def older(cache: Path, chance: random.Random) -> None:
    with sqlite3.connect(cache) as connection:
        connection.execute("UPDATE version SET salt = 'an older one'")


def harmful(cache: Path, chance: random.Random) -> None:
    """A part whose digest is right, and which would run a command if it were trusted."""
    import pickle
    from hashlib import sha256

    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {cache.parent.parent}/harm",)

    data = pickle.dumps(Harm())
    with sqlite3.connect(cache) as connection:
        for (name,) in connection.execute("SELECT name FROM part").fetchall():
            digest = sha256(name.encode() + b"\0" + data).digest()
            connection.execute(
                "UPDATE part SET digest = ?, data = ? WHERE name = ?", (digest, data, name)
            )


@pytest.mark.parametrize("damage", [cut, flip, garbage, older, harmful])
def test_a_damaged_cache_is_noticed_and_told(
    town: Project, damage: Callable[[Path, random.Random], None]
) -> None:
    town.build()
    wanted = tree(town.output)
    for seed in range(4):
        town.build()
        damage(town.root / CACHE, random.Random(seed))
        shutil.rmtree(town.output)
        done = town.build()
        assert tree(town.output) == wanted, (damage.__name__, seed)
        if damage is not flip:  # a bit may be one that says nothing
            assert "The cache is" in done.stderr
    assert not (town.root / "harm").exists()


def test_a_cache_that_cannot_be_is_done_without(town: Project) -> None:
    wanted = clean_tree(town)
    (town.root / ".saig").write_text("a file where the folder should be")
    done = town.build()
    assert "cannot be written" in done.stderr
    assert tree(town.output) == wanted


def test_a_cache_in_use_is_done_without(town: Project) -> None:
    town.build()
    wanted = tree(town.output)
    connection = sqlite3.connect(town.root / CACHE, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    done = town.build()
    connection.close()
    assert "Another build uses the cache" in done.stderr
    assert tree(town.output) == wanted


def test_killed_at_any_moment_the_next_build_is_right(town: Project) -> None:
    town.build()
    chance = random.Random(1)
    for number in range(100):
        edit(town, chance)
        if number % 10 == 0:
            site(town, chance)
        process = subprocess.Popen(
            [str(SAIG), "build", "--today", DAY, "--jobs", "2"],
            cwd=town.root,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # A random moment is what is wanted: no test depends on which.
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.4 + chance.random() * 0.5)
            raise subprocess.TimeoutExpired("", 0)  # it was done before
        os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
        process.wait()
    town.build()
    assert tree(town.output) == clean_tree(town)


def test_a_full_disk_is_told_and_costs_nothing(town: Project) -> None:
    """No file may grow beyond a limit: each write then fails as on a full disk."""
    town.build()
    wanted = tree(town.output)
    telephone(town, random.Random(1))
    for blocks in (1, 10, 100, 1000):
        done = town.run(
            Path("/bin/sh"), "-c", f"ulimit -f {blocks}; exec {SAIG} build --today {DAY}"
        )
        assert done.returncode == 0 or "File too large" in done.stderr
    town.build()
    assert tree(town.output) == clean_tree(town) != wanted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of half a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only who administers a Linux can make a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_is_too_small_is_told_and_the_next_build_is_right(
    town: Project, small_disk: Path
) -> None:
    wanted = clean_tree(town)
    with (town.root / "pelicanconf.py").open("a") as settings:
        settings.write(f'\nCACHE_PATH = "{small_disk}/cache"\nOUTPUT_PATH = "{small_disk}/site"\n')
    for _ in range(2):
        done = town.saig("build", "--today", DAY)
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    town.build()
    assert tree(small_disk / "site") == wanted
    assert "0 pages made" in town.build().stderr
