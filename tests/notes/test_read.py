"""What is asked for cheaply first when a note is read is found however it is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from saig.notes.address import file_of, with_index, without_index
from saig.notes.files import Source
from saig.notes.models import KINDS
from saig.notes.read import Reading, read_note
from saig.notes.validation import model_in
from saig.packs.load import law

SOURCE = Source("content/notices/x.md", "notice", "x", "ca", is_original=True)


def reading(summary: str = "S.", body: str = "Text.") -> Reading:
    text = f"---\ntitle: T\nsummary: {summary}\ndate: 2026-05-01\n---\n{body}\n"
    return read_note(SOURCE, text.encode(), ["ca", "es"], law(("es-ib",)))


@pytest.mark.parametrize(
    "body",
    [
        "La Llei 39/2015 diu",
        "La Llei 39&#47;2015 diu",
        "La Llei 39/\n2015 diu",
        "La Llei 39 / 92 diu",
        "Segons la **vigent** Llei 39/2015",
        "L'Ordre de 3 de juny de 1998",
        "L'Ordre de 3 de juny de 20\u00ad20",
        "L'Ordre de 3 de juny de 20&shy;20",
        "El Reglament (UE) 2016/679",
        "L'Ordre TES/1240/2022 diu",
    ],
)
def test_a_citation_is_found_however_its_number_is_typed(body: str) -> None:
    note = reading(body=body).note
    assert note
    assert len(note.body.citations) == 1


@pytest.mark.parametrize(
    ("summary", "body"),
    [
        ("Obrim dilluns 23 de novembre de 2026.", ""),
        ('"Obrim dil\\u006cuns 23 de novembre de 2026."', ""),
        ('"Obrim dil\\\n  luns 23 de novembre de 2026."', ""),
        ("S.", "Obrim DILLUNS 23 de novembre de 2026."),
        ("S.", "Abrimos el sabado 21 de noviembre de 2026."),
        ("S.", "We open on Tuesday, November 24, 2026."),
    ],
)
def test_a_date_with_its_weekday_is_found_however_it_is_typed(summary: str, body: str) -> None:
    note = reading(summary, body).note
    assert note
    assert [day.month for day in note.weekday_dates] == [11]


@pytest.mark.parametrize("summary", ["Obrim demà.", '"Obrim dem\\xe0."', "Abrimos mañana."])
def test_a_relative_day_is_found_however_it_is_typed(summary: str) -> None:
    note = reading(summary).note
    assert note
    assert len(note.relative_days) == 1


def test_a_control_character_is_found_however_it_is_typed() -> None:
    escaped, raw = reading('"a\\ab"'), reading("a\x07b")
    found = [(problem.line, problem.code) for one in (escaped, raw) for problem in one.problems]
    assert found == [(3, "not-utf8"), (3, "not-utf8")]
    assert not reading("Escola «La Vila», 3º · ¿què?").problems


@given(st.lists(st.sampled_from(["a", "b.pdf", "index.html", "índex"]), min_size=1), st.booleans())
def test_an_address_and_the_file_that_answers_lead_to_each_other(
    parts: list[str], ends: bool
) -> None:
    address = "/" + "/".join(parts) + "/" * ends
    assert with_index(without_index(address)) == with_index(address)
    assert file_of(address) == file_of(without_index(address))
    assert not file_of(address).endswith("/")


VALUES = ["", "x", "1", "1.5", "true", "[]", "[1]", "[x]", "[[]]", "[{}]", "{}", "{1: 1}", "{ca: }"]


def fields_of(model: type[BaseModel], depth: int = 2) -> Iterator[tuple[str, ...]]:
    """The paths of the fields of a model, and of those that they hold."""
    for name, field in model.model_fields.items():
        path = (field.alias or name,)
        yield path
        if depth and (inner := model_in(field.annotation)):
            yield from ((*path, *below) for below in fields_of(inner, depth - 1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_any_type_is_told_in_words(kind: str) -> None:
    """Whatever stands in a field: no validator fails at it."""
    source = Source(f"content/{kind}s/x.md", kind, "x", "ca", is_original=True)
    for first, *below in fields_of(KINDS[kind]):
        for value in VALUES:
            for name in reversed(below):
                value = f"[{{{name}: {value}}}]"
            text = f"---\ntitle: T\nsummary: S.\ndate: 2026-05-01\n{first}: {value}\n---\n"
            found = read_note(source, text.encode(), ["ca", "es"], law(("es-ib",))).problems
            assert "internal" not in {problem.code for problem in found}, text
