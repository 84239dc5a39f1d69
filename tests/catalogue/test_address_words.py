"""``address_words`` of site.yaml: words of addresses that are no section's and no note's."""

from __future__ import annotations

import in_process
from project import Project

WORDS = "address_words: {by_year: {ca: anys, es: anos}, relations: {es: mapa}, calendar: agenda}\n"


def test_a_town_has_its_own_words_in_addresses(town: Project) -> None:
    town.change("site.yaml", "\ntopics:", f"\n{WORDS}topics:")
    assert in_process.built(town) == []  # no link leads nowhere
    for there in ("normativa/anys", "es/normativa/anos", "es/normativa/mapa"):
        assert town.document(f"/{there}/")["kind"] in ("section", "relations")
    # What the town has no word for is called as it was.
    assert (town.output / "normativa/relacions/index.html").is_file()
    assert not (town.output / "normativa/per-any").exists()
    for there in ("", "es/", "contactes/obres/"):
        calendar = (town.output / there / "agenda.ics").read_text("utf-8").replace("\r\n ", "")
        assert f"SOURCE;VALUE=URI:https://example.org/{there}agenda.ics" in calendar
        page = (town.output / there / "index.html").read_text("utf-8")
        assert "agenda.ics" in page and "calendari.ics" not in page
    assert not [*town.output.rglob("calendari.ics")]
    paths = town.data("api/v1/openapi.json")["paths"]
    assert "/agenda.ics" in paths and "/calendari.ics" not in paths


def test_two_views_cannot_have_one_address(town: Project) -> None:
    words = "address_words: {by_year: {ca: mapa}, relations: {ca: mapa}}\n"
    town.change("site.yaml", "\ntopics:", f"\n{words}topics:")
    [found] = [one for one in town.check() if one["severity"] == "error"]
    assert (found["code"], found["path"]) == ("duplicate-address", "content/site.yaml")
    assert "mapa" in found["message"]
