"""``saig serve``: the editor's desk, in a browser, with one server for all cases."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import axe
import pytest
import warm
from git_commands import git
from playwright.sync_api import Browser, BrowserContext, Page, expect
from project import DAY, SAIG, Project, new_project

NOTE = "notices/avis.md"
TEXT = """---
title: Un avís de prova
summary: Un resum.
date: 2020-12-01
---
El text primer.
"""
WRONG = TEXT.replace("date: 2020-12-01", "date: 2020-12-01\ntopics: [plaja]")
EVIL = "notices/evil.md"
MARKUP = "<img src=x onerror=alert(1)></title><script>alert(2)</script>"


@dataclass
class Desk:
    project: Project
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """What is answered to a request; a header's name has ``_`` for ``-``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": f"localhost:{self.port}", **given})
            answer = connection.getresponse()
            return (
                answer.status,
                dict(answer.getheaders()),
                answer.read().decode("utf-8", "replace"),
            )
        finally:
            connection.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    project = new_project(tmp_path_factory.mktemp("desk") / "project")
    project.write(NOTE, TEXT)
    git(project.root, "init", "-q", "-b", "main")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", "x")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = project.root / "log"
    command = [str(SAIG), "serve", "--port", str(port), "--today", DAY, "--lang", "ca"]
    with (
        log.open("w") as file,
        subprocess.Popen(
            command,
            cwd=project.root,
            env=warm.surroundings({}),
            stdout=file,
            stderr=file,
            # Whoever runs the tests in the background has Ctrl-C ignored, in these processes too.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        ) as process,
    ):
        found = Desk(project, port, log)
        while process.poll() is None and "/_desk/" not in log.read_text("utf-8"):
            select_a_moment()
        assert process.poll() is None, log.read_text("utf-8")
        yield found
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert "Traceback" not in log.read_text("utf-8")


def select_a_moment() -> None:
    """A tenth of a second: nothing else tells that the first build is done."""
    import threading

    threading.Event().wait(0.1)


@pytest.fixture(scope="module")
def context(desk: Desk, browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(locale="ca-ES")
    found.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Of each test its own: one that another test left open would load itself again while it is asked
    for the next address."""
    found = context.new_page()
    yield found
    found.close()


THERE = "/avisos/un-avis-de-prova/"


def test_a_broken_note_keeps_its_page_and_is_mended_before_the_eyes(desk: Desk, page: Page) -> None:
    """Message, hint, line and caret, in her language, above what was last right; others have a badge,
    and nothing of it is in the output folder."""
    page.goto(desk.url + THERE)
    expect(page.locator(".saig-badge")).to_have_text("Redacció")
    desk.project.write(NOTE, WRONG)
    box = page.locator(".saig-box")
    expect(box).to_contain_text("Aquesta pàgina està desfasada")
    expect(box.locator(".saig-copy")).to_have_text("topics: [platja]")
    expect(box.locator("pre").first).to_contain_text("topics: [plaja]\n")
    expect(box.locator("pre").first).to_contain_text("^")
    expect(page.locator("main")).to_contain_text("El text primer.")
    assert axe.faults_now(page) == []
    page.goto(desk.url + "/contactes/")
    expect(page.locator(".saig-badge")).to_have_text("1 problema")
    page.locator(".saig-badge").click()
    row = page.locator('[id="notice/avis"]')
    expect(row).to_contain_text("té un error")
    assert row.get_by_role("link", name="Mostra").get_attribute("href") == THERE
    page.goto(desk.url + THERE)
    desk.project.write(NOTE, TEXT.replace("primer", "corregit"))
    expect(page.locator("main")).to_contain_text("El text corregit.")
    expect(box).to_have_count(0)
    there = (desk.project.root / ".saig/preview").rglob("*")
    files = [path for path in there if path.suffix != ".part" and path.is_file()]  # still written
    assert not [path for path in files if b"saig-desk" in path.read_bytes()]


def test_every_miss_is_the_sites_own_and_comes_to_life(desk: Desk, page: Page) -> None:
    found = page.goto(desk.url + "/es/avisos/nada/")
    assert found and found.status == 404
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.goto(desk.url + "/avisos/una-altra/")
    expect(page.locator("main")).to_contain_text("No hi ha cap pàgina")
    desk.project.write("notices/una.md", TEXT.replace("Un avís de prova", "Una altra"))
    expect(page.locator("h1")).to_have_text("Una altra")


def test_a_renamed_note_leads_on(desk: Desk, page: Page) -> None:
    """While its page is open, and for who comes later."""
    text = TEXT.replace("Un avís de prova", "Primer nom")
    page.goto(desk.url + "/avisos/primer-nom/")
    desk.project.write("notices/nom.md", text)
    expect(page.locator("h1")).to_have_text("Primer nom")
    desk.project.write("notices/nom.md", text.replace("Primer nom", "Segon nom"))
    expect(page).to_have_url(desk.url + "/avisos/segon-nom/")
    status, headers, _ = desk.ask("GET", "/avisos/primer-nom/")
    assert (status, headers["Location"]) == (302, "/avisos/segon-nom/")


def test_a_broken_site_is_told_on_every_page(desk: Desk, page: Page) -> None:
    page.goto(desk.url + "/contactes/")
    right = (desk.project.content / "site.yaml").read_text("utf-8")
    desk.project.write("site.yaml", right + "\nno_hi_es: 1\n")
    box = page.locator(".saig-box")
    expect(box).to_contain_text("content/site.yaml")
    desk.project.write("site.yaml", right)
    expect(box).to_have_count(0)


def test_the_desk_lists_notes_and_shows_another_day(desk: Desk, page: Page) -> None:
    page.goto(desk.url + "/_desk/")
    expect(page).to_have_title(re.compile("Redacció"))
    row = page.locator('[id="notice/avis"]')
    expect(row).to_contain_text("saig new notice avis --lang es")
    expect(row).to_contain_text("Darrer canvi")
    file = desk.project.content / NOTE
    assert (
        row.get_by_role("link", name="Edita", exact=False).first.get_attribute("href")
        == f"vscode://file{file}:1:1"
    )
    assert axe.faults_now(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Mostra el web tal com serà el").fill("2021-02-03")
    page.get_by_role("button", name="Mostra aquest dia").click()
    expect(page.get_by_role("button", name="Torna a avui")).to_be_visible()
    page.goto(desk.url + "/")
    expect(page.locator(".saig-day")).to_contain_text("3 de febrer de 2021")
    assert desk.ask("GET", "/version.json")[2].find("2021-02-03") > 0
    page.goto(desk.url + "/_desk/")
    page.get_by_label("Mostra el web tal com serà el").fill(DAY)
    page.get_by_role("button", name="Mostra aquest dia").click()
    expect(page.get_by_label("Mostra el web tal com serà el")).to_have_value(DAY)


def test_a_translation_that_is_behind_is_told_with_what_is_new(desk: Desk, page: Page) -> None:
    """The sentences that changed, where to mend it, and what to run then; gone once that is done."""
    path = "content/contacts/obres.es.md"
    original = (desk.project.content / "contacts/obres.md").read_text("utf-8")
    page.goto(desk.url + "/_desk/")
    row = page.locator('[id="contact/obres"]')
    assert desk.project.saig("check", "--translated", path).returncode == 0
    desk.project.write("contacts/obres.md", original + "\nAra també els dissabtes.\n")
    expect(row.locator(".saig-sentences li")).to_have_text(["Ara també els dissabtes."])
    expect(row.get_by_role("link", name=path).first).to_be_visible()
    expect(row).to_contain_text(f"saig check --translated {path}")
    assert desk.project.saig("check", "--translated", path).returncode == 0
    expect(row.locator(".saig-sentences")).to_have_count(0)
    desk.project.write("contacts/obres.md", original)
    expect(row.locator(".saig-sentences")).to_have_count(0)
    expect(row).to_contain_text("Endarrerida")


def test_the_report_is_a_page_of_the_desk(desk: Desk, page: Page) -> None:
    """What saig report tells, as on the day of the desk, up to a day and of a department. The page is
    not loaded again meanwhile, as it is when a build of what other tests wrote ends: what is chosen in
    it would be lost."""
    page.route("**/_desk/wait?*", lambda route: route.abort())
    page.goto(desk.url + "/_desk/")
    page.get_by_role("link", name="Informe").click()
    expect(page.locator("h1")).to_contain_text("10 de desembre")
    told = desk.project.saig("report", "--today", DAY, "--format", "json", "--lang", "ca").stdout
    rows = [row["text"] for one in json.loads(told)["sections"] for row in one["rows"]]
    assert rows
    expect(page.locator("tbody td:nth-child(3)")).to_have_text(rows)
    expect(page.locator("tbody a[href^='vscode://file']").first).to_be_visible()
    assert axe.faults_now(page) == []
    page.get_by_label("Mira endavant").fill("2021-09-30")
    page.get_by_label("Departament").select_option("obres")
    page.get_by_role("button", name="Mostra").click()
    expect(page.locator("h1")).to_contain_text("30 de setembre")
    who = page.locator("tbody td:nth-child(4)").all_inner_texts()
    assert who and all("Obres" in one or not one for one in who)
    faults = desk.ask("GET", "/_desk/report/?until=9999-12-31&department=%3Cscript%3E")[2]
    assert "<script>" not in faults and "9999" not in faults


def test_what_notes_hold_is_shown_and_never_run(desk: Desk, page: Page) -> None:
    """Markup in a title and in what a message repeats."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    desk.project.write(EVIL, f"---\ntitle: '{MARKUP}'\nsummary: x\ndate: '{MARKUP}'\n---\n")
    page.goto(desk.url + "/_desk/")
    row = page.locator('[id="notice/evil"]')
    expect(row).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img, script:not([src])").count() == 0
    (desk.project.content / EVIL).unlink()
    expect(row).to_have_count(0)
    assert asked == []


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {"Host": "evil.test"}, 421),
        ("GET", "/_desk/", {"Host": "localhost.evil.test"}, 421),
        ("GET", "/_desk/", {"Origin": "http://evil.test"}, 403),
        (
            "GET",
            "/_desk/live.js",
            {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
            403,
        ),
        ("GET", "/", {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        (
            "GET",
            "/",
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "iframe",
            },
            403,
        ),
        (
            "GET",
            "/",
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
            200,
        ),
        ("POST", "/_desk/day", {}, 403),
        ("POST", "/_desk/day", {"Origin": "null"}, 403),
        ("POST", "/_desk/day", {"Origin": "http://evil.test"}, 403),
        ("POST", "/_desk/day", {"Origin": "http://localhost:1"}, 403),
        ("GET", "/../pelicanconf.py", {}, 404),
        ("GET", "/..%2f..%2fpelicanconf.py", {}, 404),
        ("GET", "/.saig", {}, 404),
        ("GET", "/%00", {}, 404),
    ],
)
def test_other_sites_and_odd_addresses_get_nothing(
    method: str, path: str, headers: dict[str, str], status: int, desk: Desk
) -> None:
    """A page of another site, a name that was made to lead here, a path out of the preview."""
    body = "day=2021-01-01" if method == "POST" else None
    found, given, said = desk.ask(method, path, body, **headers)
    assert found == status
    assert "SITENAME" not in said
    assert given["X-Frame-Options"] == "DENY" and "Access-Control-Allow-Origin" not in given


def test_an_editors_file_cannot_act_for_her(desk: Desk) -> None:
    """A web page in content/files is in a sandbox here too."""
    desk.project.write("files/informe.html", "<script>fetch('/_desk/')</script>")
    while desk.ask("GET", "/files/informe.html")[0] != 200:
        select_a_moment()
    assert "sandbox" in desk.ask("GET", "/files/informe.html")[1]["Content-Security-Policy"]


def test_a_module_of_the_settings_is_followed(desk: Desk) -> None:
    """Wherever it is in the project, and where it cannot be imported meanwhile."""

    def await_link(expected: str) -> None:
        while expected not in desk.ask("GET", "/_desk/")[2]:
            select_a_moment()

    settings = desk.project.root / "pelicanconf.py"
    own = f"import sys\nsys.path.insert(0, {str(desk.project.root)!r})\nfrom own.forge import EDIT_LINK\n"
    desk.project.write("../own/forge.py", "EDIT_LINK = 'https://one.example/{path}'")
    settings.write_text(settings.read_text("utf-8") + own, "utf-8")
    await_link("https://one.example/")
    desk.project.write("../own/forge.py", "EDIT_LINK = ")
    await_link("forge.py")
    desk.project.write("../own/forge.py", "EDIT_LINK = 'https://another.example/{path}'")
    await_link("https://another.example/")


def test_the_terminal_tells_only_what_is_new(desk: Desk, page: Page) -> None:
    before = len(desk.log.read_text("utf-8"))
    page.goto(desk.url + THERE)
    desk.project.write(NOTE, TEXT.replace("primer", "tercer"))
    expect(page.locator("main")).to_contain_text("El text tercer.")
    assert desk.log.read_text("utf-8")[before:] == ""
    desk.project.write(NOTE, WRONG)
    expect(page.locator(".saig-box")).to_have_count(1)
    said = desk.log.read_text("utf-8")[before:]
    assert said.count("error[") == 1 and NOTE in said
    desk.project.write(NOTE, TEXT)
