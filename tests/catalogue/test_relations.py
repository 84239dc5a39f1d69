"""What one note says of another: who acts, who is acted on, and what may not be said twice."""

from __future__ import annotations

from project import Project

LAW = """---
title: {title}
summary: Una llei.
date: 2020-01-02
first_date_entry_in_force: 2020-01-02
{more}
---
Text.
"""


def law(town: Project, name: str, more: str) -> None:
    text = LAW.format(title=name, more=more)
    town.write(f"norms/{name}.md", text)
    town.write(f"norms/{name}.es.md", f"---\ntitle: {name}\nsummary: Una ley.\n---\nTexto.\n")


def test_a_norm_that_another_ends_does_not_say_its_own_end(town: Project) -> None:
    """Two facts would say one thing, and could come to differ."""
    law(town, "vella", "date_no_longer_in_force: 2020-11-30")
    law(town, "nova", "relations: [{type: repeals, norm: vella, from: 2020-12-01}]")
    (problem,) = town.errors()
    assert (problem["path"], problem["code"]) == (
        "content/norms/vella.md",
        "contradicting-relation",
    )
    assert (problem["line"], problem["column"]) == (6, 26)
    assert "nova" in problem["message"]


def test_norms_are_told_of_what_cannot_be_and_of_nothing_else(town: Project) -> None:
    """An address that says too little; who ends and validates one norm. Not of a gazette of the day of
    the act, which had it again later; nor of an article that comes back with all its parts."""
    law(town, "vella", "")
    law(town, "estranya", "eli: https://lleis.test/eli/x/1\ntype: l\njurisdiction: es-ib")
    gazettes = "{gazette: BOIB, date: 2020-01-02}, {gazette: BOIB, date: 2020-03-02}"
    act = 'type: l\nnumber: "5"\njurisdiction: es-ib\ndate_document: 2020-01-02'
    law(town, "publicada", f"{act}\npublished_in: [{gazettes}]")
    suspends = "{type: suspends, norm: vella, provisions: [article 3.1], from: 2020-02-01}"
    law(town, "suspensora", f"relations: [{suspends}]")
    lifts = "{type: lifts, norm: vella, provisions: [article 3], from: 2020-03-01}"
    law(town, "aixecadora", f"relations: [{lifts}]")
    twice = "{type: repeals, norm: vella}, {type: validates, norm: vella}"
    law(town, "doble", f"relations: [{twice}]")
    codes = ("eli-unread", "date-order", "retroactive", "contradicting-relation")
    found = [(p["path"], p["code"]) for p in town.check() if p["code"] in codes]
    assert found == [
        ("content/norms/doble.md", "contradicting-relation"),
        ("content/norms/estranya.md", "eli-unread"),
    ]


def test_a_hidden_norm_acts_without_being_shown(town: Project) -> None:
    """The state that it gives to another is true; its own name is in no list."""
    law(town, "vella", "")
    law(town, "secreta", "status: hidden\nrelations: [{type: repeals, norm: vella}]")
    town.build()
    norm = town.document("/normativa/vella/")["norm"]
    assert norm["state"] == "no-longer-in-force"
    assert norm["relations"] == []
    assert "secreta" not in town.page("/normativa/vella/")


def test_a_description_is_plain_text(town: Project) -> None:
    """A link inside an image's description gives its words, and no empty link."""
    town.write(
        "notices/imatge.md",
        "---\ntitle: Imatge\nsummary: S.\ndate: 2020-05-01\n---\n"
        "![El [plànol](../contacts/obres.md) nou](../files/planol.png)\n",
    )
    town.build()
    body = town.document("/avisos/imatge/")["body_html"]
    assert 'alt="El plànol nou"' in body
    assert "<a" not in body


def test_a_footnote_that_is_not_there_is_told(town: Project) -> None:
    town.write(
        "notices/nota.md",
        "---\ntitle: Nota\nsummary: S.\ndate: 2020-05-01\n---\n"
        "Una[^1] i [dues](#footnote-2).\n\n[^1]: Nota.\n",
    )
    assert [(p["code"], p["line"], p["column"]) for p in town.errors()] == [("broken-link", 6, 18)]


def test_many_broken_links_are_all_told_and_soon(town: Project) -> None:
    """The nearest name is looked up for the first few; the rest is told without."""
    links = "\n".join(f"[x](../contacts/obras-{number}.md)" for number in range(9000))
    town.write(
        "notices/molts.md", f"---\ntitle: Molts\nsummary: S.\ndate: 2020-05-01\n---\n{links}\n"
    )
    found = town.errors()
    assert len(found) == 9000
    assert "../contacts/" in found[0]["hint"]
