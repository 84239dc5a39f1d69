"""A norm's document: gazettes, its life, and what was done to its provisions."""

from __future__ import annotations

from parts import ids, part
from project import Project


def timeline(village: Project, norm: str) -> list[tuple[str, str]]:
    found = part(village, f"/normativa/{norm}/")["timeline"]
    return [(event["date"], event["event"]) for event in found]


def test_the_official_gazette_comes_first_wherever_it_is_written(village: Project) -> None:
    """That of the norm's own jurisdiction: a law of the State is made known by the State's."""
    found = part(village, "/normativa/organica/")
    assert [place["gazette"] for place in found["published_in"]] == ["BOE", "BOIB"]
    assert found["official_text"] == "https://www.boe.es/text"


def test_a_life_is_told_by_its_days(village: Project) -> None:
    """On one day: that it was published before that it is in force."""
    assert timeline(village, "organica") == [
        ("2018-01-31", "enacted"),
        ("2018-02-01", "published"),
        ("2018-02-01", "in-force"),
        ("2020-06-02", "repealed"),
    ]


def test_a_suspension_has_ended_on_the_day_after_its_last(village: Project) -> None:
    assert timeline(village, "llei-10")[-2:] == [
        ("2020-07-01", "suspended"),
        ("2020-10-01", "suspension-ended"),
    ]


def test_a_decree_law_that_was_not_validated_says_so(village: Project) -> None:
    assert timeline(village, "decret-caigut")[-1] == ("2020-03-02", "not-validated")


def test_the_consolidated_text_has_one_address(village: Project) -> None:
    found = part(village, "/normativa/llei-9/")["consolidated_text"]
    assert found == "https://www.boe.es/eli/es-ib/l/2019/03/01/9/con"


def test_what_was_done_to_one_provision_stands_together(village: Project) -> None:
    """However it is written; and provisions are in the order of the law."""
    found = part(village, "/normativa/llei-9/")["provisions"]
    done = {one["provision"]: ids([act["norm"] for act in one["done"]]) for one in found}
    assert done == {
        "article 2, apartat 3": ["llei-10", "llei-11"],
        "article 10": ["llei-10"],
        "lletres a) i b)": ["llei-10"],
    }
    assert list(done) == ["article 2, apartat 3", "article 10", "lletres a) i b)"]
    spanish = [one["provision"] for one in part(village, "/es/normativa/ley-9/")["provisions"]]
    assert spanish == ["artículo 2, apartado 3", "artículo 10", "letras a) y b)"]


def test_norms_are_no_readers_of_a_norm(village: Project) -> None:
    assert ids(part(village, "/normativa/llei-9/")["cited_in"]) == ["lletres"]


def test_an_organic_law_is_feminine(village: Project) -> None:
    assert part(village, "/normativa/organica/")["state_said"] == "derogada"


def test_only_what_is_not_in_force_is_marked(village: Project) -> None:
    """A law of which single articles are gone is in force."""
    assert part(village, "/normativa/llei-9/")["state"] == "partly-in-force"
    text = village.document("/avisos/lletres/")["body_html"]
    assert text.count("norm-state") == 1
    assert 'Llei orgànica 5/2018</a> <span class="norm-state">(derogada)' in text


def test_a_repeal_that_was_repealed_before_its_day_repeals_nothing(village: Project) -> None:
    assert part(village, "/normativa/llei-7/")["state"] == "in-force"
    assert part(village, "/normativa/llei-1/")["state"] == "no-longer-in-force"


def test_norms_that_one_acts_on_are_told_from_the_oldest(village: Project) -> None:
    groups = village.document("/normativa/relacions/")["relations"]["groups"]
    [acts] = [
        one["relations"] for group in groups for one in group if one["norm"]["id"] == "llei-11"
    ]
    assert ids([act["norm"] for act in acts]) == ["organica", "llei-9", "llei-10"]


def test_a_norm_is_published_when_its_own_gazette_has_it(village: Project) -> None:
    """Not when another reports it, be that a day before."""
    days = {
        event: item["date"]
        for stretch in part(village, "/normativa/llei-7/")["chronology"]
        for item in stretch["happened"]
        for event in item["events"]
    }
    assert days == {"enacted": "2019-01-01", "published": "2019-01-02", "in-force": "2019-01-02"}
