"""Whether a norm is in force on a day: computed from facts and relations, never typed in."""

from __future__ import annotations

import datetime

import pytest
from lxml import html
from norms_together import HEAD, OLD, Norms
from project import Project
from saig.catalogue.entry import Key

Date = datetime.date


def norm(town: Project, name: str, facts: str) -> None:
    """A norm in both languages; ``facts``: lines of its front matter."""
    town.write(f"norms/{name}.md", f"{HEAD.format(name=name)}{facts}\n---\nText.\n")
    town.write(f"norms/{name}.es.md", f"---\ntitle: {name}\nsummary: Una norma.\n---\nTexto.\n")


def told(town: Project) -> list[tuple[str, str, int]]:
    return [(p["path"].split("/")[-1], p["code"], p["line"]) for p in town.errors()]


def test_an_effect_may_have_a_day_of_its_own() -> None:
    """Later than the acting norm's entry into force, or before it, with effect back."""
    norms = Norms(
        vella=OLD,
        altra=OLD,
        nova="first_date_entry_in_force: 2020-06-01\nrelations:\n"
        "  - {type: repeals, norm: vella, from: 2021-01-01}\n"
        "  - {type: repeals, norm: altra, from: 2020-01-01}",
    )
    after = ["in-force", "no-longer-in-force"]
    assert norms.words("vella", "2020-12-31", "2021-01-01") == after
    assert norms.words("altra", "2019-12-31", "2020-01-01") == after


def test_two_norms_may_repeal_the_same_article() -> None:
    """The first one did it; the second says it again, and nothing contradicts."""
    again = 'relations: [{type: repeals-part, norm: llei, provisions: ["art. 4"]}]'
    norms = Norms(
        dues=f"first_date_entry_in_force: 2020-06-01\n{again}",
        llei=OLD,
        una=f"first_date_entry_in_force: 2020-01-01\n{again}",
    )
    state = norms.state("llei", "2020-12-01")
    assert (state.word, state.since) == ("partly-in-force", Date(2020, 1, 1))
    assert [effect.by.id for effect in norms.effects[Key("norm", "llei")]] == ["una", "dues"]


def test_who_repeals_the_repealing_norm_brings_nothing_back() -> None:
    norms = Norms(
        a=OLD,
        b="first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: a}]",
        c="first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert norms.words("a", "2022-01-01") == ["no-longer-in-force"]


def test_a_repeal_to_come_never_comes_if_its_norm_ends_first() -> None:
    norms = Norms(
        a=OLD,
        b="first_date_entry_in_force: 2020-01-01\n"
        "relations: [{type: repeals, norm: a, from: 2022-01-01}]",
        c="first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert norms.words("a", "2023-01-01") == ["in-force"]


def test_several_repeals_of_one_day_are_taken_the_later_norms_first() -> None:
    """The newest ends the middle one before that can end the oldest, whatever their files' names."""
    day = "2022-01-01"
    norms = Norms(
        a="eli: https://www.boe.es/eli/es-ib/l/2018/01/01/1\n" + OLD,
        b="eli: https://www.boe.es/eli/es-ib/l/2020/01/01/1\nfirst_date_entry_in_force: 2020-01-01\n"
        f"relations: [{{type: repeals, norm: a, from: {day}}}]",
        z="eli: https://www.boe.es/eli/es-ib/l/2021/01/01/1\nfirst_date_entry_in_force: 2021-01-01\n"
        f"relations: [{{type: repeals, norm: b, from: {day}}}]",
    )
    assert norms.words("b", day) == ["no-longer-in-force"]
    assert norms.words("a", day) == ["in-force"]


def test_a_norm_that_is_over_on_its_first_day_has_done_what_it_does() -> None:
    norms = Norms(
        a=OLD,
        b="first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: a}]",
        c="first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert norms.words("a", "2019-12-31", "2020-01-01") == ["in-force", "no-longer-in-force"]


def test_a_repeal_for_a_time_does_not_last() -> None:
    """Nor does it end for good what the repealed norm does."""
    norms = Norms(
        llei=OLD,
        suspesa="first_date_entry_in_force: 2019-06-01\nrelations: [{type: suspends, norm: llei}]",
        breu="first_date_entry_in_force: 2020-01-01\n"
        "relations: [{type: repeals, norm: suspesa, until: 2020-03-31}]",
    )
    days = ("2019-12-31", "2020-01-01", "2020-03-31", "2020-04-01")
    over = ["in-force", "no-longer-in-force", "no-longer-in-force", "in-force"]
    assert norms.words("suspesa", *days) == over
    assert norms.words("llei", "2020-04-01") == ["suspended"]


def test_what_a_decree_law_did_that_was_not_validated_ends_with_it() -> None:
    norms = Norms(
        llei=OLD,
        altra=OLD,
        decret="first_date_entry_in_force: 2020-05-01\ndate_no_longer_in_force: 2020-05-30\n"
        "end_reason: not-validated\nrelations:\n  - {type: repeals, norm: llei}\n"
        '  - {type: adds, norm: altra, provisions: ["art. 9 bis"]}\n'
        '  - {type: removes, norm: altra, provisions: ["art. 3"]}',
    )
    days = ("2020-04-30", "2020-05-01", "2020-05-30", "2020-05-31")
    over = ["in-force", "no-longer-in-force", "no-longer-in-force", "in-force"]
    assert norms.words("llei", *days) == over
    assert [norms.provision("altra", "art. 3", day) for day in days] == over
    assert [norms.provision("altra", "art. 9 bis", day) for day in days] == [
        "not-yet-in-force",
        "in-force",
        "in-force",
        "no-longer-in-force",
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2020-01-31", "in-force"),
        ("2020-02-01", "suspended"),
        ("2020-03-31", "suspended"),
        ("2020-04-01", "in-force"),
    ],
)
def test_a_suspension_holds_from_until(day: str, state: str) -> None:
    norms = Norms(
        llei=OLD,
        alarma="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: suspends, norm: llei, until: 2020-03-31}]",
    )
    found = norms.state("llei", day)
    assert found.word == state
    if state == "suspended":
        assert (found.since, found.until) == (Date(2020, 2, 1), Date(2020, 3, 31))
        assert found.by.id == "alarma"


def test_a_suspension_of_one_day() -> None:
    norms = Norms(
        llei=OLD,
        alarma="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: suspends, norm: llei, until: 2020-02-01}]",
    )
    days = ("2020-01-31", "2020-02-01", "2020-02-02")
    assert norms.words("llei", *days) == ["in-force", "suspended", "in-force"]


def test_a_suspension_without_an_end_ends_with_its_norm() -> None:
    norms = Norms(
        llei=OLD,
        alarma="first_date_entry_in_force: 2020-02-01\ndate_no_longer_in_force: 2020-06-20\n"
        'end_reason: expired\nrelations: [{type: suspends, norm: llei, provisions: ["art. 59"]}]',
    )
    assert norms.words("llei", "2020-06-20", "2020-06-21") == ["partly-in-force", "in-force"]
    assert norms.state("llei", "2020-06-20").reason == "suspended"


def test_to_continue_to_correct_or_to_challenge_ends_nothing() -> None:
    relations = ", ".join(
        f"{{type: {type_}, norm: decret}}"
        for type_ in (
            "continues",
            "corrects",
            "challenges",
            "develops",
            "validates",
            "amends",
            "adds",
        )
    )
    norms = Norms(
        decret=OLD, llei=f"first_date_entry_in_force: 2020-01-01\nrelations: [{relations}]"
    )
    assert norms.words("decret", "2020-12-01") == ["in-force"]


def test_the_day_of_checking_is_not_the_day_of_an_end() -> None:
    """Of a norm that ended on a day that nobody wrote down, no day is said."""
    norms = Norms(
        alarma="first_date_entry_in_force: 2020-03-14\nend_reason: expired\n"
        "checked: {on: 2020-09-01, source: BOE}"
    )
    for day in ("2020-08-31", "2020-09-01", "2026-01-01"):
        state = norms.state("alarma", day)
        assert (state.word, state.since, state.until) == ("no-longer-in-force", None, None)


def test_an_act_and_its_entry_into_force_may_be_of_one_day() -> None:
    facts = (
        "eli: https://www.boe.es/eli/es-ib/dl/2020/05/25/9\nfirst_date_entry_in_force: 2020-05-25"
    )
    norms = Norms(decret=facts)
    assert norms.words("decret", "2020-05-24", "2020-05-25") == ["not-yet-in-force", "in-force"]


# -- provisions ----------------------------------------------------------------------------------


def test_what_is_removed_is_over_and_what_is_added_begins() -> None:
    norms = Norms(
        llei=OLD,
        nova="first_date_entry_in_force: 2020-05-15\nrelations:\n"
        '  - {type: removes, norm: llei, provisions: ["art. 38.1.f"]}\n'
        '  - {type: adds, norm: llei, provisions: ["art. 68 bis", "DA 17 a 22"]}',
    )
    before, after = "2020-05-14", "2020-05-15"
    assert norms.words("llei", before, after) == ["in-force", "partly-in-force"]
    assert norms.provision("llei", "article 38.1.f", before) == "in-force"
    assert norms.provision("llei", "article 38.1.f", after) == "no-longer-in-force"
    assert norms.provision("llei", "art. 68 bis", before) == "not-yet-in-force"
    assert norms.provision("llei", "art. 68 bis.2", after) == "in-force"
    assert norms.provision("llei", "disposició addicional 19", before) == "not-yet-in-force"
    assert norms.provision("llei", "art. 68", before) == "in-force"


def test_to_add_something_makes_nothing_of_a_norm_end() -> None:
    nova = "first_date_entry_in_force: 2020-05-15\nrelations: [{type: adds, norm: llei}]"
    assert Norms(llei=OLD, nova=nova).words("llei", "2020-05-15") == ["in-force"]


def test_what_was_repealed_may_be_added_again() -> None:
    """By a decree-law that is repealed in its turn: what it added stays (Llei 7/2013, art. 109)."""
    norms = Norms(
        llei=OLD,
        deroga="first_date_entry_in_force: 2020-05-15\n"
        'relations: [{type: repeals-part, norm: llei, provisions: ["art. 109", "art. 110"]}]',
        torna="first_date_entry_in_force: 2025-12-07\n"
        'relations: [{type: adds, norm: llei, provisions: ["arts. 109 i 110"]}]',
        acaba="first_date_entry_in_force: 2026-06-14\nrelations: [{type: repeals, norm: torna}]",
    )
    days = ("2020-05-14", "2020-05-15", "2025-12-06", "2025-12-07", "2026-06-14")
    assert [norms.provision("llei", "art. 109.2", day) for day in days] == [
        "in-force",
        "no-longer-in-force",
        "no-longer-in-force",
        "in-force",
        "in-force",
    ]
    assert norms.words("llei", *days) == [
        "in-force",
        "partly-in-force",
        "partly-in-force",
        "in-force",
        "in-force",
    ]


def test_a_range_that_is_repealed_is_added_again_one_by_one() -> None:
    """Nobody knows of any article between those that are named."""
    norms = Norms(
        llei=OLD,
        deroga="first_date_entry_in_force: 2020-01-01\n"
        'relations: [{type: repeals-part, norm: llei, provisions: ["arts. 35 a 37"]}]',
        torna="first_date_entry_in_force: 2021-01-01\n"
        'relations: [{type: adds, norm: llei, provisions: ["art. 35", "art. 36", "art. 37"]}]',
    )
    days = ("2020-01-01", "2021-01-01")
    assert norms.words("llei", *days) == ["partly-in-force", "in-force"]
    for name in ("arts. 35 a 37", "art. 36"):
        said = [norms.provision("llei", name, day) for day in days]
        assert said == ["no-longer-in-force", "in-force"]


def test_a_suspension_of_a_range_is_lifted_of_an_article_within() -> None:
    norms = Norms(
        llei=OLD,
        atura="first_date_entry_in_force: 2020-01-01\n"
        'relations: [{type: suspends, norm: llei, provisions: ["arts. 35 a 37"]}]',
        alca="first_date_entry_in_force: 2021-01-01\n"
        'relations: [{type: lifts, norm: llei, provisions: ["art. 36 bis"]}]',
    )
    after = {
        name: norms.provision("llei", f"art. {name}", "2021-01-01")
        for name in ("36", "36 bis", "37")
    }
    assert after == {"36": "suspended", "36 bis": "in-force", "37": "suspended"}


def test_a_part_that_no_article_names_is_not_taken_for_added_again() -> None:
    norms = Norms(
        llei=OLD,
        deroga="first_date_entry_in_force: 2020-01-01\n"
        'relations: [{type: repeals-part, norm: llei, provisions: ["art. 1", "diversos incisos"]}]',
        torna="first_date_entry_in_force: 2021-01-01\n"
        'relations: [{type: adds, norm: llei, provisions: ["art. 1"]}]',
    )
    assert norms.words("llei", "2022-01-01") == ["partly-in-force"]


# -- acts that have no note ----------------------------------------------------------------------


def test_an_act_without_a_note_acts_as_a_norm_does() -> None:
    norms = Norms(
        llei=OLD + '\ndone_by_others:\n  - {type: repeals-part, by: {ca: "Llei 9/2022"},'
        ' date: 2022-11-23, from: 2022-11-30, provisions: ["art. 32"]}',
        altra=OLD + '\ndone_by_others:\n  - {type: repeals, by: {ca: "Llei 9/2022"},'
        " date: 2022-11-23, from: 2022-11-30}",
        nulla=OLD + '\ndone_by_others:\n  - {type: annuls, by: {ca: "STC 1/2022"},'
        " date: 2022-11-23, from: 2022-11-30}",
    )
    before, after = "2022-11-29", "2022-11-30"
    assert norms.words("llei", before, after) == ["in-force", "partly-in-force"]
    for name, reason in (("altra", "repealed"), ("nulla", "annulled")):
        assert norms.words(name, before) == ["in-force"]
        state = norms.state(name, after)
        assert (state.word, state.reason) == ("no-longer-in-force", reason)
        assert state.since == Date(2022, 11, 30)


def test_a_part_that_ended_on_a_day_not_known_is_said_without_a_day() -> None:
    norms = Norms(
        llei=OLD + '\ndone_by_others:\n  - {type: annuls, by: {ca: "STC 123/1988"},'
        ' date: 1988-06-23, provisions: ["art. 13"]}'
    )
    state = norms.state("llei", "2026-01-01")
    assert (state.word, state.since, state.reason) == ("partly-in-force", None, "annulled")
    assert norms.provision("llei", "art. 13", "2026-01-01") == "no-longer-in-force"
    assert norms.provision("llei", "art. 13", "1988-06-23") == "no-longer-in-force"
    assert norms.provision("llei", "art. 13", "1988-06-22") == "in-force"


def test_a_validation_or_a_correction_changes_no_force() -> None:
    acts = "".join(
        f'\n  - {{type: {type_}, by: {{ca: "Un acte"}}, date: 2020-06-03}}'
        for type_ in ("validates", "corrects", "challenges", "bill", "amends")
    )
    assert Norms(llei=f"{OLD}\ndone_by_others:{acts}").words("llei", "2021-01-01") == ["in-force"]


# -- what a reader is told ------------------------------------------------------------------------


def test_a_preview_of_a_day_is_the_state_of_that_day(town: Project) -> None:
    """And the norm says what is to come, with next-change.json for who rebuilds."""
    norm(
        town,
        "nova",
        "first_date_entry_in_force: 2027-01-01\n"
        "relations: [{type: repeals, norm: decret-llei-14-2020}]",
    )
    town.build(today="2026-12-31")
    part = town.document("/normativa/decret-llei-14-2020/")["norm"]
    assert (part["state"], part["state_until"]) == ("in-force", "2026-12-31")
    assert town.data("next-change.json")["date"] == "2027-01-01"
    assert part["timeline"][-1]["event"] == "repealed"
    town.build(today="2027-01-01")
    assert town.document("/normativa/decret-llei-14-2020/")["norm"]["state"] == "no-longer-in-force"


ACTING = """eli: https://www.boe.es/eli/es-ib/dl/{day}/{number}
first_date_entry_in_force: {since}
relations:
"""


def test_a_page_says_what_was_done_to_each_provision(town: Project) -> None:
    """In the order of provisions and of time, as nouns, in the words of the page's language."""
    norm(
        town,
        "llei-12",
        "eli: https://www.boe.es/eli/es-ib/l/2018/12/29/12\nfirst_date_entry_in_force: 2019-01-01\n"
        "published_in:\n  - {gazette: BOE, date: 2019-02-01}\n  - {gazette: BOIB, date: 2018-12-30}\n"
        "done_by_others:\n"
        "  - {type: validates, date: 2020-06-03, by: {ca: Resolució, es: Resolución}}\n"
        '  - {type: repeals-part, provisions: ["DT 2"], date: 2019-05-05,'
        " by: {ca: Una llei, es: Una ley}, url: 'https://www.boe.es/x'}",
    )
    norm(
        town,
        "decret-10-2022",
        ACTING.format(day="2022/12/27", number=10, since="2022-12-29")
        + '  - {type: adds, norm: llei-12, provisions: ["art. 68 ter", "art. 68 bis", "annex IV"]}\n'
        '  - {type: amends, norm: llei-12, provisions: ["art. 20", "annex V"]}',
    )
    norm(
        town,
        "decret-8-2020",
        ACTING.format(day="2020/05/13", number=8, since="2020-05-15")
        + '  - {type: removes, norm: llei-12, provisions: ["art. 38.1.f"]}\n'
        '  - {type: amends, norm: llei-12, provisions: ["article 20", "annex IX"]}\n'
        '  - {type: repeals-part, norm: llei-12, provisions: ["DA 9.2"]}\n'
        '  - {type: suspends, norm: llei-12, provisions: ["art. 59"], until: 2020-12-31}',
    )
    norm(
        town,
        "decret-9-2020",
        ACTING.format(day="2020/05/13", number=9, since="2020-05-15").replace("relations:\n", ""),
    )
    town.build(today="2023-01-01")
    part = town.document("/normativa/llei-12/")["norm"]
    assert [publication["gazette"] for publication in part["published_in"]] == ["BOIB", "BOE"]
    rows = {
        row["provision"]: [(done["type"], done["norm"]["id"]) for done in row["done"]]
        for row in part["provisions"]
    }
    old, new = "decret-8-2020", "decret-10-2022"
    assert list(rows.items()) == [
        ("article 20", [("amends", old), ("amends", new)]),
        ("art. 38.1.f", [("removes", old)]),
        ("art. 59", [("suspends", old)]),
        ("art. 68 bis", [("adds", new)]),
        ("art. 68 ter", [("adds", new)]),
        ("DA 9.2", [("repeals-part", old)]),
        ("DT 2", []),
        ("annex IV", [("adds", new)]),
        ("annex V", [("amends", new)]),
        ("annex IX", [("amends", old)]),
    ]
    said = [relation["norm"]["id"] for relation in part["relations"] if relation["norm"]]
    assert said == [old, old, old, old, new, new]
    listed = [ref["id"] for ref in town.document("/normativa/")["section"]["items"]]
    assert [name for name in listed if name.startswith("decret-") and "llei" not in name] == [
        new,
        "decret-9-2020",
        old,
    ]
    assert [(e["date"], e["event"]) for e in part["timeline"] if e["act"]] == [
        ("2020-06-03", "validated")
    ]
    assert ("2021-01-01", "suspension-ended") in [(e["date"], e["event"]) for e in part["timeline"]]
    assert part["state_said"] == "vigent, amb preceptes derogats"
    page = html.fromstring(town.page("/normativa/llei-12/"))
    cells = [" ".join(cell.text_content().split()) for cell in page.xpath("//tbody/tr/td")]
    assert cells[1] == "Supressió: decret-8-2020, des del 15 de maig de 2020."
    assert cells[3] == "Addició: decret-10-2022, des del 29 de desembre de 2022."
    assert cells[5] == "Derogació: decret-8-2020, des del 15 de maig de 2020."
    assert cells[6] == "Derogació: Una llei."
    assert page.xpath("//a[@href='https://www.boe.es/x']")
    assert page.xpath("string(//*[@class='answer']/p[1])").strip() == (
        "Vigent, amb preceptes derogats."
    )
    spanish = html.fromstring(town.page("/es/normativa/llei-12/"))
    heads = [head.text_content() for head in spanish.xpath("//tbody/tr/th")]
    assert heads[-1] == "anexo IX"
    assert "artículo 20" in heads
    drawing = html.fromstring(town.page("/normativa/relacions/"))
    assert drawing.xpath("//*[@class='map__norms']/li[@data-state='partly-in-force']/a")
    legend = [
        " ".join(li.text_content().split()) for li in drawing.xpath("//ul[@class='legend']/li")
    ]
    assert "Vigent, amb preceptes derogats, anul·lats o suspesos" in legend
    assert {"Suspèn", "Afegeix a"} <= set(legend)


# -- facts that cannot all be true ---------------------------------------------------------------


def test_norms_that_repeal_each_other_in_a_circle(town: Project) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        norm(
            town,
            name,
            f"first_date_entry_in_force: 2020-01-01\nrelations: [{{type: repeals, norm: {other}}}]",
        )
    assert told(town) == [
        ("a.md", "contradicting-relation", 6),
        ("b.md", "contradicting-relation", 6),
        ("c.md", "contradicting-relation", 6),
    ]


def test_a_norm_cannot_act_on_one_that_came_later(town: Project) -> None:
    norm(town, "nova", "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/5")
    norm(
        town,
        "vella",
        "eli: https://www.boe.es/eli/es-ib/l/2018/05/01/5\n"
        "relations: [{type: repeals, norm: nova}]",
    )
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == ("content/norms/vella.md", "date-order")
    assert "nova" in problem["message"]


def test_a_norm_may_act_on_one_of_the_same_day_from_that_day(town: Project) -> None:
    norm(town, "una", "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/5")
    norm(
        town,
        "altra",
        "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/6\n"
        "relations: [{type: amends, norm: una, from: 2019-05-01}]",
    )
    assert told(town) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            "first_date_entry_in_force: 2020-01-01\nrelations:\n"
            "  - {type: repeals, norm: vella, from: 2018-05-01}",
            "date-order",
        ),
        (
            "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/5\n"
            "published_in: [{gazette: BOIB, date: 2019-04-30}]",
            "date-order",
        ),
        (
            "first_date_entry_in_force: 2020-01-01\nrelations:\n"
            "  - {type: repeals, norm: vella}\n  - {type: repeals, norm: vella, from: 2020-05-01}",
            "contradicting-relation",
        ),
        (
            "first_date_entry_in_force: 2020-01-01\nrelations:\n"
            "  - {type: validates, norm: vella}\n  - {type: repeals, norm: vella}",
            "contradicting-relation",
        ),
    ],
)
def test_a_contradiction_of_one_norm_is_told(town: Project, facts: str, code: str) -> None:
    norm(town, "vella", "eli: https://www.boe.es/eli/es-ib/l/2019/01/01/1")
    norm(town, "nova", facts)
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == ("content/norms/nova.md", code)


def test_effect_back_is_told_and_stops_nothing(town: Project) -> None:
    """Of entry into force before the gazette, and of an effect before it that no remark explains."""
    norm(town, "vella", "eli: https://www.boe.es/eli/es-ib/l/2018/01/01/1")
    remark = 'text: {ca: "Amb efectes retroactius.", es: "Con efectos retroactivos."}'
    norm(
        town,
        "nova",
        "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/5\n"
        "published_in: [{gazette: BOE, date: 2019-06-01}, {gazette: BOIB, date: 2019-05-10}]\n"
        "first_date_entry_in_force: 2019-05-09\nrelations:\n"
        "  - {type: amends, norm: vella, from: 2019-02-01}\n"
        f"  - {{type: adds, norm: vella, from: 2019-02-01, {remark}}}",
    )
    norm(
        town,
        "mateix",  # on the day of its gazette; the BOE published it later
        "eli: https://www.boe.es/eli/es-ib/dl/2019/05/01/5\n"
        "published_in: [{gazette: BOIB, date: 2019-05-10}, {gazette: BOE, date: 2019-06-01}]\n"
        "first_date_entry_in_force: 2019-05-10",
    )
    found = [p for p in town.check() if p["code"] == "retroactive"]
    assert [(p["severity"], p["path"], p["line"], p["column"]) for p in found] == [
        ("warning", "content/norms/nova.md", 7, 28),
        ("warning", "content/norms/nova.md", 9, 39),
    ]
    assert town.errors() == []


def test_what_has_a_note_says_itself_what_it_does(town: Project) -> None:
    act = "{type: amends, date: 2020-05-13, by: {ca: '%s', es: '%s'}}"
    names = ("Decret llei 8/2020, de 13 de maig", "Decret llei 7/2020, de 8 de maig")
    acts = "".join(f"  - {act % (name, name)}\n" for name in names)
    norm(town, "vella", f"first_date_entry_in_force: 2019-01-01\ndone_by_others:\n{acts}"[:-1])
    [problem] = town.errors()
    assert (problem["code"], problem["line"]) == ("contradicting-relation", 7)
    assert "content/norms/decret-llei-8-2020.md" in problem["hint"]
    norm(town, "nova", "eli: https://www.boe.es/eli/es-ib/dl/2020/05/08/7")  # the other one, later
    assert [problem["line"] for problem in town.errors()] == [7, 8]


def test_what_was_not_suspended_cannot_be_lifted(town: Project) -> None:
    """By another norm or by a court; and a court's suspension can."""
    acts = "  - {{type: {}, by: {{ca: {}, es: {}}}, from: {}, provisions: [art. 1]}}\n"
    court = acts.format("suspends", "P", "P", "2020-02-01") + acts.format(
        "lifts", "I", "I", "2020-07-01"
    )
    begins = "first_date_entry_in_force: 2019-01-01"
    norm(town, "vella", f"{begins}\ndone_by_others:\n{court}"[:-1])
    assert told(town) == []
    norm(town, "vella", f"{begins}\ndone_by_others:\n{court.replace('2020-02', '2020-08')}"[:-1])
    norm(
        town,
        "nova",
        "first_date_entry_in_force: 2021-01-01\n"
        "relations: [{type: lifts, norm: vella, provisions: [art. 2]}]",
    )
    assert told(town) == [
        ("nova.md", "contradicting-relation", 6),
        ("vella.md", "contradicting-relation", 8),
    ]


def test_what_was_not_validated_is_not_validated_by_another(town: Project) -> None:
    norm(town, "decret", "end_reason: not-validated\ndate_no_longer_in_force: 2020-05-01")
    norm(
        town,
        "resolucio",
        "first_date_entry_in_force: 2020-04-01\nrelations: [{type: validates, norm: decret}]",
    )
    [problem] = town.errors()
    assert problem["code"] == "contradicting-relation"
    assert "resolucio" in problem["message"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Llei 8/2020, de 13 de maig", "bad-value"),
        ("Decret llei 9/2020, de 13 de maig", "bad-value"),
        ("Decret llei 8/2021, de 13 de maig", "bad-value"),
        ("Decret llei 8/2020, de 14 de maig", "title-differs"),
    ],
)
def test_a_title_says_what_the_eli_address_says(town: Project, title: str, code: str) -> None:
    """A wrong day may be the gazette's own mistake, so that one is a warning."""
    town.change("norms/decret-llei-8-2020.md", "Decret llei 8/2020, de 13 de maig", title)
    found = [p for p in town.check() if p["path"].endswith("decret-llei-8-2020.md")]
    assert [(p["code"], p["line"], p["column"]) for p in found] == [(code, 2, 8)]


def test_a_norm_that_a_title_only_names_is_not_compared(town: Project) -> None:
    """The norm that it amends has another number and day."""
    norm(town, "nova", "eli: https://www.boe.es/eli/es-ib/l/2020/06/03/1")
    for path in ("norms/nova.md", "norms/nova.es.md"):
        town.change(
            path, "title: nova", "title: De modificació de la Llei 23/2006, de 20 de desembre"
        )
    assert [p for p in town.check() if "nova" in p["path"]] == []
