"""The digests by which a translation says which text it is of."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.notes.sentences import DIGESTS, difference, digests, sentences

TEXT = """\
## Quan

Obrim el **dilluns** de 9 a 14 h. Veniu amb [cita](../services/cita.md): no n'hi ha d'altra.

- El DNI
- Els "papers" de l'any 2020

| Dia | Hora |
| --- | --- |
| Dimarts | 10 |
"""


def of(text: str, title: str = "Horari", summary: str = "Quan obrim.") -> str:
    return digests(title, summary, text)


SAME = {
    "wrapped": "\n\n".join(
        textwrap.fill(one, 30) if one[0] in "OV" else one for one in TEXT.split("\n\n")
    ),
    "quoted": TEXT.replace('"papers"', "«papers»").replace("n'hi", "n’hi"),
    "other marks": TEXT.replace("**dilluns**", "_dilluns_").replace("- ", "* "),
    "spaces": TEXT.replace(" de ", "  de ").replace("\n\n", "\n\n\n"),
    "other line ends": TEXT.replace("\n", "\r\n"),
    "composed otherwise": TEXT.replace("ó", "o\u0301"),
}
OTHER = {
    "another day": TEXT.replace("dilluns", "dimecres"),
    "another hour": TEXT.replace("14 h", "13 h"),
    "another address": TEXT.replace("cita.md", "altra.md"),
    "one more": TEXT + "\nI més.\n",
    "one less": TEXT.replace("- El DNI\n", ""),
    "another cell": TEXT.replace("| 10 |", "| 11 |"),
}


@pytest.mark.parametrize("how", SAME)
def test_how_a_text_is_written_changes_nothing(how: str) -> None:
    assert of(SAME[how]) == of(TEXT)


@pytest.mark.parametrize("how", OTHER)
def test_what_a_text_says_does(how: str) -> None:
    found = difference(of(TEXT), of(OTHER[how]))
    assert len(found.new) + len(found.gone) in (1, 2)


def test_title_and_summary_are_among_them() -> None:
    assert len(difference(of(TEXT), of(TEXT, title="Horaris")).new) == 1
    assert len(difference(of(TEXT), of(TEXT, summary="Quan tanquem.")).new) == 1


@settings(max_examples=50)
@given(st.text(st.sampled_from("ab .!?:\n*-|#[]()é'«»\\`_1"), max_size=80))
def test_any_text_has_digests(text: str) -> None:
    """Spaces between its words change none."""
    said = of(text)
    assert DIGESTS.fullmatch(said)
    assert difference(said, said) == ([], [])
    every = [one.digest for one in sentences("Horari", "Quan obrim.", text)]
    assert " ".join(every) == said
    assert of(" ".join(text.split()) if "\n" not in text else text) == said
