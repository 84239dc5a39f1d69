"""A build without ``--today`` is of the day that it is where the site is."""

from __future__ import annotations

import subprocess

import pytest
import warm
from builds import clean_tree
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


def test_so_does_an_earlier_day(town: Project) -> None:
    """Whoever looks at a day that was gets what was to come then."""
    town.build(today="2020-12-10")
    town.build(today="2020-05-15")
    assert tree(town.output) == clean_tree(town, "2020-05-15")
