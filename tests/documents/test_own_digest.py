"""A document says whether its note's own content changed."""

from __future__ import annotations

import re
from pathlib import Path

from project import Project, new_project

OF_OBRES = "sha256:609687447451683b562184b92545e950bfeee8e5763f8e6b3958b70b62b61c0a"
"""What the documents of the town's contact had before there could be several addresses: an upgrade
of Saig edits no note."""


def digests(project: Project, *addresses: str) -> list[str]:
    return [project.document(address)["own_digest"] for address in addresses]


def test_it_changes_with_the_note_and_with_nothing_else(tmp_path: Path) -> None:
    project = new_project(tmp_path / "town")
    notes = ("contacts/un", "contacts/dos")
    for name in notes:
        project.write(
            f"{name}.md",
            f"---\ntitle: {name[9:].title()}\nsummary: S.\nparent: ajuntament\n"
            "telephones: [{number: '+34971225900', label: {ca: Centraleta, es: Centralita}}]\n"
            "---\n\nVegeu [l'altre](dos.md).\n",
        )
    addresses = ("contactes/un", "contactes/dos")
    project.build()
    one, two = digests(project, *addresses)
    assert digests(project, "contactes/obres") == [OF_OBRES]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", one) and one != two

    project.change("contacts/dos.md", "title: Dos", "title: Segon\nslug: dos")
    project.build(today="2020-12-11")
    assert "Segon" in project.page("contactes/un")
    again, changed = digests(project, *addresses)
    assert again == one and changed != two

    project.change("contacts/un.md", "summary: S.", "summary: S. # one sentence")
    project.build()
    assert digests(project, "contactes/un") == [one]
    project.change("contacts/un.md", "es: Centralita", "es: Centralita central")
    project.build()
    assert digests(project, "contactes/un") == [one]
    project.change("contacts/un.md", "l'altre](", "l'altra](")
    project.build()
    assert digests(project, "contactes/un") != [one]


def test_it_is_of_one_note(village: Project) -> None:
    assert village.document("")["own_digest"] is None
    assert village.document("")["uri"].endswith("/api/v1/catalogue.ttl#home/home")
    assert village.document("avisos/avui")["uri"] is None


def test_every_language_names_the_same_thing(village: Project) -> None:
    own, other = (village.document(there) for there in ("normativa/llei-9", "es/normativa/ley-9"))
    assert own["uri"] == other["uri"] == "https://www.boe.es/eli/es-ib/l/2019/03/01/9/"
    assert own["own_digest"] != other["own_digest"]
