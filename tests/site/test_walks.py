"""What people come for, on a telephone: in at most two taps and three swipes, or one search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from walk import HEIGHT, WIDTH, Walk

TASKS = {
    "the telephone of works licences": (r"llic[eè]nci|tel[eè]fon", r"971 22 59 00.* tel:.*8549"),
    "a technical consultation by video": (r"consulta|v[ií]deo|cita", r"v[ií]deo.* https://"),
    "where one may go without an appointment, and when": (
        r"cita",
        r"^9:00–12:00|^09:00–12:00|sense cita.*\b9.*12",
    ),
    "what changed in Llei 12/2017, and by what": (
        r"urbanisme|canvi|12/2017",
        r"Llei 4/2026: .*art\. 120",
    ),
    "where to hand in documents, or whom to ask": (r"document|registre", r"Demanau per: OAC"),
    "to follow a department in a calendar": (r"obres|segui|calendari", r"^.+ webcal://"),
    "to follow a department in a feed": (r"obres|segui|novetats", r"^.+ .*/contactes/.*feed\.atom"),
    "to print the sheet for the counter": (r"obres|taulell|imprimir", r"^.+ .*/sheet\.html"),
    "what was new in July 2025": (r"avís|avisos|canvi|2025|juliol", r"^2\d de juliol de 2025"),
}
"""The names that have to do with it, and the answer: the text, or the name and address of a link."""

SEARCHES = {
    "whether Decret llei 8/2020 is in force, and what holds now": (
        "decret llei 8/2020",
        r"8/2020",
        r"no és vigent des de l'11 de desembre de 2020.*llei 2/2020",
    ),
    "the telephone of works licences": (
        "llicència obres telèfon",
        r"obres",
        r"971 22 59 00.* tel:.*8549",
    ),
}
"""The query, the names of results, and the answer."""


@pytest.fixture(scope="module")
def walk(browser: Browser, base_url: str) -> Iterator[Walk]:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="ca-ES", timezone_id="Europe/Madrid"
    )
    yield Walk(context.new_page(), base_url, {})
    context.close()


@pytest.mark.parametrize(("words", "answer"), TASKS.values(), ids=TASKS)
def test_task_costs_two_taps_and_three_swipes(walk: Walk, words: str, answer: str) -> None:
    way = walk.cheapest("/", words, answer)
    assert way
    assert walk.go("/", way), way


@pytest.mark.parametrize(("query", "words", "answer"), SEARCHES.values(), ids=SEARCHES)
def test_task_costs_one_search(walk: Walk, query: str, words: str, answer: str) -> None:
    """And a tap on what was found, where that does not say it yet."""
    page = walk.page
    page.goto(walk.base_url)
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?q=*")
    found = page.url.removeprefix(walk.base_url)
    way = walk.cheapest(found, words, answer, taps=1)
    assert way
    assert walk.go(found, way), way


def test_header_is_at_hand_from_anywhere_in_a_page(walk: Walk) -> None:
    """The other language keeps the place: tests/site/test_pages.py. A window that is as low as one of
    1280 px at 400 % is left to the text."""
    page = walk.page
    page.goto(walk.base_url + "/normativa/llei-12-2017/")
    page.evaluate("scrollTo(0, 2000)")
    assert page.locator("header a[data-language]").bounding_box()["y"] >= 0
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate("scrollTo(0, 2000)")
    assert page.locator("header a[data-language]").bounding_box()["y"] < 0
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
