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
    edges = sorted(data.draw(st.lists(st.sampled_from(days), unique=True)))
    stretches = [stretch(None, "abans"), *(stretch(day, "vigent") for day in edges)]
    drawing = life({"timeline": [{"date": day} for day in days], "life": stretches})
    assert drawing
    for one in drawing["stretches"]:
        if one["label"] is not None:
            assert one["y"] < one["label"] - LINE + 1 < one["y"] + one["height"]
            assert all(
                abs(one["label"] - mark["label"] - 5) >= LINE - 1 for mark in drawing["marks"]
            )
    assert drawing["stretches"][-1]["label"]  # the state that lasts


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
    assert [one["said"] for one in drawing["stretches"]] == ["encara no", ""]
