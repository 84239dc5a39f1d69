"""Effects that meet: of one day, of norms that are over themselves, and for a time."""

from __future__ import annotations

import datetime

from norms_together import OLD, Norms
from saig.catalogue.entry import Key

Date = datetime.date


def test_of_one_day_the_norm_with_the_higher_number_acts_last() -> None:
    """By what the number counts: 10 after 9."""
    made = "type: l\njurisdiction: es-ib\ndate_document: 2020-05-01\n"
    acts = "first_date_entry_in_force: 2020-06-01\nrelations:\n  - {{type: {}, norm: vella, provisions: [art. 1]}}"
    norms = Norms(
        vella=OLD,
        nou=f'{made}number: "9"\n{acts.format("adds")}',
        deu=f'{made}number: "10"\n{acts.format("removes")}',
    )
    assert norms.provision("vella", "art. 1", "2020-06-01") == "no-longer-in-force"


def test_a_norm_that_was_over_is_not_over_later_because_another_repeals_it() -> None:
    norms = Norms(
        vella=OLD,
        breu=f"{OLD}\ndate_no_longer_in_force: 2020-03-01\nend_reason: expired\n"
        "relations: [{type: repeals, norm: vella, from: 2020-03-15}]",
        nova="first_date_entry_in_force: 2020-04-01\nrelations: [{type: repeals, norm: breu}]",
    )
    assert norms.words("vella", "2020-03-15", "2020-05-01") == ["in-force", "in-force"]


def test_whom_a_decree_law_repealed_that_was_not_validated_goes_on_to_act() -> None:
    norms = Norms(
        vella=OLD,
        llei=f"{OLD}\nrelations: [{{type: repeals, norm: vella, from: 2020-06-01}}]",
        decret="first_date_entry_in_force: 2020-02-01\ndate_no_longer_in_force: 2020-03-01\n"
        "end_reason: not-validated\nrelations: [{type: repeals, norm: llei}]",
    )
    assert norms.words("llei", "2020-02-01", "2020-03-01", "2020-03-02") == [
        "no-longer-in-force",
        "no-longer-in-force",
        "in-force",
    ]
    assert norms.words("vella", "2020-05-31", "2020-06-01") == ["in-force", "no-longer-in-force"]


def test_an_amendment_ends_with_the_decree_law_that_was_not_validated() -> None:
    norms = Norms(
        vella=OLD,
        decret="first_date_entry_in_force: 2020-02-01\ndate_no_longer_in_force: 2020-03-01\n"
        "end_reason: not-validated\nrelations: [{type: amends, norm: vella}]",
    )
    [effect] = norms.effects[Key("norm", "vella")]
    assert effect.ends == Date(2020, 3, 1)


def test_a_norm_is_in_force_since_its_entry_whatever_became_of_articles() -> None:
    norms = Norms(
        vella=OLD,
        nova="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: suspends, norm: vella, provisions: [art. 1], until: 2020-03-01}]",
    )
    assert norms.words("vella", "2020-02-01", "2020-03-01") == ["partly-in-force"] * 2
    state = norms.state("vella", "2020-03-02")
    assert (state.word, state.since) == ("in-force", Date(2019, 1, 1))


def test_after_a_suspension_it_is_in_force_anew() -> None:
    norms = Norms(
        vella=OLD,
        nova="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: suspends, norm: vella, until: 2020-03-01}]",
    )
    assert norms.state("vella", "2020-03-02").since == Date(2020, 3, 2)


def test_of_two_ends_the_first_is_told() -> None:
    """A repeal on the very last day that a norm says of itself; and one after it."""
    own = f"{OLD}\ndate_no_longer_in_force: 2020-03-01\nend_reason: expired"
    for first, reason in (("2020-03-01", "repealed"), ("2020-03-02", "expired")):
        norms = Norms(
            vella=own,
            nova=f"first_date_entry_in_force: {first}\nrelations: [{{type: repeals, norm: vella}}]",
        )
        assert norms.state("vella", "2020-04-01").reason == reason


def test_the_gravest_of_what_became_of_parts_is_told() -> None:
    acts = "".join(
        f'\n  - {{type: {type_}, by: {{ca: "Un acte"}}, from: 2020-02-01, provisions: [art. {n}]}}'
        for n, type_ in enumerate(("suspends", "repeals-part", "annuls"), start=1)
    )
    assert (
        Norms(llei=f"{OLD}\ndone_by_others:{acts}").state("llei", "2020-02-01").reason == "annulled"
    )


def test_provisions_that_others_ended_have_no_state_together() -> None:
    relation = "first_date_entry_in_force: {}\nrelations: [{{type: removes, norm: vella, provisions: [art. {}]}}]"
    norms = Norms(
        vella=OLD, una=relation.format("2020-02-01", 1), dues=relation.format("2020-03-01", 2)
    )
    assert norms.provision("vella", "art. 1", "2020-04-01") == "no-longer-in-force"
    assert norms.provision("vella", "articles 1 i 2", "2020-04-01") == "in-force"


def test_what_was_added_for_a_time_is_there_on_its_last_day() -> None:
    norms = Norms(
        vella=OLD,
        nova="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: adds, norm: vella, provisions: [art. 9], until: 2020-03-01}]",
    )
    days = ("2020-01-31", "2020-02-01", "2020-03-01", "2020-03-02")
    assert [norms.provision("vella", "art. 9", day) for day in days] == [
        "not-yet-in-force",
        "in-force",
        "in-force",
        "no-longer-in-force",
    ]


def test_an_undated_repeal_is_unknown_from_the_day_that_it_was_made() -> None:
    norms = Norms(
        llei=f'{OLD}\ndone_by_others: [{{type: repeals, by: {{ca: "Llei"}}, date: 2020-02-01}}]'
    )
    assert norms.words("llei", "2020-01-31", "2020-02-01") == ["in-force", "unknown"]
