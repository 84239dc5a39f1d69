"""Effects that meet: of one day, of norms that are over themselves, and for a time."""

from __future__ import annotations

import datetime

import pytest
from norms_together import OLD, Norms
from saig.catalogue.entry import Key
from saig.catalogue.force import life
from saig.catalogue.provision_states import force_of_provisions
from saig.catalogue.provisions import provision_names

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


ACTS = "first_date_entry_in_force: {}\nrelations: [{{type: {}, norm: vella, provisions: [{}]{}}}]"


def test_what_was_there_stays_when_it_was_added_once_more_for_a_time() -> None:
    norms = Norms(
        vella=OLD,
        una=ACTS.format("2020-01-01", "adds", "art. 9", ""),
        altra=ACTS.format("2020-03-01", "adds", "art. 9", ", until: 2020-06-30"),
        breu=ACTS.format("2020-03-01", "adds", "art. 10", ", until: 2020-06-30"),
    )
    for day, words in {
        "2019-12-31": ("not-yet-in-force", "not-yet-in-force"),
        "2020-06-30": ("in-force", "in-force"),
        "2020-07-01": ("in-force", "no-longer-in-force"),
    }.items():
        assert tuple(norms.provision("vella", f"art. {n}", day) for n in (9, 10)) == words


def test_a_norm_that_was_over_is_not_over_later_because_another_repeals_it() -> None:
    norms = Norms(
        vella=OLD,
        breu=f"{OLD}\ndate_no_longer_in_force: 2020-03-01\nend_reason: expired\n"
        "relations: [{type: repeals, norm: vella, from: 2020-03-15}]",
        nova="first_date_entry_in_force: 2020-04-01\nrelations: [{type: repeals, norm: breu}]",
    )
    assert norms.words("vella", "2020-03-15", "2020-05-01") == ["in-force", "in-force"]


def test_of_one_day_the_norm_made_last_repeals_first() -> None:
    """The older one then repeals nobody any more, and what it would have repealed goes on to act."""
    norms = Norms(
        suspesa=OLD,
        suspen=f"{OLD}\nrelations: [{{type: suspends, norm: suspesa, from: 2019-06-01}}]",
        vella=f"{OLD}\nrelations: [{{type: repeals, norm: suspen, from: 2021-01-01}}]",
        nova="first_date_entry_in_force: 2021-01-01\nrelations: [{type: repeals, norm: vella}]",
    )
    assert norms.words("suspen", "2021-01-01") == ["in-force"]
    assert norms.words("suspesa", "2020-12-31", "2021-01-01") == ["suspended", "suspended"]


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
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    assert norms.state("llei", "2020-02-01").reason == "annulled-and-repealed"


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


# -- suspensions that are lifted, ends that are put off, days that nobody knows -----------------


def test_a_suspension_is_over_from_the_day_on_which_it_is_lifted() -> None:
    court = (
        "\ndone_by_others:\n  - {type: suspends, by: {ca: Providència}, from: 2020-02-01}\n"
        "  - {type: lifts, by: {ca: Interlocutòria}, from: 2020-07-01}\n"
        "  - {type: suspends, by: {ca: Providència}, from: 2020-09-01}"
    )
    norms = Norms(llei=OLD + court)
    days = ("2020-06-30", "2020-07-01", "2020-08-31", "2020-09-01")
    assert norms.words("llei", *days) == ["suspended", "in-force", "in-force", "suspended"]


def test_what_is_not_lifted_stays_suspended() -> None:
    court = (
        "\ndone_by_others:\n"
        "  - {type: suspends, by: {ca: P}, from: 2020-02-01, provisions: [art. 1, art. 2]}\n"
        "  - {type: lifts, by: {ca: I}, from: 2020-07-01, provisions: [art. 1]}\n"
        "  - {type: lifts, by: {ca: S}, from: 2020-09-01, provisions: [art. 2]}"
    )
    norms = Norms(llei=OLD + court)
    assert norms.words("llei", "2020-08-31", "2020-09-01") == ["partly-in-force", "in-force"]
    articles = [norms.provision("llei", f"art. {n}", "2020-08-31") for n in (1, 2)]
    assert articles == ["in-force", "suspended"]


def test_an_annulment_counts_from_the_gazette_of_the_judgment() -> None:
    judgment = (
        "\ndone_by_others:\n  - type: annuls\n    by: {ca: Sentència}\n    date: 2020-02-01\n"
        "    published_in: [{gazette: BOE, date: 2020-03-03}]"
    )
    norms = Norms(llei=OLD + judgment)
    assert norms.words("llei", "2020-03-02", "2020-03-03") == ["in-force", "no-longer-in-force"]
    assert norms.state("llei", "2020-03-03").since == Date(2020, 3, 3)


def test_an_end_is_put_off_and_comes_in_the_end() -> None:
    ends = f"{OLD}\ndate_no_longer_in_force: 2020-03-31\nend_reason: expired"
    longer = "first_date_entry_in_force: 2020-03-{}\nrelations: [{{type: prorogues, norm: alarma, until: {}}}]"
    norms = Norms(
        alarma=f"{ends}\nrelations: [{{type: suspends, norm: llei}}]",
        llei=OLD,
        dues=longer.format(29, "2020-06-20"),
        una=longer.format(28, "2020-04-30"),
    )
    days = ("2020-04-01", "2020-06-20", "2020-06-21")
    assert norms.words("alarma", *days) == ["in-force", "in-force", "no-longer-in-force"]
    state = norms.state("alarma", "2020-06-21")
    assert (state.reason, state.since) == ("expired", Date(2020, 6, 21))
    assert norms.words("llei", *days) == ["suspended", "suspended", "in-force"]


def test_a_prolongation_ends_with_the_decree_law_that_was_not_validated() -> None:
    norms = Norms(
        llei=f"{OLD}\ndate_no_longer_in_force: 2025-12-31\nend_reason: expired\n"
        "relations: [{type: suspends, norm: altra}]",
        altra=OLD,
        decret="first_date_entry_in_force: 2025-12-20\ndate_no_longer_in_force: 2026-01-27\n"
        "end_reason: not-validated\nrelations: [{type: prorogues, norm: llei, until: 2026-12-31}]",
    )
    days = ("2026-01-27", "2026-01-28")
    assert norms.words("llei", *days) == ["in-force", "no-longer-in-force"]
    assert norms.words("altra", *days) == ["suspended", "in-force"]


def test_a_provision_is_over_after_its_last_prolongation() -> None:
    """Article 6 of a decree-law lasts to the end of the second; the rest has no end."""
    act = "{{type: prorogues, by: {{ca: RDL}}, date: {}, until: {}, provisions: [art. 6]}}"
    acts = "".join(
        f"\n  - {act.format(*days)}"
        for days in (("2021-05-27", "2021-09-30"), ("2021-09-28", "2022-02-28"))
    )
    norms = Norms(decret=f"{OLD}\ndone_by_others:{acts}")
    days = ("2021-10-01", "2022-02-28", "2022-03-01")
    assert [norms.provision("decret", "art. 6", day) for day in days] == [
        "in-force",
        "in-force",
        "no-longer-in-force",
    ]
    assert norms.words("decret", *days) == ["in-force", "in-force", "partly-in-force"]
    assert norms.state("decret", "2022-03-01").reason == "expired"


def test_what_ended_on_a_day_not_known_ended_not_before_it_was_made() -> None:
    repeal = "done_by_others: [{type: repeals, by: {ca: Llei}, date: 2020-02-01, from: unknown}]"
    norms = Norms(llei=f"{OLD}\n{repeal}")
    assert norms.words("llei", "2020-01-31", "2020-02-01") == ["in-force", "no-longer-in-force"]
    assert norms.state("llei", "2020-01-31").until is None
    state = norms.state("llei", "2020-02-01")
    assert (state.since, state.until, state.reason) == (None, None, "repealed")


def test_a_norm_with_a_note_may_repeal_another_on_a_day_not_known() -> None:
    norms = Norms(
        vella=OLD,
        nova="jurisdiction: es\ntype: l\nnumber: 1\ndate_document: 2020-02-01\n"
        "first_date_entry_in_force: 2020-03-01\n"
        "relations: [{type: repeals, norm: vella, from: unknown}]",
    )
    state = norms.state("vella", "2020-04-01")
    assert (state.word, state.since, state.by) == (
        "no-longer-in-force",
        None,
        Key("norm", "nova"),
    )


@pytest.mark.parametrize("ended", ["repeals-part", "removes"])
def test_of_what_was_repealed_and_then_amended_it_is_not_known_whether_it_is_there(
    ended: str,
) -> None:
    """Articles 72 and 73 of Llei 23/2006: repealed in 2008, amended in 2012."""
    acts = (
        f"\n  - {{type: {ended}, by: {{ca: L}}, date: 2020-02-01, provisions: [art. 72, art. 99]}}"
        "\n  - {type: amends, by: {ca: M}, date: 2021-02-01, provisions: [art. 72]}"
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    assert norms.provision("llei", "art. 72", "2021-01-31") == "no-longer-in-force"
    assert norms.provision("llei", "art. 72", "2021-02-01") == "unknown"
    assert norms.provision("llei", "art. 99", "2021-02-01") == "no-longer-in-force"
    assert norms.words("llei", "2021-02-01") == ["partly-in-force"], "one of the two is out"


def test_of_a_phrase_that_is_annulled_the_article_stays() -> None:
    act = '{type: annuls, by: {ca: S}, from: 2020-02-01, provisions: ["art. 7.1 (incís segon)"]}'
    norms = Norms(llei=f"{OLD}\ndone_by_others: [{act}]")
    assert norms.words("llei", "2020-02-01") == ["partly-in-force"]
    assert norms.provision("llei", "art. 7.1", "2020-02-01") == "in-force"


def test_what_ended_on_a_day_not_known_was_not_in_force_before_it_was_made() -> None:
    made = "type: dl\njurisdiction: es-ib\nnumber: 6\ndate_document: 2025-09-05\n"
    norms = Norms(decret=f"{made}end_reason: not-validated")
    words = ["not-yet-in-force", "no-longer-in-force"]
    assert norms.words("decret", "2025-09-04", "2025-09-05") == words
    assert norms.state("decret", "2025-09-04").until is None


def test_what_an_act_added_on_a_day_not_known_was_not_there_before_the_act() -> None:
    act = '{type: adds, by: {ca: L}, date: 2016-12-02, provisions: ["DA 5"]}'
    norms = Norms(llei=f"first_date_entry_in_force: 2006-12-31\ndone_by_others: [{act}]")
    assert norms.provision("llei", "DA 5", "2016-12-01") == "not-yet-in-force"
    assert norms.provision("llei", "DA 5", "2016-12-02") == "in-force"


def test_a_norm_of_which_all_that_was_repealed_is_amended_again_is_in_force() -> None:
    """As far as is known: nobody can say that part of it is not."""
    norms = Norms(
        llei=OLD,
        una="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: repeals-part, norm: llei, provisions: [art. 1]}]",
        dues="first_date_entry_in_force: 2021-02-01\n"
        "relations: [{type: amends, norm: llei, provisions: [art. 1]}]",
    )
    assert norms.words("llei", "2021-01-31", "2021-02-01") == ["partly-in-force", "in-force"]


def test_a_prolongation_without_an_end_has_none() -> None:
    norms = Norms(
        alarma=f"{OLD}\ndate_no_longer_in_force: 2020-03-31\nend_reason: expired\n"
        "relations: [{type: suspends, norm: llei}]",
        llei=OLD,
        nova="first_date_entry_in_force: 2020-03-30\nrelations: [{type: prorogues, norm: alarma}]",
    )
    assert norms.words("alarma", "2026-01-01") == ["in-force"]
    assert norms.state("alarma", "2026-01-01").until is None
    assert norms.words("llei", "2026-01-01") == ["suspended"]


def test_a_norm_lasts_to_its_own_last_day_whatever_prolonged_it_before() -> None:
    act = "{type: prorogues, by: {ca: RD}, date: 2020-03-27, until: 2020-04-11}"
    last = "{type: adds, by: {ca: RD}, from: 2020-06-20, provisions: [art. 9]}"
    own = f"{OLD}\ndate_no_longer_in_force: 2020-06-20\nend_reason: expired"
    norms = Norms(
        alarma=f"{own}\ndone_by_others: [{act}, {last}]", altra=f"{OLD}\ndone_by_others: [{act}]"
    )
    assert norms.words("alarma", "2020-04-12", "2020-06-20") == ["in-force", "in-force"]
    assert norms.words("altra", "2020-04-11", "2020-04-12") == ["in-force", "no-longer-in-force"]
    assert norms.state("altra", "2020-04-12").reason == "expired"


def test_a_suspension_may_be_lifted_on_its_first_day() -> None:
    acts = "".join(
        f"\n  - {{type: {type_}, by: {{ca: A}}, from: 2020-02-01}}"
        for type_ in ("suspends", "lifts")
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    assert norms.words("llei", "2020-02-01") == ["in-force"]


def test_a_suspended_part_that_no_article_names_is_lifted_with_all_the_rest_alone() -> None:
    act = "\n  - {{type: {}, by: {{ca: A}}, from: {}, provisions: [{}]}}"
    acts = act.format("suspends", "2020-02-01", "diversos incisos")
    acts += act.format("lifts", "2020-03-01", "art. 1")
    acts += act.format("lifts", "2020-04-01", "")
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    days = ("2020-02-01", "2020-03-01", "2020-04-01")
    assert norms.words("llei", *days) == ["partly-in-force", "partly-in-force", "in-force"]


def test_a_prolongation_does_not_bring_back_what_was_repealed() -> None:
    """Only what had ended by itself."""
    acts = (
        "\n  - {type: repeals-part, by: {ca: A}, from: 2020-02-01, provisions: [art. 9]}"
        "\n  - {type: prorogues, by: {ca: B}, from: 2020-03-01, until: 2020-12-31,"
        " provisions: [art. 9]}"
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    assert norms.provision("llei", "art. 9", "2020-05-01") == "no-longer-in-force"


def test_the_days_of_a_provision() -> None:
    acts = (
        "\n  - {type: adds, by: {ca: A}, from: 2020-02-01, provisions: [art. 9]}"
        "\n  - {type: prorogues, by: {ca: B}, from: 2020-03-01, until: 2020-04-30,"
        " provisions: [art. 9]}"
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    done = norms.effects[Key("norm", "llei")]
    article = provision_names(norms.law).keys("art. 9")
    before = force_of_provisions(done, article, Date(2020, 1, 1))
    after = force_of_provisions(done, article, Date(2020, 5, 9))
    assert before and (before.word, before.until) == ("not-yet-in-force", Date(2020, 1, 31))
    assert after and (after.reason, after.since) == ("expired", Date(2020, 5, 1))


def test_what_becomes_of_more_parts_on_a_known_day_has_that_day() -> None:
    """Though parts had ended before on a day that nobody knows."""
    acts = (
        "\n  - {type: repeals-part, by: {ca: A}, date: 2020-02-01, provisions: [art. 1]}"
        "\n  - {type: annuls, by: {ca: B}, from: 2021-02-01, provisions: [art. 2]}"
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    first, last = norms.state("llei", "2020-02-01"), norms.state("llei", "2021-02-01")
    assert (first.reason, first.since, first.until) == ("repealed", None, Date(2021, 1, 31))
    assert (last.reason, last.since) == ("annulled-and-repealed", Date(2021, 2, 1))


def test_a_norm_came_into_force_on_its_day_though_parts_had_ended_before() -> None:
    act = "{type: repeals-part, by: {ca: DL}, date: 2024-12-13, provisions: [DT 11]}"
    norms = Norms(llei=f"first_date_entry_in_force: 2024-12-14\ndone_by_others: [{act}]")
    states = life(norms.norms[Key("norm", "llei")], norms.effects[Key("norm", "llei")])
    assert [(state.word, state.since, state.until) for state in states] == [
        ("not-yet-in-force", None, Date(2024, 12, 13)),
        ("in-force", Date(2024, 12, 14), None),
        ("partly-in-force", None, None),
    ]
    assert norms.words("llei", "2024-12-14") == ["partly-in-force"]


def test_a_repeal_in_the_time_by_which_a_norm_was_prolonged_is_told_as_its_end() -> None:
    norms = Norms(
        vella=f"{OLD}\ndate_no_longer_in_force: 2020-02-01\nend_reason: expired",
        longer="first_date_entry_in_force: 2020-01-15\n"
        "relations: [{type: prorogues, norm: vella, until: 2020-06-01}]",
        nova="first_date_entry_in_force: 2020-04-01\nrelations: [{type: repeals, norm: vella}]",
    )
    assert norms.state("vella", "2020-07-01").reason == "repealed"


def test_what_ended_on_a_day_not_known_is_in_force_while_it_is_prolonged() -> None:
    norms = Norms(
        vella=f"{OLD}\nend_reason: expired",
        nova="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: prorogues, norm: vella, until: 2020-12-31}]",
    )
    assert norms.words("vella", "2020-03-01") == ["in-force"]


def test_that_a_part_is_over_is_told_before_that_another_is_suspended() -> None:
    acts = "".join(
        f'\n  - {{type: {type_}, by: {{ca: "Un acte"}}, from: 2020-02-01, {more}}}'
        for type_, more in (
            ("suspends", "provisions: [art. 1]"),
            ("prorogues", "provisions: [art. 2], until: 2020-03-01"),
        )
    )
    norms = Norms(llei=f"{OLD}\ndone_by_others:{acts}")
    assert norms.state("llei", "2020-04-01").reason == "expired"


def test_a_suspension_by_an_act_without_a_note_needs_its_day() -> None:
    acts = 'done_by_others: [{type: suspends, by: {ca: "Un acte"}, provisions: [art. 1]}]'
    assert Norms(llei=f"{OLD}\n{acts}").words("llei", "2020-06-01") == ["in-force"]


def test_an_article_that_is_amended_does_not_bring_a_part_of_it_back() -> None:
    norms = Norms(
        vella=OLD,
        una="first_date_entry_in_force: 2020-02-01\n"
        "relations: [{type: removes, norm: vella, provisions: [art. 1.2]}]",
        dues="first_date_entry_in_force: 2020-03-01\n"
        "relations: [{type: amends, norm: vella, provisions: [art. 1]}]",
    )
    assert norms.provision("vella", "art. 1.2", "2020-04-01") == "no-longer-in-force"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"1": "expired", "2": "suspended"}, "expired"),
        ({"1": "expired", "2": "repealed"}, "repealed"),
        ({"1": "suspended", "2": "repealed"}, "repealed"),
        ({"1": "repealed", "2": "suspended"}, "repealed"),
        ({"1": "removed"}, "repealed"),
        ({"1": "removed", "2": "suspended"}, "repealed"),
    ],
)
def test_of_what_became_of_several_parts_the_gravest_is_told(
    parts: dict[str, str], told: str
) -> None:
    acts = {
        "expired": "type: prorogues, until: 2020-06-30",
        "repealed": "type: repeals-part",
        "removed": "type: removes",
        "suspended": "type: suspends",
    }
    done = ", ".join(
        f"{{{acts[became]}, norm: llei, provisions: [art. {article}]}}"
        for article, became in parts.items()
    )
    new = f"first_date_entry_in_force: 2020-01-01\nrelations: [{done}]"
    state = Norms(llei=OLD, nova=new).state("llei", "2020-12-31")
    assert (state.word, state.reason) == ("partly-in-force", told)
