"""Rules of a jurisdiction's packs: revival, decrees that were not converted, what judgments annul."""

from __future__ import annotations

import pytest
from norms_together import OLD, Norms
from saig.packs.load import law

REVIVING = law(("xk",), (("xk", "name: {en: X}\nrules: {revival: true}\n"),))


class Italian(Norms):
    law = law(("it",))


class Reviving(Norms):
    law = REVIVING


REPEALED = {
    "old": OLD,
    "new": "first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: old}]",
    "last": "first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: new}]",
}
DAYS = ("2019-12-31", "2020-12-31", "2021-01-01")


def test_a_repeal_lasts_where_no_rule_says_otherwise() -> None:
    assert Norms(**REPEALED).words("old", *DAYS) == [
        *("in-force", "no-longer-in-force", "no-longer-in-force")
    ]


def test_a_repealed_norm_comes_back_where_the_rules_say_so() -> None:
    """By the repeal of the norm that repealed it, and not as that one's time is over."""
    assert Reviving(**REPEALED).words("old", *DAYS) == [
        *("in-force", "no-longer-in-force", "in-force")
    ]
    expired = {**REPEALED, "new": f"{REPEALED['new']}\ndate_no_longer_in_force: 2020-12-31"}
    del expired["last"]
    assert Reviving(**expired).words("old", *DAYS)[-1] == "no-longer-in-force"


def test_what_came_back_acts_again_on_no_other() -> None:
    """A repeals B, which repeals C; who repeals A brings B back, and C stays repealed."""
    norms = Reviving(
        c=OLD,
        b="first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: c}]",
        a="first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
        z="first_date_entry_in_force: 2022-01-01\nrelations: [{type: repeals, norm: a}]",
    )
    assert norms.words("b", "2020-06-01", "2021-06-01", "2022-06-01") == [
        *("in-force", "no-longer-in-force", "in-force")
    ]


def test_a_part_comes_back_too() -> None:
    removes = "type: removes, norm: old, provisions: [art. 1]"
    norms = {**REPEALED, "new": REPEALED["new"].replace("type: repeals, norm: old", removes)}
    assert Reviving(**norms).words("old", *DAYS) == ["in-force", "partly-in-force", "in-force"]


def test_what_came_back_still_has_its_own_last_day() -> None:
    """After it, it repeals no other; and what it repealed before stays so."""
    norms = Reviving(
        d=OLD,
        e=OLD,
        c=f"{OLD}\ndate_no_longer_in_force: 2022-01-01\nend_reason: expired\nrelations:\n"
        "  - {type: repeals, norm: d, from: 2023-01-01}\n"
        "  - {type: repeals, norm: e, from: 2021-06-01}",
        b="first_date_entry_in_force: 2020-01-01\nrelations: [{type: repeals, norm: c}]",
        a="first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: b}]",
    )
    assert norms.words("c", "2020-06-01", "2021-06-01", "2022-06-01") == [
        *("no-longer-in-force", "in-force", "no-longer-in-force")
    ]
    assert norms.words("d", "2023-06-01") == ["in-force"]
    assert norms.words("e", "2023-06-01") == ["no-longer-in-force"]


LAPSED = {
    "code": OLD,
    "decree": (
        "first_date_entry_in_force: 2020-03-01\ndate_no_longer_in_force: 2020-04-29\n"
        "end_reason: not-validated\nrelations: [{type: repeals, norm: code}]"
    ),
}


@pytest.mark.parametrize(
    ("norms", "during"), [(Norms, "no-longer-in-force"), (Italian, "in-force")]
)
def test_what_a_decree_did_that_was_not_converted(norms: type[Norms], during: str) -> None:
    """In Spain until it ended, in Italy never (Constitution, article 77)."""
    found = norms(**{name: f"jurisdiction: {_of(norms)}\n{said}" for name, said in LAPSED.items()})
    assert found.words("code", "2020-02-01", "2020-04-01", "2020-06-01") == [
        *("in-force", during, "in-force")
    ]


def _of(norms: type[Norms]) -> str:
    return "it" if norms is Italian else "es"


@pytest.mark.parametrize(
    ("norms", "first"), [(Norms, "2020-05-10"), (Italian, "2020-05-11"), (Reviving, None)]
)
def test_from_when_what_a_judgment_annuls_is_null(norms: type[Norms], first: str | None) -> None:
    """From its gazette in Spain, from the day after in Italy (Constitution, article 136); where no
    rule says it, each judgment does."""
    found = norms(
        code=f"{OLD}\ndone_by_others: [{{type: annuls, by: {{ca: Una sentència}}, "
        "date: 2020-04-01, published_in: [{gazette: X, date: 2020-05-10}]}]"
    )
    [done] = next(iter(found.effects.values()))
    assert (done.begins.isoformat() if done.begins else None) == first
