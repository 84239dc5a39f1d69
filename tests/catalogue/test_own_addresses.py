"""Whole addresses on the site's own host, and fragments: links like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from in_process import built, checked
from project import Project, new_project

NOTE = "---\ntitle: Enllaç\nsummary: S.\ndate: 2020-05-01\nchanges: [{date: 2020-06-01, text: x}]\n---\n"

NOWHERE = [
    "https://vila.test/web/avisos/no-hi-es/",
    "https://VILA.test:443/web/avisos/no-hi-es/",
    "https://vila.test/web/avisos/enllac/#no-hi-es",
    "https://vila.test/web/contactes/obres/#no-hi-es",
    "https://vila.test/web/#no-hi-es",
    "https://vila.test/web/cita-previa/#department_no",
    "/avisos/enllac/#no-hi-es",
    "/avisos/#no-hi-es",
    "/avisos/no-hi-es/",
    "../contacts/obres.md#no-hi-es",
]
THERE = [
    "https://vila.test/web",
    "https://vila.test/web/",
    "https://VILA.test:443/web/avisos/enllac/",
    "https://vila.test/web/avisos/enllac/?x=1#un-titol",
    "https://vila.test/web/avisos/enllac/index.html#change_1",
    "https://vila.test/web/contactes/obres/#main_content",
    "https://vila.test/web/cita-previa/#department_obres",
    "https://vila.test/web/avisos/enllac/#:~:text=x",
    "https://vila.test/web/files/planol.png#page=2",
    "https://vila.test/webs/no-hi-es/",
    "https://vila.test/no-hi-es/",
    "https://www.vila.test/web/no-hi-es/",
    "/avisos/enllac/#un-titol",
    "/es/#main_content",
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town at an address of its own, with all these links, some in front matter."""
    project = new_project(tmp_path_factory.mktemp("own") / "project")
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write('\nSITEURL = "https://Vila.test/web/"\n')
    links = "".join(f"[a]({address})\n" for address in [*NOWHERE, *THERE])
    project.write("notices/enllac.md", f"{NOTE}## Un títol\n\n{links}")
    for name, address in (("a", "https://vila.test/web/files/no.png"), ("b", THERE[3])):
        head = f"title: Oficina {name}\nsummary: S.\nwebsite: {address!r}\n"
        project.write(f"contacts/{name}.md", f"---\n{head}---\nText.\n")
    urls = f"{{ca: {THERE[2]!r}, es: {NOWHERE[0]!r}}}"
    project.write(
        "services/s.md",
        "---\ntitle: Cita\nsummary: S.\ndepartments: [obres]\nchannels:\n"
        f"  - channel: in-person\n    url: {urls}\n---\nText.\n",
    )
    see = [address for address in [*NOWHERE, *THERE] if not address.startswith("..")]
    project.write(
        "gone.yaml",
        "".join(
            f"- {{address: /x{number}/, title: {{ca: X}}, date: 2020-01-01, reason: {{ca: R}}, "
            f"see: {address!r}}}\n"
            for number, address in enumerate(see)
        ),
    )
    project.change("site.yaml", "https://cita.vila.test/?lang=es", NOWHERE[0])
    return project


def told(project: Project, path: str) -> list[tuple[int, str, str]]:
    return [
        (problem.line, problem.code, str(problem.values["address"]))
        for problem in checked(project).problems
        if problem.path == f"content/{path}" and problem.is_error
    ]


def test_each_that_leads_nowhere_is_told_at_its_line(own: Project) -> None:
    """In a text, in the front matter, in site.yaml and in gone.yaml."""
    canonical = [address.replace("VILA.test:443", "vila.test") for address in NOWHERE]
    found = told(own, "notices/enllac.md")
    assert [(code, address) for _, code, address in found] == [
        ("broken-link", address) for address in canonical
    ]
    assert [line for line, _, _ in found] == list(range(9, 9 + len(NOWHERE)))
    assert told(own, "contacts/a.md") == [(4, "broken-link", "https://vila.test/web/files/no.png")]
    assert told(own, "contacts/b.md") == []
    assert told(own, "services/s.md") == [(7, "broken-link", NOWHERE[0])]
    assert [address for _, _, address in told(own, "gone.yaml")] == canonical[:-1]
    assert [address for _, _, address in told(own, "site.yaml")] == [NOWHERE[0]]


def test_those_that_lead_somewhere_are_published(own: Project, tmp_path: Path) -> None:
    """And the look at the finished files agrees with the check."""
    town = Project(shutil.copytree(own.root, tmp_path / "project", symlinks=True))
    links = "".join(f"[a]({address})\n" for address in THERE)
    town.write("notices/enllac.md", f"{NOTE}## Un títol\n\n{links}")
    town.write("contacts/a.md", f"---\ntitle: A\nsummary: S.\nwebsite: '{THERE[2]}'\n---\n")
    town.change("services/s.md", NOWHERE[0], THERE[0])
    gone = (town.content / "gone.yaml").read_text("utf-8").splitlines(keepends=True)
    town.write("gone.yaml", "".join(gone[-len(THERE) :]))
    town.change("site.yaml", NOWHERE[0], THERE[0])
    assert [problem for problem in checked(town).problems if problem.is_error] == []
    assert built(town) == []
    assert 'href="/web/avisos/enllac/?x=1#un-titol"' in town.page("/avisos/enllac/")
