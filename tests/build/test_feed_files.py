"""Feeds and calendars after the pages of which they tell have changed."""

from __future__ import annotations

from pathlib import Path

from builds import clean_tree
from project import new_project, tree


def test_a_contact_that_is_hidden_is_no_longer_in_its_own_calendar(tmp_path: Path) -> None:
    """Its page stays, and the calendar beside it."""
    project = new_project(tmp_path / "town")
    project.build()
    calendar = project.output / "contactes/obres/calendari.ics"
    assert "Festes de Nadal" in calendar.read_text("utf-8")
    project.change("contacts/obres.md", "verified_on:", "status: hidden\nverified_on:")
    project.build()
    assert "Festes de Nadal" not in calendar.read_text("utf-8")
    assert tree(project.output) == clean_tree(project)
    project.change("contacts/obres.md", "status: hidden\n", "")
    project.build()
    assert "Festes de Nadal" in calendar.read_text("utf-8")
