"""The gazette's data of one norm, in any of their shapes → a record.

A list with one item may be the item itself; what is empty may be absent, ``""``, ``[]`` or ``{}``.
Missing data are None, and mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from .analysis import Issue, RecordReading, issue_in, read_record
from .spanish import DAY, Date, compact_day, day_in, folded, tidied

IDENTIFIER = re.compile(r"[A-Z]{3,6}-[A-Za-z]-\d{4}-\d{1,6}")
"""How gazettes name what they publish: ``BOE-A-2020-8011``, ``BOIB-i-2020-90207``."""

GAZETTES = {
    "boletin oficial del estado": "BOE",
    "gaceta de madrid": "GAZ",
    "boletin oficial de las illes balears": "BOIB",
    "boletin oficial de las islas baleares": "BOIB",
    "diario oficial de la generalitat de catalunya": "DOGC",
    "diari oficial de la generalitat valenciana": "DOGV",
}


class Unusable(ValueError):
    """Data that are not a record of a norm."""


@dataclass(frozen=True)
class Reference:
    """One record of the analysis: the other norm (or act), and the words about it."""

    identifier: str
    code: str
    verb: str
    text: str
    reading: RecordReading


@dataclass(frozen=True)
class GazetteRecord:
    """What the gazette says of a norm. ``repealed``, ``annulled``, ``expired``: None where it does
    not say. ``over_from``: the first day on which it is out of force. ``is_followed``: whether
    later changes are recorded. ``before``: what it does to others; ``after``: what others do to it.
    ``own_gazette``: the issue of its own gazette, where the State's only publishes it again."""

    identifier: str
    updated: str = ""
    title: str = ""
    eli: str = ""
    date: Date | None = None
    number: str = ""
    rank: str = ""
    gazette: str = ""
    issue: str = ""
    published: Date | None = None
    in_force_from: Date | None = None
    repealed: bool | None = None
    annulled: bool | None = None
    expired: bool | None = None
    over_from: Date | None = None
    is_followed: bool = True
    own_gazette: Issue | None = None
    own_eli: str = ""
    before: tuple[Reference, ...] = ()
    after: tuple[Reference, ...] = ()

    @property
    def is_over(self) -> bool:
        return bool(self.repealed or self.annulled or self.expired)


def record_of(metadata: Any, analysis: Any, own_eli: str = "") -> GazetteRecord:
    """The record of ``metadatos`` and ``analisis``. Raises ``Unusable`` if the first is missing."""
    said = unwrapped(metadata)
    if not isinstance(said, Mapping) or not IDENTIFIER.fullmatch(_text(said.get("identificador"))):
        raise Unusable
    found = unwrapped(analysis)
    found = found if isinstance(found, Mapping) else {}
    notes = list(_texts(found.get("notas")))
    references = found.get("referencias")
    references = references if isinstance(references, Mapping) else {}
    repealed, annulled = _flag(said, "estatus_derogacion"), _flag(said, "estatus_anulacion")
    expired = _flag(said, "vigencia_agotada")
    days = [compact_day(_text(said.get(f"fecha_{name}"))) for name in ("derogacion", "anulacion")]
    over = min((day for day in days if day), default=None) if repealed or annulled else None
    return GazetteRecord(
        identifier=_text(said.get("identificador")),
        updated=_text(said.get("fecha_actualizacion")),
        title=_text(said.get("titulo")),
        eli=_text(said.get("url_eli")).replace("http://", "https://", 1),
        date=compact_day(_text(said.get("fecha_disposicion"))),
        number=_text(said.get("numero_oficial")),
        rank=_text(said.get("rango")),
        gazette=GAZETTES.get(folded(_text(said.get("diario"))), ""),
        issue=_text(said.get("diario_numero")),
        published=compact_day(_text(said.get("fecha_publicacion"))),
        in_force_from=compact_day(_text(said.get("fecha_vigencia"))),
        repealed=repealed,
        annulled=annulled,
        expired=bool(expired and not repealed and not annulled) if expired is not None else None,
        over_from=over or (_end_in(notes) if expired and not repealed else None),
        is_followed=_code(said.get("estado_consolidacion")) != "0",
        own_gazette=next((issue for note in notes if (issue := _own(note))), None),
        own_eli=own_eli,
        before=tuple(_references(references.get("anteriores"), "anterior")),
        after=tuple(_references(references.get("posteriores"), "posterior")),
    )


def unwrapped(answer: Any) -> Any:
    """The content of an answer: what stands in ``data``, alone or as a list of one."""
    if isinstance(answer, Mapping) and "data" in answer:
        answer = answer["data"]
    if isinstance(answer, list):
        answer = answer[0] if answer else {}
    return answer or {}


def _own(note: str) -> Issue | None:
    if not re.search(r"publicad", folded(note)):
        return None
    issue = issue_in(note)
    return issue if issue and issue.gazette != "BOE" else None


def _end_in(notes: list[str]) -> Date | None:
    """``ha dejado de estar vigente a las 00:00 horas del día 21 de junio de 2020``: the first day
    out of force; at any other hour of a day the next one."""
    for note in map(folded, map(tidied, notes)):
        if not re.search(
            r"dejado de estar vigente|vigencia (?:agotada|hasta|finalizad)|vigente hasta", note
        ):
            continue
        found = re.search(
            rf"(?P<hour>\d{{1,2}}[:.]\d\d)? ?(?:horas? )?(?:del? |el |hasta el )?(?:dia )?(?P<day>{DAY})",
            note,
        )
        day = day_in(found["day"]) if found else None
        if day and found:
            is_start = re.fullmatch(r"0?0[:.]00", found["hour"] or "")
            return day if is_start else day + timedelta(days=1)
    return None


MOST = 2_000
"""The most references of a norm that are read; some hundreds were seen."""


def _references(said: Any, name: str) -> Iterator[Reference]:
    for one in islice(_flat(said, name), MOST):
        relation = one.get("relacion")
        verb = _text(relation)
        code = _code(relation)
        text = one.get("texto")
        text = tidied(text) if isinstance(text, str) else ""
        identifier = _text(one.get("id_norma"))
        if not (verb or code):
            continue
        yield Reference(identifier, code, verb, text, read_record(code, verb, text))


def _flat(said: Any, name: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The things named ``name``, however they are wrapped."""
    if depth > 6:
        return
    if isinstance(said, list):
        for one in said:
            yield from _flat(one, name, depth + 1)
    elif isinstance(said, Mapping):
        if name in said:
            yield from _flat(said[name], name, depth + 1)
        elif "relacion" in said or "id_norma" in said:
            yield said


def _texts(said: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif depth > 6:
        return
    elif isinstance(said, list):
        for one in said:
            yield from _texts(one, depth + 1)
    elif isinstance(said, Mapping):
        for name in ("nota", "texto", "text"):
            yield from _texts(said.get(name), depth + 1)


def _flag(said: Mapping[str, Any], name: str) -> bool | None:
    text = _text(said.get(name)).upper()
    return {"S": True, "SI": True, "SÍ": True, "N": False, "NO": False}.get(text)


def _text(said: Any) -> str:
    if isinstance(said, Mapping):
        said = said.get("texto", said.get("text"))
    if isinstance(said, bool) or not isinstance(said, str | int):
        return ""
    return tidied(str(said))


def _code(said: Any) -> str:
    return _text(said.get("codigo")) if isinstance(said, Mapping) else ""
