"""Notes through the real interface in Chromium: what is saved there is what was there before."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from forgejo import REPOSITORY as NAME
from forgejo import Forgejo, forgejo, hosted
from playwright.sync_api import Browser, Locator, Page, expect
from project import REPOSITORY, Project, new_project, tree
from saig.notes.models import FOLDERS

ALL = os.environ.get("SAIG_ALL_NOTES")
"""Whether every shipped note is saved, which takes some minutes; otherwise one of each kind."""

SOME = (
    "contacts/obres",
    "services/llicencia",
    "norms/decret-llei-14-2020",
    "notices/2020/horari-hivern",
    "pages/sobre",
)


TYPED = {
    "contacts/obres.md": [
        ("monday-friday, opens: 9:00", "de dilluns a divendres, opens: 9h"),
        ("opens: 10:30, closes: 13:00", "opens: de 10.30 a 13 h"),
        ("verified_on: 2020-06-01", "verified_on: 1/6/2020"),
    ],
    "notices/2020/horari-hivern.md": [
        ("date: 2020-12-01", "date: 1 de desembre de 2020\nurgency: Important"),
        ("2020-12-20", "20/12/2020"),
    ],
    "norms/decret-llei-14-2020.md": [("type: repeals", "type: deroga")],
    "services/llicencia.md": [("channel: in-person", "channel: presencialment")],
}
"""Values as people write them, which a form does not know and must leave alone."""


@dataclass
class Desk:
    """The editor's page, somebody signed in, and all that her browser asked for."""

    page: Page
    forge: Forgejo
    project: Project
    url: str
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, way: str) -> Locator:
        """The form at an address of the interface; its title in the first language."""
        self.page.goto(f"{self.url}/admin/#/collections/{way}")
        title = self.field("title")
        title.wait_for()
        return title

    def field(self, name: str, lang: str = "ca") -> Locator:
        form = self.page.locator(f'[data-locale={lang}] [data-key-path="{name}"]')
        return form.locator("input, textarea").first

    def save(self) -> dict[str, str]:
        """Save, and give the files that were committed with what they hold."""
        commits = len(self.forge.commits)
        with self.page.expect_response(lambda one: one.request.method == "POST"):
            self.page.get_by_role("button", name="Desa", exact=True).click()
        assert len(self.forge.commits) == commits + 1
        self.page.wait_for_url(lambda url: "/entries/" not in url and "/new" not in url)
        paths = [one["path"] for one in self.forge.commits[-1]["files"]]
        return {path: (self.forge.folder / path).read_text("utf-8") for path in paths}


@pytest.fixture(scope="module")
def desk(
    browser: Browser, archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("cms")
    notes = REPOSITORY / "content" if ALL else REPOSITORY / "tests/town"
    project = new_project(folder / "project", notes)
    for path, changes in ({} if ALL else TYPED).items():
        for old, new in changes:
            project.change(path, old, new)
    shutil.copytree(project.content, folder / "repository/content")
    with forgejo(folder / "repository") as forge:
        settings = project.root / "pelicanconf.py"
        said = {"forge": "gitea", "repository": NAME, "server": forge.url, "app_id": "an-app"}
        settings.write_text(f"{settings.read_text('utf-8')}\nCMS = {said}\n", "utf-8")
        project.saig("cms", "--unpack", str(archive))
        project.build(timeout=60)
        with hosted(project.output) as url:
            context = browser.new_context(locale="ca-ES", viewport={"width": 1400, "height": 1000})
            page = context.new_page()
            page.add_init_script(
                "addEventListener('securitypolicyviolation', (e) =>"
                " console.error('policy', e.violatedDirective, e.blockedURI))"
            )
            desk = Desk(page, forge, project, url)
            page.on("request", lambda request: desk.asked.append(request.url))
            page.on("console", lambda said: said.type == "error" and desk.faults.append(said.text))
            sign_in(desk)
            yield desk
            context.close()


def sign_in(desk: Desk) -> None:
    desk.page.goto(f"{desk.url}/admin/")
    desk.page.get_by_role("button", name="testimoni").click()
    desk.page.get_by_role("textbox").fill("a token of hers")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("treeitem", name="Contactes")).to_be_visible(timeout=20_000)


def entries(desk: Desk) -> list[str]:
    if not ALL:
        return list(SOME)
    content = desk.project.content
    paths = sorted(path.relative_to(content) for path in content.rglob("*.md"))
    return [str(path.with_suffix("")) for path in paths if "." not in path.stem]


def test_a_saved_note_is_what_it_was(desk: Desk) -> None:
    """Each note is opened and saved, and its translation with it; one address becomes a list of it. The site that is built of what was
    saved is the same to the byte, and so it is after ``saig fmt``."""
    before = tree(desk.project.output)
    for entry in entries(desk):
        folder, _, name = entry.partition("/")
        title = desk.open(f"{FOLDERS[folder]}/entries/{name}")
        title.press("End")
        title.press_sequentially(" ")  # or there would be nothing to save; it is cut off again
        saved = desk.save()
        source = desk.project.content / f"{entry}.md"
        translations = (
            {f"content/{entry}.es.md"} if source.with_suffix(".es.md").exists() else set()
        )
        assert saved.keys() == {f"content/{entry}.md"} | translations
    for path, data in desk.forge.files().items():
        if path.startswith("content/") and path.endswith(".md"):
            (desk.project.root / path).write_bytes(data)
    desk.project.build(timeout=60)
    assert tree(desk.project.output) == before
    assert desk.project.saig("fmt").returncode == 0
    desk.project.build(timeout=60)
    assert tree(desk.project.output) == before


def test_a_new_note_is_a_draft_with_a_translation_of_words_alone(desk: Desk) -> None:
    desk.open("page/new").fill("L'horari d'estiu: «Obres»")
    desk.field("summary").fill("Un resum.")
    desk.field("valid_until").fill("2027-01-15")
    desk.page.locator("[data-key-path=status]").get_by_text("esborrany").click()
    desk.page.get_by_role("button", name=re.compile("Habilita")).click()
    desk.field("title", "es").fill("El horario")
    desk.field("summary", "es").fill("Un resumen.")
    assert desk.save() == {
        "content/pages/l-horari-d-estiu-obres.md": "---\ntitle: \"L'horari d'estiu: «Obres»\"\n"
        "summary: Un resum.\nstatus: draft\nvalid_until: 2027-01-15\n---\n",
        "content/pages/l-horari-d-estiu-obres.es.md": "---\ntitle: El horario\n"
        "summary: Un resumen.\nstatus: draft\n---\n",
    }


@pytest.mark.parametrize("title", ["../../theme/x", "%2e%2e/x\u0000.py"])
def test_a_title_leads_to_no_other_folder(desk: Desk, title: str) -> None:
    desk.open("page/new").fill(title)
    desk.field("summary").fill("Un resum.")
    for path in desk.save():
        assert re.fullmatch(r"content/pages/[a-z0-9-]+\.md", path), path


@pytest.mark.parametrize("way", ["notice/new?path=../../theme", "page/new?_slug=../../theme/x"])
def test_an_address_leads_to_no_other_folder(desk: Desk, way: str) -> None:
    commits = len(desk.forge.commits)
    desk.open(way).fill("Un títol")
    desk.field("summary").fill("Un resum.")
    desk.page.get_by_role("button", name="Desa", exact=True).click()
    expect(desk.page.get_by_role("alert").filter(has_text="desar")).to_be_visible()
    assert len(desk.forge.commits) == commits


def test_what_is_gone_is_told_in_a_form(desk: Desk) -> None:
    said = yaml.safe_load((desk.project.content / "gone.yaml").read_bytes())
    desk.page.goto(f"{desk.url}/admin/#/collections/_singletons/entries/gone")
    desk.field("gone.0.see", "_default").fill("/contactes/")
    [(path, text)] = desk.save().items()
    assert path == "content/gone.yaml"
    assert yaml.safe_load(text) == [{**said[0], "see": "/contactes/"}]


def test_the_first_that_is_gone_is_told_where_there_were_comments_alone(desk: Desk) -> None:
    """As in a new town's file."""
    file = desk.forge.folder / "content/gone.yaml"
    file.write_text("# Addresses that are no more.\n", "utf-8")
    desk.page.reload()
    desk.page.goto(f"{desk.url}/admin/#/collections/_singletons/entries/gone")
    desk.page.get_by_role("button", name=re.compile("Afegeix")).last.click()
    for name, value in {"address": "/x/", "date": "2020-02-01"}.items():
        desk.field(f"gone.0.{name}", "_default").fill(value)
    for name in ("title", "reason"):
        desk.field(f"gone.0.{name}.ca", "_default").fill("Un text")
    desk.save()
    assert file.read_text("utf-8") == (
        "- address: /x/\n  title:\n    ca: Un text\n  date: 2020-02-01\n"
        "  reason:\n    ca: Un text\n"
    )


def test_she_signs_in_at_the_forge(desk: Desk, browser: Browser) -> None:
    """In a window of its own, which answers the page: no header keeps the two apart."""
    context = browser.new_context(locale="ca-ES")
    page = context.new_page()
    page.goto(f"{desk.url}/admin/")
    page.get_by_role("button", name="Forgejo").click()
    expect(page.get_by_role("treeitem", name="Contactes")).to_be_visible(timeout=20_000)
    context.close()


def test_nobody_is_asked_but_the_site_and_the_forge(desk: Desk) -> None:
    """From loading to saving: the last test of this file. The words are Catalan, so those were loaded
    too; what the policy stopped was not even tried."""
    assert desk.forge.commits
    own = (
        f"{desk.url}/admin/",
        f"{desk.url}/theme/",
        f"{desk.forge.url}/api/v1/",
        "blob:",
        "data:",
    )
    assert [url for url in desk.asked if not url.startswith(own)] == []
    assert [said for said in desk.faults if "policy" in said.lower()] == []
    fonts = {url.rpartition("/")[2] for url in desk.asked if url.endswith(".woff2")}
    assert any(name.startswith("material-symbols") for name in fonts)
    for commit in desk.forge.commits:
        assert all(one["path"].startswith("content/") for one in commit["files"])
