"""What the built site says to programs: documents, schemas, feeds, sitemap, links."""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest
import warm
from jsonschema import Draft202012Validator
from project import Project, new_project
from site_outputs import documents, invalid_documents, links_that_fail

SITE_URL = "http://localhost:8000"


def test_every_page_has_its_document(site: Project) -> None:
    pages = {path.parent for path in site.output.rglob("index.html")}
    assert pages == {(site.output / path).parent for path in documents(site)}
    assert len(pages) > 150


def test_every_document_is_valid(site: Project) -> None:
    """Against the schemas as published, formats included; addresses are absolute."""
    assert invalid_documents(site, SITE_URL) == []


def test_schemas_are_closed(site: Project) -> None:
    for path, document in documents(site).items():
        schema = site.data(document["$schema"].removeprefix(SITE_URL + "/"))
        assert not Draft202012Validator(schema).is_valid({**document, "unheard_of": 1})
        if path.startswith("contactes/"):
            break


def test_index_lists_every_document_with_its_digest(site: Project) -> None:
    listed = site.data("api/v1/index.json")["documents"]
    assert {item["document"] for item in listed} == {
        f"{SITE_URL}/{path}" for path in documents(site)
    }
    for item in listed:
        data = (site.output / item["document"].removeprefix(SITE_URL + "/")).read_bytes()
        assert item["digest"] == f"sha256:{sha256(data).hexdigest()}"


@pytest.mark.parametrize("lang", ["", "es/"])
@pytest.mark.parametrize("section", [0, 1, 2, 3, 4])
def test_feeds_say_what_is_new(site: Project, lang: str, section: int) -> None:
    names = {"": ["contactes", "serveis", "normativa", "avisos"]}
    names["es/"] = ["contactos", "servicios", "normativa", "avisos"]
    folder = lang + (f"{names[lang][section - 1]}/" if section else "")
    atom = feedparser.parse((site.output / folder / "feed.atom").read_bytes())
    assert not atom.bozo
    assert atom.feed.language == (lang.strip("/") or "ca")
    feed = site.data(f"{folder}feed.json")
    assert feed["feed_url"] == f"{SITE_URL}/{folder}feed.json"
    assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]
    days = [item["date_published"] for item in feed["items"]]
    assert days == sorted(days, reverse=True)
    if section in (0, 3, 4):
        assert len(feed["items"]) >= 8


def test_feed_tells_changes(site: Project) -> None:
    """Each entry of a note's ``changes`` is an entry of the feed."""
    changed = [d for d in documents(site).values() if d.get("notice", {}).get("changes")]
    assert changed
    feed = site.data("avisos/feed.json")["items"]
    for document in changed:
        if document["lang"] == "ca":
            for change in document["notice"]["changes"]:
                assert change["text"] in [item["content_text"] for item in feed]


def test_sitemap_alternates_are_mutual(site: Project) -> None:
    tree = ET.parse(site.output / "sitemap.xml")
    ns = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    alternates = {
        url.findtext("s:loc", "", ns): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", ns)
        }
        for url in tree.getroot().findall("s:url", ns)
    }
    assert set(alternates) == {document["url"] for document in documents(site).values()}
    for url, there in alternates.items():
        assert set(there) == {"ca", "es", "x-default"}, url
        for other in there.values():
            assert alternates[str(other)] == there


def test_page_agrees_with_its_document(site: Project) -> None:
    """Title, canonical address and alternates of each page are those of its document."""
    for path, document in documents(site).items():
        html = (site.output / path).with_name("index.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{document["url"]}">' in html, path
        for lang, url in document["translations"].items():
            assert f'hreflang="{lang}" href="{url}"' in html, (path, lang)


def test_dates_are_written_as_each_language_does(site: Project) -> None:
    assert "13 de maig de 2020" in site.page("/normativa/decret-llei-8-2020/")
    assert "13 de mayo de 2020" in site.page("/es/normativa/decreto-ley-8-2020/")


def test_no_message_is_left_in_english(site: Project) -> None:
    for path in ("normativa/decret-llei-8-2020", "serveis/consulta-tecnica", "cita-previa"):
        html = site.page(path)
        for word in ("Amended", "Book ", "Skip to", "Appointment", "In force"):
            assert word not in html, (path, word)


def test_every_link_leads_somewhere(site: Project) -> None:
    assert links_that_fail(site.output, site.output, SITE_URL) == []


def pelican(
    project: Project, output: Path, *options: str, starts: bool = False
) -> subprocess.CompletedProcess[str]:
    """Build as any Pelican project is built. ``starts``: by a Python that knows nothing of Saig."""
    folder = Path(sys.executable).parent if starts else warm.programs()
    return subprocess.run(
        [str(folder / "pelican"), "content", "-o", str(output), *options],
        cwd=project.root,
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_site_works_below_a_path(site: Project, tmp_path: Path) -> None:
    """SITEURL with a sub-path, in a production build with Pelican's own command."""
    folder = tmp_path / "host" / "avisos-de-palma"
    url = "https://example.org/avisos-de-palma"
    done = pelican(
        site, folder, "-s", "publishconf.py", "-e", f'SITEURL="{url}"', "ALLOW_PLACEHOLDERS=true"
    )
    assert done.returncode == 0, done.stderr
    assert links_that_fail(folder, folder.parent, url) == []
    home = (folder / "index.html").read_text("utf-8")
    assert 'href="/avisos-de-palma/serveis/"' in home
    assert f'rel="canonical" href="{url}/"' in home


@pytest.fixture(scope="module")
def stick(
    site: Project, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The site with RELATIVE_URLS, by a Python that knows nothing of it yet; and what was told."""
    folder = tmp_path_factory.mktemp("stick")
    own = ("RELATIVE_URLS=true", 'TODAY="2026-11-23"', f'CACHE_PATH="{folder / "cache"}"')
    done = pelican(site, folder / "out", "-e", *own, starts=True)
    assert done.returncode == 0, done.stderr
    return folder / "out", done


def test_relative_links_work_from_a_folder(
    stick: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """RELATIVE_URLS: the pages can be read from a disk, without a server."""
    moved = tmp_path / "elsewhere" / "deep"
    shutil.copytree(stick[0], moved)
    assert links_that_fail(moved, moved, SITE_URL) == []
    html = (moved / "es" / "normativa" / "index.html").read_text("utf-8")
    assert 'href="../../normativa/index.html"' in html


def test_clean_build_only_lists_citations(
    stick: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    """No warning, from Pelican or from Saig, for the repository's own notes."""
    done = stick[1]
    reading, making, feeds, head, *listed, made, summary = done.stderr.splitlines()
    assert reading.startswith("Reading notes: ")
    assert head == "Citations of norms that have no note here:"
    assert all(line.startswith("    ") and ": content/" in line for line in listed)
    assert making.startswith("Making pages: ")
    assert feeds.startswith("Making feeds: ")
    assert " pages made; " in made
    assert summary.startswith("Built ")
    assert "WARNING" not in done.stdout


def test_placeholders_stop_a_public_build(site: Project, tmp_path: Path) -> None:
    output = tmp_path / "out"
    done = pelican(site, output, "-s", "publishconf.py")
    assert done.returncode == 1
    assert "error[placeholder]" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not output.exists()


def test_third_language_needs_only_data(tmp_path: Path) -> None:
    """English in site.yaml, and one note translated: no code, no template."""
    project = new_project(tmp_path / "project")
    names = {
        "contactes": "contacts", "serveis": "services", "normativa": "law", "avisos": "notices",
        "temes": "topics", "cita-previa": "appointments", "cerca": "search",
    }  # fmt: skip
    text = (project.content / "site.yaml").read_text("utf-8")
    text = text.replace("languages: [ca, es]", "languages: [ca, es, en]")
    for word, english in names.items():
        text = text.replace(f"slug: {{ca: {word},", f"slug: {{en: {english}, ca: {word},")
    project.write("site.yaml", text)
    project.write(
        "norms/decret-llei-8-2020.en.md",
        "---\ntitle: Decree-law 8/2020 of 13 May\nsummary: Urgent measures.\n---\nIn English.\n",
    )
    assert project.errors() == []
    project.build()
    norm = project.page("/en/law/decree-law-8-2020-of-13-may/")
    assert '<html lang="en"' in norm
    assert "15 May 2020" in norm
    listed = project.page("/en/services/")
    assert 'lang="ca"' in listed
    assert 'href="/serveis/consultar-l-arxiu/"' in listed


def test_services_stand_in_the_order_of_their_words(site: Project) -> None:
    """As a reader looks them up: by the title that the list shows, accents aside."""
    for address in ("/serveis/", "/es/servicios/"):
        shown = [item["title"] for item in site.document(address)["section"]["items"]]
        plain = [unicodedata.normalize("NFD", title)[:12].lower() for title in shown]
        assert plain == sorted(plain)
