"""A fault of Saig's own: told at the note that meets it, and the rest goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from project import DAY, Project, tree
from saig.commands import main
from saig.shipped import shipped

PLANTED = """
import {module} as planted

def failing(*given, _was=planted.{name}, **named):
    said = repr([one for one in given if not hasattr(one, "known")] or "zirconi")
    if "zirconi" in said or "notice/fallida" in said:
        raise LookupError("zirconi\\nmet")
    return _was(*given, **named)

planted.{name} = failing
"""
"""A fault in a function of Saig's, for notes that have a certain word."""

NOTE = "---\ntitle: Zirconi\nsummary: S zirconi.\ndate: 2020-12-01\n---\nText zirconi.\n"


def plant(town: Project, module: str, name: str) -> None:
    for settings in ("pelicanconf.py", "publishconf.py"):
        with (town.root / settings).open("a") as file:
            file.write(PLANTED.format(module=module, name=name))
    town.write("notices/fallida.md", NOTE)


def told(town: Project, *arguments: str) -> list[tuple[str, str, str]]:
    return [(p["path"], p["code"], p["message"]) for p in town.errors(*arguments)]


@pytest.mark.parametrize(
    ("module", "name", "file"),
    [
        ("saig.notes.read", "convert", "notes/read.py"),
        ("saig.notes.read", "validate", "notes/read.py"),
        ("saig.catalogue.check", "check_links", "catalogue/check.py"),
    ],
)
def test_a_note_that_cannot_be_read_or_checked(
    module: str, name: str, file: str, town: Project
) -> None:
    """Its problem says where in Saig, in one line; the other notes have none."""
    plant(town, module, name)
    ((path, code, message),) = told(town)
    assert (path, code) == ("content/notices/fallida.md", "internal")
    assert message.startswith(f"Saig failed at this note: LookupError: zirconi met ({file}:")
    town.build()
    assert not (town.output / "avisos/zirconi").exists()
    assert (town.output / "avisos/index.html").is_file()


def test_a_page_that_cannot_be_made(town: Project, tmp_path: Path) -> None:
    """Locally it is left out, with every link to it, and told again each time until it can be made.
    In production nothing is published."""
    template = town.root / "theme/templates/notice.html"
    right = template.read_text("utf-8")
    published = ("publish", str(tmp_path / "site"), "--today", DAY)
    assert town.saig(*published).returncode == 0
    release = os.readlink(tmp_path / "site/current")
    town.write("notices/fallida.md", NOTE)
    town.write("notices/borrador.md", NOTE.replace("date:", "slug: amagat\nstatus: draft\ndate:"))
    wrong = "{% if document.id == 'fallida' %}{{ document.nothing.at_all }}{% endif %}"
    template.write_text(right.replace("{% block main %}", "{% block main %}" + wrong))
    assert wrong in template.read_text()
    for _ in range(2):
        said = town.build().stderr
        assert (
            "content/notices/fallida.md:1:1: error[internal] the theme failed at this note" in said
        )
        assert "(theme/templates/notice.html:" in said and "correct this template" in said
        assert "fallida" not in town.page("/avisos/") and not list(town.output.glob("**/zirconi"))
        assert not list(town.output.glob("**/amagat")), "a draft stays one"
    assert town.saig(*published).returncode == 1
    assert os.readlink(tmp_path / "site/current") == release
    template.write_text(right)
    town.build()
    assert (town.output / "avisos/zirconi/index.html").is_file()


def failing_at(note: str, lang: str, template: str) -> str:
    """The template as it fails at one page."""
    fails = f"{{% if document.id == '{note}' and document.lang == '{lang}' %}}{{{{ nothing.x }}}}{{% endif %}}"
    return template.replace("{% block main %}", "{% block main %}" + fails)


def test_a_page_that_cannot_be_made_hides_none_of_the_others_from_the_next_build(
    town: Project,
) -> None:
    """In production, of all pages anew: some of them had been made before Saig failed at one."""
    template = town.root / "theme/templates/contact.html"
    right = template.read_text("utf-8")
    town.build("--production")
    town.change("site.yaml", '"Vila"', '"Vilanova"')
    template.write_text(failing_at("obres", "ca", right))
    assert town.saig("build", "--production", "--today", DAY).returncode == 1
    template.write_text(right)
    town.build("--production")
    made = tree(town.output)
    town.build("--production", "--clean")
    assert tree(town.output) == made


def test_of_a_note_with_a_page_that_cannot_be_made_no_page_stays(town: Project) -> None:
    """Though that in another language was made before Saig failed at it."""
    template = town.root / "theme/templates/contact.html"
    template.write_text(failing_at("obres", "ca", template.read_text("utf-8")))
    town.build()
    assert not list(town.output.glob("es/contactos/obras/*"))
    assert "Obras" not in town.page("/es/contactos/")


def test_a_fault_elsewhere_is_a_line(town: Project) -> None:
    """How it came about stands in a file."""
    plant(town, "saig.catalogue.check_addresses", "place")
    town.write(
        "gone.yaml",
        "- {address: /zirconi/, title: {ca: T, es: T}, date: 2020-12-01, reason: {ca: R, es: R}}\n",
    )
    done = town.saig("check", TMPDIR=str(town.root))
    assert done.returncode == 1
    assert (
        "Error: Saig failed: LookupError: zirconi met (catalogue/check_addresses.py:" in done.stderr
    )
    (report,) = town.root.glob("saig-*.txt")
    assert str(report) in done.stderr and "Traceback" in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{{ nope.x }}", "UndefinedError: 'nope' is undefined"),
        ("{{ nope", "TemplateSyntaxError: "),
        ('{% include "nope.html" %}', "TemplateNotFound: nope.html"),
    ],
)
def test_a_towns_own_template_is_told_with_its_place(wrong: str, said: str, town: Project) -> None:
    """No fault of Saig's, whether the page is a note's or not."""
    head = '{% extends "!theme/TEMPLATE" %}\n{% block main %}\n'
    settings = town.root / "pelicanconf.py"
    shutil.rmtree(town.root / "theme")
    right = settings.read_text("utf-8").replace('"theme"', repr(str(shipped("theme"))))
    settings.write_text(right, "utf-8")
    for template in ("notice.html", "home.html"):
        own = town.root / "theme/templates" / template
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f"{head.replace('TEMPLATE', template)}{wrong}{{% endblock %}}", "utf-8")
        done = town.saig("build", "--today", DAY, "--lang", "en")
        assert said in done.stderr and f"(theme/templates/{template}:3)" in done.stderr
        assert "fault of Saig" not in done.stderr and "saig-" not in done.stderr
        own.unlink()
    assert done.returncode == 1 and "Error: the theme failed: " in done.stderr


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ca", "no hi ha cap pelicanconf.py"), ("es", "no hay ningún pelicanconf.py")],
)
def test_what_is_refused_is_said_in_the_language_of_the_messages(
    lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of --lang, whatever this computer's is."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check", "--lang", lang], env={"LC_ALL": "en_GB.UTF-8"})
    assert (done.exit_code, said in done.output) == (1, True)
