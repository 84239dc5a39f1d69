"""Saig's code knows no country's law: a town without a pack builds, and no word of Spain's law stands
outside of packs and the adapters of one country's gazette and portal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import REPOSITORY, Project, new_project

SPANISH = re.compile(
    r"\bBOIB\b|\bBOE\b|\bBOP\b|boe\.es|caib\.es|elidata|\bes-(?:ib|ct|pv|ga|vc|nc)\b|39/2015|34/2002"
    r"|2/1979|29/1998|40/2015|\bDIR3\b|datos\.gob\.es|[Bb]alear|[Ii]lles Bal|[Cc]ivil Code",
)

ADAPTERS = {
    "gazette/",  # the open data of one gazette
    "commands/norms.py",  # its command
    "packs/",
    "outputs/linked/portal.py",  # the profile of one portal
}
"""What is of one country, and says so (docs/decisions/0054)."""

ALIASES = {
    'N_("DIR3")',
    'N_("its code in the common directory DIR3")',
    'codes.insert(0, ("DIR3", facts.dir3))',
}
"""The field ``dir3``, which stays in version 1 beside ``identifiers``."""


def _sources() -> list[Path]:
    code = REPOSITORY / "plugins" / "saig"
    found = [path for path in code.rglob("*.py") if "__pycache__" not in path.parts]
    theme = REPOSITORY / "theme"
    return [
        *found,
        *theme.rglob("*.html"),
        *theme.rglob("*.js"),
        theme / "translations/messages.pot",
    ]


def test_no_code_knows_the_law_of_spain() -> None:
    code = REPOSITORY / "plugins" / "saig"
    told = []
    for path in _sources():
        name = path.relative_to(code if path.is_relative_to(code) else REPOSITORY).as_posix()
        if any(name.startswith(adapter) for adapter in ADAPTERS):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for alias in ALIASES:
                line = line.replace(alias, "")
            if found := SPANISH.search(line):
                told.append(f"{name}:{number}: {found[0]}")
    assert told == []


NORM = """\
---
title: {title}
summary: Uma norma.
date: 2020-03-14
{facts}
---
Text.
"""

NOTES = {
    "norms/lei-1-2020.md": NORM.format(
        title="Lei 1/2020",
        facts="type: lei\nnumber: '1'\ndate_document: 2020-01-03\n"
        "published_in: [{gazette: DR, number: '2', date: 2020-01-03}]\n"
        "first_date_entry_in_force: 2020-01-04",
    ),
    "norms/reg-2016-679.md": NORM.format(
        title="Regulation", facts="eli: http://data.europa.eu/eli/reg/2016/679/oj"
    ),
    "norms/ac-1-2020.md": NORM.format(
        title="Acórdão n.º 1/2020",
        facts="type: reg\njurisdiction: pt\nrelations: [{type: repeals, norm: "
        "'https://data.europa.eu/eli/reg/2016/679/oj', from: 2020-02-01}]",
    ),
    "services/so-en-linia.md": "---\ntitle: Só en línia\nsummary: Un servei.\n"
    "departments: [ajuntament]\nchannels: [{channel: online, url: https://seu.vila.test/}]\n---\nText.\n",
    "notices/cita.md": "---\ntitle: Una citació\nsummary: Text.\ndate: 2020-05-01\n---\n"
    "Segons la Llei 12/2017, de 29 de desembre, i el Decret llei 8/2020.\n",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town of the tests, without a pack."""
    project = new_project(tmp_path_factory.mktemp("lawless") / "project")
    site = project.content / "site.yaml"
    site.write_text(f"{site.read_text('utf-8')}law: []\n", "utf-8")
    for path, text in NOTES.items():
        project.write(path, text)
    project.build()
    return project


def test_a_town_without_a_pack_builds(town: Project) -> None:
    assert [problem["code"] for problem in town.errors()] == []


def test_types_show_by_their_code(town: Project) -> None:
    part = town.document("/normativa/lei-1-2020/")["norm"]
    assert (part["type"], part["type_said"]) == ("lei", "lei")
    assert part["state"] == "in-force"
    codes = town.data("api/v1/codes/ca.json")
    assert codes["norm_types"] == codes["norms_of_type"] == codes["gazettes"] == {}
    assert codes["judgments"] == []


def test_no_law_of_another_country_is_told(town: Project) -> None:
    """Nor are editors warned by it."""
    notices = town.data("api/v1/site/ca.json")["legal_notices"]
    assert notices["online_choice"] is None
    page = town.page("/serveis/so-en-linia/")
    assert "39/2015" not in page and "persona física" not in page
    assert "online-only" not in {problem["code"] for problem in town.check()}


def test_no_citation_is_recognised(town: Project) -> None:
    assert 'class="citation"' not in town.page("/avisos/una-citacio/")


def test_an_eli_address_is_a_name_all_the_same(town: Project) -> None:
    """What it says is stated, or told to be missing; norms name each other by it, by http too."""
    told = [(one["path"], one["code"]) for one in town.check() if one["code"] == "eli-unread"]
    assert ("content/norms/reg-2016-679.md", "eli-unread") in told
    repealed = town.document("/normativa/regulation/")["norm"]
    assert repealed["state"] == "no-longer-in-force"
    assert repealed["eli"] == "http://data.europa.eu/eli/reg/2016/679/oj"


def test_the_gazette_that_is_asked_is_not_that_of_such_a_town(town: Project) -> None:
    done = town.saig("norms", "check", "--lang", "en")
    assert done.returncode == 1
    assert "do not have the gazette BOE" in done.stderr
