"""Whether a norm is in force on a day: computed from facts and relations, never typed in."""

from __future__ import annotations

from typing import Any

import pytest
from project import REPOSITORY, Project, new_project

HEAD = """---
title: {name}
summary: Una norma.
date: 2019-01-01
"""


def norm(town: Project, name: str, facts: str) -> None:
    """A norm in both languages; ``facts``: lines of its front matter."""
    town.write(f"norms/{name}.md", f"{HEAD.format(name=name)}{facts}\n---\nText.\n")
    town.write(f"norms/{name}.es.md", f"---\ntitle: {name}\nsummary: Una norma.\n---\nTexto.\n")


def states(town: Project, name: str, *days: str) -> list[str]:
    found = []
    for day in days:
        town.build(today=day)
        found.append(town.document(f"/normativa/{name}/")["norm"])
    return [part["state"] for part in found]


def told(town: Project) -> list[tuple[str, str, int]]:
    return [(p["path"].split("/")[-1], p["code"], p["line"]) for p in town.errors()]


def test_an_effect_may_have_a_day_of_its_own(town: Project) -> None:
    """Later than the acting norm's entry into force, or before it, with effect back."""
    norm(town, "vella", "first_date_entry_in_force: 2019-01-01")
    norm(town, "altra", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "nova",
        "first_date_entry_in_force: 2020-06-01\nrelations:\n"
        "  - {type: repeals, norm: vella, from: 2021-01-01}\n"
        "  - {type: repeals, norm: altra, from: 2020-01-01}",
    )
    assert states(town, "vella", "2020-12-31", "2021-01-01") == ["in-force", "no-longer-in-force"]
    assert states(town, "altra", "2019-12-31", "2020-01-01") == ["in-force", "no-longer-in-force"]


def test_two_norms_may_repeal_the_same_article(town: Project) -> None:
    """The first one did it; the second says it again, and nothing contradicts."""
    norm(town, "llei", "first_date_entry_in_force: 2019-01-01")
    for name, day in (("una", "2020-01-01"), ("dues", "2020-06-01")):
        norm(
            town,
            name,
            f"first_date_entry_in_force: {day}\n"
            'relations: [{type: repeals-part, norm: llei, provisions: ["art. 4"]}]',
        )
    town.build(today="2020-12-01")
    part = town.document("/normativa/llei/")["norm"]
    assert (part["state"], part["state_since"]) == ("partly-in-force", "2020-01-01")
    [provision] = part["provisions"]
    assert [done["norm"]["id"] for done in provision["done"]] == ["una", "dues"]


def test_who_repeals_the_repealing_norm_brings_nothing_back(town: Project) -> None:
    norm(town, "a", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "b",
        "first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: a}]",
    )
    norm(
        town,
        "c",
        "first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert states(town, "a", "2022-01-01") == ["no-longer-in-force"]


def test_a_repeal_to_come_never_comes_if_its_norm_ends_first(town: Project) -> None:
    norm(town, "a", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "b",
        "first_date_entry_in_force: 2020-01-01\n"
        "relations: [{type: repeals, norm: a, from: 2022-01-01}]",
    )
    norm(
        town,
        "c",
        "first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert states(town, "a", "2023-01-01") == ["in-force"]


def test_what_a_decree_law_did_that_was_not_validated_ends_with_it(town: Project) -> None:
    norm(town, "llei", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "decret",
        "first_date_entry_in_force: 2020-05-01\ndate_no_longer_in_force: 2020-05-30\n"
        "end_reason: not-validated\nrelations: [{type: repeals, norm: llei}]",
    )
    assert states(town, "llei", "2020-04-30", "2020-05-01", "2020-05-30", "2020-05-31") == [
        "in-force",
        "no-longer-in-force",
        "no-longer-in-force",
        "in-force",
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
def test_a_suspension_holds_from_until(town: Project, day: str, state: str) -> None:
    norm(town, "llei", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "alarma",
        "first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: suspends, norm: llei, until: 2020-03-31}]",
    )
    assert states(town, "llei", day) == [state]
    part = town.document("/normativa/llei/")["norm"]
    if state == "suspended":
        assert (part["state_since"], part["state_until"]) == ("2020-02-01", "2020-03-31")
        assert part["state_by"]["id"] == "alarma"


def test_a_suspension_without_an_end_ends_with_its_norm(town: Project) -> None:
    norm(town, "llei", "first_date_entry_in_force: 2019-01-01")
    norm(
        town,
        "alarma",
        "first_date_entry_in_force: 2020-02-01\ndate_no_longer_in_force: 2020-06-20\n"
        'end_reason: expired\nrelations: [{type: suspends, norm: llei, provisions: ["art. 59"]}]',
    )
    assert states(town, "llei", "2020-06-20", "2020-06-21") == ["partly-in-force", "in-force"]


def test_to_continue_to_correct_or_to_challenge_ends_nothing(town: Project) -> None:
    norm(town, "decret", "first_date_entry_in_force: 2019-01-01")
    relations = ", ".join(
        f"{{type: {type_}, norm: decret}}"
        for type_ in ("continues", "corrects", "challenges", "develops", "validates", "amends")
    )
    norm(town, "llei", f"first_date_entry_in_force: 2020-01-01\nrelations: [{relations}]")
    assert states(town, "decret", "2020-12-01") == ["in-force"]


def test_an_end_without_a_day_is_known_since_it_was_checked(town: Project) -> None:
    norm(
        town,
        "alarma",
        "first_date_entry_in_force: 2020-03-14\nend_reason: expired\n"
        "checked: {on: 2020-09-01, source: BOE}",
    )
    assert states(town, "alarma", "2020-04-01", "2020-09-01") == ["in-force", "no-longer-in-force"]


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


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            "eli: https://www.boe.es/eli/es-ib/l/2019/05/01/5\nfirst_date_entry_in_force: 2019-04-30",
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
    norm(town, "vella", "first_date_entry_in_force: 2019-01-01")
    norm(town, "nova", facts)
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == ("content/norms/nova.md", code)


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


# -- the norms of Palma --------------------------------------------------------------------------

PALMA = {
    "decret-llei-8-2020": [
        ("2020-05-14", "not-yet-in-force"),
        ("2020-05-15", "in-force"),
        ("2020-12-10", "in-force"),
        ("2020-12-11", "no-longer-in-force"),
    ],
    "llei-2-2020": [("2020-10-19", "not-yet-in-force"), ("2020-10-20", "in-force")],
    "decret-llei-9-2020": [("2020-05-25", "in-force"), ("2022-12-29", "partly-in-force")],
    "llei-5-2018": [
        ("2018-06-27", "in-force"),
        ("2020-05-15", "partly-in-force"),
        ("2020-12-31", "partly-in-force"),
        ("2021-01-01", "in-force"),
        ("2024-05-10", "partly-in-force"),
    ],
    "llei-12-2017": [("2017-12-31", "not-yet-in-force"), ("2018-01-01", "in-force")],
    "llei-2-2014": [("2017-12-31", "unknown"), ("2018-01-01", "no-longer-in-force")],
    "decret-llei-6-2023": [("2024-05-09", "in-force"), ("2024-05-10", "no-longer-in-force")],
    "decret-llei-3-2024": [
        ("2024-05-28", "not-yet-in-force"),
        ("2024-05-29", "in-force"),
        ("2024-12-13", "in-force"),
        ("2024-12-14", "no-longer-in-force"),
    ],
    "decret-llei-3-2025": [("2025-07-23", "in-force"), ("2025-07-24", "no-longer-in-force")],
    "decret-llei-6-2025": [("2025-10-03", "no-longer-in-force")],
}
"""First and last days of force as the gazettes have them."""


@pytest.fixture(scope="module")
def palma(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The shipped norms on each of those days: ``{day: {id: ref}}``."""
    project = new_project(tmp_path_factory.mktemp("palma") / "project", REPOSITORY / "content")
    found = {}
    for day in sorted({day for moments in PALMA.values() for day, _ in moments}):
        project.build(today=day)
        groups = project.document("/normativa/")["section"]["groups"]
        found[day] = {ref["id"]: ref["state"] for group in groups for ref in group["items"]}
    return found


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [(name, day, state) for name, moments in PALMA.items() for day, state in moments],
)
def test_the_states_of_palmas_norms(
    name: str, day: str, state: str, palma: dict[str, dict[str, Any]]
) -> None:
    assert palma[day][name] == state
