"""Norms that a text cites: linked, with their state, and the words left as they were typed."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from project import Project, new_project
from saig.catalogue.resolve import Meaning, resolve_citation

BEFORE, ON, AFTER = "2020-12-10", "2020-12-11", "2020-12-20"
"""Days on which Decret llei 8/2020 is in force, and on which it is repealed; the first of those."""

DL8 = "http://localhost:8000/normativa/decret-llei-8-2020/"

NOT_CITED = [
    "`Decret llei 8/2020`",
    "    Decret llei 8/2020",
    "Premeu <kbd>Decret llei 8/2020</kbd>",
    "![Decret llei 8/2020](../files/planol.png)",
    "https://example.org/decret-llei-8/2020",
    "<https://example.org/Decret%20llei%208/2020>",
    '<abbr title="Decret llei 8/2020">DL</abbr>',
    "Expedient 8/2020",
    "Decret llei 8/2020, de 24 de març, de Catalunya",
]
PAST = [
    "Segons el Decret llei 8/2020, ja derogat, es podia.",
    "Segons el Decret llei 8/2020; ara, el [nou](../norms/decret-llei-14-2020.md).",
    "Segons el Decret llei 8/2020; ara, el Decret llei 14/2020.",
    "Va ser derogat el [que deia](../norms/decret-llei-8-2020.md) això.",
]
TEXTS = {
    "dated": "Segons el Decret llei 8/2020, de 13 de maig, es pot.",
    "plain": "Segons el Decret llei 8/2020, es pot.",
    "typed": "El DECRET\u00a0LLEI\u00a08/2020,\nde 13 de maig.",
    "provision": "Vegeu l'article 5.2 del Decret llei 8/2020 i prou.",
    "in-a-link": "[el Decret llei 8/2020](https://www.boe.es/eli/es-ib/dl/2020/05/13/8), vist.",
    "link": "Vegeu [aquesta norma](../norms/decret-llei-8-2020.md).",
    "unresolved": "Segons la Llei 39/2015, d'1 d'octubre.",
    "second-paragraph": "Text.\n\nSegons el Decret llei 8/2020, es pot.",
    "wrong-date": "Segons el Decret llei 8/2020, de 24 de març.",
    "field": "Text.",
    "past": "Segons el Decret llei 8/2020.",
    **{f"not-cited-{number}": text for number, text in enumerate(NOT_CITED)},
    **{f"said-past-{number}": text for number, text in enumerate(PAST)},
}
MORE = {"field": "norms: [decret-llei-8-2020]\n", "past": "valid_until: 2020-06-01\n"}
"""More lines of front matter."""


On = Callable[[str], Project]
Warnings = Callable[..., list[tuple[str, int, int]]]


def write(town: Project, name: str, text: str) -> None:
    head = f"---\ntitle: {name}\nsummary: S.\n"
    town.write(f"notices/{name}.md", f"{head}date: 2020-05-20\n{MORE.get(name, '')}---\n{text}\n")
    town.write(f"notices/{name}.es.md", f"{head}---\nTexto.\n")


def new_town(factory: pytest.TempPathFactory) -> Project:
    """One with a notice of each text."""
    town = new_project(factory.mktemp("citations") / "project")
    for name, text in TEXTS.items():
        write(town, name, text)
    return town


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> On:
    """The town as it is built on a day."""
    towns: dict[str, Project] = {}

    def on(day: str) -> Project:
        if day not in towns:
            towns[day] = new_town(tmp_path_factory)
            towns[day].build(today=day)
        return towns[day]

    return on


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> Warnings:
    """What the editor of a notice is told of citations: code, line and column."""
    town = new_town(tmp_path_factory)
    found = {day: town.check("--today", day) for day in (BEFORE, AFTER)}

    def warnings(name: str, today: str = AFTER) -> list[tuple[str, int, int]]:
        return [
            (problem["code"], problem["line"], problem["column"])
            for problem in found[today]
            if problem["path"] == f"content/notices/{name}.md" and "cit" in problem["code"]
        ]

    return warnings


def body(town: Project, name: str) -> str:
    return str(town.document(f"/avisos/{name}/")["body_html"])


def test_a_citation_is_a_link_with_the_state(on: On) -> None:
    assert (
        f'<a class="citation" href="{DL8}">Decret llei 8/2020, de 13 de maig</a>'
        ' <span class="norm-state">(derogat)</span>' in body(on(AFTER), "dated")
    )


def test_one_in_force_has_no_state(on: On) -> None:
    html = body(on(BEFORE), "plain")
    assert f'<a class="citation" href="{DL8}">Decret llei 8/2020</a>, es pot.' in html
    assert "norm-state" not in html


def test_the_words_stay_byte_for_byte(on: On) -> None:
    """Non-breaking spaces, a line's end, capitals: the link is around what was typed."""
    assert ">DECRET\u00a0LLEI\u00a08/2020,\nde 13 de maig</a>" in body(on(AFTER), "typed")


def test_a_provision_is_part_of_the_link(on: On) -> None:
    assert ">article 5.2 del Decret llei 8/2020</a>" in body(on(AFTER), "provision")


def test_a_repealed_provision_of_a_norm_in_force_says_so(town: Project) -> None:
    town.change(
        "norms/decret-llei-14-2020.md",
        "{type: repeals, norm: decret-llei-8-2020}",
        '{type: repeals-part, norm: decret-llei-8-2020, provisions: ["arts. 5 a 7"]}',
    )
    text = "L'article 6.1 del Decret llei 8/2020 i l'article 8 del Decret llei 8/2020."
    write(town, "cita", text)
    town.build(today=AFTER)
    html = body(town, "cita")
    assert '6.1 del Decret llei 8/2020</a> <span class="norm-state">(derogat)' in html
    assert html.count("norm-state") == 1


@pytest.mark.parametrize("kind", ["repeals-part", "removes", "suspends"])
def test_an_article_put_in_behind_one_is_none_of_its_parts(kind: str, town: Project) -> None:
    """Whatever is between the ends of a range is meant with it."""
    said = '["art. 5", "arts. 7 a 9", "DA 2", "annex II", "art. 12.1 a 3"]'
    town.change(
        "norms/decret-llei-14-2020.md",
        "{type: repeals, norm: decret-llei-8-2020}",
        f"{{type: {kind}, norm: decret-llei-8-2020, provisions: {said}}}",
    )
    over = ["article 5.2", "article 7 bis", "article 8", "article 8 ter.2", "annex II"]
    over += ["disposició addicional segona", "article 12.2"]
    alive = ["article 5 bis", "article 5bis", "article 5 undecies", "article 9 bis", "annex II bis"]
    alive += ["disposició addicional segona bis", "DA 2a bis", "article 12.4", "article 12.3 bis"]
    write(town, "cita", "\n\n".join(f"- {name} del Decret llei 8/2020;" for name in over + alive))
    town.build(today=AFTER)
    items = body(town, "cita").split("<li>")[1:]
    is_marked = {name: "norm-state" in item for name, item in zip(over + alive, items, strict=True)}
    assert [name for name, marked in is_marked.items() if marked] == over


@pytest.mark.parametrize("number", range(len(NOT_CITED)), ids=NOT_CITED.__getitem__)
def test_no_link_where_none_is_cited(number: int, on: On) -> None:
    html = body(on(AFTER), f"not-cited-{number}")
    assert html
    assert "citation" not in html


def test_no_link_in_a_link(on: On) -> None:
    assert body(on(AFTER), "in-a-link").count("<a ") == 1


def test_a_link_to_a_norm_has_its_state_too(on: On) -> None:
    html = body(on(AFTER), "link")
    assert '>aquesta norma</a> <span class="norm-state">(derogat)</span>.' in html


def test_an_unresolved_citation_stays_text_and_is_listed(town: Project) -> None:
    write(town, "cita", TEXTS["unresolved"])
    done = town.build(today=AFTER)
    html = unescape(body(town, "cita"))
    assert html == "<p>Segons la Llei 39/2015, d'1 d'octubre.</p>\n"
    assert "Llei 39/2015, d'1 d'octubre: content/notices/cita.md:6:11" in done.stderr


def test_the_norm_names_the_notes_that_cite_it(on: On) -> None:
    town = on(AFTER)
    cited_in = {
        ref["id"] for ref in town.document("/normativa/decret-llei-8-2020/")["norm"]["cited_in"]
    }
    assert {"dated", "plain", "provision", "second-paragraph", "past"} <= cited_in
    assert not cited_in & {"unresolved", *(f"not-cited-{n}" for n in range(len(NOT_CITED)))}
    mentions = town.document("/avisos/plain/")["mentions"]
    assert [ref["id"] for ref in mentions] == ["decret-llei-8-2020"]


# -- what the editor is told ---------------------------------------------------------------------


def test_to_lean_on_a_repealed_norm_is_told(warnings: Warnings) -> None:
    assert warnings("second-paragraph") == [("cites-norm-not-in-force", 8, 11)]
    assert warnings("second-paragraph", today=BEFORE) == []


@pytest.mark.parametrize("number", range(len(PAST)), ids=PAST.__getitem__)
def test_who_says_that_it_is_past_knows(number: int, warnings: Warnings) -> None:
    assert warnings(f"said-past-{number}") == []


def test_a_norm_of_the_front_matter_counts(warnings: Warnings) -> None:
    assert warnings("field") == [("cites-norm-not-in-force", 5, 9)]


def test_a_past_notice_may_cite_what_was_then(warnings: Warnings) -> None:
    assert warnings("past") == []


def test_a_date_that_contradicts_is_told(warnings: Warnings) -> None:
    assert ("ambiguous-citation", 6, 11) in warnings("wrong-date")


# -- who follows the site ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "feed", ["feed.json", "avisos/feed.json", "normativa/decret-llei-8-2020/feed.json"]
)
def test_the_repeal_stands_once_in_the_feeds_of_the_notes_that_lean_on_it(
    feed: str, on: On
) -> None:
    """However many do, as what it is: something that happened to the norm."""
    assert not told(on(BEFORE), feed)
    [item] = told(on(ON), feed)
    assert item["date_published"].startswith(ON)
    assert item["title"].startswith("Decret llei 8/2020")


def told(town: Project, feed: str) -> list[dict[str, str]]:
    return [
        item
        for item in town.data(feed)["items"]
        if item["url"].endswith("/normativa/decret-llei-8-2020/")
        and "derogat" in item["content_text"]
    ]


def test_the_end_of_a_notice_and_a_withdrawal_stand_in_the_feed(town: Project) -> None:
    town.build(today="2020-12-21")
    items = town.data("feed.json")["items"]
    assert any(item["id"].endswith("#expired-2020-12-21") for item in items)
    gone = town.data("api/v1/index.json")["gone"]
    assert gone
    assert {item["url"] for item in gone} <= {item["url"] for item in items}


@pytest.mark.parametrize(
    ("whose", "reason"), [("es-ib", "issuer"), (None, "issuer"), ("es-ct", "unknown")]
)
def test_a_norm_that_has_the_name_is_not_of_another_than_the_words_say(
    whose: str | None, reason: str
) -> None:
    """It need not say whose it is."""
    norm: Any = SimpleNamespace(
        identity={"type": "l", "jurisdiction": whose, "date_document": None}
    )
    said = Meaning("l", "12", 2017, None, "es-ib", "llei d'urbanisme")
    found = resolve_citation(said, [], [norm], {}, {})
    assert found.reason == reason
