"""What the script makes of a page, in Chromium with its clock moved, in other time zones.

``open now`` is held against an independent computation that knows nothing of the script's: it walks
through time in small steps and asks at each whether a window is open.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import axe
import pytest
from playwright.sync_api import Page
from project import DAY, REPOSITORY, Project, new_project
from reader import MADRID, Reader, Readers, palma

SCRIPT = REPOSITORY / "theme" / "static" / "js" / "live.js"
READERS = [MADRID, "America/New_York", "Asia/Tokyo"]
TAULELL = """---
title: Taulell
summary: Un taulell.
parent: ajuntament
opening_hours:
  - {days: monday-friday, opens: 9:00, closes: 14:00, channel: in-person, valid_until: 2020-12-10}
  - {days: monday-friday, opens: 8:30, closes: 13:00, channel: in-person, valid_from: 2020-12-11}
  - {days: [tuesday, thursday], opens: 9:00, closes: 11:00, channel: phone}
  - {days: [tuesday, thursday], opens: 16:00, closes: 18:30, channel: phone}
closures:
  - {from: 2020-12-24, until: 2020-12-31, label: {ca: Festes de Nadal, es: Fiestas de Navidad}}
---
"""
SERVEI = """---
title: Servei del taulell
summary: Un servei.
departments: [taulell]
valid_until: 2021-03-31
channels:
  - channel: in-person
    appointment: required
    url: https://cita.vila.test/vell
    opening_hours: [{days: wednesday, opens: "11:20", closes: "12:20"}]
    valid_until: 2020-12-10
  - channel: in-person
    appointment: required
    url: https://cita.vila.test/nou
    opening_hours: [{days: thursday, opens: "11:20", closes: "12:20"}]
    valid_from: 2020-12-11
  - channel: video
    opening_hours: [{days: [tuesday, thursday], opens: "11:00", closes: "13:00"}]
---
"""
NOTICES = {
    "important": "title: Avís important\nsummary: Avís.\ndate: 2020-12-01\nurgency: important\n"
    "valid_until: 2020-12-20\n",
    "futur": "title: Avís futur\nsummary: Avís.\ndate: 2020-12-01\nvalid_from: 2020-12-12\n"
    "valid_until: 2020-12-15\n",
}


HOLIDAYS = """holidays:
  - {date: 2020-12-25, label: {ca: Nadal, es: Navidad}}
  - {date: 2021-12-25, label: {ca: Nadal, es: Navidad}}
holidays_known: [2020, 2021]
"""


def town(root: Path) -> Project:
    project = new_project(root)
    old = 'holidays: [{date: 2020-12-25, label: {ca: "Nadal", es: "Navidad"}}]\n'
    project.change("site.yaml", old, HOLIDAYS)
    project.write("contacts/taulell.md", TAULELL)
    project.write("contacts/taulell.es.md", "---\ntitle: Mostrador\nsummary: Mostrador.\n---\n")
    project.write("services/servei.md", SERVEI)
    for name, fields in NOTICES.items():
        project.write(f"notices/{name}.md", f"---\n{fields}---\nText.\n")
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Built on 10 December 2020, and never again."""
    project = town(tmp_path_factory.mktemp("live") / "project")
    project.build()
    return project


@pytest.fixture
def reads(readers: Readers, built: Project) -> Iterator[Callable[..., Reader]]:
    yield partial(readers, built)
    readers.done()


# -- open now -------------------------------------------------------------------------------------

STEP = datetime.timedelta(minutes=5)
"""All hours of the cases below are multiples of this, and so are all changes of summer time."""

FAR = datetime.timedelta(days=40)
"""How far the slow computation looks ahead."""

CHANGES = {
    MADRID: ["2026-03-29T01:00", "2026-10-25T01:00"],
    "America/Sao_Paulo": ["2018-11-04T03:00", "2018-02-18T02:00"],  # at midnight
    "Australia/Lord_Howe": ["2026-04-04T15:00", "2026-10-03T15:30"],  # by half an hour
    "Atlantic/Azores": ["2026-03-29T01:00", "2026-10-25T01:00"],  # the day is another in UTC
}
"""Some zones, and instants at which their clocks change."""


@cache
def on_clocks(at: datetime.datetime, zone: str) -> tuple[datetime.date, str]:
    """Date and time of an instant. Many cases ask for the same."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date(), local.isoformat()[11:16]


def of_day(date: datetime.date, hours: dict[str, Any]) -> list[tuple[str, str]]:
    """When it opens and closes on a date."""
    day = date.isoformat()
    if any(c["from"] <= day <= (c["until"] or c["from"]) for c in hours["closures"]):
        return []
    return [
        (window["opens"], window["closes"])
        for window in hours["windows"]
        if DAYS[date.weekday()] in window["days"]
        and (window["valid_from"] or "") <= day <= (window["valid_until"] or "9999")
    ]


def slowly(at: datetime.datetime, hours: dict[str, Any]) -> dict[str, int]:
    """Step by step: until when it is open, or when it opens next."""
    on = cache(partial(of_day, hours=hours))

    def is_open(at: datetime.datetime) -> bool:
        day, time = on_clocks(at, hours["zone"])
        return any(opens <= time < closes for opens, closes in on(day))

    state = is_open(at)
    step = STEP.total_seconds()
    later = datetime.datetime.fromtimestamp(at.timestamp() // step * step, datetime.UTC) + STEP
    while is_open(later) == state:
        later += STEP
        if later > at + FAR:
            return {}
    return {"until" if state else "next": round(later.timestamp() * 1000)}


def timetable(chance: random.Random, zone: str, around: datetime.date) -> dict[str, Any]:
    """Any hours, those of the night too; seasons and closures around a day."""

    def day(first: int, last: int) -> str:
        return (around + datetime.timedelta(days=chance.randint(first, last))).isoformat()

    windows = []
    for _ in range(chance.randint(1, 5)):
        start = chance.choice([chance.randrange(0, 60), chance.randrange(0, 280)])
        end = min(start + chance.randint(1, 150), 288)
        windows.append(
            {
                "days": chance.sample(list(DAYS), chance.randint(1, 7)),
                "opens": f"{start // 12:02d}:{start % 12 * 5:02d}",
                "closes": f"{end // 12:02d}:{end % 12 * 5:02d}",
                "valid_from": chance.choice([None, None, day(-3, 9)]),
                "valid_until": chance.choice([None, None, day(0, 20)]),
            }
        )
    closures = [
        {"from": day(-2, 2), "until": chance.choice([None, day(2, 4)])}
        for _ in range(chance.randint(0, 2))
    ]
    return {"windows": windows, "closures": closures, "zone": zone}


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def cases() -> list[tuple[dict[str, Any], datetime.datetime]]:
    """Instants of a year in Palma, and many around the changes of summer time, there and elsewhere."""
    chance = random.Random(8)
    found = []
    for _ in range(400):
        start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        at = start + datetime.timedelta(seconds=chance.randrange(365 * 24 * 3600))
        found.append((timetable(chance, MADRID, at.date()), at))
    for zone, changes in CHANGES.items():
        for change in changes:
            moment = datetime.datetime.fromisoformat(change).replace(tzinfo=datetime.UTC)
            for _ in range(60):
                at = moment + datetime.timedelta(seconds=chance.randrange(-36 * 3600, 12 * 3600))
                found.append((timetable(chance, zone, at.date()), at))
    return found


def test_open_now_and_next_as_computed_slowly(reads: Callable[..., Reader]) -> None:
    """Hundreds of instants, and the same answers wherever the reader is; a third of them abroad."""
    asked = [
        {"hours": hours, "at": round(at.timestamp() * 1000), "expected": slowly(at, hours)}
        for hours, at in cases()
    ]
    assert sum("until" in case["expected"] for case in asked) > 100
    assert sum("next" in case["expected"] for case in asked) > 500
    for zone in READERS:
        given = asked if zone == MADRID else asked[::3]
        page = reads(zone).open("/", f"{DAY} 10:00")
        answers = page.evaluate(
            """async (asked) => {
                const { opening } = await import("/theme/js/live.js");
                return asked.map(({ at, hours }) => opening(at, hours));
            }""",
            given,
        )
        for case, answer in zip(given, answers, strict=True):
            if case["expected"] or not answer:
                assert answer == case["expected"], (zone, case)
            else:
                assert answer["next"] > case["at"] + FAR.total_seconds() * 1000


@pytest.mark.parametrize("zone", READERS)
@pytest.mark.parametrize(
    ("at", "in_person", "phone"),
    [
        ("2020-12-10 08:59", ("today", "09:00"), ("today", "09:00")),
        ("2020-12-10 09:00", ("open", "14:00"), ("open", "11:00")),
        ("2020-12-10 13:59", ("open", "14:00"), ("today", "16:00")),
        ("2020-12-10 14:00", ("next", "divendres", "08:30"), ("today", "16:00")),
        ("2020-12-11 08:30", ("open", "13:00"), ("next", "dimarts", "09:00")),
        ("2020-12-11 13:30", ("next", "dilluns", "08:30"), ("next", "dimarts", "09:00")),
        # Closed from the 24th to the 31st, and on the 25th for two reasons.
        ("2020-12-23 23:59", ("next", "1 de gener", "08:30"), ("next", "5 de gener", "09:00")),
        ("2020-12-24 10:00", ("next", "1 de gener", "08:30"), ("next", "5 de gener", "09:00")),
        ("2020-12-31 10:00", ("next", "divendres", "08:30"), ("next", "dimarts", "09:00")),
        # The clocks went forward on the 28th, at night.
        ("2021-03-26 13:00", ("next", "dilluns", "08:30"), ("next", "dimarts", "09:00")),
        ("2021-03-29 08:29", ("today", "08:30"), ("next", "dimarts", "09:00")),
        ("2021-03-29 08:30", ("open", "13:00"), ("next", "dimarts", "09:00")),
        # And back on 31 October.
        ("2021-11-02 12:59", ("open", "13:00"), ("today", "16:00")),
        ("2021-11-02 18:29", ("next", "dimecres", "08:30"), ("open", "18:30")),
    ],
)
def test_a_timetable_says_what_is_open(
    at: str,
    in_person: tuple[str, ...],
    phone: tuple[str, ...],
    zone: str,
    reads: Callable[..., Reader],
) -> None:
    """On clocks in Palma, wherever the reader is, and a year after the page was built."""
    reader = reads(zone)
    reader.turn("/contactes/taulell/", at)
    for channel, (form, *values) in (("phone", phone), ("in-person", in_person)):
        said = reader.now(channel)[0]
        day, time = values if form == "next" else ("", values[0])
        text = reader.words(form)
        start, _, end = text.partition("{day}")
        assert start.split("{")[0] in said
        assert end.partition("{time}")[2] in said
        assert day in said
        assert time in said


def test_what_is_open_is_said_in_the_language_of_the_page(reads: Callable[..., Reader]) -> None:
    reader = reads("Asia/Tokyo", locale="ja-JP")
    reader.open("/es/contactos/mostrador/", "2020-12-12 10:00")
    assert reader.words("next", day="martes", time="09:00") in reader.now("phone")[0]
    assert reader.words("next", day="lunes", time="08:30") in reader.now("in-person")[0]


def test_what_is_open_changes_while_the_page_is_read(reads: Callable[..., Reader]) -> None:
    """Within a minute; and at once when the page is shown again."""
    reader = reads(own=True)
    reader.page.clock.install(time=palma("2020-12-10 13:58:40"))
    reader.page.clock.pause_at(palma("2020-12-10 13:58:50"))
    reader.open("/contactes/taulell/")
    assert reader.words("open", time="14:00") in reader.now("in-person")[0]
    reader.page.clock.run_for(71_000)
    assert reader.words("next", day="divendres", time="08:30") in reader.now("in-person")[0]
    reader.page.clock.set_system_time(palma("2020-12-11 09:00"))
    reader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert reader.words("open", time="13:00") in reader.now("in-person")[0]


def test_nothing_is_announced_or_written_again_in_vain(reads: Callable[..., Reader]) -> None:
    """A screen reader is not disturbed each minute: no live region, no change without reason."""
    reader = reads(own=True)
    reader.page.clock.install(time=palma("2020-12-10 10:00"))
    page = reader.open("/contactes/taulell/")
    assert page.locator("[aria-live], [role=status], [role=alert]").count() == 0
    page.evaluate(
        "window.seen = 0; new MutationObserver((found) => { window.seen += found.filter("
        "({ type }) => type !== 'attributes').length }).observe("
        "document.body, { childList: true, characterData: true, subtree: true })"
    )
    page.clock.run_for(180_000)
    assert page.evaluate("window.seen") == 0


# -- what ends by itself --------------------------------------------------------------------------


@pytest.mark.parametrize("zone", READERS)
def test_the_banner_goes_with_its_last_day(zone: str, reads: Callable[..., Reader]) -> None:
    """To the minute, on clocks in Palma."""
    reader = reads(zone)
    for at, there in [
        ("2020-12-10 00:00", True),
        ("2020-12-10 23:59", True),
        ("2020-12-11", False),
    ]:
        page = reader.open("/serveis/", at)
        assert page.locator("section.urgent").is_visible() == there


LATER = {
    DAY: ["/avisos/platja-primer-avis/"],
    "2020-12-11": [
        "/avisos/avis-futur/",
        "/avisos/platja-primer-avis/",
        "/avisos/avui-no-hi-ha-aigua/",
    ],
    "2020-12-12": ["/avisos/avis-futur/"],
    "2020-12-16": ["/avisos/avis-futur/"],
    "2020-12-20": ["/avisos/avis-important/"],
    "2020-12-21": ["/avisos/avis-important/"],
    "2021-04-01": ["/serveis/servei-del-taulell/"],
}
"""Pages, and days on which they are read."""


def test_an_old_page_says_what_a_new_one_would(
    readers: Readers, built: Project, tmp_path: Path
) -> None:
    """That a note is to come, holds, is over or replaced: as if it had been built on the day."""
    fresh = town(tmp_path / "project")
    for day, addresses in LATER.items():
        fresh.build(today=day)
        for address in addresses:
            old = readers(built, "Asia/Tokyo").open(address, f"{day} 12:00")
            seen = facts(old)
            new = readers(fresh, "Asia/Tokyo", java_script_enabled=False).open(address)
            assert seen == facts(new), (address, day)
            assert seen
    readers.done()


def facts(page: Page) -> list[str]:
    """What a page says of the days of its note."""
    said = page.locator("main .dates, main .note, main .state").all()
    return [part.inner_text() for part in said if part.is_visible()]


def test_a_season_gives_way_to_the_next(reads: Callable[..., Reader]) -> None:
    """Rows of a timetable and channels of a service: marked once over, shown once begun."""
    reader = reads("America/New_York")
    for at, is_new in (("2020-12-10 23:59", False), ("2020-12-11 00:00", True)):
        page = reader.open("/contactes/taulell/", at)
        new = page.locator(".card li[data-window]", has_text="08:30–13:00")
        assert new.is_visible() == is_new
        before = page.get_by_text("Des del dia 11 de desembre de 2020")
        assert before.is_visible() != is_new
        page.get_by_text("L'horari de la setmana").click()
        assert page.locator("table").get_by_text("08:30–13:00").is_visible() == is_new
        for old in page.locator("li, tr").filter(has_text="09:00–14:00").all():
            assert old.is_visible()
            assert old.locator(".over").is_visible() == is_new
        assert page.locator("svg.week").is_visible() != is_new
        page = reader.open("/serveis/servei-del-taulell/", at)
        assert page.locator("a[href='https://cita.vila.test/nou']").is_visible() == is_new
        assert page.locator("a[href='https://cita.vila.test/vell']").is_visible() != is_new
        assert page.locator(".channel .over").first.is_visible() == is_new


def test_a_closure_is_marked_once_it_is_over(reads: Callable[..., Reader]) -> None:
    reader = reads()
    for at, is_over in (("2020-12-31 23:59", False), ("2021-01-01 00:00", True)):
        closure = reader.open("/contactes/taulell/", at).locator(
            ".card p", has_text="Festes de Nadal"
        )
        assert closure.is_visible()
        assert closure.locator(".over").is_visible() == is_over


def test_a_service_that_is_over_opens_no_more(reads: Callable[..., Reader]) -> None:
    """Its last day ends its hours, on its department's page too."""
    reader = reads()
    for address in ("/serveis/servei-del-taulell/", "/contactes/taulell/"):
        page = reader.open(address, "2021-03-31 14:00")
        said = page.locator(".channel .opening, .way .opening").last
        assert said.inner_text() == reader.words("closed")


# -- without the script ---------------------------------------------------------------------------


def test_without_the_script_nothing_is_missing(reads: Callable[..., Reader]) -> None:
    """Hours, closures, last days in words, and the picture; nothing empty; of a season to come that it does."""
    reader = reads(java_script_enabled=False)
    text = reader.open("/contactes/taulell/").locator("main").inner_text()
    for words in ("09:00–14:00", "16:00–18:30", "Festes de Nadal", "10 de desembre de 2020"):
        assert words in text
    assert "Des del dia 11 de desembre de 2020: de dilluns a divendres, 08:30–13:00" in text
    assert text.count("08:30") == 1
    assert reader.now() == []
    reader.page.get_by_text("L'horari de la setmana").click()
    assert reader.page.locator("svg.week").is_visible()
    banner = reader.page.locator("section.urgent").inner_text()
    assert "10 de desembre de 2020" in banner
    notice = reader.open("/avisos/avis-important/").locator("main").inner_text()
    assert "20 de desembre de 2020" in notice
    service = reader.open("/serveis/servei-del-taulell/").locator("main").inner_text()
    for words in ("11:20–12:20", "10 de desembre de 2020", "31 de març de 2021"):
        assert words in service


def test_the_picture_says_what_the_table_says(reads: Callable[..., Reader]) -> None:
    """A bar for each window of each day; channels told apart by more than colour; a text instead."""
    page = reads().open("/contactes/taulell/", f"{DAY} 10:00")
    page.get_by_text("L'horari de la setmana").click()
    picture = page.get_by_role("img", name=re.compile("."))
    bars = page.locator("svg.week .week__bar")
    assert picture.locator("text").all_inner_texts()
    fills = bars.evaluate_all("bars => bars.map(bar => bar.getAttribute('fill'))")
    assert fills.count("currentColor") == 5 + 1
    assert fills.count("url(#week_phone)") == 4 + 1
    assert "Per telèfon" in picture.locator("text").all_text_contents()


# -- what a script may not do ---------------------------------------------------------------------


def test_the_script_is_small_and_alone() -> None:
    """No library, nothing that the security policy forbids, and no words for readers."""
    code = SCRIPT.read_text("utf-8")
    assert len(code.encode()) < 9_500
    assert re.findall(r'^import .*"(.*)";', code, re.MULTILINE) == ["./ends.js", "./place.js"]
    code += "".join((SCRIPT.parent / name).read_text("utf-8") for name in ("ends.js", "place.js"))
    for forbidden in ("import(", "eval", "Function(", "innerHTML", ".style.", "fetch", "cookie"):
        assert forbidden not in code


@pytest.mark.parametrize(
    ("address", "name"),
    [("/contactes/taulell/", "live"), ("/avisos/avis-important/", "page")],
)
def test_a_page_asks_for_one_script(
    address: str, name: str, readers: Readers, built: Project
) -> None:
    """What that needs of others is in it: nothing is asked for in turn, nor a second time."""
    reader = readers(built, own=True)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    reader.open(address).wait_for_load_state("networkidle")
    [script] = [file for file in asked if file.endswith(".js")]
    assert re.fullmatch(rf"{name}\.\w{{16}}\.js", script)
    readers.done()


def test_pages_have_no_script_and_no_style_of_their_own(built: Project) -> None:
    """Whatever a strict policy would refuse."""
    for path in built.output.rglob("*.html"):
        html = path.read_text("utf-8")
        assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']", html), path
        tags = re.findall(r"<script(?! type=\"application/ld\+json\">)[^>]*>", html)
        assert all("src=" in tag for tag in tags), path


@pytest.mark.parametrize("at", ["2020-12-10 10:00", "2020-12-12 10:00"])
@pytest.mark.parametrize("address", ["/contactes/taulell/", "/serveis/servei-del-taulell/"])
def test_axe_finds_nothing(address: str, at: str, reads: Callable[..., Reader]) -> None:
    """Before and after the script has relabelled the page."""
    assert axe.faults_in_both_schemes(reads(bypass_csp=True).turn(address, at)) == []


@pytest.mark.parametrize("address", ["/contactes/taulell/", "/serveis/servei-del-taulell/"])
def test_the_page_fits_a_narrow_screen(address: str, reads: Callable[..., Reader]) -> None:
    page = reads(viewport={"width": 320, "height": 640}).open(address, "2020-12-12 10:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
