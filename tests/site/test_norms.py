"""The pages of norms: whether one holds, its life, lists to look through, and the map."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import axe
import pytest
from lxml import html
from project import Project

if TYPE_CHECKING:
    from .conftest import Reader


def words(page: html.HtmlElement, path: str) -> list[str]:
    """The words of the elements of a page at a path."""
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def test_a_norm_is_called_by_its_short_title_wherever_it_is_named(site: Project) -> None:
    """Its full name of 274 letters stands on its page once."""
    page = html.fromstring(site.page("/normativa/decret-llei-8-2020/"))
    assert words(page, "//h1") == ["Decret llei 8/2020"]
    assert words(page, "//title") == ["Decret llei 8/2020: derogat – Urbanisme a Palma"]
    [shared] = page.xpath("//meta[@property='og:title']/@content")
    assert shared == "Decret llei 8/2020: derogat"
    full = site.document("/normativa/decret-llei-8-2020/")["title"]
    read = page.xpath("//body//text()[not(parent::script)]")
    assert " ".join(" ".join(read).split()).count(full) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/normativa/decret-llei-8-2020/",
            "No és vigent des de l'11 de desembre de 2020. "
            "Consultau la Llei 2/2020 (vigent, amb preceptes derogats).",
        ),
        (
            "/es/normativa/decreto-ley-8-2020/",
            "No está vigente desde el 11 de diciembre de 2020. "
            "Consulte la Ley 2/2020 (vigente, con preceptos derogados).",
        ),
        (
            "/normativa/decret-llei-3-2024/",
            "No és vigent des del 14 de desembre de 2024. "
            "Derogació: Llei 7/2024 (vigent, amb preceptes anul·lats i derogats).",
        ),
        ("/normativa/llei-3-2024/", "Vigent des del 10 de maig de 2024."),
        ("/normativa/llei-12-2017/", "Vigent, amb preceptes derogats."),
        (
            "/normativa/decret-llei-6-2025/",
            "No és vigent; no ens consta des de quin dia. No es va convalidar.",
        ),
        ("/normativa/reglament-de-la-luib-mallorca/", "No ens consta si és vigent."),
    ],
)
def test_a_page_says_first_whether_the_norm_holds_and_what_holds_now(
    site: Project, address: str, said: str
) -> None:
    assert words(html.fromstring(site.page(address)), "//*[@class='answer']") == [said]


SCREEN, SWIPE = 640, 480
"""A small phone's height, and how far a swipe goes."""


@pytest.mark.parametrize(
    ("address", "wanted", "swipes"),
    [
        ("/normativa/decret-llei-8-2020/", ".answer", 0),
        ("/es/normativa/decreto-ley-8-2020/", ".answer", 0),
        # All that changed the law of urbanism, to the first.
        ("/normativa/llei-12-2017/", ".life li li a", 3),
        ("/es/normativa/ley-12-2017/", ".life li li a", 3),
        # A repealed norm, in the list.
        ("/normativa/", "main a[href$='/decret-llei-8-2020/']", 3),
        ("/es/normativa/", "main a[href$='/decreto-ley-8-2020/']", 3),
    ],
)
def test_few_swipes_of_a_phone_lead_to_an_answer(
    reader: Reader, address: str, wanted: str, swipes: int
) -> None:
    page = reader.open(address, width=360)
    box = page.locator(wanted).last.bounding_box()
    assert box
    assert ceil(max(0, box["y"] + box["height"] - SCREEN) / SWIPE) <= swipes


@pytest.mark.parametrize("address", ["/normativa/llei-12-2017/", "/normativa/relacions/"])
def test_what_is_unfolded_is_within_reach_of_all(reader: Reader, address: str) -> None:
    page = reader.open(address, width=360)
    assert page.locator("main details").count()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert axe.faults_now(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_life_is_told_by_its_stretches_with_what_happened_in_each(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/decret-llei-8-2020/"))
    assert words(page, "//*[@class='life__said']") == [
        "Des de l'11 de desembre de 2020: derogat",
        "15 de maig – 10 de des. 2020: vigent",
        "Fins al dia 14 de maig de 2020: encara no vigent",
    ]
    [ended, *_] = words(page, "//ol[@class='life']/li[1]/ul/li")
    assert ended.startswith("11 de des. 2020. Decret llei 14/2020: deroga tota la norma.")
    lived = words(page, "//ol[@class='life']/li[2]/ul/li")
    assert lived[0].startswith("20 d'oct. 2020. Llei 2/2020: en continua el contingut.")
    assert lived[-2:] == [
        "25 de maig 2020. Decret llei 9/2020: canvia art. 6.",
        "15 de maig 2020. Publicació. Entrada en vigor.",
    ]


def test_changes_are_told_by_who_made_them_and_the_newest_first(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/llei-12-2017/"))
    told = words(page, "//ol[@class='life']/li/ul/li")
    assert told[:3] == [
        "14 de juny 2026. Llei 4/2026: canvia art. 120, 125, DA 17; afegeix DA 24.",
        "24 de jul. 2025. Llei 4/2025: canvia DA 7, 17.8.",
        "15 de març 2025. Decret llei 3/2025: canvia DA 17.8.",
    ]
    years = [found.get("datetime")[:4] for found in page.xpath("//ol[@class='life']//time")]
    assert years == sorted(years, reverse=True)
    assert words(page, "//*[@class='abbreviations']") == [
        "art.: article; DA: disposició addicional; DT: disposició transitòria."
    ]
    links = page.xpath("//main//a[@href]/text()")
    assert links.count("Decret llei 8/2020") == 1


def test_what_was_added_or_removed_is_not_called_modified(site: Project) -> None:
    """In the law of urbanism, whose table once said so of eleven provisions."""
    done = {
        row["provision"]: [one["type"] for one in row["done"]]
        for row in site.document("/normativa/llei-12-2017/")["norm"]["provisions"]
    }
    assert done["art. 38.1.f"] == ["removes"]
    for added in ("art. 176.3", "art. 68 bis", "DA 22", "DA 24", "DT 16"):
        assert done[added] == ["adds"], added
    assert done["DA 17"] == ["adds", "adds", "amends"]
    assert done["DA 9.2"] == ["repeals-part", "repeals-part"]
    page = html.fromstring(site.page("/normativa/llei-12-2017/"))
    rows = {
        row.xpath("th")[0].text_content(): " ".join(row.xpath("td")[0].text_content().split())
        for row in page.xpath("//tbody/tr")
    }
    assert rows["art. 38.1.f"] == "Supressió: Decret llei 8/2020, des del 15 de maig de 2020."
    assert rows["DA 9.2"].startswith("Derogació: Decret llei 8/2020")
    assert rows["DA 9.2"].index("8/2020") < rows["DA 9.2"].index("Llei 2/2020")


def test_all_that_amended_the_law_of_urbanism_is_there_in_its_order(site: Project) -> None:
    relations = site.document("/normativa/llei-12-2017/")["norm"]["relations"]
    said = [
        relation["norm"]["short_title"] if relation["norm"] else relation["act"]["title"]
        for relation in relations
        if relation["direction"] == "passive" and relation["type"] in ("amends", "adds", "removes")
    ]
    assert list(dict.fromkeys(said)) == [
        "Llei 6/2018, de 22 de juny",
        "Decret llei 8/2020",
        "Decret legislatiu 1/2020, de 28 d'agost",
        "Llei 2/2020",
        "Decret llei 10/2022",
        "Decret llei 6/2023",
        "Llei 3/2024",
        "Decret llei 3/2024",
        "Decret llei 5/2024, de 13 de desembre",
        "Decret llei 6/2024, de 13 de desembre",
        "Llei 7/2024",
        "Decret llei 3/2025",
        "Llei 4/2025",
        "Llei 4/2026",
    ]


def test_the_life_of_a_decree_law_has_its_validation_and_corrections(site: Project) -> None:
    timeline = site.document("/normativa/decret-llei-8-2020/")["norm"]["timeline"]
    assert [(event["date"], event["event"]) for event in timeline if event["act"]] == [
        ("2020-05-30", "corrected"),
        ("2020-06-03", "validated"),
        ("2020-06-06", "corrected"),
        ("2020-06-10", "bill"),
        ("2020-06-13", "corrected"),
    ]


@pytest.mark.parametrize(
    ("norm", "state", "since"),
    [
        ("reial-decret-463-2020", "no-longer-in-force", "2020-06-21"),
        ("decret-llei-6-2025", "no-longer-in-force", None),
        ("llei-7-2012", "partly-in-force", "2014-05-29"),
        ("llei-2-2014", "no-longer-in-force", "2018-01-01"),
        ("llei-3-1986", "partly-in-force", None),
        ("decret-llei-4-2021", "no-longer-in-force", "2021-11-13"),
        ("llei-23-2006", "partly-in-force", None),
        ("llei-3-2024", "in-force", "2024-05-10"),
    ],
)
def test_a_state_and_its_day_are_those_of_the_gazette(
    site: Project, norm: str, state: str, since: str | None
) -> None:
    part = site.document(f"/normativa/{norm}/")["norm"]
    assert (part["state"], part["state_since"]) == (state, since)


def test_of_no_norm_the_force_is_unknown_but_of_one_that_has_no_day(site: Project) -> None:
    groups = site.document("/normativa/")["section"]["groups"]
    unknown = {ref["id"] for g in groups if g["id"] == "unknown" for ref in g["items"]}
    assert unknown == {"reglament-luib-mallorca"}


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
    first, *others = [found for found in page.xpath("//main//h2/@id") if "group_" in found]
    assert page.xpath("//nav[@class='jump']//a/@href") == [f"#{other}" for other in others]
    assert first
    total = {ref["id"] for items in groups.values() for ref in items}
    assert len(total) == len(list((site.content / "norms").glob("*.es.md")))


def test_a_list_has_a_row_for_each_norm_and_those_in_force_first(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/"))
    assert words(page, "//main//h2") == [
        "Vigent",
        "Vigent, amb preceptes derogats, anul·lats o suspesos",
        "No ens consta si és vigent",
        "Ja no és vigent",
    ]
    rows = words(page, "//ul[@class='rows']/li/a")
    assert rows[0] == "Llei 4/2026"
    assert len(rows) == len(set(rows))
    others = words(page, "//nav[@class='views']//a")
    assert others == ["Per tipus", "Per any", "Per tema"]
    [to_map] = page.xpath("//main//a[@href='/normativa/relacions/']")
    assert not to_map.xpath("ancestor::nav")
    by_type = html.fromstring(site.page("/normativa/per-tipus/"))
    states = words(by_type, "//*[@class='rows__state']")
    assert len(states) == len(rows)
    assert {"Vigent", "Derogat", "Derogada", "Vigent, amb preceptes derogats"} <= {*states}


def test_the_map_links_the_norms_and_the_lists_say_the_same(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/relacions/"))
    part = site.document("/normativa/relacions/")["relations"]
    norms = [item["norm"]["short_title"] for group in part["groups"] for item in group]
    assert words(page, "//ul[@class='map__norms']/li/a") == norms
    acting = [
        item["norm"]["short_title"]
        for group in part["groups"]
        for item in group
        if item["relations"]
    ]
    assert (
        words(page, "//section[@aria-labelledby='relations_lists_heading']/details/summary")
        == acting
    )
    pairs = {
        (item["norm"]["id"], relation["norm"]["id"])
        for group in part["groups"]
        for item in group
        for relation in item["relations"]
    }
    assert ("decret-llei-14-2020", "decret-llei-8-2020") in pairs
    assert len(page.xpath("//*[@class='map__lines']/path[@marker-end]")) == len(pairs)
    assert len(
        page.xpath("//section[@aria-labelledby='relations_lists_heading']/details/ul/li")
    ) == len(pairs)
    [law] = [one for one in page.xpath("//details") if one[0].text_content() == "Llei 4/2026"]
    said = " ".join(law.text_content().split())
    assert "Llei 12/2017: canvia art. 120, 125, DA 17; afegeix DA 24." in said
    named = ["Decret llei 8/2025", "Llei 4/2025", "Llei 7/2024", "Llei 3/2024", "Llei 2/2020"]
    assert [one.text_content() for one in law.xpath(".//strong")][:5] == named  # by their age
    alone = {ref["id"] for ref in part["alone"]}
    assert "llei-3-1986" in alone


def test_the_map_tells_states_and_relations_apart_without_colours(site: Project) -> None:
    page = html.fromstring(site.page("/normativa/relacions/"))
    marks = page.xpath("//ul[@class='map__norms']/li/@data-state")
    assert {"in-force", "partly-in-force", "no-longer-in-force"} <= {*marks}
    legend = words(page, "//ul[@class='legend']/li")
    assert legend[:2] == ["Vigent", "Vigent, amb preceptes derogats, anul·lats o suspesos"]
    assert {"Deroga", "Modifica", "Desplega"} <= {*legend}
    ends = {
        line.get("data-relation"): line.get("marker-end")
        for line in page.xpath("//ul[@class='legend']//path")
    }
    assert ends["develops"] != ends["amends"]
    assert len({*page.xpath("//main//@id")}) == len(page.xpath("//main//@id"))
