"""What happened to a note by itself: between its day and its end, the newest first."""

from __future__ import annotations

from typing import Any

from parts import part
from project import Project


def events(village: Project, address: str) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = part(village, address)["events"]
    return [(event["date"], event["id"]) for event in found]


def test_what_happens_to_a_norm_is_told_from_the_day_of_the_note(village: Project) -> None:
    repealed = ("2020-06-02", "norm-organica-2020-06-02")
    assert repealed in events(village, "/avisos/del-dia/")
    assert events(village, "/avisos/de-despres/") == []


def test_after_its_end_nothing_more_happens_to_a_note(village: Project) -> None:
    assert events(village, "/avisos/acabat/") == [("2020-05-02", "expired-2020-05-02")]


def test_the_newest_comes_first_and_who_took_the_place_on_its_day_is_named(
    village: Project,
) -> None:
    assert events(village, "/avisos/antic/") == [
        ("2020-12-08", "superseded-2020-12-08"),
        ("2020-06-02", "norm-organica-2020-06-02"),
        ("2018-02-01", "norm-organica-2018-02-01"),
    ]
    first = part(village, "/avisos/antic/")["events"][0]["text"]
    assert "Hereu." in first and "tard" not in first


def test_a_norm_tells_what_was_done_to_it_and_not_what_became_of_others(village: Project) -> None:
    for norm in ("llei-11", "llei-9", "organica"):
        assert not any("norm-" in name for _, name in events(village, f"/normativa/{norm}/")), norm
