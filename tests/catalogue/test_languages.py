"""Translations, drafts, hidden notes, redirects and gone pages, as readers meet them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from project import Project, files_with

SITE = "http://localhost:8000"


class Links(HTMLParser):
    """The links of a page: address, language of what is there, language that the words are in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, tuple[str | None, str | None]] = {}
        self.langs: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("br", "img", "input", "link", "meta", "hr", "wbr", "source"):
            self.langs.append(given.get("lang") or (self.langs[-1] if self.langs else None))
        if tag == "a" and given.get("href"):
            self.found[given["href"] or ""] = (given.get("hreflang"), self.langs[-1])

    def handle_endtag(self, tag: str) -> None:
        if self.langs:
            self.langs.pop()


def test_a_translation_has_the_facts_of_its_note(built_town: Project) -> None:
    """Stated once, in the original; texts in the language of the page."""
    catalan = built_town.document("/contactes/obres/")["contact"]
    spanish = built_town.document("/es/contactos/obras/")["contact"]
    assert (
        spanish["telephones"][0]["number"] == catalan["telephones"][0]["number"] == "+34971000001"
    )
    assert spanish["telephones"][0]["extensions"] == ["08", "12"]
    assert spanish["address"]["postal_code"] == "07006"
    assert (catalan["address"]["extra"], spanish["address"]["extra"]) == ("2a planta", "2.ª planta")
    assert spanish["telephones"][0]["label"] == "Centralita"
    assert "+34971000001" in built_town.page("/es/contactos/obras/").replace(" ", "")


def test_each_language_names_the_other(built_town: Project) -> None:
    """In the document, and in the page for browsers and search engines."""
    there = {"ca": f"{SITE}/contactes/obres/", "es": f"{SITE}/es/contactos/obras/"}
    for address in ("/contactes/obres/", "/es/contactos/obras/"):
        assert built_town.document(address)["translations"] == there
    assert 'lang="es"' in built_town.page("/es/contactos/obras/")
    assert "/contactes/obres/" in Links(built_town.page("/es/contactos/obras/")).found


def test_a_note_without_translation_is_listed_all_the_same(built_town: Project) -> None:
    """In the Spanish list too, with its own title, its own language, and the page that exists."""
    items = built_town.document("/es/contactos/")["section"]["items"]
    [archive] = [item for item in items if item["id"] == "arxiu"]
    assert archive["title"] == "Arxiu Municipal"
    assert archive["lang"] == "ca"
    assert archive["url"] == f"{SITE}/contactes/arxiu/"
    assert not (built_town.output / "es/contactos/arxiu").exists()


def test_a_title_in_another_language_is_marked_up_so(built_town: Project) -> None:
    """A screen reader must change its voice, and a reader be told before the click."""
    links = Links(built_town.page("/es/contactos/"))
    assert links.found["/contactes/arxiu/"] == ("ca", "ca")
    assert links.found["/es/contactos/obras/"][1] == "es"


def test_links_lead_to_the_readers_language(built_town: Project) -> None:
    """The same file, linked to from a note and from its translation."""
    catalan = Links(built_town.document("/normativa/decret-llei-14-2020/")["body_html"]).found
    spanish = Links(built_town.document("/es/normativa/decreto-ley-14-2020/")["body_html"]).found
    assert f"{SITE}/normativa/decret-llei-8-2020/#que-deia" in catalan
    assert f"{SITE}/es/normativa/decreto-ley-8-2020/#que-decia" in spanish


def test_a_fragment_of_another_language_leads_to_the_page(built_town: Project) -> None:
    """A Spanish note that names a Catalan heading: no other is taken for it."""
    body = built_town.document("/es/servicios/licencia-de-obras/")["body_html"]
    assert f"{SITE}/es/normativa/decreto-ley-8-2020/" in Links(body).found


def test_a_link_to_a_note_without_translation_says_its_language(built_town: Project) -> None:
    """The page that exists, marked with the language that it is in."""
    body = built_town.document("/es/contactos/obras/")["body_html"]
    assert Links(body).found[f"{SITE}/contactes/arxiu/"][0] == "ca"


def test_pelicans_form_of_a_link_works(built_town: Project) -> None:
    """``{filename}``, from the root of the notes."""
    body = built_town.document("/avisos/horari-d-hivern/")["body_html"]
    assert f"{SITE}/serveis/llicencia-d-obres/" in Links(body).found


def test_a_linked_file_is_published_byte_for_byte(built_town: Project) -> None:
    """Under ``/files/``, where the note's page names it."""
    assert (built_town.output / "files/planol.png").read_bytes().startswith(b"\x89PNG\r\n")
    body = built_town.document("/serveis/llicencia-d-obres/")["body_html"]
    assert f'src="{SITE}/files/planol.png"' in body
    assert 'alt="El plànol de la vila"' in body


def test_a_draft_is_written_nowhere(built_town: Project) -> None:
    """Not its page, its title, its address, nor a trace in lists, feeds, data or states."""
    assert files_with(built_town.output, "zirconi") == []
    assert files_with(built_town.output, "esborrany.md") == []
    body = built_town.document("/avisos/horari-d-hivern/")["body_html"]
    assert "un esborrany" in body
    assert list(Links(body).found) == [f"{SITE}/serveis/llicencia-d-obres/"]
    assert built_town.document("/avisos/platja-segon-avis/")["notice"]["superseded_by"] == []


def test_a_hidden_note_is_found_by_its_address_alone(built_town: Project) -> None:
    """It has its page; no list, feed, index or sitemap has it, nor any note that it names."""
    assert "Text amagat" in built_town.page("/avisos/avis-amagatall/")
    assert sorted(files_with(built_town.output, "amagatall")) == [
        "api/v1/all.ndjson",  # which has the document of the note whose text links to it
        "avisos/avis-amagatall",
        "avisos/avis-amagatall/index.html",
        "avisos/avis-amagatall/index.json",
        # The page and the document of that note.
        "sobre-aquest-web/index.html",
        "sobre-aquest-web/index.json",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("platja", "/avisos/platja-segon-avis/"),
        ("es/playa-vieja", "/es/avisos/playa-segundo-aviso/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(old: str, new: str, built_town: Project) -> None:
    """Without a server's help: the page refreshes to it, and has a link for who turned that off."""
    page = (built_town.output / old / "index.html").read_text("utf-8")
    assert new in Links(page).found
    assert 'http-equiv="refresh"' in page
    assert f"<loc>{SITE}/{old}/" not in (built_town.output / "sitemap.xml").read_text("utf-8")


def test_a_gone_page_says_what_it_was_and_why_it_went(built_town: Project) -> None:
    """Its title, the date, the reason, and where to look instead; no list has it."""
    document = built_town.document("/avisos/grip-2019/")
    assert document["title"] == "Grip de 2019"
    assert document["gone"]["withdrawn"] == "2020-02-01"
    assert document["gone"]["reason"] == "Ja no cal"
    assert document["gone"]["see"] == f"{SITE}/avisos/"
    page = built_town.page("/avisos/grip-2019/")
    for words in ("Grip de 2019", "Ja no cal", "2020"):
        assert words in page
    assert "grip-2019" not in (built_town.output / "sitemap.xml").read_text("utf-8")
    gone = built_town.data("api/v1/index.json")["gone"]
    assert [item["url"] for item in gone] == [f"{SITE}/avisos/grip-2019/"]


def test_feeds_have_notes_and_their_changes(built_town: Project) -> None:
    """In each language, the newest first; a change has an entry of its own."""
    feed = built_town.data("es/normativa/feed.json")
    assert feed["language"] == "es"
    told = [(item["date_published"][:10], item["content_text"]) for item in feed["items"]]
    assert ("2020-06-03", "Convalidado por el Parlamento") in told
    assert [day for day, _ in told] == sorted((day for day, _ in told), reverse=True)


def test_a_translation_with_a_broken_link_is_left_out_alone(town: Project) -> None:
    """While it is written: readers of that language are shown the original."""
    spanish = town.content / "contacts/obres.es.md"
    spanish.write_text(spanish.read_text("utf-8") + "\n[x](../notices/no-hi-es.md)\n", "utf-8")
    assert "content/contacts/obres.es.md" in town.build().stderr
    assert town.document("/contactes/obres/")["translations"].keys() == {"ca"}
    assert not (town.output / "es/contactos/obras").exists()
