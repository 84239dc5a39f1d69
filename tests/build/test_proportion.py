"""A build makes what is needed and no more, and says why (decision 33)."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from builds import clean_copy, clean_tree, imported_in, made
from in_process import built, checked
from project import DAY, REPOSITORY, Project, tree
from saig.builder import explain, settling
from saig.builder.reading import references_of
from saig.catalogue.entry import Files
from saig.catalogue.lookup import DERIVED
from saig.catalogue.rows import TABLES
from saig.commands.desk_work import Builds
from saig.notes.references import FoundReference
from saig.outputs import feeds

LOOKED_UP = re.compile(
    r'looks_up\(\*?\(?f?"([a-z-]+) |\b(?:catalogue|self)\.(?:under|row|every_row)\("([a-z-]+)"'
)
"""The table that a piece of work looks something up in."""


def reword(town: Project, chance: random.Random) -> Path:
    """What no other note can see."""
    note = chance.choice(sorted(town.content.rglob("*.md")))
    text = note.read_text("utf-8")
    head, _, body = text.partition("\n---\n")
    note.write_text(f"{head}\n---\n\nParaules {chance.randrange(1000)}.\n{body}", "utf-8")
    return note


def test_nothing_is_made_where_nothing_changed(town: Project) -> None:
    town.build()
    assert made(town) == {}


def test_a_page_says_why_it_was_made_again(town: Project) -> None:
    town.build()
    town.change("contacts/obres.md", "Carrer", "Plaça")
    again = made(town)
    assert again["/contactes/obres/"].startswith(
        "the fields and headings of content/contacts/obres.md"
    )
    assert not any(address.startswith("/avisos/") for address in again)
    assert again["/api/v1/index.json"] == again["/contactes/obres/"]
    assert "/sitemap.xml" not in again


def test_files_of_the_whole_say_why_they_were_made_again(town: Project) -> None:
    town.build()
    town.write("pages/prova.md", "---\ntitle: Una prova\nsummary: De prova.\n---\n")
    assert made(town)["/sitemap.xml"] == "it was never made before"
    (town.content / "pages" / "prova.md").unlink()
    assert made(town)["/sitemap.xml"] == "the page /una-prova/ is no more"
    (town.output / "sitemap.xml").unlink()
    town.write("files/nou.txt", "Nou")
    again = made(town)
    assert again["/sitemap.xml"] == "the file in the output folder was not as it was written"
    assert "the file itself" in again["/files/nou.txt"]


def test_a_gone_address_makes_its_own_page_again(town: Project) -> None:
    town.write("gone.yaml", _gone("/vell/", "Un de vell") + _gone("/antic/", "Un d'antic"))
    town.build()
    town.write("gone.yaml", _gone("/nou/", "Un de nou") + _gone("/antic/", "Un altre títol"))
    again = made(town)
    assert again["/nou/"] == "it was never made before"
    assert again["/antic/"] == "what gone.yaml says of /antic/"
    pages = {address for address in again if address.endswith("/")}
    assert pages == {"/nou/", "/antic/"}
    assert not (town.output / "vell").exists()
    assert tree(town.output) == clean_tree(town)


def _gone(address: str, title: str) -> str:
    return f"- {{address: {address}, title: {{ca: {title}}}, date: 2020-01-01, reason: {{ca: Ja no.}}}}\n"


def test_a_text_makes_its_own_page_again(town: Project) -> None:
    """Time after time: what is remembered of the other notes must stay right, line numbers too."""
    chance = random.Random(3)
    town.build()
    for _ in range(6):
        notes = {reword(town, chance) for _ in range(chance.choice([1, 1, 2, 3]))}
        again = made(town)
        names = {note.relative_to(town.root).as_posix() for note in notes}
        reasons = {why for whys in again.values() for why in whys.split("; ")}
        assert {why.removeprefix("the text of ") for why in reasons} <= names
        clean = clean_copy(town)
        assert tree(town.output) == tree(clean.output)
        assert town.check() == clean.check()


def test_a_text_of_equal_length_with_its_old_time_is_noticed(town: Project) -> None:
    """As a file that was taken out of an archive: its status has changed all the same."""
    path = town.content / "contacts/obres.md"
    town.build()
    for before, now in (("Amb cita.", "Amb vint."), ("Amb vint.", "Amb nous.")):
        there = path.stat()
        town.change("contacts/obres.md", before, now)
        os.utime(path, ns=(there.st_atime_ns, there.st_mtime_ns))
        town.build()
        assert now in town.page("/contactes/obres/")


def test_a_text_has_its_own_pages_looked_at_again(town: Project) -> None:
    """In both languages; not those of notes whose last day it is, which are what they were."""
    town.build()
    town.change("contacts/obres.md", "\n---\n", "\n---\n\nParaules.\n")
    told = town.build().stderr
    assert [line for line in told.splitlines() if "Making" in line] == ["Making pages: 2"]


def test_a_check_does_not_hide_a_text_from_the_next_build(town: Project) -> None:
    town.build()
    town.change("contacts/obres.md", "\n---\n", "\n---\n\nParaules.\n")
    town.check()
    assert "Paraules" not in town.page("/contactes/obres/")
    town.build()
    assert "Paraules" in town.page("/contactes/obres/")


def test_a_check_does_not_hide_from_the_next_build_what_is_no_more(town: Project) -> None:
    """Though by what it found all that was remembered of pages is forgotten."""
    town.build()
    assert (town.output / "avisos/index.html").is_file()
    town.change("site.yaml", "slug: {ca: avisos", "slug: {ca: noticies")
    town.check()
    town.build()
    assert not (town.output / "avisos/index.html").exists()
    assert (town.output / "noticies/index.html").is_file()


def test_nothing_heavy_is_imported_where_there_is_nothing_to_do(town: Project) -> None:
    told = town.build().stderr
    again = town.build(PYTHONPROFILEIMPORTTIME="1").stderr
    imported = imported_in(again)
    assert "saig.builder.up_to_date" in imported
    assert not imported & {"babel", "pelican", "pydantic", "saig.notes.models", "yaml"}
    warnings = [line for line in told.splitlines() if "warning[" in line]
    assert [line for line in again.splitlines() if "warning[" in line] == warnings


def test_what_editors_are_told_is_not_parsed_each_time(town: Project) -> None:
    """Their catalogue takes a third of a second."""
    town.build("--lang", "ca")
    town.change("contacts/obres.md", "\n---\n", "\n---\n\nParaules.\n")
    told = town.build("--lang", "ca", PYTHONPROFILEIMPORTTIME="1").stderr
    assert "babel.messages.pofile" not in imported_in(told) and "saig.builder.pages" in imported_in(
        told
    )
    assert "S'han fet" in told


def test_pelican_is_imported_where_settings_ask_for_more_than_saig(town: Project) -> None:
    """Its import takes a third of a build after which a text changed. The site is the same."""
    town.build()
    town.change("contacts/obres.md", "\n---\n", "\n---\n\nParaules.\n")
    told = town.build(PYTHONPROFILEIMPORTTIME="1").stderr
    assert "saig.builder.pages" in imported_in(told)
    unused = {"pelican", "docutils", "babel.messages.pofile", "rjsmin"}
    assert not imported_in(told) & unused
    assert "Paraules" in town.page("/contactes/obres/")
    before = tree(town.output)
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nOUTPUT_SOURCES = True\n", "utf-8")
    told = town.build(PYTHONPROFILEIMPORTTIME="1").stderr
    assert "pelican.generators" in imported_in(told)
    assert tree(town.output) == before


def test_what_changed_since_is_never_taken_for_nothing(town: Project) -> None:
    """Each by itself: the day, a language of messages, a file, a setting, an altered page."""
    town.build()
    assert "0 pages made" in town.build().stderr
    town.build(today="2020-12-11")
    assert tree(town.output) == clean_tree(town, "2020-12-11")
    town.build()
    assert "pàgines" in town.build("--lang", "ca").stderr
    town.write("files/nou.txt", "Nou")
    town.build()
    assert (town.output / "files" / "nou.txt").read_text() == "Nou"
    town.write("files/nou.txt", "Vell")
    town.build()
    assert (town.output / "files" / "nou.txt").read_text() == "Vell"
    for name in ("stray.html", ".index.html.7.part"):
        (town.output / name).write_text("stray")
    (town.output / "index.html").unlink()
    town.build()
    assert tree(town.output) == clean_tree(town)


OWN = """
def own(text):
    return text + "{0}"
"""
CALLED = """
from own.helper import own as called

def own(text):
    return called(text)
"""
CALLED_LATE = """
def own(text):
    from own.helper import own
    return own(text)
"""
IMPORTS_ELSEWHERE = """
def own(text):
    from elsewhere import one
    return text + one.SAID
"""
EXTENSION = """
from jinja2.ext import Extension

class Own(Extension):
    def __init__(self, environment):
        super().__init__(environment)
        environment.globals["own"] = "{0}"
"""


def with_own_filter(town: Project, filters: str, said: str) -> None:
    """A filter in a folder of the town's; or it calls another in a file beside it."""
    town.write("../own/filters.py", filters.format(said))
    town.write("../own/helper.py", OWN.format(said))
    settings = town.root / "pelicanconf.py"
    if "own.filters" not in settings.read_text("utf-8"):
        path = f"import sys\nsys.path.insert(0, {str(town.root)!r})\n"
        own = "\nimport own.filters\nJINJA_FILTERS = {'own': own.filters.own}\n"
        settings.write_text(path + settings.read_text("utf-8") + own, "utf-8")
        template = town.root / "theme/templates/notice.html"
        main = "{% block main %}"
        text = template.read_text("utf-8").replace(main, main + "{{ document.kind | own }}")
        template.write_text(text, "utf-8")


def test_a_function_of_the_settings_makes_pages_again_that_is_another(town: Project) -> None:
    """Though the settings say what they said."""
    for filters in (OWN, CALLED, CALLED_LATE):
        for said in ("One", "Another"):
            with_own_filter(town, filters, said)
            town.build()
            assert f"notice{said}" in town.page("/avisos/avui-no-hi-ha-aigua/")
    assert made(town) == {}


def test_what_a_build_imports_does_not_make_the_next_one_begin_anew(town: Project) -> None:
    """Nobody knows beforehand what a function imports when it is called."""
    town.write("../elsewhere/one.py", "SAID = 'One'\n")
    with_own_filter(town, IMPORTS_ELSEWHERE, "")
    town.build()
    assert "noticeOne" in town.page("/avisos/avui-no-hi-ha-aigua/")
    assert made(town) == {}


def test_an_extension_makes_pages_again_that_is_another(town: Project) -> None:
    """Settings name it, and import nothing of it."""
    settings = town.root / "pelicanconf.py"
    path = f"import sys\nsys.path.insert(0, {str(town.root)!r})\n"
    own = "\nJINJA_ENVIRONMENT['extensions'] = ['own.extension.Own']\n"
    settings.write_text(path + settings.read_text("utf-8") + own, "utf-8")
    template = town.root / "theme/templates/notice.html"
    main = "{% block main %}"
    template.write_text(template.read_text("utf-8").replace(main, main + "Text{{ own }}"), "utf-8")
    for said in ("One", "Another"):
        town.write("../own/extension.py", EXTENSION.format(said))
        town.build()
        assert f"Text{said}" in town.page("/avisos/avui-no-hi-ha-aigua/")
    assert made(town) == {}


def test_the_desk_has_the_functions_of_the_settings_as_they_are(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as they were when its process began."""
    monkeypatch.chdir(town.root)
    monkeypatch.setattr(sys, "path", [*sys.path])
    builds = Builds(town.root, 8000, "en")
    for said in ("One", "Another"):
        with_own_filter(town, CALLED, said)
        builds(DAY, lambda state: None)
        page = town.root / ".saig/preview/avisos/avui-no-hi-ha-aigua/index.html"
        assert f"notice{said}" in page.read_text("utf-8")


SPOILED = """
def spoil(text):
    import pathlib
    root = pathlib.Path(__file__).parent
    if not (root / "spoiled").exists():
        (root / {path!r}).write_text("Meanwhile")
        (root / "spoiled").touch()
    return text

JINJA_FILTERS = {{"spoil": spoil}}
"""


@pytest.mark.parametrize(
    ("path", "is_at"),
    [("content/files/nou.txt", "files/nou.txt"), ("theme/static/nou.txt", "theme/nou.txt")],
)
def test_what_is_put_back_after_a_build_that_met_it_is_no_news(
    town: Project, path: str, is_at: str
) -> None:
    """A file that is another while pages are made, and what it was when that build is over."""
    (town.root / path).write_text("Before")
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + SPOILED.format(path=path), "utf-8")
    template = town.root / "theme/templates/notice.html"
    main = "{% block main %}"
    template.write_text(
        template.read_text("utf-8").replace(main, main + "{{ document.title | spoil }}")
    )
    town.build()
    assert (town.output / is_at).read_text() == "Meanwhile"
    (town.root / path).write_text("Before")
    town.build()
    assert (town.output / is_at).read_text() == "Before"


def test_what_comes_late_is_in_feeds_that_have_room(town: Project) -> None:
    """A notice of an earlier year than all that they tell."""
    town.build()
    town.write("notices/antic.md", "---\ntitle: Antic\nsummary: S.\ndate: 2001-02-03\n---\nT.\n")
    town.build()
    assert "Antic" in [item["title"] for item in town.data("feed.json")["items"]]


def test_what_is_translated_no_more_is_news_in_a_full_feed(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The translation had none of the years that the feed tells of; the note that stands for it has."""
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    changed = "date: 2001-02-03\nchanges: [{date: 2020-12-10, text: Canvi.}]\n"
    town.write("notices/antic.md", f"---\ntitle: Antic\nsummary: S.\n{changed}---\nT.\n")
    text = "---\ntitle: Antiguo\nsummary: S.\n---\nT.\n"
    translation = town.write("notices/antic.es.md", text)
    news = town.output / "es" / "feed.json"
    assert built(town) == []
    assert '"Antiguo"' not in news.read_text("utf-8")
    translation.unlink()
    assert built(town) == []
    assert '"Antic"' in news.read_text("utf-8")


def test_the_oldest_that_a_full_feed_tells_is_told_as_it_is(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is of a year before that of the newest."""
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    town.write("contacts/parc.md", "---\ntitle: Parc\nsummary: S.\n---\nT.\n")
    for title, day in (("Antic", "2001-02-03"), ("Nou", "2020-12-01")):
        said = f"title: {title}\nsummary: S.\ndate: {day}\ndepartments: [parc]"
        town.write(f"notices/{title.lower()}.md", f"---\n{said}\n---\nT.\n")
    assert built(town) == []
    town.change("notices/antic.md", "title: Antic", "title: Antiquat\nslug: antic")
    assert built(town) == []
    news = town.data("contactes/parc/feed.json")["items"]
    assert [item["title"] for item in news] == ["Nou", "Antiquat"]


def test_a_note_is_listed_again_once_what_it_lacked_is_there(town: Project) -> None:
    """Though nothing of the note itself is another."""
    text = "---\ntitle: Planol\nsummary: S.\ndate: 2020-12-01\n---\n[a](../files/planol.txt)\n"
    town.write("notices/planol.md", text)
    town.build()
    assert "planol" not in _notices(town)
    town.write("files/planol.txt", "x")
    town.build()
    assert "planol" in _notices(town)
    (town.content / "files" / "planol.txt").unlink()
    town.build()
    assert "planol" not in _notices(town)


def _notices(town: Project) -> list[str]:
    return [one["id"] for one in town.document("/avisos/")["section"]["items"]]


def test_a_template_makes_its_own_pages_again(town: Project) -> None:
    town.build()
    template = town.root / "theme" / "templates" / "norm.html"
    template.write_text(template.read_text("utf-8") + "<!-- -->")
    again = made(town)
    assert {"theme/templates/norm.html is not as it was"} == set(again.values())
    assert all("normativa/" in address for address in again)


def test_a_preview_says_so_on_pages_that_were_made_without(town: Project) -> None:
    town.build()
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + 'PREVIEW = "prova"\n', "utf-8")
    town.build()
    assert "noindex" in town.page("/")
    assert tree(town.output) == clean_tree(town)


def test_who_names_a_note_is_read_again_only_if_its_name_may_mean_another(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A department is named by a hundred services, and its telephone says nothing of that."""
    assert not checked(town).has_errors
    asked: list[Files | None] = []

    def asking(files: Files | None) -> Sequence[FoundReference]:
        asked.append(files)
        return references_of(files)

    monkeypatch.setattr(settling, "references_of", asking)
    town.change("contacts/obres.md", "+34 971 000 001", "+34 971 000 009")
    assert not checked(town).has_errors
    assert not any(files and files.key == ("service", "llicencia") for files in asked)
    (town.content / "contacts/obres.md").unlink()
    assert checked(town).has_errors
    assert any(files and files.key == ("service", "llicencia") for files in asked)


def test_an_altered_page_is_put_right(town: Project) -> None:
    town.build()
    (town.output / "index.html").write_text("altered")
    shutil.rmtree(town.output / "es" / "avisos")
    again = made(town)
    assert "/" in again
    assert "/es/avisos/" in again
    assert "/contactes/" not in again
    assert tree(town.output) == clean_tree(town)


def test_what_a_page_depends_on_is_told(built_town: Project) -> None:
    done = built_town.build("--explain=/contactes/obres/")
    assert "content/contacts/obres.md" in done.stdout
    assert "content/site.yaml" in done.stdout
    assert "theme/templates/contact.html" in done.stdout
    assert "There is no page /x/" in built_town.build("--explain", "/x/").stdout


def test_whatever_is_looked_up_has_words() -> None:
    """For who asks why a page was made again; and each name means one thing."""
    named = [*TABLES, *DERIVED, *explain.OTHERS_IN_WORDS]
    assert len(named) == len(set(named))
    every = (REPOSITORY / "plugins" / "saig").rglob("*.py")
    sources = [path for path in every if path.parent.name != "reporting"]  # which has other rows
    asked = {
        found[1] or found[2]
        for path in sources
        for found in LOOKED_UP.finditer(path.read_text("utf-8"))
    }
    assert asked and asked <= {*named} == explain.WHAT.keys()
