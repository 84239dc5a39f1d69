"""``saig import``: drafts that read as their originals, and every word that is not in them is told."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import REPOSITORY, Project
from saig.citations.grammar import NO_GRAMMAR, grammar_of
from saig.importing.article import Article
from saig.importing.plain_text import article_of_text
from saig.importing.proposal import dateline, draft_of, plain
from saig.packs.load import law
from word_files import PNG, item, paragraph, picture, run, table, word_file

RELEASE = """\
Comparteix a les teves xarxes!

Facebook
WhatsApp

Obres atén per videoconferència

La secció amplia la cita prèvia en línia.

Vila, 4 de juliol de 2020.- La Secció d'Obres atén amb l'OTAE, segons el Decret llei 8/2020, de 13 de maig, per a pal\u2219liar la crisi. Preu: 3*2 = 6 i [res].

Què cal dur:

- El DNI
- L'escriptura_vella

1. Demanau cita a www.vila.test/cita.
2. Veniu-hi.

Comparteix a les teves xarxes!

Twitter
"""

PAGE = f"""\
<!DOCTYPE html><html lang="es-ES"><head><meta charset="utf-8"><title>Licencia de obra menor - Villa</title>
<link rel="canonical" href="https://www.vila.test/tramites/menor">
<meta property="article:published_time" content="2021-03-02T10:00:00+01:00"></head><body>
<div class="cookie-banner">Usamos cookies <button>Aceptar</button></div>
<nav><a href="/">Inicio</a> <a href="/tramites">Trámites</a></nav>
<main><ol class="breadcrumb"><li>Inicio<li>Trámites</ol>
<h1>Licencia de obra menor</h1>
<div class="share-buttons"><a href="https://facebook.example/x">Facebook</a></div>
<p>La tramita la <b>Sección de Obras</b> &lt;sin cita&gt;. Ley de 1 de enero de 1999.</p>
<h4>Requisitos</h4><p>Uno<br>dos</p>
<h6>Plazos</h6>
<table><tr><td>Día</td><td>Hora</td></tr><tr><td rowspan=2>Lunes<td>9 | 10<tr><td><p>11</p><p>12</p></table>
<p><a href="../cita?utm_source=web&amp;n=1">Pida cita</a>, <a href="#plazos">vea los plazos</a> o <a href="javascript:abrir()">abra</a>.</p>
<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}"><img src="https://cdn.example/x.png" alt="Plano">
<p style="display:none">Texto para robots</p><script>var a = 1;</script>
<form><label>Su correo</label><input></form></main>
<footer>Ayuntamiento de Villa</footer></body></html>
"""


def imported(town: Project, name: str, data: str | bytes, *options: str) -> tuple[str, str]:
    """The note that is made of a file, and what is told."""
    file = town.root / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    done = town.saig("import", str(file), "--lang", "en", *options)
    assert done.returncode == 0, done.stderr
    return (town.root / done.stdout.strip()).read_text("utf-8"), done.stderr


def test_a_press_release(town: Project) -> None:
    """Its dateline is the date, the line below its title the summary, names and citations are fields;
    lists are lists, and signs that Markdown would take for its own are shown as they stood."""
    town.change("contacts/arxiu.md", "summary:", "aliases: [OTAE]\nsummary:")
    note, told = imported(town, "nota.txt", RELEASE)
    assert note == (
        "---\n"
        'title: "Obres atén per videoconferència"\n'
        'summary: "La secció amplia la cita prèvia en línia."\n'
        "date: 2020-07-04\n"
        "status: draft\n"
        "departments: [obres, arxiu]\n"
        "norms: [decret-llei-8-2020]\n"
        "---\n"
        "Vila, 4 de juliol de 2020.- La Secció d'Obres atén amb l'OTAE, segons el Decret llei "
        "8/2020, de 13 de maig, per a pal·liar la crisi. Preu: 3\\*2 = 6 i \\[res\\].\n\n"
        "Què cal dur:\n\n"
        "- El DNI\n"
        "- L'escriptura_vella\n\n"
        "1. Demanau cita a [www.vila.test/cita](https://www.vila.test/cita).\n"
        "2. Veniu-hi.\n"
    )
    for words in (
        "Comparteix a les teves xarxes!",
        "Facebook",
        "WhatsApp",
        "Twitter",
        "pal\u2219liar",
    ):
        assert f": {words}\n" in told
    assert town.errors() == []


def test_the_same_file_gives_the_same_note(town: Project) -> None:
    """Also from another folder; and none is ever overwritten."""
    note, _ = imported(town, "nota.txt", RELEASE)
    again, _ = imported(town, "altra.txt", RELEASE, "--id", "altra")
    assert note == again
    done = town.saig("import", "nota.txt", "--lang", "en")
    assert done.returncode == 1
    assert "already there" in done.stderr
    assert (town.content / "notices" / "altra.md").read_text("utf-8") == note


def test_a_web_page(town: Project) -> None:
    """What it is about, and nothing of what stands around, which is told."""
    note, told = imported(town, "pagina.html", PAGE, "--kind", "page", "--id", "menor")
    assert note == (
        "---\n"
        'title: "Licencia de obra menor"\n'
        'summary: "La tramita la Sección de Obras <sin cita>. Ley de 1 de enero de 1999."\n'
        "date: 2021-03-02\n"
        "status: draft\n"
        "departments: [obres]\n"
        "---\n"
        "La tramita la **Sección de Obras** \\<sin cita>. Ley de 1 de enero de 1999.\n\n"
        "## Requisitos\n\nUno\\\ndos\n\n### Plazos\n\n"
        "| Día | Hora |\n| --- | --- |\n| Lunes | 9 \\| 10 |\n| Lunes | 11<br>12 |\n\n"
        "[Pida cita](https://www.vila.test/cita?n=1), vea los plazos o abra.\n\n"
        "![](../files/menor-1.png)\n"
    )
    assert (town.content / "files" / "menor-1.png").read_bytes() == PNG
    for words in (
        *(
            "Usamos cookies",
            "Inicio Trámites",
            "Facebook",
            "Texto para robots",
            "Su correo",
            "var a = 1;",
        ),
        *("abra (javascript:abrir())", "Plano", "Ayuntamiento de Villa", "“es-ES”"),
    ):
        assert words in told
    assert {problem["code"] for problem in town.check() if "menor" in problem["path"]} == {
        "missing-alt"
    }


def test_a_word_file(town: Project) -> None:
    """Headings, lists, tables, pictures and footnotes; tracked changes are applied, and what is not
    text is told."""
    struck = "<w:del><w:r><w:delText>dimarts</w:delText></w:r></w:del>"
    added = f"<w:ins>{run('dilluns')}</w:ins>"
    data = word_file(
        paragraph("Horari d'estiu", "Title"),
        paragraph(
            runs=f"{run('Obrim el ')}{struck}{added}{run(' amb ')}{run('cita', bold=True)}{run('.')}"
        ),
        paragraph(runs=run("Què cal dur", bold=True)),
        item("El DNI"),
        item("El # d'expedient"),
        paragraph("Horaris", "heading2"),
        table(("Dia", "Hora"), ("Dilluns", "9|14")),
        picture(),
        paragraph("Vila, 1 de juliol de 2021"),
        header="Ajuntament de Vila · pàgina 1",
        comment="Revisau-ho",
    )
    note, told = imported(town, "horari.docx", data)
    assert note == (
        "---\n"
        'title: "Horari d\'estiu"\n'
        'summary: "Obrim el dilluns amb cita."\n'
        "date: 2021-07-01\n"
        "status: draft\n"
        "---\n"
        "Obrim el dilluns amb **cita**.\n\n"
        "## Què cal dur\n\n- El DNI\n- El # d'expedient\n\n"
        "## Horaris\n\n| Dia | Hora |\n| --- | --- |\n| Dilluns | 9\\|14 |\n\n"
        "![](../files/horari-d-estiu-1.png)\n\n"
        "Vila, 1 de juliol de 2021\n"
    )
    assert (town.content / "files" / "horari-d-estiu-1.png").read_bytes() == PNG
    for words in ("dimarts", "Ajuntament de Vila · pàgina 1", "Revisau-ho"):
        assert words in told
    assert town.errors() == []


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "pdf": ("x.pdf", b"%PDF-1.7 \x00", "ask for the .docx"),
    "pdf by another name": ("x.txt", b"%PDF-1.7", "ask for the .docx"),
    "old word": ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
    "password": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "has a password"),
    "macros": ("x.docm", word_file(paragraph("Hola"), **{"vbaProject.bin": b"x"}), "macros"),
    "broken word": ("x.docx", word_file(paragraph("Hola"))[:900], "damaged"),
    "wrong xml": ("x.docx", word_file("<w:p>"), "cannot be read"),
    "no word": ("x.docx", b"PK\x03\x04" + b"\0" * 30, "damaged"),
    "binary": ("x.txt", b"\x00\x01\x02", "no text, no web page"),
    "large": ("x.txt", b"Hola. " * 90_000, "500000 can be imported"),
    "empty": ("x.txt", b" \n\n", "there is no text"),
    "only links to share it": ("x.txt", b"Facebook\nTwitter\n", "there is no text"),
    "empty page": ("x.html", b"<html><script>1</script></html>", "there is no text"),
    "deep": ("x.html", b"<h1>T</h1>" + b"<div>" * 5000 + b"x", "nested deeper"),
    "rich text": ("x.rtf", b"{\\rtf1 hola}", "save it as .docx"),
    "markdown": ("x.md", b"# Hola", "Markdown already"),
    "no id": ("x.txt", "…".encode(), "give one with --id"),
}


@pytest.mark.parametrize("which", REFUSED)
def test_what_cannot_be_imported_is_said(which: str, town: Project) -> None:
    """In one line that says what to do, and nothing is written."""
    name, data, said = REFUSED[which]
    before = sorted(town.content.rglob("*"))
    (town.root / name).write_bytes(data)
    done = town.saig("import", name, "--lang", "en")
    assert done.returncode == 1
    assert said in done.stderr
    assert sorted(town.content.rglob("*")) == before


@pytest.mark.parametrize("file", ["https://www.vila.test/x.html", "nowhere.txt", "content"])
def test_only_files_are_read(file: str, town: Project) -> None:
    done = town.saig("import", file, "--lang", "en")
    assert done.returncode == 1
    assert file in done.stderr


def test_a_picture_beside_a_page_goes_with_it(town: Project) -> None:
    """One that lies elsewhere does not, however its path is written."""
    (town.root / "pagina_fitxers").mkdir()
    (town.root / "pagina_fitxers" / "a.png").write_bytes(PNG)
    (town.root.parent / "secret.png").write_bytes(PNG)
    page = (
        '<html><h1>Plànol</h1><p>Text.</p><img src="pagina_fitxers/a.png" alt="El plànol">'
        '<img src="../secret.png" alt="S"><img src="file:///etc/passwd" alt="P">'
    )
    note, told = imported(town, "pagina.html", page)
    assert note.endswith("Text.\n\n![El plànol](../files/planol-1.png)\n")
    assert ": S\n" in told
    assert ": P\n" in told
    assert [file.name for file in (town.content / "files").glob("planol-*")] == ["planol-1.png"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Què hi ha".encode("cp1252"), "Què hi ha"),
        ("Què hi ha".encode("utf-16"), "Què hi ha"),
        ("\ufeffQuè hi ha".encode(), "Què hi ha"),
    ],
)
def test_texts_of_other_encodings(raw: bytes, said: str) -> None:
    assert article_of_text(raw).title == said


@pytest.mark.parametrize(
    ("paragraphs", "day"),
    [
        (["Palma, 4 de juliol de 2020.- L'àrea…"], "2020-07-04"),
        (["Palma, a 4 de julio de 2020"], "2020-07-04"),
        (["04/07/2020 - L'àrea"], "2020-07-04"),
        (["Data: 1r de juny de 2021", "Text"], "2021-06-01"),
        (["Santa Margalida, 12 d'agost de 2021. Text"], "2021-08-12"),
        (["La Llei 8/2020, de 13 de maig de 2020, diu"], None),
        (["Decret llei 8/2020, de 13 de maig de 2020."], None),
        (["El dia 4 de juliol de 2020 obrirem les portes a tothom"], None),
        (["Palma, 34 de juliol de 2020.- Text"], None),
        (["a", "b", "c", "d", "e", "f", "Palma, 5 de maig de 2020"], "2020-05-05"),
        (["a", "b", "c", "d", "e", "f", "Palma, 5 de maig de 2020. I més text"], None),
    ],
)
def test_the_day_is_that_of_the_dateline(paragraphs: list[str], day: str | None) -> None:
    """And never that of a norm that is cited, or of what the text tells of."""
    found = dateline(paragraphs, grammar_of(law(("es-ib",))))
    assert (found[1].isoformat() if found else None) == day


@settings(max_examples=30)
@given(
    st.text(
        st.sampled_from("ab é0159.,;:!?()[]{}<>*_`~#|\\&-+=>\"'/@\n\n\u2022·"),
        min_size=1,
        max_size=120,
    )
)
def test_any_text_is_shown_as_it_was(text: str) -> None:
    """No word of a text is lost, and none becomes markup: what Saig makes of it has the same words."""
    article = Article("T", article_of_text(f"T\n\n{text}\n\nfi".encode()).body)
    draft = draft_of(article, {}, {}, NO_GRAMMAR, "t")
    shown = plain(draft.body).removesuffix("fi").replace("https://www", "www")
    assert letters(shown) == letters(text)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def test_all_else_works_without_what_only_an_import_needs(town: Project) -> None:
    """Who builds a site has installed ``requirements.txt`` alone."""
    page = town.root.parent / "page.html"
    page.write_text("<!doctype html><title>Avís</title><p>Text")
    lack = (
        "import runpy, sys; "
        "sys.modules.update(dict.fromkeys(('bs4', 'lxml', 'mammoth', 'markdownify'))); "
        f"sys.argv[0] = {str(REPOSITORY / 'scripts' / 'saig')!r}; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    python = Path(sys.executable)
    shown = town.run(python, "-c", lack, "--help")
    assert shown.returncode == 0 and "import " in shown.stdout, shown.stderr
    refused = town.run(python, "-c", lack, "import", str(page))
    assert refused.returncode == 1 and "requirements-import.txt" in refused.stderr
    assert "Saig failed" not in refused.stderr
