"""What the fields for linked data tell citizens."""

from __future__ import annotations

import re
from html import unescape

import pytest
from project import Project

FACTS = re.compile(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", re.DOTALL)
SERVICE, NORM = "serveis/llicencia-d-obres", "es/normativa/decreto-ley-14-2020"


def facts(town: Project, page: str) -> dict[str, str]:
    html = (town.output / page / "index.html").read_text("utf-8")
    return {
        unescape(name): unescape(re.sub(r"<.*?>", "", said)) for name, said in FACTS.findall(html)
    }


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        (SERVICE, "Què obteniu", "La llicència"),
        (SERVICE, "Temps fins a la resposta", "3 mesos"),
        (SERVICE, "A qui s'adreça", "Ciutadania i Empreses"),
        ("es/servicios/licencia-de-obras", "Tiempo hasta la respuesta", "3 meses"),
        (NORM, "Órgano que la aprobó", "Gobierno de las Islas"),
    ],
)
def test_a_page_says_it(page: str, name: str, said: str, linked_town: Project) -> None:
    assert facts(linked_town, page)[name] == said
