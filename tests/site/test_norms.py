"""The pages of norms: a life, lists to look through, and the map, all without a script."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from lxml import html
from project import Project

SVG = "{http://www.w3.org/2000/svg}"


def drawing(site: Project, address: str, name: str) -> tuple[html.HtmlElement, html.HtmlElement]:
    """A page, and the picture on it with that class."""
    page = html.fromstring(site.page(address))
    [svg] = page.xpath(f"//svg[@class='{name}']")
    return page, svg


def test_the_picture_of_a_life_and_its_list_say_the_same_days(site: Project) -> None:
    page, svg = drawing(site, "/normativa/decret-llei-8-2020/", "life")
    listed = [t.text for t in page.xpath("//ol[@class='timeline__list']/li/time")]
    drawn = [t.text for t in svg.xpath(".//text[not(@class)]")]
    assert listed == drawn
    assert listed[0] == "13 de maig de 2020"
    assert "11 de desembre de 2020" in listed


def test_the_life_tells_what_happened_in_words(site: Project) -> None:
    text = " ".join(
        html.fromstring(site.page("/normativa/decret-llei-8-2020/")).text_content().split()
    )
    assert "11 de desembre de 2020 Derogació: Decret llei 14/2020" in text
    assert "20 d'octubre de 2020 Continuació: Llei 2/2020" in text


def test_each_provision_has_what_was_done_to_it(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/decret-llei-9-2020/"))
    rows = {
        row.xpath("th")[0].text_content(): " ".join(row.xpath("td")[0].text_content().split())
        for row in page.xpath("//tbody/tr")
    }
    assert list(rows) == ["art. 2.1", "art. 4", "art. 5", "art. 7"]
    assert "Decret llei 3/2024" in rows["art. 4"]
    assert "Llei 7/2024" in rows["art. 4"]


def test_official_text_comes_first_from_the_boib(site: Project) -> None:
    norm = site.document("/normativa/llei-12-2017/")["norm"]
    assert [publication["gazette"] for publication in norm["published_in"]] == ["BOIB", "BOE"]
    assert norm["consolidated_text"] == "https://www.boe.es/eli/es-ib/l/2017/12/29/12/con"
    assert norm["official_text"]


@pytest.mark.parametrize(
    ("address", "group", "norm"),
    [
        ("/normativa/", "no-longer-in-force", "decret-llei-8-2020"),
        ("/normativa/per-tipus/", "dl", "decret-llei-8-2020"),
        ("/normativa/per-any/", "2020", "decret-llei-8-2020"),
        ("/normativa/per-tema/", "llicencies", "decret-llei-8-2020"),
        ("/es/normativa/por-ano/", "2017", "llei-12-2017"),
    ],
)
def test_norms_can_be_looked_through(site: Project, address: str, group: str, norm: str) -> None:
    groups = {g["id"]: g["items"] for g in site.document(address)["section"]["groups"]}
    assert norm in [ref["id"] for ref in groups[group]]
    page = html.fromstring(site.page(address))
    assert page.get_element_by_id(f"group_{group}") is not None
    assert page.xpath(f"//nav[@class='jump']//a[@href='#group_{group}']")
    total = {ref["id"] for items in groups.values() for ref in items}
    assert len(total) == len(list((site.content / "norms").glob("*.es.md")))


def test_the_map_and_the_lists_have_the_same_norms_and_relations(site: Project) -> None:
    page, svg = drawing(site, "/normativa/relacions/", "map")
    part = site.document("/normativa/relacions/")["relations"]
    norms = [item["norm"]["short_title"] for group in part["groups"] for item in group]
    assert [text.text for text in svg.xpath(".//text")] == [
        n[:33] + "…" if len(n) > 34 else n for n in norms
    ]
    pairs = {
        (item["norm"]["id"], relation["norm"]["id"])
        for group in part["groups"]
        for item in group
        for relation in item["relations"]
    }
    assert ("decret-llei-14-2020", "decret-llei-8-2020") in pairs
    assert len(svg.xpath("./path[@marker-end]")) == len(pairs)
    assert page.xpath("//ul[@class='tree']/li/p/a/text()") == norms
    alone = {ref["id"] for ref in part["alone"]}
    assert "llei-3-1986" in alone


def test_the_pictures_are_well_formed(site: Project) -> None:
    for address, name in (
        ("/normativa/relacions/", "map"),
        ("/normativa/llei-5-2018/", "life"),
    ):
        _, svg = drawing(site, address, name)
        root = ET.fromstring(html.tostring(svg, method="xml"))
        assert root.get("role") == "img"
        assert root.find("title") is not None
