"""All that a village's site says on some days, held against what somebody has looked over.

The village (``content/``) has a bit of everything, most of which begins, ends or changes on one of three days
in March 2026. ``expected/`` has what its pages, feeds, calendars and problems then say: whoever changes
what is said writes it anew (``SAIG_WRITE=1 pytest tests/village``) and reads the difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import looked_over
from in_process import checked, settings
from project import Project, new_project
from saig.commands.build import run
from says import FOR_PROGRAMS, Said, calendars, documents, feeds, others, problems, written

HERE = Path(__file__).parent
DAYS = ("2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-14", "2027-01-01")

IN_SPANISH = "2026-03-12"
"""The day on which what is said in the second language is looked over too."""

MISTAKEN = (
    *("2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"),
    *("2026-11-04", "2026-11-05", "2026-12-31", "2027-01-01"),
)

FILES = {
    "contacts": ("contact ",),
    "services": ("service ",),
    "norms": ("norm ",),
    "notices": ("notice ", "page ", "gone ", "moved ", "choice "),
    "lists": ("home ", "section ", "topic ", "booking ", "search ", "list ", "relations "),
    "feeds": ("feed ",),
    "calendars": ("calendar ",),
    "site": ("next-change.json", "api/v1/index.json", "sitemap.xml", "shared ", *FOR_PROGRAMS),
    "words": ("words ",),
    "problems": ("problems",),
}
"""Which file has what, by how the names of pages and files begin."""


def test_all_is_said_as_it_was_looked_over(tmp_path: Path) -> None:
    """The site is built on each day after the other, then with its drafts."""
    project = new_project(tmp_path / "project", HERE / "content")
    plain_theme(project)
    said = {}
    for day in DAYS:
        told = problems(checked(project, TODAY=day).problems, day)
        run(settings(project, TODAY=day))
        said[day] = {**dict(_said(project.output)), "problems": told}
    files = {name: _in_file(said, beginnings) for name, beginnings in FILES.items()}
    assert {"api /api/", "api /es/api/"} == set(said[DAYS[0]]) - _named(said)
    run(settings(project, TODAY=IN_SPANISH, DRAFTS=True, PRODUCTION=False))
    public = {name: texts for name, texts in said[IN_SPANISH].items() if name != "problems"}
    both = written({IN_SPANISH: public, "with drafts": dict(_said(project.output))})
    files["drafts"] = both[both.index("===== with drafts") :]
    hold(files)


def test_what_changes_by_itself_says_until_when_it_holds(tmp_path: Path) -> None:
    """Each document by itself: so next-change.json tells of the first of them."""
    project = new_project(tmp_path / "project", HERE / "content")
    plain_theme(project)
    before: dict[Path, bytes] = {}
    for day in DAYS:
        run(settings(project, TODAY=day))
        now = {path: path.read_bytes() for path in project.output.rglob("index.json")}
        for path in before.keys() & now.keys():
            if before[path] != now[path] and path.parent.name != "v1":
                held = json.loads(before[path])["holds"]["until"]
                assert held is not None and held < day, path
        before = now


def test_all_mistakes_are_told_as_it_was_looked_over(tmp_path: Path) -> None:
    """Of notes with a mistake in almost each of them (``mistakes/``)."""
    project = new_project(tmp_path / "project", HERE / "mistakes")
    found = {}
    for day in MISTAKEN:
        told = checked(project, TODAY=day, SITEURL="https://vila.test").problems
        found[day] = {"problems": problems(told, day)}
    hold({"mistakes": written(found)})


def _said(output: Path) -> Iterator[tuple[str, Said]]:
    for of in (documents, feeds, calendars, others):
        yield from of(output).items()


def _named(said: Mapping[str, Mapping[str, Said]]) -> set[str]:
    beginnings = tuple(beginning for some in FILES.values() for beginning in some)
    return {file for file in said[DAYS[0]] if file.startswith(beginnings)}


def _in_file(said: Mapping[str, Mapping[str, Said]], beginnings: tuple[str, ...]) -> str:
    """What of all that is said stands in one file: in the first language on each day, then in the
    second."""
    first, second = (
        {
            day: {
                file: texts
                for file, texts in files.items()
                if file.startswith(beginnings) and (" /es/" in file) is is_second
            }
            for day, files in said.items()
            if not is_second or day == IN_SPANISH
        }
        for is_second in (False, True)
    )
    return written(first) + (written(second) if any(second.values()) else "")


def plain_theme(project: Project) -> None:
    """Templates that show a title alone: to show pages takes long, and other tests look at them."""
    for template in (project.root / "theme" / "templates").rglob("*.html"):
        template.write_text("{{ document.title }}\n")


def hold(now: Mapping[str, str]) -> None:
    looked_over.hold({HERE / "expected" / f"{name}.txt": text for name, text in now.items()})
