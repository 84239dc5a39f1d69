"""Names of norms and acts as a record gives them, in Spanish, and the same in Catalan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..citations.grammar import Grammar, grammar_of
from ..citations.recognise import citations
from ..packs.load import law
from .spanish import DAY, Date, day_in, folded

CATALAN = {
    "l": "Llei",
    "lo": "Llei orgànica",
    "dl": "Decret llei",
    "rdl": "Reial decret llei",
    "rdlg": "Reial decret legislatiu",
    "dlg": "Decret legislatiu",
    "rd": "Reial decret",
    "d": "Decret",
    "o": "Ordre",
    "res": "Resolució",
}
SPANISH = {
    "l": "Ley",
    "lo": "Ley Orgánica",
    "dl": "Decreto-ley",
    "rdl": "Real Decreto-ley",
    "rdlg": "Real Decreto Legislativo",
    "dlg": "Decreto Legislativo",
    "rd": "Real Decreto",
    "d": "Decreto",
    "o": "Orden",
    "res": "Resolución",
}
_CATALAN_ACTS = {
    "sentencia": "Sentència",
    "auto": "Interlocutòria",
    "acuerdo": "Acord",
    "providencia": "Provisió",
}
_MONTHS = [
    "de gener",
    "de febrer",
    "de març",
    "d'abril",
    "de maig",
    "de juny",
    "de juliol",
    "d'agost",
    "de setembre",
    "d'octubre",
    "de novembre",
    "de desembre",
]
_SPANISH_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_ACT = re.compile(
    r"(?P<word>sentencia|auto|acuerdo|providencia|resolucion)(?: (?P<number>\d+/\d{4}))?"
)


def grammar() -> Grammar:
    """How the gazette's records cite."""
    return grammar_of(law(("es",)))


@dataclass(frozen=True)
class Name:
    """``by``: in each language. ``number``: as in ``12/2017``; ``date``: the day of the act."""

    by: dict[str, str]
    number: str = ""
    date: Date | None = None


def name_of(words: str) -> Name:
    """The name of a norm or an act in a record. What is not understood stays as it is, in Spanish
    only."""
    plain = folded(words)
    whole = day_in(found[0]) if (found := re.search(DAY, plain)) else None
    cited = next(iter(citations(words, grammar())), None)
    if cited and cited.start == 0 and cited.type in CATALAN and cited.number:
        number = f"{cited.number}/{cited.year}"
        day = cited.date or whole
        return _in_both(CATALAN[cited.type], SPANISH[cited.type], number, day)
    act = _ACT.match(plain)
    if act is None:
        return Name({"es": words}, date=whole)
    number = act["number"] or ""
    day = whole or _day_of_year(plain, number)
    catalan = _CATALAN_ACTS.get(act["word"], "Resolució")
    return _in_both(catalan, words.split(" ")[0].capitalize(), number, day)


def issue_name(gazette: str, number: str, date: Date | None) -> Name:
    """``BOIB núm. 97, de 30 de maig de 2020``."""
    name = f"{gazette} núm. {number}"
    if date is None:
        return Name({"ca": name, "es": name})
    return Name(
        {"ca": f"{name}, {catalan_day(date)}", "es": f"{name}, {spanish_day(date)}"}, date=date
    )


def catalan_day(day: Date, *, with_year: bool = True) -> str:
    of = "d'" if day.day in (1, 11) else "de "
    year = f" de {day.year}" if with_year else ""
    return f"{of}{day.day} {_MONTHS[day.month - 1]}{year}"


def spanish_day(day: Date, *, with_year: bool = True) -> str:
    year = f" de {day.year}" if with_year else ""
    return f"de {day.day} de {_SPANISH_MONTHS[day.month - 1]}{year}"


def _in_both(catalan: str, spanish: str, number: str, day: Date | None) -> Name:
    said = f" {number}" if number else ""
    if day is None:
        return Name({"ca": f"{catalan}{said}", "es": f"{spanish}{said}"}, number)
    comma = "," if number else ""
    year = not number or number.rpartition("/")[2] != str(day.year)
    return Name(
        {
            "ca": f"{catalan}{said}{comma} {catalan_day(day, with_year=year)}",
            "es": f"{spanish}{said}{comma} {spanish_day(day, with_year=year)}",
        },
        number,
        day,
    )


def _day_of_year(plain: str, number: str) -> Date | None:
    """``148/2021, de 14 de julio``: the year is the number's."""
    year = number.rpartition("/")[2]
    found = re.search(r"(\d{1,2}) de ([a-z]+)", plain)
    return day_in(f"{found[1]} de {found[2]} de {year}") if found and year else None
