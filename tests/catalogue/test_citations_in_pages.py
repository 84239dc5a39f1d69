"""Norms that a text cites: linked, with their state, and the words left as they were typed."""

from __future__ import annotations

from html import unescape

import pytest
from project import Project

AFTER = "2020-12-20"
"""A day on which Decret llei 8/2020 is repealed."""

DL8 = "http://localhost:8000/normativa/decret-llei-8-2020/"


def cite(town: Project, text: str, more: str = "") -> None:
    town.write(
        "notices/cita.md", f"---\ntitle: Cita\nsummary: S.\ndate: 2020-05-20\n{more}---\n{text}\n"
    )
    town.write("notices/cita.es.md", "---\ntitle: Cita\nsummary: S.\n---\nTexto.\n")


def body(town: Project, text: str, today: str = AFTER) -> str:
    cite(town, text)
    town.build(today=today)
    return str(town.document("/avisos/cita/")["body_html"])


def warnings(town: Project, today: str = AFTER) -> list[tuple[str, int, int]]:
    done = town.saig("check", "--format", "github", "--today", today, "content/notices/cita.md")
    return [
        (
            line.split("title=")[1].split("::")[0],
            int(line.split("line=")[1].split(",")[0]),
            int(line.split("col=")[1].split(",")[0]),
        )
        for line in done.stdout.splitlines()
        if "cit" in line.split("title=")[1].split("::")[0]
    ]


def test_a_citation_is_a_link_with_the_state(town: Project) -> None:
    html = body(town, "Segons el Decret llei 8/2020, de 13 de maig, es pot.")
    assert (
        f'<a class="citation" href="{DL8}">Decret llei 8/2020, de 13 de maig</a>'
        ' <span class="norm-state">(derogat)</span>' in html
    )


def test_one_in_force_has_no_state(town: Project) -> None:
    html = body(town, "Segons el Decret llei 8/2020, es pot.", today="2020-12-10")
    assert f'<a class="citation" href="{DL8}">Decret llei 8/2020</a>, es pot.' in html
    assert "norm-state" not in html


def test_the_words_stay_byte_for_byte(town: Project) -> None:
    """Non-breaking spaces, a line's end, capitals: the link is around what was typed."""
    html = body(town, "El DECRET\u00a0LLEI\u00a08/2020,\nde 13 de maig.")
    assert ">DECRET\u00a0LLEI\u00a08/2020,\nde 13 de maig</a>" in html


def test_a_provision_is_part_of_the_link(town: Project) -> None:
    html = body(town, "Vegeu l'article 5.2 del Decret llei 8/2020 i prou.")
    assert ">article 5.2 del Decret llei 8/2020</a>" in html


def test_a_repealed_provision_of_a_norm_in_force_says_so(town: Project) -> None:
    town.change(
        "norms/decret-llei-14-2020.md",
        "{type: repeals, norm: decret-llei-8-2020}",
        '{type: repeals-part, norm: decret-llei-8-2020, provisions: ["arts. 5 a 7"]}',
    )
    html = body(town, "L'article 6.1 del Decret llei 8/2020 i l'article 8 del Decret llei 8/2020.")
    assert '6.1 del Decret llei 8/2020</a> <span class="norm-state">(derogat)' in html
    assert html.count("norm-state") == 1


@pytest.mark.parametrize(
    "text",
    [
        "`Decret llei 8/2020`",
        "    Decret llei 8/2020",
        "Premeu <kbd>Decret llei 8/2020</kbd>",
        "![Decret llei 8/2020](../files/planol.png)",
        "https://example.org/decret-llei-8/2020",
        "<https://example.org/Decret%20llei%208/2020>",
        '<abbr title="Decret llei 8/2020">DL</abbr>',
        "Expedient 8/2020",
        "Decret llei 8/2020, de 24 de març, de Catalunya",
    ],
)
def test_no_link_where_none_is_cited(text: str, town: Project) -> None:
    assert "citation" not in body(town, text)


def test_no_link_in_a_link(town: Project) -> None:
    html = body(
        town, "[el Decret llei 8/2020](https://www.boe.es/eli/es-ib/dl/2020/05/13/8), vist."
    )
    assert html.count("<a ") == 1


def test_a_link_to_a_norm_has_its_state_too(town: Project) -> None:
    html = body(town, "Vegeu [aquesta norma](../norms/decret-llei-8-2020.md).")
    assert '>aquesta norma</a> <span class="norm-state">(derogat)</span>.' in html


def test_an_unresolved_citation_stays_text_and_is_listed(town: Project) -> None:
    cite(town, "Segons la Llei 39/2015, d'1 d'octubre.")
    done = town.build(today=AFTER)
    html = unescape(town.document("/avisos/cita/")["body_html"])
    assert html == "<p>Segons la Llei 39/2015, d'1 d'octubre.</p>\n"
    assert "Llei 39/2015, d'1 d'octubre: content/notices/cita.md:6:11" in done.stderr


def test_the_norm_names_the_notes_that_cite_it(town: Project) -> None:
    cite(town, "Segons el Decret llei 8/2020.")
    town.build(today=AFTER)
    norm = town.document("/normativa/decret-llei-8-2020/")["norm"]
    assert "cita" in [ref["id"] for ref in norm["cited_in"]]
    mentions = town.document("/avisos/cita/")["mentions"]
    assert [ref["id"] for ref in mentions] == ["decret-llei-8-2020"]


# -- what the editor is told ---------------------------------------------------------------------


def test_to_lean_on_a_repealed_norm_is_told(town: Project) -> None:
    cite(town, "Text.\n\nSegons el Decret llei 8/2020, es pot.")
    assert warnings(town) == [("cites-norm-not-in-force", 8, 11)]
    assert warnings(town, today="2020-12-10") == []


@pytest.mark.parametrize(
    "text",
    [
        "Segons el Decret llei 8/2020, ja derogat, es podia.",
        "Segons el Decret llei 8/2020; ara, el [nou](../norms/decret-llei-14-2020.md).",
        "Segons el Decret llei 8/2020; ara, el Decret llei 14/2020.",
        "Va ser derogat el [que deia](../norms/decret-llei-8-2020.md) això.",
    ],
)
def test_who_says_that_it_is_past_knows(text: str, town: Project) -> None:
    cite(town, text)
    assert warnings(town) == []


def test_a_norm_of_the_front_matter_counts(town: Project) -> None:
    cite(town, "Text.", more="norms: [decret-llei-8-2020]\n")
    assert warnings(town) == [("cites-norm-not-in-force", 5, 9)]


def test_a_past_notice_may_cite_what_was_then(town: Project) -> None:
    cite(town, "Segons el Decret llei 8/2020.", more="valid_until: 2020-06-01\n")
    assert warnings(town) == []


def test_a_date_that_contradicts_is_told(town: Project) -> None:
    cite(town, "Segons el Decret llei 8/2020, de 24 de març.")
    assert ("ambiguous-citation", 6, 11) in warnings(town)


# -- who follows the site ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "feed", ["feed.json", "avisos/feed.json", "normativa/decret-llei-8-2020/feed.json"]
)
def test_the_repeal_stands_once_in_the_feeds_of_the_notes_that_lean_on_it(
    feed: str, town: Project
) -> None:
    """However many do, as what it is: something that happened to the norm."""
    cite(town, "Segons el Decret llei 8/2020.")
    town.build(today="2020-12-10")
    assert not told(town, feed)
    town.build(today="2020-12-11")
    [item] = told(town, feed)
    assert item["date_published"].startswith("2020-12-11")
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
