"""The benchmark measures what it says, on a town that is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import changes
import corpus
import peers
import pytest
import table
import tools
import warm
from chart import chart
from measure import Failed, Run, run
from project import REPOSITORY, Project, files_with, new_project, tree
from rounds import ONE_NOTE, SCENARIOS, UNCHANGED, Size

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("benchmark") / "project"
    corpus.write(new_project(root, None).root, 400)
    return root


# -- the town ------------------------------------------------------------------------------------


def test_the_town_has_no_errors(town: Path) -> None:
    done = Project(town).saig("check", "--today", str(corpus.DAY))
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stderr


def test_the_town_has_all_kinds_in_both_languages() -> None:
    notes = list(corpus.town(400))
    assert 380 <= len(notes) <= 420
    kinds = Counter((note.folder, note.lang) for note in notes)
    assert {folder for folder, _ in kinds} == {
        "contacts",
        "services",
        "norms",
        "notices",
        "pages",
    }
    assert kinds["notices", "ca"] > kinds["notices", "es"] > 0, "some lack their translation"
    facts = "".join(note.facts for note in notes)
    for word in ("urgency: urgent", "supersedes", "old_addresses", "changes", "relations", "eli:"):
        assert word in facts, word


def test_each_change_leaves_the_town_right_and_another(tmp_path: Path) -> None:
    project = new_project(tmp_path / "changed", None)
    corpus.write(project.root, 100)
    for n, (name, change) in enumerate(changes.KINDS.items()):
        before = tree(project.content)
        change.make(project.content, n)
        assert (tree(project.content) == before) == change.next_day, name
    assert project.errors() == []
    assert changes.break_a_note(project.content)
    assert not changes.break_a_note(project.content), "it was broken before"
    assert {problem["path"] for problem in project.errors()} == {f"content/{changes.BROKEN}"}


def test_the_same_seed_gives_the_same_town(town: Path, tmp_path: Path) -> None:
    corpus.write(tmp_path / "again", 400)
    corpus.write(tmp_path / "other", 400, seed=2)
    assert tree(tmp_path / "again" / "content") == tree(town / "content")
    assert tree(tmp_path / "other" / "content") != tree(town / "content")


def test_all_programs_get_the_same_texts() -> None:
    for note in corpus.town(100):
        assert peers.as_hugo(note).endswith(f"---\n{note.body}")
        pelican = peers.as_pelican(note)
        assert "](../" not in pelican
        assert pelican.count("]({filename}/") == note.body.count("](../")


# -- what is measured ----------------------------------------------------------------------------


def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "held = bytearray(60_000_000)\n"
        "if len(sys.argv) == 1: subprocess.run([sys.executable, __file__, 'child'])\n"
        "time.sleep(0.5)\n"
    )
    (tmp_path / "two.py").write_text(code)
    # In a small process, as the benchmark is: Linux counts who starts a program as its first memory.
    measuring = (
        "import sys; from pathlib import Path; from measure import run; "
        "took = run([sys.executable, 'two.py'], Path(), 60, sample=True); "
        "print(took.wall, took.largest, took.tree or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measuring],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "benchmarks")},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, largest, together = map(float, done.stdout.split())
    assert wall > 1
    assert 60_000_000 < largest < 110_000_000
    if sys.platform == "linux":
        assert together > 120_000_000


def test_what_fails_or_takes_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="exit 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, 60)
    with pytest.raises(Failed, match="stopped after"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.5)


# -- what is told --------------------------------------------------------------------------------


def measured() -> list[Size]:
    """Figures that nobody measured: each ten times as many notes takes eight times as long."""
    sizes = []
    for power, notes in enumerate((1_000, 10_000, 100_000)):
        size = Size(notes)
        for tool, speed in (("Saig", 1.0), ("Pelican", 4.0), ("Hugo", 2.0)):
            if notes > 10_000 and tool != "Saig":
                continue
            for part, scenario in zip((1.0, 0.05, 0.1), SCENARIOS, strict=True):
                wall = speed * part * 8.0**power
                size.runs[tool, scenario] = [Run(wall * by, wall, 10**8) for by in (0.9, 1, 5)]
                size.memory[tool, scenario] = Run(wall, wall, 10**8, int(speed * 10**8))
        size.runs["Pelican", ONE_NOTE] = [Run(0.3, 0.3, 10**7)]
        sizes.append(size)
    return sizes


def test_goals_are_held_against_medians() -> None:
    found = {goal.text: (round(goal.measured or 0, 3), goal.verdict) for goal in GOALS}
    assert found["nothing changed, 10,000 notes: Hugo's clean build"] == (0.025, "yes")
    assert found["a text, 10,000 notes: Hugo's clean build"] == (0.05, "yes")
    assert found["a title, 10,000 notes: Hugo's clean build"] == (0, "not measured")
    assert found["clean build, 10,000 notes: Hugo's"] == (0.5, "yes")
    assert found["clean build, 10,000 notes: plain Pelican's"] == (0.25, "yes")
    assert found["peak memory of a clean build, 10,000 notes: Hugo's"] == (0.5, "yes")
    assert found["a text, 100,000 notes: 10,000 notes"] == (8, "no")


GOALS = table.goals(measured())


def test_what_was_not_measured_is_said_not_to_be() -> None:
    alone = Size(50, {("Saig", UNCHANGED): [Run(0.5, 0.5, 10**7)]})
    assert {goal.verdict for goal in table.goals([alone])} == {"not measured"}
    assert "| 50    | nothing changed | 0.50 [0.50 0.50]" in table.report([alone], {"Rounds": "1"})


@pytest.mark.parametrize("sizes", [measured(), measured()[:1]], ids=["three", "one"])
def test_the_chart_is_a_picture_with_words(sizes: list[Size]) -> None:
    root = ElementTree.fromstring(chart(sizes))
    assert root.get("role") == "img"
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text
    assert described is not None and "Saig, clean: 1 s at 1,000 notes" in (described.text or "")
    assert len(root.findall(f"{SVG}path[@class='mark Saig']")) == 2 * len(sizes) + 2
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for text in root.findall(f"{SVG}text"):
        assert 0 < float(text.get("x", 0)) < width
        assert 0 < float(text.get("y", 0)) < height


def bench(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command, with its temporary files in this folder. The builds that it measures are forks, as
    what they take does not matter here."""
    given = {"TMPDIR": str(folder)} if folder else {}
    return subprocess.run(
        [sys.executable, "benchmarks/run.py", *arguments],
        cwd=REPOSITORY,
        env=warm.surroundings({**given, "SAIG_BIN": str(warm.programs())}),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_one_command_measures_all_that_are_installed(tmp_path: Path) -> None:
    data, picture = tmp_path / "all.json", tmp_path / "all.svg"
    given = ["--sizes", "50", "--runs", "1", "--json", str(data), "--svg", str(picture), "--keep"]
    done = bench(*given, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "| a text, 50 notes: Hugo's clean build" in done.stdout
    ElementTree.parse(picture)
    size = json.loads(data.read_text("utf-8"))["sizes"][0]
    (kept,) = set(tmp_path.iterdir()) - {data, picture}
    for tool in filter(None, (tools.saig(), peers.pelican(), peers.hugo())):
        assert size["runs"][tool.name].keys() >= set(SCENARIOS)
        assert size["written"][tool.name]["files"] > 50
        assert 500 < size["written"][tool.name]["load"] < 14_000
        # What is measured as a changed text was no build in which there was nothing to do.
        site = kept / "50" / tool.name / tool.made[0]
        assert files_with(site, "Una frase més, la número"), tool.name
        if tool.publish:
            (record,) = site.parent.glob(f"trash/{tools.PUBLIC}-*/publications.jsonl")
            assert len(record.read_bytes().splitlines()) == 2, "the first one was measured"
        assert (size["runs"][tool.name].keys() >= changes.KINDS.keys()) == bool(tool.publish)


def test_few_kinds_of_change_can_be_measured_alone(tmp_path: Path) -> None:
    data = tmp_path / "few.json"
    few = ["--tools", "saig", "--sizes", "50", "--runs", "1", "--kinds", "title,text"]
    done = bench(*few, "--json", str(data))
    assert done.returncode == 0, done.stderr
    size = json.loads(data.read_text("utf-8"))["sizes"][0]
    assert size["runs"]["Saig"].keys() == {"changed", "title"}
    assert size["memory"]["Saig"].keys() == {"changed"}


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Not even by a program that is stopped."""
    done = bench("--tools", "saig,hugo", "--timeout", "0.1", folder=tmp_path)
    assert done.returncode == 1
    assert "A small town cannot be built: stopped after 0.1 s" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [["--sizes", "0"], ["--tools", "jekyll"], ["--kinds", "all"]])
def test_a_wrong_option_is_told(wrong: list[str]) -> None:
    done = bench(*wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
