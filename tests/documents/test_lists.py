"""The order of lists, what is left out of them, and how long a document holds."""

from __future__ import annotations

from parts import ids, part
from project import Project


def test_home_shows_three_notices_and_the_urgent_and_important_first(village: Project) -> None:
    """Each by date; not one of tomorrow, and none that is over."""
    found = ids(part(village, "/")["notices"])
    assert found == ["aigua", "b-important", "c-urgent"]


def test_names_are_in_the_order_of_words(village: Project) -> None:
    """Whatever their accents and capitals."""
    found = [ref["short_title"] for ref in part(village, "/")["departments"]]
    assert found == [
        *("Aigües", "Arxiu", "Atenció", "Èpoques", "Obres", "Planta baixa", "zona blava"),
    ]


def test_home_changes_with_the_next_notice(village: Project) -> None:
    """That of tomorrow."""
    assert village.document("/")["holds"]["until"] == "2020-12-10"


def test_a_topic_changes_with_its_notes(village: Project) -> None:
    """On 20 December it is the last day of the winter's hours, and a decree ends today."""
    holds = village.document("/temes/llicencies/")["holds"]
    assert holds == {"from": "2020-12-05", "until": "2020-12-10"}


def test_a_withdrawal_is_news_from_its_day(village: Project) -> None:
    assert village.document("/avisos/avui/")["updated"] == "2020-12-10"
    assert village.document("/avisos/dema/")["updated"] is None


def test_changes_are_told_from_their_day_and_the_last_one_first(village: Project) -> None:
    found = [change["date"] for change in part(village, "/avisos/ahir/")["changes"]]
    assert found == ["2020-12-10", "2020-12-02"]


def test_what_is_over_says_its_last_day(village: Project) -> None:
    found = part(village, "/avisos/ahir/")
    assert (found["held_until"], found["state_since"]) == ("2020-12-09", "2020-12-10")


def test_norms_of_a_day_are_in_the_order_of_their_numbers(village: Project) -> None:
    found = ids(part(village, "/normativa/")["items"])
    assert found.index("llei-10") == found.index("llei-9") - 1


def test_the_newest_year_and_the_commonest_type_come_first(village: Project) -> None:
    years = [group["id"] for group in part(village, "/normativa/per-any/")["groups"]]
    assert years == ["2020", "2019", "2018"]
    types = [group["id"] for group in part(village, "/normativa/per-tipus/")["groups"]]
    assert types == ["l", "dl", "lo"]


def test_two_norms_that_act_on_each_other_are_a_group(village: Project) -> None:
    document = village.document("/normativa/relacions/")
    groups = [ids([one["norm"] for one in group]) for group in document["relations"]["groups"]]
    assert ["decret-llei-14-2020", "decret-llei-8-2020"] in groups
    assert ids(document["relations"]["alone"]) == ["decret-caigut"]


def test_contacts_follow_the_one_that_they_belong_to(village: Project) -> None:
    """Those on a level by title, each with all that is below it."""
    assert ids(part(village, "/contactes/")["items"]) == [
        "ajuntament",
        "aigua",
        "arxiu",
        "obres",
        "atencio",
        "planta",
        "emergencies",
        "zona",
    ]


def test_only_services_that_can_be_had_are_booked(village: Project) -> None:
    found = {
        one["department"]["id"]: ids(one["services"])
        for one in part(village, "/cita-previa/")["departments"]
    }
    assert found == {
        "aigua": ["lectura"],
        "arxiu": ["consulta-arxiu"],
        "obres": ["llicencia"],
        "zona": ["distintiu"],
    }


def test_who_explains_a_norm_is_not_told_again_among_those_that_cite_it(village: Project) -> None:
    found = part(village, "/normativa/organica/")
    assert "de-despres" in ids(found["explained_in"])
    assert "de-despres" not in ids(found["cited_in"])
