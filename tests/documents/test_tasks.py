"""What the home page puts first."""

from __future__ import annotations

import re

from in_process import built
from parts import part
from project import Project
from tasks import give_tasks


def _tasks(project: Project, address: str = "/") -> list[tuple[str, str]]:
    """Words and addresses, from the site's root."""
    site = re.compile(r"https?://[^/]+")
    return [(one["title"], site.sub("", one["url"])) for one in part(project, address)["tasks"]]


def test_tasks_are_those_of_the_site_in_its_order(town: Project) -> None:
    """With their own words, or those of what they lead to, in each language."""
    give_tasks(town)
    assert built(town) == []
    assert _tasks(town) == [
        ("Fer obres", "/serveis/llicencia-d-obres/"),
        ("Obres", "/contactes/obres/"),
        ("Cita prèvia", "/cita-previa/"),
        ("Els avisos de 2020", "/avisos/2020/"),
    ]
    assert _tasks(town, "/es/") == [
        ("Hacer obras", "/es/servicios/licencia-de-obras/"),
        ("Obras", "/es/contactos/obras/"),
        ("Cita previa", "/es/cita-previa/"),
        ("Los avisos de 2020", "/es/avisos/2020/"),
    ]


def test_a_site_that_chose_none_begins_with_booking_and_services(village: Project) -> None:
    services = [one["short_title"] for one in part(village, "/")["services"]]
    assert [title for title, _ in _tasks(village)] == ["Cita prèvia", *services[:6]]


def test_what_is_over_or_hidden_is_not_led_to(town: Project) -> None:
    """What took its place is."""
    give_tasks(town)
    town.change("services/llicencia.md", "departments:", "valid_until: 2020-12-01\ndepartments:")
    town.change("site.yaml", "{contact: obres}", "{notice: amagat}\n  - {contact: arxiu}")
    town.write(
        "contacts/registre.md",
        "---\ntitle: Registre\nsummary: Les dades.\nsupersedes: [arxiu]\nvalid_from: 2020-12-01\n---\n",
    )
    assert built(town) == []
    words = [title for title, _ in _tasks(town)]
    assert words == ["Registre", "Cita prèvia", "Els avisos de 2020"]
