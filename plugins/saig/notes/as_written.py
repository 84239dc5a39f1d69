"""Codes as people write them, in the languages of the messages: ``videoconferència`` for ``video``.
These are tables, to be read and corrected. In each table a word stands for only one code; accents
and capitals are ignored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import BeforeValidator

CHANNELS = {
    "in-person": "presencial presencialment presencialmente | en persona | in person",
    "video": "videoconferència videoconferencia videotrucada videollamada videoconference | per videoconferència"
    " | por videoconferencia | video call",
    "phone": "telèfon teléfono telefon telephone | per telèfon | por teléfono | by phone",
    "email": "correu correo e-mail mail | correu electrònic | correo electrónico | per correu electrònic"
    " | por correo electrónico",
    "online": "telemàtic telemàtica telemático telemática internet | en línia | en línea | per internet | por internet"
    " | seu electrònica | sede electrónica",
    "post": "| correu postal | correo postal | per correu postal | por correo postal | by post",
}
APPOINTMENTS = {
    "required": "obligatòria obligatoria necessària necesaria obligatori obligatorio sí si | amb cita | con cita",
    "optional": "opcional voluntària voluntaria",
    "none": "cap no ninguna ningú | sense cita | sin cita",
}
URGENCIES = {
    "routine": "rutina normal ordinari ordinaria ordinario ordinària",
    "important": "importante",
    "urgent": "urgente",
}
STATUSES = {
    "published": "publicat publicada publicado",
    "draft": "esborrany borrador",
    "hidden": "ocult oculta oculto amagat amagada",
}
RELATIONS = {
    "amends": "modifica",
    "adds": "afegeix añade",
    "removes": "suprimeix suprime",
    "repeals": "deroga",
    "repeals-part": "| deroga en part | deroga parcialment | deroga en parte | deroga parcialmente",
    "annuls": "anul·la anula",
    "suspends": "suspèn suspende",
    "lifts": "aixeca alça levanta alza | aixeca la suspensió | alça la suspensió | levanta la suspensión"
    " | alza la suspensión",
    "prorogues": "prorroga",
    "develops": "desplega desenvolupa desarrolla",
    "validates": "convalida",
    "corrects": "corregeix corrige",
    "continues": "continua continúa",
    "challenges": "impugna recorre",
}


TABLES = (CHANNELS, APPOINTMENTS, URGENCIES, STATUSES, RELATIONS)


def read_as(table: Mapping[str, str]) -> BeforeValidator:
    """Validates a field of such codes: known words become the code, anything else stays."""
    codes = _codes(table)

    def read(value: Any) -> Any:
        return codes.get(folded(value), value) if isinstance(value, str) else value

    return BeforeValidator(read)


def stands_for(word: str, code: str) -> bool:
    """Whether a table has this word, with this code."""
    return any(_codes(table).get(folded(word)) == code for table in TABLES)


def _codes(table: Mapping[str, str]) -> dict[str, str]:
    """Each word, without capitals and accents, with its code."""
    found = {}
    for code, words in table.items():
        first, *others = words.split("|")
        for word in (code, *first.split(), *others):
            found[folded(word)] = code
    return found


def folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", " ".join(word.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
