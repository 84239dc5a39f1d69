"""A town that says all that linked data can have, built once as on 10 December 2020."""

from __future__ import annotations

import pytest
from in_process import built
from project import Project, new_project
from rdflib import Graph
from vocabulary import catalogue_of

NOTES = {
    "contacts/aigua": """title: Àrea d'Aigües
summary: L'aigua «de tots» i la "xarxa" \\ bruta.
parent: ajuntament
dir3: L01999999
website: https://aigua.vila.test/
address: {street_address: "Carrer Nou, 2", locality: Vila}
opening_hours: [{days: unknown, opens: 9:00, closes: 12:00, channel: in-person}]
""",
    "contacts/secret": """title: Oficina amagada
summary: No surt enlloc.
status: hidden
""",
    "services/alta": """title: Donar d'alta l'aigua
summary: Per tenir-ne a casa.
departments: [aigua, secret]
online_only_norm: ordenanca-aigua
norms: [ordenanca-aigua, decret-llei-8-2020]
audience: {ca: Qui té una casa}
search_words: {ca: [comptador], es: [contador]}
channels:
  - channel: phone
  - {channel: phone, label: {ca: De nit}, opening_hours: [{days: monday-friday, opens: 22:00, closes: 24:00}]}
  - {id: paper, channel: post}
""",
    "services/amagat": """title: Servei de l'oficina amagada
summary: La responsable no surt enlloc.
departments: [secret]
no_channel: {ca: Encara no}
""",
    "services/ordre": """title: Ordre
summary: Tres canals.
departments: [aigua]
channels: [{id: seu, channel: online}, {channel: phone}, {channel: video}]
""",
    "services/desordre": """title: Desordre
summary: Els mateixos.
departments: [aigua]
channels: [{channel: video}, {channel: phone}, {id: seu, channel: online}]
""",
    "norms/ordenanca-aigua": """title: Ordenança de l'aigua
summary: Diu qui paga.
date: 2020-01-01
type: ord
jurisdiction: vila
number: '3'
date_document: 2019-12-01
first_date_entry_in_force: 2020-01-01
date_no_longer_in_force: 2025-12-31
end_reason: expired
relations: [{type: develops, norm: decret-llei-8-2020}]
""",
}


@pytest.fixture(scope="session")
def linked_town(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("linked") / "project")
    for path, text in NOTES.items():
        project.write(f"{path}.md", f"---\n{text}---\nText.\n")
    assert not built(project)
    return project


@pytest.fixture(scope="session")
def catalogue(linked_town: Project) -> Graph:
    return catalogue_of(linked_town)
