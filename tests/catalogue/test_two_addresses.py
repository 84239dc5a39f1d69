"""A contact that moves: where it is on a day, and where it will be, wherever that is said."""

from __future__ import annotations

import json

import pytest
from project import Project

NEW = """address:
  - street_address: Carrer Major, 1
    postal_code: "07006"
    locality: Vila
    valid_until: 2020-12-11
  - street_address: Plaça Nova, 3
    locality: Vila
    valid_from: {begins}
telephones:"""

POST = "channels:\n  - {channel: post}\n"


def move(town: Project, begins: str = "2020-12-12") -> None:
    """``obres`` is at one address until the 11th, and then at another."""
    text = (town.content / "contacts/obres.md").read_text("utf-8")
    before, _, rest = text.partition("address:")
    after = rest.partition("telephones:")[2]
    town.write("contacts/obres.md", before + NEW.replace("{begins}", begins) + after)


def unfolded(town: Project, path: str) -> str:
    return (town.output / path).read_bytes().replace(b"\r\n ", b"").decode()


def test_everything_says_where_it_is_on_the_day_and_where_it_will_be(town: Project) -> None:
    move(town)
    town.change("services/llicencia.md", "channels:\n", POST)
    town.build(today="2020-12-10")
    contact = town.document("/contactes/obres/")["contact"]
    old, new = "Carrer Major, 1", "Plaça Nova, 3"
    assert contact["address"]["street_address"] == old
    assert "valid_until" not in contact["address"]
    assert contact["address_until"] == "2020-12-11"
    [later] = contact["upcoming_addresses"]
    assert (later["street_address"], later["valid_from"]) == (new, "2020-12-12")
    assert contact["sheet_until"] == "2020-12-10"  # the hours end before
    assert town.document("/contactes/obres/")["holds"]["until"] == "2020-12-10"
    page = town.page("/contactes/obres/")
    assert "Des del dia 12 de desembre de 2020: <address>Plaça Nova, 3" in page
    assert '<div class="dates" data-before="2020-12-12">' in page
    assert '<div data-until="2020-12-11">' in page
    card = unfolded(town, "contactes/obres/contact.vcf")
    assert ";;Carrer Major\\, 1;Vila;;07006;" in card
    assert "Plaça Nova\\, 3\\, Vila" in card
    [way] = [
        w
        for w in town.document("/serveis/llicencia-d-obres/")["service"]["channels"]
        if w["channel"] == "post"
    ]
    assert way["address"]["street_address"] == old
    assert new in town.page("/serveis/llicencia-d-obres/")
    days = unfolded(town, "calendari.ics")
    assert "SUMMARY;LANGUAGE=ca:Obres: adreça nova\r\n" in days
    assert "DTSTART;VALUE=DATE:20201212" in days
    assert json.loads((town.output / "next-change.json").read_text())["date"] == "2020-12-11"

    town.build(today="2020-12-11")  # of what is remembered
    assert town.document("/contactes/obres/")["contact"]["sheet_until"] == "2020-12-11"
    assert json.loads((town.output / "next-change.json").read_text())["date"] == "2020-12-12"
    town.build(today="2020-12-12")
    contact = town.document("/contactes/obres/")["contact"]
    assert (
        contact["address"]["street_address"] == contact["card"]["address"]["street_address"] == new
    )
    assert contact["upcoming_addresses"] == []
    for address in ("/contactes/obres/", "/serveis/llicencia-d-obres/"):
        assert old not in town.page(address)
        assert new in town.page(address)


@pytest.mark.parametrize(
    ("begins", "code", "severity", "line", "said"),
    [
        ("2020-12-11", "bad-value", "error", 11, "write valid_until: 2020-12-10 here"),
        ("2020-12-20", "address-gap", "warning", 11, "write valid_until: 2020-12-19, or"),
    ],
)
def test_addresses_that_overlap_or_leave_a_gap_are_told(
    town: Project, begins: str, code: str, severity: str, line: int, said: str
) -> None:
    move(town, begins)
    found = [one for one in town.check("--lang", "en") if one["code"] == code]
    [problem] = [one for one in found if one["path"] == "content/contacts/obres.md"]
    assert (problem["severity"], problem["line"]) == (severity, line)
    assert problem["hint"].startswith(said)
    if code == "address-gap":
        assert code not in {one["code"] for one in town.check("--today", begins)}, "it is over"


def test_an_address_that_ends_is_told_before(town: Project) -> None:
    """Also when it is asked for what will be, and in the report; one alone need be no list."""
    town.change(
        "contacts/obres.md", "  locality: Vila\n", "  locality: Vila\n  valid_until: 2021-03-15\n"
    )
    message = "this address ends on 2021-03-15, and none follows it"

    def told(*arguments: str, today: str = "2020-12-10") -> list[tuple[str, int]]:
        found = town.check("--lang", "en", *arguments, "--today", today)
        return [(one["code"], one["line"]) for one in found if message in one["message"]]

    assert told() == []
    assert told("--until", "2021-03-10") == [("expiring-soon", 12)]
    assert told(today="2021-03-10") == [("expiring-soon", 12)]
    town.change("contacts/obres.md", "valid_until: 2021-03-15", "valid_until: 15/3/2021")
    assert told(today="2021-03-10") == [("expiring-soon", 12)]
    town.saig("fmt")
    assert "  valid_until: 2021-03-15\n" in (town.content / "contacts/obres.md").read_text("utf-8")
    said = town.saig(
        "report",
        "--format",
        "json",
        "--until",
        "2021-03-31",
        "--lang",
        "en",
        "--today",
        "2020-12-10",
    )
    assert message in said.stdout


def test_a_slip_in_one_address_is_told_at_its_line(town: Project) -> None:
    town.change("contacts/obres.md", "  street_address", "  street_adress")
    found = town.errors("--lang", "en")
    lines = {(one["code"], one["line"], one["column"]) for one in found}
    assert lines == {("unknown-field", 8, 3), ("missing-field", 8, 3)}
