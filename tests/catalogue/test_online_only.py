"""No one is told that online is the only way, unless a norm says so (Law 39/2015, article 14)."""

from __future__ import annotations

import pytest
from project import DAY, Project

SERVICE = "---\ntitle: Tràmit\nsummary: Un tràmit.\ndepartments: [obres]\n%s\n---\n"
ONLINE = "channels: [{channel: online, url: https://seu.vila.test/x}]"
ADDRESSES = ("/serveis/tramit/", "/contactes/obres/", "/cita-previa/")
"""Where a service stands with its channels."""


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        (ONLINE, True),
        ("channels: [{channel: online}, {channel: email}]", True),
        ("channels: [{channel: online}, {channel: in-person}]", False),
        ("channels: [{channel: online}, {channel: phone}]", False),
        ("channels: [{channel: online}, {channel: post}]", False),
        ("channels: [{channel: online}, {channel: post, valid_until: 2020-12-09}]", True),
        ("channels: [{channel: online}, {channel: post, valid_until: 2020-12-10}]", False),
        ("channels: [{channel: online, valid_from: 2020-12-11}]", False),
        (f"{ONLINE}\nonline_only_norm: decret-llei-8-2020", False),
        ("no_channel: {ca: No n'hi ha}", False),
    ],
)
def test_editor_is_warned(town: Project, fields: str, is_told: bool) -> None:
    town.write("services/tramit.md", SERVICE % fields)
    codes = [p["code"] for p in town.check() if p["path"] == "content/services/tramit.md"]
    assert ("online-only" in codes) == is_told
    assert set(codes) <= {"online-only", "translation-missing", "expiring-soon"}, DAY


def test_norm_that_there_is_not_is_an_error(town: Project) -> None:
    town.write("services/tramit.md", SERVICE % f"{ONLINE}\nonline_only_norm: decret-llei-8-2021")
    (error,) = town.errors()
    assert (error["code"], error["line"]) == ("unknown-reference", 6)
    assert "decret-llei-8-2020" in error["hint"]


def test_page_says_what_else_can_be_done(town: Project) -> None:
    """Wherever the service stands with its channels; with a norm that obliges, it names that."""
    town.write("services/tramit.md", SERVICE % ONLINE)
    town.build()
    for address in ADDRESSES:
        assert "no ho heu de fer en línia" in town.page(address), address
    town.change("services/tramit.md", ONLINE, f"{ONLINE}\nonline_only_norm: decret-llei-8-2020")
    town.build()
    for address in ADDRESSES:
        page = town.page(address)
        assert "no ho heu de fer en línia" not in page, address
        assert "Només es pot fer en línia. Ho diu <a" in page, address
    norm = town.document("/serveis/tramit/")["service"]["online_only_norm"]
    assert norm["id"] == "decret-llei-8-2020"
