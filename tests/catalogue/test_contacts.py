"""Contacts: who belongs to whom, where they are, and what units were called before."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from project import Project, new_project

OLD = """---
title: Secció Vella
short_title: Vella
summary: Com es deia abans.
parent: ajuntament
valid_until: 2020-11-30
---
"""
NEW = """---
title: Secció Nova
short_title: Nova
summary: Com es diu ara.
parent: obres
address: {street_address: "Plaça d'Espanya, 2", postal_code: 07002, locality: Vila}
accessibility: {ca: "Entrada sense esglaons.", es: "Entrada sin escalones."}
valid_from: 2020-12-01
supersedes: [vella]
---
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("contacts") / "project")
    project.write("contacts/vella.md", OLD)
    project.write("contacts/nova.md", NEW)
    project.build()
    return project


def page(project: Project, address: str) -> Any:
    return html.fromstring(project.page(address))


def links(project: Project, address: str) -> list[str]:
    return [str(link) for link in page(project, address).xpath("//main//a/@href")]


def test_list_shows_each_below_its_own(village: Project) -> None:
    """As nested lists, so that who cannot see them hears it too; and in the data."""
    main = page(village, "/contactes/").xpath("//main")[0]
    below = {
        link.text_content(): [
            above.xpath("./p[@class='list__title']/a")[0].text_content()
            for above in link.xpath("ancestor::li[position() > 1]")
        ]
        for link in main.xpath(".//p[@class='list__title']/a")
    }
    assert below["Ajuntament de Vila"] == []
    assert below["Secció d'Obres"] == ["Ajuntament de Vila"]
    assert below["Secció Nova"] == ["Ajuntament de Vila", "Secció d'Obres"]
    assert below["Secció Vella"] == []
    (root,) = village.document("/contactes/")["section"]["tree"]
    assert root["id"] == "ajuntament"
    works = next(branch for branch in root["below"] if branch["id"] == "obres")
    assert works["below"] == [{"id": "nova", "below": []}]


def test_whose_own_is_past_stands_below_the_next(town: Project) -> None:
    town.change(
        "contacts/obres.md", "parent: ajuntament", "parent: ajuntament\nvalid_until: 2020-01-01"
    )
    town.write("contacts/nova.md", NEW.replace("supersedes: [vella]\n", ""))
    town.build()
    (root,) = town.document("/contactes/")["section"]["tree"]
    assert "nova" in [branch["id"] for branch in root["below"]]


def test_address_with_coordinates_leads_to_that_point(village: Project) -> None:
    found = links(village, "/contactes/obres/")
    assert "geo:39.57,2.65" in found
    assert "https://www.openstreetmap.org/?mlat=39.57&mlon=2.65#map=18/39.57/2.65" in found


def test_address_without_coordinates_leads_to_a_search(village: Project) -> None:
    found = links(village, "/contactes/nova/")
    search = "Pla%C3%A7a%20d%27Espanya%2C%202%2C%2007002%2C%20Vila"
    assert f"https://www.openstreetmap.org/search?query={search}" in found
    assert not any(link.startswith("geo:") for link in found)


def test_building_says_how_it_can_be_entered(village: Project) -> None:
    assert "Entrada sense esglaons." in page(village, "/contactes/nova/").text_content()
    assert village.document("/contactes/nova/")["contact"]["accessibility"] == (
        "Entrada sense esglaons."
    )
    assert "Accessibilitat de l'edifici" not in village.page("/contactes/obres/")


def test_renamed_unit_and_its_old_name_lead_to_each_other(village: Project) -> None:
    assert "/contactes/vella/" in links(village, "/contactes/nova/")
    assert "/contactes/nova/" in links(village, "/contactes/vella/")
    now = page(village, "/contactes/nova/").text_content()
    assert "1 de desembre de 2020" in now
    assert "30 de novembre de 2020" in page(village, "/contactes/vella/").text_content()


def test_new_name_is_told_before_its_day(town: Project) -> None:
    """Both are there; which of them holds is said, and the day on which it changes."""
    town.write("contacts/vella.md", OLD.replace("2020-11-30", "2020-12-31"))
    town.write("contacts/nova.md", NEW.replace("2020-12-01", "2021-01-01"))
    town.build()
    assert "/contactes/nova/" in links(town, "/contactes/vella/")
    assert town.document("/contactes/vella/")["holds"]["until"] == "2020-12-31"
    assert town.document("/contactes/nova/")["contact"]["state"] == "upcoming"


def test_page_leads_to_its_parts_and_folds_what_is_over(town: Project) -> None:
    """A phone shows a department's page in one go: past norms and notices stand behind a word."""
    repealing = "norms/decret-llei-14-2020.md"
    town.change(repealing, "summary:", "departments: [obres]\nsummary:")
    town.build(today="2020-12-11")
    found = page(town, "/contactes/obres/")
    for link in found.xpath("//nav[@class='jump']//a[starts-with(@href, '#')]/@href"):
        assert found.xpath(f"//h2[@id='{link[1:]}']"), link
    folded = found.xpath("//section[h2[@id='contact_norms_heading']]//details//a/@href")
    shown = found.xpath("//section[h2[@id='contact_norms_heading']]/ul//a/@href")
    assert folded == ["/normativa/decret-llei-8-2020/"]
    assert shown == ["/normativa/decret-llei-14-2020/"]
