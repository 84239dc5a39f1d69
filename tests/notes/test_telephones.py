"""Telephone numbers and extensions, as editors write them and as readers see them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from saig.catalogue.telephones import shown
from saig.languages import country_of
from saig.notes.models import Telephone


def number(typed: object) -> str:
    return Telephone.model_validate({"number": typed}).number


def told(country: str = "ES", **fields: object) -> tuple[str, str | None]:
    """The hint, filled in, and what is to stand instead of the value if that is certain."""
    with pytest.raises(ValidationError) as raised:
        Telephone.model_validate({"number": "010", **fields}, context={"country": country})
    [error] = raised.value.errors()
    assert error["type"] == "bad-value"
    return error["ctx"]["hint"] % error["ctx"], error["ctx"].get("mended")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("+34971225900", "+34971225900"),
        ("+34 971 22 59 00", "+34971225900"),
        ("(+34) 971.22.59.00", "+34971225900"),
        ("+34-971-225-900", "+34971225900"),
        ("+34\u00a0971\u202f22\u00a059\u00a000", "+34971225900"),
        ("+376 801 117", "+376801117"),
        ("010", "010"),
        ("092", "092"),
        ("112", "112"),
        ("012", "012"),
        ("061", "061"),
        ("016", "016"),
        ("1 1 2", "112"),
        ("116 111", "116111"),
        ("11888", "11888"),
        ("900 123 456", "900123456"),
        ("800.123.456", "800123456"),
        (" 010 ", "010"),
        ("٠١٠", "010"),
    ],
)
def test_a_number_is_read_whatever_its_spaces(typed: str, read: str) -> None:
    assert number(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0034 971 22 59 00", "+34971225900"),
        ("34 971 22 59 00", "+34971225900"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("tel:+34971225900", "+34971225900"),
        ("Tel. +34 971 22 59 00", "+34971225900"),
        ("Telèfon: 010", "010"),
        ("T. 112", "112"),
        ("+34 010", "010"),
        ("+34112", "112"),
    ],
)
def test_her_own_number_is_given_back_as_it_is_to_be_written(typed: str, meant: str) -> None:
    assert told(number=typed) == (f"write it as {meant}", meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("971 22 59 00", "+34971225900, if that is the site's own"),
        ("630308226", "+34630308226, if that is the site's own"),
        ("971.17.91.66", "+34971179166, if that is the site's own"),
        ("21 000 0000", "+…210000000"),
        ("+34971225900 ext. 8549", "number: +34971225900 and extensions: [8549]"),
        ("0034 971 22 59 00 (ext 8549)", "number: +34971225900 and extensions: [8549]"),
        ("+34 971 22 59 00, extensió 8549", "number: +34971225900 and extensions: [8549]"),
        ("+34971225900;ext=8549", "number: +34971225900 and extensions: [8549]"),
        ("+34971225900 x8549", "number: +34971225900 and extensions: [8549]"),
        (
            "+34971225900 / +34971225901",
            "{number: +34971225900}, {number: +34971225901}",
        ),
        ("971 22 59 00 i 971 22 59 01", "{number: 971225900}, {number: 971225901}"),
        ("la centraleta", "digits alone"),
        ("+34", "digits alone"),
        ("12", "digits alone"),
        ("+0971225900", "digits alone"),
        ("+34971225900123456", "digits alone"),
    ],
)
def test_what_is_not_certain_is_said_with_her_own_digits(typed: str, said: str) -> None:
    hint, mended = told(number=typed)
    assert said in hint
    assert mended is None


@pytest.mark.parametrize(
    ("typed", "country", "said"),
    [
        ("21 000 0000", "PT", "+351210000000, if"),
        ("01 42 76 40 40", "FR", "+33142764040, if"),
        ("030 90269 0", "DE", "+4930902690, if"),
        ("971 22 59 00", "PT", "+…971225900"),
    ],
)
def test_a_number_without_its_country_is_held_to_be_the_sites(
    typed: str, country: str, said: str
) -> None:
    assert said in told(country, number=typed)[0]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [("ext. 8549", "8549"), ("8549-8551", None), ("8549 i 8551", None), ("centraleta", None)],
)
def test_an_extension_is_what_is_dialled(typed: str, mended: str | None) -> None:
    """A card and a link have it to dial, so it is digits alone."""
    assert told(extensions=[typed])[1] == mended
    assert Telephone.model_validate(
        {"number": "010", "extensions": ["08", "85 49"]}
    ).extensions == [
        "08",
        "8549",
    ]


@given(st.text(max_size=30) | st.from_regex(r"[+(0-9]{0,4}[0-9 ./()-]{0,20}(ext\. ?[0-9]{1,4})?"))
def test_whatever_is_typed_is_a_number_or_is_told(typed: str) -> None:
    """A mended number is one, and no hint has a number of another."""
    try:
        found: str | None = number(typed)
    except ValidationError as raised:
        context: Any = raised.errors()[0]["ctx"]
        assert context["hint"] % context
        found = context.get("mended")
    if found is not None:
        assert number(found) == found
        typed_digits = "".join(str(int(c)) for c in typed if c.isdecimal())
        assert typed_digits.endswith(found.lstrip("+")) or "(0)" in typed


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Madrid", ["971 22 59 00", "+351 21 000 0000", "+376 801 117", "900 123 456"]),
        ("Atlantic/Canary", ["971 22 59 00", "+351 21 000 0000", "+376 801 117", "900 123 456"]),
        ("Europe/Lisbon", ["+34 971 22 59 00", "21 000 0000", "+376 801 117", "900 123 456"]),
        ("Europe/Andorra", ["+34 971 22 59 00", "+351 21 000 0000", "801 117", "900123456"]),
        ("UTC", ["+34 971 22 59 00", "+351 21 000 0000", "+376 801 117", "900123456"]),
    ],
)
def test_numbers_are_shown_in_the_groups_of_their_country(zone: str, said: list[str]) -> None:
    """Without the code of the site's own country, which is that of its time zone."""
    country = country_of(zone)
    numbers = ["+34971225900", "+351210000000", "+376801117", "900123456"]
    assert [shown(number, country).replace("\u00a0", " ") for number in numbers] == said


@pytest.mark.parametrize(
    ("short", "said"), [("010", "010"), ("112", "112"), ("11888", "11888"), ("116111", "116 111")]
)
def test_short_numbers_are_shown_as_they_are(short: str, said: str) -> None:
    assert shown(short, "ES") == said


def test_what_no_country_has_is_shown_as_it_is() -> None:
    assert shown("+999123456789", "ES") == "+999123456789"
