"""The picture of a norm's life: where its lines and words go."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from saig.outputs.drawing import LINE, life

DAYS = st.dates(datetime.date(1986, 1, 1), datetime.date(2026, 12, 31)).map(str)


def stretch(begins: str | None, said: str) -> dict[str, str | None]:
    return {"from": begins, "until": None, "state": "in-force", "said": said}


@given(st.lists(DAYS, min_size=1, max_size=12, unique=True), st.data())
def test_no_words_stand_on_a_date(days: list[str], data: st.DataObject) -> None:
    transition_dates = sorted(data.draw(st.lists(st.sampled_from(days), unique=True)))
    said = data.draw(st.sampled_from(["vigent", "vigent, amb preceptes anul·lats i derogats"]))
    stretches = [stretch(None, said), *(stretch(day, said) for day in transition_dates)]
    drawing = life({"timeline": [{"date": day} for day in days], "life": stretches})
    assert drawing
    for one in drawing["stretches"]:
        for line in one["lines"]:
            assert one["y"] < line["y"] - LINE + 2 < one["y"] + one["height"]
            assert all(abs(line["y"] - mark["label"] - 5) >= LINE - 1 for mark in drawing["marks"])
    assert drawing["stretches"][-1]["lines"]  # the state that lasts


def test_what_came_on_a_day_not_known_has_no_place_and_hides_none() -> None:
    """The state before it is not said of today."""
    drawing = life(
        {
            "timeline": [{"date": "2018-05-01"}, {"date": "2019-01-01"}],
            "life": [
                stretch(None, "encara no"),
                stretch("2018-05-01", "vigent"),
                stretch(None, "derogada"),
            ],
        }
    )
    assert drawing
    assert drawing["stretches"][-1]["lines"] == []


def test_long_words_stand_in_two_lines() -> None:
    said = "vigente, con preceptos anulados y derogados"
    drawing = life(
        {
            "timeline": [{"date": "2018-05-01"}, {"date": "2019-01-01"}],
            "life": [stretch(None, "aún no"), stretch("2018-05-01", said)],
        }
    )
    assert drawing
    first, second = drawing["stretches"][-1]["lines"]
    assert (first["text"], second["text"]) == ("vigente, con preceptos", "anulados y derogados")
    assert second["y"] - first["y"] == LINE
