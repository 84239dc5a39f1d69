"""What a town has in ``theme/`` beside its notes comes before Saig's own, wherever that is shown, and
a change to it makes again what it is in."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from builds import clean_tree, made
from project import Project, adopted_town, tree
from saig.commands.serve import changes

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.fixture
def town(tmp_path: Path) -> Project:
    return adopted_town(tmp_path / "project")


def put(town: Project, path: str, text: str) -> None:
    file = town.root / "theme" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_a_town_is_its_notes_and_two_files_of_settings(town: Project, built_town: Project) -> None:
    """Its site is that of a copy of Saig's whole repository."""
    town.build()
    assert tree(town.output) == tree(built_town.output)
    assert [problem for problem in town.check() if problem["path"].endswith("conf.py")] == []


def test_overrides_are_inputs_of_a_build(town: Project) -> None:
    """Each kind of file, put there after a build, changed, and taken away: as if it was built anew."""
    town.build()
    plain = tree(town.output)
    banner = '{% extends "!theme/base.html" %}\n{% block head %}<meta name="town">{% endblock %}\n'
    put(town, "templates/base.html", banner)
    again = made(town)
    assert "theme/templates/section.html" in again["/avisos/"]
    assert '<meta name="town">' in town.page("/avisos/")
    put(town, "templates/macros/frame.html", FRAME.read_text("utf-8") + "{# own #}")
    put(town, "templates/moved.html", "moved to {{ document.moved.to }}")
    put(town, "styles/town.css", "h1 { color: rebeccapurple }")
    put(town, "styles/hours.css", ".hours { color: rebeccapurple }")
    put(town, "static/img/logo.svg", "<svg/>")
    put(town, "static/img/icon.svg", "<svg>own</svg>")
    put(
        town, "translations/ca/LC_MESSAGES/messages.po", f'{HEADER}msgid "Home"\nmsgstr "Portada"\n'
    )
    town.build()
    assert tree(town.output) == clean_tree(town)
    style = (town.output / "theme/css/site.css").read_text("utf-8")
    assert style.endswith("h1{color:rebeccapurple}") and ".hours{color:rebeccapurple}" in style
    assert (town.output / "theme/img/logo.svg").read_text() == "<svg/>"
    assert (town.output / "theme/img/icon.svg").read_text() == "<svg>own</svg>"
    assert "Portada" in town.page("/avisos/") and "Inici" not in town.page("/avisos/")
    (town.root / "theme/translations/ca/LC_MESSAGES/messages.po").unlink()
    town.build()
    assert tree(town.output) == clean_tree(town)
    for path in sorted((town.root / "theme").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    town.build()
    assert tree(town.output) == plain


FRAME = Path(__file__).parents[2] / "theme/templates/macros/frame.html"


def test_overrides_are_in_every_kind_of_page(town: Project) -> None:
    """Styles and words too where no template is the town's: 404, sheets, moved and gone pages, feeds."""
    put(town, "styles/town.css", "h1 { color: rebeccapurple }")
    texts = {
        "Page not found": "Aquí no hi ha res",
        "counter sheet": "full del taulell",
        "This page has moved": "Ara és a un altre lloc",
        "This page was withdrawn on %(date)s.": "Retirada: %(date)s.",
    }
    words = "".join(f'msgid "{text}"\nmsgstr "{own}"\n\n' for text, own in texts.items())
    put(town, "translations/ca/LC_MESSAGES/messages.po", HEADER + words)
    town.change("contacts/obres.md", "---\ntitle", "---\nold_addresses: [/obres/]\ntitle")
    town.build()
    pages = {
        "404.html": "Aquí no hi ha res",
        "contactes/obres/sheet.html": "full del taulell",
        "obres/index.html": "Ara és a un altre lloc",
    }
    [style] = re.findall(r"/theme/css/site\.\w{16}\.css", town.page("/avisos/"))
    assert "rebeccapurple" in (town.output / style.lstrip("/")).read_text("utf-8")
    for path, words in pages.items():
        text = (town.output / path).read_text("utf-8")
        assert words in text and style.rpartition("/")[2] in text, path
    assert any("Retirada: " in page.read_text("utf-8") for page in town.output.rglob("*.html"))


def test_a_language_of_a_towns_own(town: Project) -> None:
    """One that Saig has no words in: the town's catalogue is whole, and what lacks is told there."""
    for path in town.content.rglob("*.es.md"):
        path.unlink()
    for path in [*town.content.rglob("*.md"), *town.content.rglob("*.yaml")]:
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"\bes(?=: |\])", "oc", text), "utf-8")
    assert "missing-words" in {problem["code"] for problem in town.errors()}
    put(town, "translations/oc/LC_MESSAGES/messages.po", f'{HEADER}msgid "Home"\nmsgstr "Acuèlh"\n')
    [found] = [p for p in town.check() if p["path"].startswith("theme/translations/oc/")]
    assert found["code"] == "incomplete-words" and found["severity"] == "warning"


def test_what_has_no_effect_is_told(town: Project) -> None:
    """A slip of the pen, and what the interface does not say: never silent."""
    put(town, "templates/contcat.html", "")
    put(town, "templates/own.html", "")
    put(town, "templates/base.html", '{% extends "!theme/base.html" %}{% include "own.html" %}')
    put(town, "styles/horus.css", "")
    put(town, "logo.svg", "<svg/>")
    put(town, "static/logo.svg", "<svg/>")
    put(town, "translations/ca.po", "")
    text = f'{HEADER}msgid "Hom"\nmsgstr "Inici"\n\nmsgid "Home"\nmsgstr "Inici %(date)s"\n'
    put(town, "translations/ca/LC_MESSAGES/messages.po", text)
    found = {
        (p["path"].removeprefix("theme/"), p["line"], p["code"]): p["hint"]
        for p in town.check()
        if p["path"].startswith("theme/")
    }
    assert found.keys() == {
        ("templates/contcat.html", 1, "unused-override"),
        ("styles/horus.css", 1, "unused-override"),
        ("logo.svg", 1, "unused-override"),
        ("translations/ca.po", 1, "unused-override"),
        ("translations/ca/LC_MESSAGES/messages.po", 6, "stale-words"),
    }
    assert "theme/templates/contact.html" in found[("templates/contcat.html", 1, "unused-override")]
    assert "“Home”" in found[("translations/ca/LC_MESSAGES/messages.po", 6, "stale-words")]


def test_the_folder_of_the_theme_is_not_built_into(town: Project) -> None:
    put(town, "static/logo.svg", "<svg/>")
    done = town.saig("build", "--output", "theme/static")
    assert (
        done.returncode == 1 and "is the folder of the notes, of the theme or of Git" in done.stderr
    )
    assert (town.root / "theme/static/logo.svg").is_file()


def test_a_towns_own_text_may_use_forms_of_days_that_saig_has(town: Project) -> None:
    """Tables of forms stand in one catalogue, and texts of another may ask for them."""
    base = Path(__file__).parents[2] / "theme/translations/ca/LC_MESSAGES/messages.po"
    text = next(
        block
        for block in base.read_text("utf-8").split("\n\n")
        if re.search(r"%\(\w+\.\w+\)s", block)
    )
    put(town, "translations/ca/LC_MESSAGES/messages.po", f"{HEADER}{text}\n")
    assert [problem for problem in town.check() if problem["path"].startswith("theme/")] == []


def test_serve_follows_a_theme_that_comes_while_it_runs(town: Project) -> None:
    """Its folder need not be there when ``saig serve`` begins."""
    changed = changes(town.root)
    assert next(changed) is False
    put(town, "styles/town.css", "h1 { color: rebeccapurple }")
    assert any(itertools.islice(changed, 3))
    put(town, "styles/town.css", "h1 { color: red }")
    assert any(itertools.islice(changed, 3))
