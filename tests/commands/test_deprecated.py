"""Names that were given up: for one minor version they work, and are told; and what an upgrade asks
of settings. The names here are made up: each is a right one under another name."""

from __future__ import annotations

from pathlib import Path

import in_process
import pytest
from project import REPOSITORY, Project, adopted_town, tree
from saig import __version__, deprecated
from saig.deprecated import Renamed
from saig.notes.canonical import canonical
from saig.notes.files import Source
from saig.notes.problem import Problem
from saig.report import as_text

OLD = (
    Renamed("setting", "LANGUAGE_OF_MESSAGES", "LANGUAGE", "0.2", "0.3"),
    Renamed("field", "web", "website", "0.2", "0.3", of="Contact"),
    Renamed(
        "field", "opening_hours.until", "opening_hours.valid_until", "0.2", "0.3", of="Contact"
    ),
    Renamed("field", "zone", "time_zone", "0.2", "0.3", of="Site"),
    Renamed("template", "advice.html", "notice.html", "0.2", "0.3"),
)
CONTACT = """\
---
title: Oficina
summary: Una oficina.
web: https://www.vila.cat/
opening_hours:
  - {days: monday, opens: 09:00, closes: 14:00, until: 2030-12-10}
---
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(deprecated, "RENAMED", OLD)
    found = adopted_town(tmp_path / "town")
    with (found.root / "publishconf.py").open("a") as file:
        file.write("ALLOW_PLACEHOLDERS = True\n")
    return found


def told(problems: list[Problem], *codes: str) -> list[str]:
    found = [problem for problem in problems if problem.code in codes]
    return [line for line in as_text(found, "en").splitlines() if not line.startswith(" ")]


def test_each_works_by_its_old_name_and_is_told(town: Project) -> None:
    """With its place, the new name, and the version that does not know the old one any more."""
    town.write(
        "contacts/oficina.md", CONTACT.replace("web:", "website:").replace("until:", "valid_until:")
    )
    templates = town.root / "theme/templates"
    templates.mkdir(parents=True)
    own = '{% extends "!theme/notice.html" %}\n{% block head %}<meta name="own">{% endblock %}\n'
    (templates / "notice.html").write_text(own)
    in_process.built(town)
    wanted = tree(town.output)

    town.write("contacts/oficina.md", CONTACT)
    town.change("site.yaml", "time_zone:", "zone:")
    (templates / "notice.html").rename(templates / "advice.html")
    with (town.root / "publishconf.py").open("a") as file:
        file.write('LANGUAGE_OF_MESSAGES = "es"\n')
    in_process.built(town)
    assert tree(town.output) == wanted
    assert in_process.settings(town)["LANGUAGE"] == "es"
    since = "since version 0.2; from 0.3 on it is unknown"
    line = (
        (town.root / "publishconf.py")
        .read_text("utf-8")
        .splitlines()
        .index('LANGUAGE_OF_MESSAGES = "es"')
    )
    zone = (town.content / "site.yaml").read_text("utf-8").split("zone:")[0].count("\n") + 1
    assert told(in_process.checked(town).problems, "deprecated") == [
        f"content/contacts/oficina.md:4:1: warning[deprecated] “web” is called “website” {since}",
        f"content/contacts/oficina.md:6:49: warning[deprecated] “until” is called “valid_until” {since}",
        f"content/site.yaml:{zone}:1: warning[deprecated] “zone” is called “time_zone” {since}",
        f"publishconf.py:{line + 1}:1: warning[deprecated] “LANGUAGE_OF_MESSAGES” is called “LANGUAGE” {since}",
        f"theme/templates/advice.html:1:1: warning[deprecated] “advice.html” is called “notice.html” {since}",
    ]


def test_both_names_at_once_is_one_too_many(town: Project) -> None:
    """Which of the two counts nobody could tell: the old one is no field."""
    both = CONTACT.replace("web:", "website: https://vila.cat/\nweb:")
    town.write("contacts/oficina.md", both)
    found = told(in_process.checked(town).problems, "deprecated", "unknown-field")
    assert [line.partition("]")[0].partition(": ")[2] for line in found] == [
        "error[unknown-field",
        "warning[deprecated",
    ]


def test_a_fact_by_its_old_name_is_a_fact_in_a_translation(town: Project) -> None:
    town.write("contacts/oficina.md", CONTACT)
    text = "---\ntitle: Oficina\nsummary: Una oficina.\nweb: https://www.vila.cat/es/\n---\n"
    town.write("contacts/oficina.es.md", text)
    (found,) = told(in_process.checked(town).problems, "fact-in-translation")
    assert found.startswith("content/contacts/oficina.es.md:4:1: error") and "website" in found


def test_one_form_of_a_note_with_old_names(town: Project) -> None:
    """``saig fmt`` writes the values in their form all the same."""
    source = Source("content/contacts/x.md", "contact", "x", "ca", True)
    text = CONTACT.replace("09:00", "9.00")
    written = canonical(source, text.encode(), ["ca", "es"])
    assert written is not None and b'opens: "09:00"' in written and b"until: 2030-12-10" in written


def test_settings_that_are_missing_are_told(tmp_path: Path) -> None:
    """Of a town whose file of settings has not all that Saig needs by now."""
    town = adopted_town(tmp_path / "town")
    lines = (
        f"THEME = {str(REPOSITORY / 'theme')!r}\nPLUGIN_PATHS = [{str(REPOSITORY / 'plugins')!r}]\n"
    )
    own = 'PLUGINS = ["saig"]\nPATH = "content"\nCACHE_PATH = ".saig"\nSITEURL = "http://localhost:8000"\n'
    (town.root / "pelicanconf.py").write_text(lines + own)
    (found,) = (p for p in town.check() if p["code"] == "missing-setting")
    assert (found["path"], found["severity"]) == ("pelicanconf.py", "warning")
    assert "ARTICLE_PATHS" in found["message"] and "JINJA_ENVIRONMENT" in found["message"]
    assert "from saig.settings import *" in found["hint"]


def test_no_name_outlives_its_version() -> None:
    """Which is a minor one after that in which the new name came."""
    own = tuple(map(int, __version__.split(".")[:2]))
    for one in deprecated.RENAMED:
        since, until = (
            tuple(map(int, version.split(".")[:2])) for version in (one.since, one.until)
        )
        assert since <= own < until and until == (since[0], since[1] + 1), one
