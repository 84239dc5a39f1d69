"""A build without ``--today`` is of the day that it is where the site is."""

from __future__ import annotations

import datetime
import subprocess

import pytest
import warm
from builds import clean_copy, clean_tree, imported_in
from project import Project, tree

AT = """
import datetime, runpy, sys
moment, script, *arguments = sys.argv[1:]

class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromisoformat(moment).astimezone(tz)

datetime.datetime = Clock
sys.argv = [script, *arguments]
runpy.run_path(script, run_name="__main__")
"""
"""The command with a clock that stands still."""


def build_at(town: Project, moment: str) -> str:
    """What a build tells whose clock says this."""
    script = town.root.with_name("at.py")
    script.write_text(AT)
    done = subprocess.run(
        [warm.programs() / "python", script, moment, warm.SCRIPT, "build"],
        cwd=town.root,
        env=warm.surroundings({}),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2020-12-10T22:59:59+00:00", "2020-12-10T23:00:00+00:00"),  # midnight in Madrid
        ("2020-12-10T12:00:00+00:00", "2020-12-11T12:00:00+00:00"),
    ],
)
def test_the_next_day_changes_pages(town: Project, before: str, after: str) -> None:
    """Also one that is about nothing but itself, while what stands around all pages stays."""
    note = "---\ntitle: Nota\nsummary: S.\nchanges: [{date: 2020-12-11, text: Canvi}]\n---\nT.\n"
    town.write("pages/nota.md", note)
    town.change("notices/2020/aigua.md", "urgency: urgent\n", "")
    build_at(town, before)
    assert tree(town.output) == clean_tree(town, "2020-12-10")
    assert "0 pages made" in build_at(town, before)
    build_at(town, after)
    assert tree(town.output) == clean_tree(town, "2020-12-11")


def test_so_does_the_day_of_an_act_that_changes_no_force(town: Project) -> None:
    """The page tells of a correction from its day on, and says until then that it will change."""
    act = "{type: corrects, by: {ca: Una correcció}, date: 2020-12-11}"
    note = (
        "---\ntitle: Norma\nsummary: S.\ndate: 2020-12-01\nfirst_date_entry_in_force: 2020-12-01\n"
    )
    town.write("norms/norma.md", f"{note}done_by_others: [{act}]\n---\nT.\n")
    town.build(today="2020-12-10")
    document = town.document("/normativa/norma/")
    assert (document["holds"]["until"], document["norm"]["events"][0]["date"]) == (
        "2020-12-10",
        "2020-12-01",
    )
    town.build(today="2020-12-11")
    assert town.document("/normativa/norma/")["norm"]["events"][0]["date"] == "2020-12-11"


def test_so_does_an_earlier_day(town: Project) -> None:
    """Whoever looks at a day that was gets what was to come then."""
    town.build(today="2020-12-10")
    town.build(today="2020-05-15")
    assert tree(town.output) == clean_tree(town, "2020-05-15")


def test_on_most_days_nothing_changes_but_the_day(town: Project) -> None:
    """Which ``version.json`` says: the site is that of a clean build of that day all the same."""
    told = town.build(today="2026-03-02").stderr
    before = tree(town.output)
    again = town.build(today="2026-03-03", PYTHONPROFILEIMPORTTIME="1").stderr
    assert not imported_in(again) & {"jinja2", "pydantic", "saig.notes.models", "yaml"}
    assert "0 pages made" in again and " 1 written, 0 removed" in again
    assert warnings_in(told) and warnings_in(again) == warnings_in(told)
    after = tree(town.output)
    assert [path for path in after if after[path] != before.get(path)] == ["version.json"]
    assert after == clean_tree(town, "2026-03-03")
    assert " 0 written" in town.build(today="2026-03-03").stderr
    town.build(today="2026-03-02")
    assert tree(town.output) == before
    town.change("contacts/obres.md", "Carrer", "Plaça")
    town.build(today="2026-03-04")
    assert tree(town.output) == clean_tree(town, "2026-03-04")


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-03"])
def test_what_says_the_day_is_mended_alone(day: str, town: Project) -> None:
    """Whether it was changed by hand or removed, on the same day or another."""
    town.build(today="2026-03-02")
    version = town.output / "version.json"
    for damage in (lambda: version.write_text("{"), version.unlink):
        damage()
        told = town.build(today=day).stderr
        assert "0 pages made" in told and " 1 written, 0 removed" in told
        assert tree(town.output) == clean_tree(town, day)


@pytest.mark.parametrize("day", ["2026-07-01", "2027-01-01"])
def test_security_txt_expires_later_by_itself(town: Project, day: str) -> None:
    """No note has a say in it."""
    before = (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
    town.build(today=before)
    was = tree(town.output)
    town.build(today=day)
    now = tree(town.output)
    assert now == clean_tree(town, day)
    assert now[".well-known/security.txt"] != was[".well-known/security.txt"]
    town.build(today=before)
    assert tree(town.output) == was


def test_a_check_of_another_day_hides_nothing_from_its_build(town: Project) -> None:
    """Nor what it found from what that tells."""
    head = "title: Nota\nsummary: S.\ndate: 2026-01-10\nvalid_until: 2026-03-31\n"
    town.write("notices/2026/nota.md", f"---\n{head}---\nT.\n")
    town.build(today="2026-03-10")
    for day in ("2026-03-20", "2026-04-02", "2026-03-10"):
        town.saig("check", "--today", day)
        told = town.build(today=day).stderr
        assert tree(town.output) == clean_tree(town, day)
        assert warnings_in(told) == warnings_in(clean_copy(town, day).build(today=day).stderr)


def test_the_entry_to_paste_has_the_day_that_it_is(town: Project) -> None:
    """For an address that vanished; also where a later day was looked at before."""
    town.write("addresses.yaml", "/avisos/vell/: Un títol\n")
    for day in ("2026-03-10", "2026-03-12", "2026-03-11"):
        told = town.saig("check", "--today", day).stdout
        assert f"/avisos/vell/, title: {{ca: Un títol}}, date: {day}" in told


def warnings_in(told: str) -> list[str]:
    return [line for line in told.splitlines() if "warning[" in line]


def test_each_change_to_come_is_told_until_its_day(town: Project) -> None:
    town.change(
        "site.yaml",
        "holidays: [",
        "holidays: [{date: 2026-05-01, label: {ca: Festa, es: Fiesta}}, ",
    )
    town.build(today="2026-03-02")
    for day in ("2026-05-01", "2026-05-02"):
        assert town.data("next-change.json")["date"] == day
        town.build(today=day)
        assert tree(town.output) == clean_tree(town, day)
