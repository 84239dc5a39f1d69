"""``saig check --translated``, and what is told when the original changes after it."""

from __future__ import annotations

import re

import pytest
from project import Project

FILE = "contacts/obres.es.md"
NEWER = "Esta traducción es anterior al original:"


@pytest.fixture
def translated(town: Project) -> Project:
    done = town.saig("check", "--translated", f"content/{FILE}", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "1 translation is said" in done.stderr
    return town


def outdated(town: Project) -> list[str]:
    return [one["path"] for one in town.check() if one["code"] == "translation-outdated"]


def test_a_translation_says_which_text_it_is_of(translated: Project) -> None:
    """Once, in one line of its front matter, and nothing else of the file changes."""
    text = (translated.content / FILE).read_text("utf-8")
    assert text.count("\ntranslated: ") == 1
    before = (translated.content / FILE).read_bytes()
    done = translated.saig("check", "--translated", f"content/{FILE}", "--lang", "en")
    assert "0 translations are said" in done.stderr
    assert (translated.content / FILE).read_bytes() == before
    assert outdated(translated) == []


def test_a_change_of_the_original_is_told(translated: Project) -> None:
    """With the sentences that are new, to editors; readers are led to the original."""
    translated.build()
    assert NEWER not in translated.page("/es/contactos/obras/")
    assert translated.document("/es/contactos/obras/")["translation_state"] == "up-to-date"
    translated.change(
        "contacts/obres.md", "Dona les llicències d'obres.", "Dona llicències. Obre els dimarts."
    )
    assert outdated(translated) == [f"content/{FILE}"]
    done = translated.saig("check", "--lang", "en", f"content/{FILE}")
    assert "  Dona llicències.\n  Obre els dimarts.\n" in done.stderr
    assert f"saig check --translated content/{FILE}" in done.stdout
    translated.build()
    assert NEWER in translated.page("/es/contactos/obras/")
    document = translated.document("/es/contactos/obras/")
    assert document["translation_state"] == "outdated"
    assert document["original"].endswith("/contactes/obres/")
    assert NEWER not in translated.page("/es/")
    assert translated.document("/contactes/obres/")["translation_state"] is None
    translated.saig("check", "--translated", "content/contacts")
    assert outdated(translated) == []
    translated.build()
    assert NEWER not in translated.page("/es/contactos/obras/")


def test_a_new_line_end_or_quote_is_no_change(translated: Project) -> None:
    file = translated.content / "contacts/obres.md"
    file.write_bytes(
        file.read_bytes().replace(b"\n", b"\r\n").replace(b"d'obres", "d’obres".encode())
    )
    assert outdated(translated) == []


def test_other_line_ends_and_a_mark_stay(town: Project) -> None:
    text = (town.content / FILE).read_text("utf-8").replace("\n", "\r\n")
    town.write(FILE, ("\ufeff" + text).encode())
    town.saig("check", "--translated", f"content/{FILE}")
    raw = (town.content / FILE).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf---\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == text.count("\n") + 1


@pytest.mark.parametrize(
    "paths", [[], ["content/contacts/obres.md"], ["content/contacts/arxiu.md"]]
)
def test_what_is_no_translation_is_refused(paths: list[str], town: Project) -> None:
    done = town.saig("check", "--translated", *paths, "--lang", "en")
    assert done.returncode == 1
    assert "translat" in done.stderr


def test_what_nobody_can_read_is_an_error(town: Project) -> None:
    town.change(FILE, "summary:", "translated: yes\nsummary:")
    assert [(one["code"], one["line"]) for one in town.errors()] == [("bad-value", 4)]


def test_originals_have_no_such_field(town: Project) -> None:
    town.change("contacts/arxiu.md", "summary:", "translated: abcd\nsummary:")
    assert [one["code"] for one in town.errors()] == ["unknown-field"]


NEW = "notices/avis-nou.md"
TEXT = "---\ntitle: Avís nou\nsummary: Demà plourà.\ndate: 2020-12-01\n---\nDuis paraigua.\n"
SPANISH = "notices/avis-nou.es.md"


def test_a_fresh_translation_is_a_draft_until_it_is_done(town: Project) -> None:
    """Readers do not get the original's text as a translation. It knows of which text it was begun,
    even if that changes before it is done."""
    town.write(NEW, TEXT)
    town.saig("new", "notice", "avis-nou", "--lang", "es")
    path = town.content / SPANISH
    assert "status: draft" in path.read_text("utf-8")
    assert [
        one for one in town.check() if NEW[:-3] in one["path"] and one["severity"] == "error"
    ] == []
    town.build()
    assert not (town.output / "es/avisos/avis-nou/index.html").exists()
    assert "/avisos/avis-nou/" in town.page("/es/avisos/")
    still = town.saig("check", "--translated", f"content/{SPANISH}", "--lang", "ca")
    assert still.returncode == 1 and "encara és el text de l'original" in still.stderr
    words = path.read_text("utf-8").replace("Demà plourà.", "Mañana lloverá.")
    path.write_text(words.replace("Duis paraigua.", "Lleve paraguas."), "utf-8")
    town.write(NEW, TEXT.replace("Duis paraigua.", "Duis paraigua. I botes."))
    draft = path.read_text("utf-8")
    path.write_text(re.sub("(?m)^status: draft.*\n", "", draft), "utf-8")
    assert "I botes." in town.saig("check", f"content/{SPANISH}").stderr
    path.write_text(draft, "utf-8")
    assert town.saig("check", "--translated", f"content/{SPANISH}").returncode == 0
    assert "status" not in path.read_text("utf-8")
    assert outdated(town) == []
    town.build()
    assert "Lleve paraguas." in town.page("/es/avisos/avis-nou/")


def test_a_draft_translation_with_an_error_stops_nobody(town: Project) -> None:
    """And a translation may say of its state nothing but that."""
    town.write(NEW, TEXT)
    town.write(SPANISH, "---\ntitle: X\nsummary: Y.\nstatus: draft\nno_hi_es: 1\n---\n[x](no.md)\n")
    found = [one for one in town.check() if one["path"] == f"content/{SPANISH}"]
    assert {one["code"] for one in found} == {"unknown-field", "broken-link"}
    assert {one["severity"] for one in found} == {"warning"}
    town.write(SPANISH, "---\ntitle: X\nsummary: Y.\nstatus: hidden\n---\n")
    found = [one for one in town.check() if one["path"] == f"content/{SPANISH}"]
    assert [one["code"] for one in found] == ["fact-in-translation"]
