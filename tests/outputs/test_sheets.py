"""Counter sheets: a contact on one A4 page, printed by a real browser."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
from playwright.sync_api import Browser
from project import Project, new_project
from saig.outputs.week import picture

A4 = (595, 842)
"""Points."""


def heavy() -> dict[str, object]:
    """A contact with more to say than a page holds."""
    week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    long = "paraula " * 40
    return {
        "title": "Departament d'Obres i Qualitat de l'Edificació " * 3,
        "summary": "Una frase llarga. " * 16,
        "address": {"street_address": long, "extra": {"ca": long}, "locality": "Vila"},
        "telephones": [
            {"number": f"+3497100{n:04}", "extensions": ["1", "22", "333"], "label": {"ca": long}}
            for n in range(12)
        ],
        "emails": [f"bústia.{n}@vila.test".replace("ú", "u") for n in range(12)],
        "opening_hours": [
            {"days": [day], "opens": f"{hour:02}:00", "closes": f"{hour:02}:45", "label": {"ca": long}}
            for day in week
            for hour in range(8, 14)
        ],
        "website": "https://example.org/",
        "verified_on": "2020-06-01",
    }  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("sheets") / "project")
    project.write("contacts/pesat.md", f"---\n{json.dumps(heavy(), ensure_ascii=False)}\n---\n")
    for n in range(30):
        service = {
            "title": f"Servei número {n} amb un nom que no acaba mai",
            "summary": "Un servei.",
            "departments": ["pesat"],
            "channels": [{"channel": c, "appointment": "none"} for c in ("video", "phone", "post")],
        }
        project.write(f"services/s-{n}.md", f"---\n{json.dumps(service)}\n---\n")
    project.build()
    return project


def pdf(project: Project, browser: Browser, path: str) -> pypdf.PdfReader:
    """What a browser prints of a sheet of the built site, read from the disk."""
    context = browser.new_context()
    root = project.output

    def answer(route: object) -> None:
        found = route.request.url.removeprefix("http://localhost:8000/").partition("?")[0]  # type: ignore[attr-defined]
        route.fulfill(path=root / found)  # type: ignore[attr-defined]

    context.route("http://localhost:8000/**", answer)
    page = context.new_page()
    page.goto(f"http://localhost:8000/{path}sheet.html")
    data = page.pdf(prefer_css_page_size=True)
    context.close()
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("path", ["contactes/obres/", "es/contactos/obras/", "contactes/arxiu/"])
def test_sheet_is_one_page(printed: Project, browser: Browser, path: str) -> None:
    sheet = pdf(printed, browser, path)
    assert len(sheet.pages) == 1
    box = sheet.pages[0].mediabox
    assert (round(box.width), round(box.height)) == A4


def test_sheet_is_one_page_whatever_there_is_to_say(printed: Project, browser: Browser) -> None:
    """Title, code, hours and what tells how long it is right are on it; the rest is cut."""
    path = next(printed.output.glob("contactes/departament*")).name
    sheet = pdf(printed, browser, f"contactes/{path}/")
    assert len(sheet.pages) == 1
    text = " ".join(sheet.pages[0].extract_text().split())
    assert "Departament d'Obres" in text
    assert "Quan hi podeu anar" in text
    assert "08:00–08:45" in text
    assert f"localhost:8000/contactes/{path}/" in text.replace(" ", "")
    assert "Comprovat el dia 1 de juny de 2020" in text
    assert "Demostració." in text  # an address of example.org makes the site one


def test_sheet_says_what_a_visitor_needs(printed: Project, browser: Browser) -> None:
    text = " ".join(pdf(printed, browser, "contactes/obres/").pages[0].extract_text().split())
    for said in ("Secció d'Obres", "de dilluns a divendres", "09:00–14:00", "Carrer Major, 1"):
        assert said in text
    assert "971 00 00 01" in text
    assert "Demanar una llicència d'obres. Presencial (Cal cita prèvia)" in text
    assert "10 de desembre de 2020" in text, "the last day on which the sheet is right"


def test_sheet_is_in_both_languages_and_in_no_index(built_town: Project) -> None:
    for folder, lang in (("contactes/obres", "ca"), ("es/contactos/obras", "es")):
        html = (built_town.output / folder / "sheet.html").read_text("utf-8")
        assert f'<html lang="{lang}"' in html
        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="http://localhost:8000/{folder}/">' in html
        assert f'href="/{folder}/sheet.html"' in built_town.page(folder)
    assert "sheet.html" not in (built_town.output / "sitemap.xml").read_text()


def test_code_is_that_of_the_page(built_town: Project) -> None:
    """Drawn anew from the page's address, black on white."""
    import segno

    html = (built_town.output / "contactes" / "obres" / "sheet.html").read_text("utf-8")
    drawn = re.search(r'<path[^>]*stroke="#000"[^>]*d="([^"]+)"', html)
    wanted = segno.make("http://localhost:8000/contactes/obres/", error="m", micro=False)
    assert drawn
    assert f'd="{drawn[1]}"' in wanted.svg_inline()
    assert 'fill="#fff"' in html


def test_sheet_follows_its_template(town: Project) -> None:
    town.build()
    template = town.root / "theme" / "templates" / "sheet.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", '<h1 class="nou">'), "utf-8")
    town.build()
    assert '<h1 class="nou">' in (town.output / "contactes/obres/sheet.html").read_text("utf-8")


def test_a_week_has_all_days_up_to_the_last_with_hours() -> None:
    """On Sundays alone: a Saturday without hours stands between, as in any calendar."""
    window = {"days": ["Sunday"], "opens": "09:00", "closes": "11:00", "channel": None}
    drawn = picture(
        [
            {
                **window,
                "valid_from": None,
                "valid_until": None,
                "counts_from": None,
                "counts_until": None,
            }
        ]
    )
    assert drawn and [one["day"] for one in drawn["days"]][-2:] == ["Saturday", "Sunday"]
