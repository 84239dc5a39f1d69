"""What a department and a service say of each other, and when they are closed."""

from __future__ import annotations

from parts import ids, part
from project import Project


def closed(village: Project, address: str) -> list[str]:
    return [closure["from"] for closure in part(village, address)["closures"]]


def test_a_department_that_only_a_service_opens_has_the_holidays(village: Project) -> None:
    """And its own closures, from today on: one that ends today is not over."""
    assert closed(village, "/contactes/aigua/") == ["2020-12-08", "2020-12-20", "2020-12-25"]
    assert part(village, "/contactes/aigua/")["holidays_known_until"] == "2020-12-31"


def test_a_department_that_never_opens_has_none(village: Project) -> None:
    assert closed(village, "/contactes/emergencies/") == ["2020-12-15"]
    assert part(village, "/contactes/emergencies/")["holidays_known_until"] is None


def test_a_service_of_two_departments_is_closed_with_the_first(village: Project) -> None:
    assert closed(village, "/serveis/lectura/") == ["2020-12-08", "2020-12-20", "2020-12-25"]


def test_a_service_without_hours_is_never_closed(village: Project) -> None:
    assert closed(village, "/serveis/distintiu/") == []


def test_a_department_lists_the_services_of_today(village: Project) -> None:
    assert ids(part(village, "/contactes/aigua/")["services"]) == ["distintiu", "lectura"]


def test_the_newest_notices_come_first(village: Project) -> None:
    found = ids(part(village, "/contactes/aigua/")["notices"])
    assert found == ["a-rutina", "d-rutina", "b-important", "e-rutina"]


def test_the_parent_is_the_nearest_of_those_above(village: Project) -> None:
    found = part(village, "/contactes/planta/")
    assert ids(found["parents"]) == ["ajuntament", "obres"]
    assert found["parent"]["id"] == "obres"


def test_who_books_finds_a_service_below_its_first_department(village: Project) -> None:
    groups = part(village, "/cita-previa/")["departments"]
    found = {group["department"]["id"]: ids(group["services"]) for group in groups}
    assert found["aigua"] == ["lectura"]
    assert found["zona"] == ["distintiu"]
