"""The channel matrix is one record: whoever reads it, and in whatever form, is told the same.

Notes are made at random; what each form says of a service is read out of it by other means than
those that wrote it, and held against what the note says.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import vobject
from lxml import html
from project import Project, new_project

DAYS = ["dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"]
ENGLISH = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CHANNELS = {
    "in-person": "Presencial",
    "video": "Per videoconferència",
    "phone": "Per telèfon",
    "email": "Per correu electrònic",
    "online": "En línia",
    "post": "Per correu postal",
}
APPOINTMENTS = {
    "required": "Cal cita prèvia",
    "optional": "Amb cita o sense",
    "none": "No cal cita",
    None: "",
}
SEEDS = range(4)
SERVICES = 8
"""With those of the town, no more than a department's page shows."""


class Way(NamedTuple):
    """What a reader is told of a service's channel. ``hours``: day, opening and closing, each day
    apart."""

    channel: str
    appointment: str
    hours: frozenset[tuple[str, str, str]]
    url: str


Matrix = dict[str, frozenset[Way]]


def invented(chance: random.Random) -> list[dict[str, Any]]:
    """The channels of a service: those that hold on the day of the test, and others that do not."""
    ways = []
    for channel in chance.sample(list(CHANNELS), chance.randint(1, 4)):
        way: dict[str, Any] = {"channel": channel}
        if (appointment := chance.choice(list(APPOINTMENTS))) is not None:
            way["appointment"] = appointment
        if chance.random() < 0.8:
            way["url"] = f"https://cita.vila.test/{channel}/{chance.randrange(10**6)}?a=1&b=2"
        way["opening_hours"] = [
            {"days": sorted(chance.sample(ENGLISH, chance.randint(1, 7))), "opens": o, "closes": c}
            for o, c in chance.sample(
                [("08:05", "09:55"), ("11:20", "12:20"), ("16:00", "19:30")], 2
            )
        ][: chance.randint(0, 2)]
        if chance.random() < 0.3:
            way["valid_until"] = chance.choice(["2020-12-10", "2021-03-31"])
        ways.append(way)
    past = {"channel": "post", "url": "https://cita.vila.test/vell", "valid_until": "2020-12-09"}
    return [*ways, past] if "post" not in [way["channel"] for way in ways] else ways


def wanted(ways: list[dict[str, Any]]) -> frozenset[Way]:
    return frozenset(
        Way(
            CHANNELS[way["channel"]],
            APPOINTMENTS[way.get("appointment")],
            frozenset(
                (DAYS[ENGLISH.index(day)], window["opens"], window["closes"])
                for window in way["opening_hours"]
                for day in window["days"]
            ),
            way.get("url", ""),
        )
        for way in ways
        if way.get("valid_until") != "2020-12-09"
    )


@pytest.fixture(scope="module", params=SEEDS)
def town_and_matrix(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Project, Matrix]:
    chance = random.Random(request.param)
    project = new_project(tmp_path_factory.mktemp("matrix") / "project")
    matrix = {}
    for number in range(SERVICES):
        title = f"Servei número {number}"
        ways = invented(chance)
        fields = {"title": title, "summary": "S.", "departments": ["obres"], "channels": ways}
        project.write(f"services/s-{number}.md", f"---\n{json.dumps(fields)}\n---\n")
        matrix[title] = wanted(ways)
    project.build()
    return project, matrix


# -- reading -------------------------------------------------------------------------------------


def days_in(words: str) -> list[str]:
    """``de dilluns a dimecres``, ``dilluns i dijous``: the days, each by its name."""
    named = re.findall("|".join(DAYS), words)
    if words.startswith("de ") and " a " in words:
        first, last = map(DAYS.index, named)
        return DAYS[first : last + 1]
    return named


def hours_in(text: str) -> frozenset[tuple[str, str, str]]:
    """All ``days, 08:05–09:55`` of a text."""
    found = re.findall(r"([^.\n]*?), (\d\d:\d\d)–(\d\d:\d\d)", text)
    return frozenset((day, o, c) for words, o, c in found for day in days_in(words.strip()))


def of_html(ways: Any) -> frozenset[Way]:
    """The cards of channels that a page shows; those of other days are hidden in it."""
    return frozenset(
        Way(
            way.xpath("./*[@class='channel__name']/text()")[0].strip(),
            next((t for t in map(_text, way.xpath("./p")) if t in APPOINTMENTS.values()), ""),
            frozenset().union(*(hours_in(_text(li)) for li in way.xpath(".//ul/li"))),
            next(iter(way.xpath(".//a[contains(@class, 'button')]/@href")), ""),
        )
        for way in ways
        if "hidden" not in way.attrib
    )


def of_rows(ways: Any) -> frozenset[Way]:
    """The same of the lines of a service in a list."""
    return frozenset(
        Way(
            way.xpath("./span[@class='way__said']/text()")[0].partition("·")[0].strip(),
            "".join(map(_text, way.xpath(".//span[starts-with(@class, 'way__need')]"))).strip("· "),
            frozenset().union(
                *(hours_in(_text(one)) for one in way.xpath(".//span[@class='way__hours']"))
            ),
            next(iter(way.xpath("./a[@class='way__link']/@href")), ""),
        )
        for way in ways
        if "hidden" not in way.attrib
    )


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def of_page(project: Project, title: str) -> frozenset[Way]:
    page = html.fromstring(project.page(f"/serveis/{slug(title)}/"))
    return of_html(page.xpath("//li[contains(@class, 'channel')]"))


def slug(title: str) -> str:
    return title.lower().replace(" ", "-").replace("ú", "u")


def of_list(project: Project, address: str) -> Matrix:
    """A page of several services: the department's, or that of all appointments, where a service
    stands twice that can be had with an appointment and without."""
    page = html.fromstring(project.page(address))
    found: Matrix = {}
    for service in page.xpath("//li[@class='offer'][p[@class='offer__title']]"):
        title = _text(service.xpath("./p[@class='offer__title']/a")[0])
        found[title] = found.get(title, frozenset()) | of_rows(service.xpath(".//li[@class='way']"))
    return found


def of_data(channels: list[dict[str, Any]]) -> frozenset[Way]:
    names = {f"{day.capitalize()}": own for day, own in zip(ENGLISH, DAYS, strict=True)}
    return frozenset(
        Way(
            CHANNELS[channel["channel"]],
            APPOINTMENTS[channel["appointment"]],
            frozenset(
                (names[day.capitalize()], window["opens"], window["closes"])
                for window in channel["opening_hours"]
                for day in window["days"]
            ),
            channel["url"] or "",
        )
        for channel in channels
    )


def of_words(line: str) -> Way:
    """A line of a card or a calendar."""
    url = re.search(r"https://\S+", line)
    parts = line.removeprefix("- ").replace(url[0] if url else "", "").split(". ")
    appointment = next((part for part in parts if part in APPOINTMENTS.values() and part), "")
    return Way(parts[0], appointment, hours_in(line), url[0] if url else "")


def of_card(path: Path) -> Matrix:
    note = vobject.readOne(path.read_bytes().decode()).note.value
    found: dict[str, set[Way]] = {}
    title = ""
    for line in note.splitlines():
        if line.endswith(":"):
            title = line[:-1]
        elif line.startswith("- "):
            found.setdefault(title, set()).add(of_words(line))
    return {name: frozenset(ways) for name, ways in found.items()}


# -- holding one against the other ---------------------------------------------------------------


def own(found: Matrix, matrix: Matrix) -> Matrix:
    """Without the services that the town had before."""
    return {title: ways for title, ways in found.items() if title in matrix}


def test_page_and_document_of_each_service(town_and_matrix: tuple[Project, Matrix]) -> None:
    project, matrix = town_and_matrix
    for title, ways in matrix.items():
        assert of_page(project, title) == ways, title
        part = project.document(f"/serveis/{slug(title)}/")["service"]
        assert of_data(part["channels"]) == ways, title


@pytest.mark.parametrize("address", ["/contactes/obres/", "/cita-previa/"])
def test_pages_of_all_services(address: str, town_and_matrix: tuple[Project, Matrix]) -> None:
    project, matrix = town_and_matrix
    assert own(of_list(project, address), matrix) == matrix


def test_documents_of_all_services(town_and_matrix: tuple[Project, Matrix]) -> None:
    project, matrix = town_and_matrix
    groups = project.document("/cita-previa/")["booking"]["departments"]
    lists = [group["services"] for group in groups]
    lists.append(project.document("/contactes/obres/")["contact"]["services"])
    booking, department = list(itertools.chain(*lists[:-1])), lists[-1]
    for services in (booking, department):
        found = {service["title"]: of_data(service["channels"]) for service in services}
        assert own(found, matrix) == matrix


def test_card(town_and_matrix: tuple[Project, Matrix]) -> None:
    project, matrix = town_and_matrix
    found = of_card(project.output / "contactes" / "obres" / "contact.vcf")
    assert own(found, matrix) == matrix


def test_calendar(town_and_matrix: tuple[Project, Matrix]) -> None:
    """Ways that end, told on their last day."""
    project, matrix = town_and_matrix
    ending = {
        (title, way)
        for title in matrix
        for way, channel in _channels(project, title)
        if channel["valid_until"]
    }
    calendar = (project.output / "calendari.ics").read_bytes().decode()
    events = vobject.readOne(calendar).vevent_list
    found = {
        (event.summary.value.split(": ")[1], of_words(event.description.value))
        for event in events
        if event.summary.value.startswith("Darrer dia: Servei número")
    }
    assert found == ending
    assert ending


def _channels(project: Project, title: str) -> list[tuple[Way, dict[str, Any]]]:
    channels = project.document(f"/serveis/{slug(title)}/")["service"]["channels"]
    return [(next(iter(of_data([channel]))), channel) for channel in channels]
