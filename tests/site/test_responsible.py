"""Who answers for a site is said on every page, and a demonstration says that it is none."""

from __future__ import annotations

from pathlib import Path

import in_process
from lxml import html
from project import Project, new_project

WHO = (
    "responsible:\n"
    '  name: {ca: "Ajuntament de la Vila"}\n'
    '  address: {ca: "Plaça Major, 1, 07001 Vila", es: "Plaza Mayor, 1, 07001 Vila"}\n'
    "  tax_number: P0700000A\n"
    "  email: web@vila.cat\n"
)


def town(root: Path, more: str) -> Project:
    project = new_project(root / "project")
    project.change("site.yaml", "organisation: ajuntament\n", f"organisation: ajuntament\n{more}")
    return project


def test_who_answers_for_a_site_stands_on_every_page(tmp_path: Path) -> None:
    """Law 34/2002, article 10: easily, directly and for good. In each language, and as data."""
    project = town(tmp_path, WHO)
    assert in_process.built(project) == []
    for address in ("", "es/", "es/contactos/obras/", "avisos/"):
        page = html.parse(project.output / address / "index.html").getroot()
        [said] = page.xpath("//footer//p[a[starts-with(@href, 'mailto:')]]")
        words = " ".join(said.text_content().split())
        assert "Ajuntament de la Vila" in words
        assert "P0700000A" in words
        assert ("Plaza Mayor, 1" if "es" in address[:3] else "Plaça Major, 1") in words
        assert said.xpath(".//a/@href") == ["mailto:web@vila.cat"]
        assert said.xpath(".//*[@lang='ca']/text()") == (
            ["Ajuntament de la Vila"] if "es" in address[:3] else []
        )
        assert page.find_class("demonstration") == []


def test_a_demonstration_says_that_it_is_no_official_site(tmp_path: Path) -> None:
    """At the top of every page, the sheet for the counter too; an address of example.org is enough."""
    project = town(tmp_path, WHO.replace("web@vila.cat", "web@example.org"))
    assert [p["code"] for p in project.errors("--production")] == ["placeholder"]
    in_process.built(project, ALLOW_PLACEHOLDERS=True)
    for path in ("index.html", "404.html", "contactes/obres/sheet.html", "platja/index.html"):
        page = html.parse(project.output / path).getroot()
        [banner] = page.find_class("demonstration")
        assert "web no oficial" in banner.text_content()
    spanish = html.parse(project.output / "es/index.html").getroot()
    assert "sitio no oficial" in spanish.find_class("demonstration")[0].text_content()
