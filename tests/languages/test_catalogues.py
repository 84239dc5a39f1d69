"""Catalogues of words as translators write them: what is wrong is told, and never ends a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import Project
from saig.words import Translator

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
WRONG = {
    'msgid "until %(date)s"\nmsgstr "hasta %(data)s"\n': (6, "%(data)s is not in the text"),
    'msgid "until %(date)s"\nmsgstr "hasta"\n': (6, "%(date)s is missing"),
    'msgid "until %(date)s"\nmsgstr "hasta %(date)d"\n': (6, "%(date)d is not in the text"),
    'msgid "until %(date)s"\nmsgstr "50 % hasta %(date)s"\n': (6, "a % must be written %%"),
    'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "un día"\nmsgstr[1] "días"\n': (
        6,
        "%(n)d is missing",
    ),
    'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n': (
        6,
        "cannot be read",
    ),
    'msgid "a"\nmsgstr "b\n': (7, "cannot be read"),
    'msgid "a"\nnonsense "b"\n': (7, "cannot be read"),
}


def catalogue(town: Project, lang: str = "es") -> Path:
    return town.root / "theme/translations" / lang / "LC_MESSAGES/messages.po"


def words(town: Project, *arguments: str) -> list[tuple[str, int, str, str]]:
    return [
        (p["code"], p["line"], p["severity"], p["message"])
        for p in town.check(*arguments)
        if p["path"] == "theme/translations/es/LC_MESSAGES/messages.po"
    ]


@pytest.mark.parametrize(("text", "wanted"), WRONG.items(), ids=map(str, range(len(WRONG))))
def test_what_is_wrong_is_found(text: str, wanted: tuple[int, str]) -> None:
    """At its line, and what is left can be used."""
    from saig import po

    read, faults = po.read((HEADER + text).encode(), None)
    said = faults[0].message % faults[0].values if faults[0].values else faults[0].message
    assert faults[0].line == wanted[0] and wanted[1] in said
    assert len(faults) == 1
    assert read is None or not any(po.is_translated(m) for m in read if m.id)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "\xe9"\n', 5),
        (HEADER.replace("UTF-8", "ISO-8859-1").encode(), 3),
        (
            HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=x; plural=__import__").encode(),
            1,
        ),
        (b"\x00\x01", 1),
    ],
)
def test_what_is_no_catalogue_is_told(raw: bytes, line: int) -> None:
    from saig import po

    _, faults = po.read(raw + b'\nmsgid "b"\nmsgstr "c"\n', None)
    assert [fault.line for fault in faults] == [line] or not faults


def test_a_wrong_placeholder_never_ends_a_build(town: Project) -> None:
    """The words are then English; the public site waits for the correction."""
    path = catalogue(town)
    text = path.read_text("utf-8")
    place = next(
        line for line in text.splitlines() if line.startswith("msgstr") and "%(date)s" in line
    )
    path.write_text(text.replace(place, place.replace("%(date)s", "%(data)s"), 1), "utf-8")
    ((code, line, severity, message),) = words(town)
    assert (code, severity) == ("bad-words", "error") and "%(data)s is not in the text" in message
    assert line in range(text[: text.index(place)].count("\n") - 2, text.count("\n"))
    town.build()
    assert town.saig("build", "--production").returncode == 1
    path.write_bytes(b"\xff\xfe")
    town.build()


def test_an_incomplete_catalogue_is_told(town: Project) -> None:
    """How many, and where; an error only of the public site. English needs none."""
    assert words(town, "--production") == []
    path = catalogue(town)
    entries = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join(entries[:-3]) + "\n", "utf-8")
    ((code, _, severity, message),) = words(town)
    assert (code, severity) == ("incomplete-words", "warning")
    assert message.startswith("3 texts of the interface are not translated")
    assert [found[2] for found in words(town, "--production")] == ["error"]
    path.write_text(HEADER, "utf-8")
    ((_, line, _, message),) = words(town)
    assert line == 1 and int(message.split()[0]) > 200


def test_a_catalogue_is_what_its_file_says_now(tmp_path: Path) -> None:
    """``saig serve`` builds again and again in one process, and the file may have changed."""
    path = tmp_path / "ca/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    for said in ("Portada", "Inici"):
        path.write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            f'msgid "Home"\nmsgstr "{said}"\n',
            "utf-8",
        )
        assert Translator.of(tmp_path, "ca").gettext("Home") == said
