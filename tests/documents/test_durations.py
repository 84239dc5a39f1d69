"""Lengths of time as citizens of each country read them."""

from __future__ import annotations

import pytest
from project import REPOSITORY
from saig.documents.durations import length_of_time
from saig.words import Translator


@pytest.mark.parametrize(
    ("lang", "duration", "said"),
    [
        ("ca", "P1D", "1 dia"),
        ("ca", "P1Y6M", "1 any i 6 mesos"),
        ("es", "P20D", "20 días"),
        ("eu", "P3M", "3 hilabete"),
        ("gl", "P15D", "15 días"),
        ("pt", "P90D", "90 dias"),
        ("it", "P30D", "30 giorni"),
        ("ga", "P56D", "56 lá"),
        ("nl", "P8M", "8 maanden"),
        ("pl", "P5D", "5 dni"),
        ("ar-MA", "P2M", "شهران"),
    ],
)
def test_a_length_is_said_with_the_words_of_its_language(
    lang: str, duration: str, said: str
) -> None:
    """Also where CLDR has one form for long and short, as it has in most languages."""
    words = Translator.of(REPOSITORY / "theme" / "translations", lang)
    assert (length_of_time(words, duration) or "").replace("\N{NO-BREAK SPACE}", " ") == said
