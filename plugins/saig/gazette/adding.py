"""A norm without a note: its record, and the note that is made of it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from ..catalogue.catalogue import Catalogue
from ..catalogue.entry import Entry
from ..notes.norm_fields import addresses_of
from ..refusal import Refused
from ..words import N_, for_editors
from .ask import GazetteClient, NotThere, Silence
from .compare import identifier_of
from .new_note import NewNote, id_of, note_of
from .offline import record_in
from .records import IDENTIFIER, GazetteRecord, Unusable, record_of
from .spanish import ELI

Asked = tuple[str | None, str | None]
"""An identifier, or an ELI address."""


def read_identifier(which: str) -> Asked:
    """The identifier or ELI address in what was typed: ``BOE-A-2024-15575``, an ELI address, or an
    address with such an identifier. Raises ``Refused``."""
    typed = which.strip()
    if IDENTIFIER.fullmatch(typed.upper().replace("-I-", "-i-")):
        return typed.upper().replace("-I-", "-i-"), None
    eli = re.sub(r"^http:", "https:", typed).rstrip("/")
    eli = re.sub(r"/(?:con|dof)(?:/.*)?$", "", eli)
    if ELI.fullmatch(eli):
        return None, eli
    if found := IDENTIFIER.search(typed):
        return found[0], None
    raise Refused(
        N_(
            "“%(typed)s” is no identifier of the gazette, as in BOE-A-2024-15575, and no ELI address, "
            "as in https://www.boe.es/eli/es-ib/l/2024/05/03/3"
        ),
        typed=typed[:200],
    )


def fetched(
    asked: Asked, folder: Path | None, base: str, pause: float, seconds: float, lang: str
) -> GazetteRecord:
    """The gazette's record. Raises ``Refused`` if there is none, or the gazette does not answer."""
    name = asked[0] or asked[1]
    try:
        if folder:
            record = record_in(folder, *asked)
        else:
            record = asyncio.run(_asked(asked, base, pause, seconds))
    except NotThere:
        record = None
    except Silence as silence:
        reason = silence.said(lang)
        message = N_("the gazette does not say anything of %(name)s: %(reason)s")
        raise Refused(message, name=name, reason=reason) from None
    except (Unusable, OSError, ValueError, RecursionError):
        message = N_("the gazette does not say anything of %(name)s: %(reason)s")
        reason = for_editors(N_("its answer is not of the shape that is known"), lang)
        raise Refused(message, name=name, reason=reason) from None
    if record is None:
        raise Refused(N_("the gazette has no data of %(name)s"), name=name)
    return record


async def _asked(asked: Asked, base: str, pause: float, seconds: float) -> GazetteRecord:
    async with GazetteClient(base, seconds, pause) as gazette:
        identifier = asked[0] or await gazette.identifier_of(asked[1] or "")
        metadata, analysis = await gazette.metadata(identifier), await gazette.analysis(identifier)
        record = record_of(metadata, analysis, await gazette.own_eli(identifier))
    if asked[1] and record.eli and record.eli != asked[1]:
        raise NotThere(N_("it has nothing at %(address)s"), address=asked[1])
    return record


def added(catalogue: Catalogue, record: GazetteRecord, lang: str) -> NewNote:
    """The note. Raises ``Refused`` if the norm has one already."""
    entries = catalogue.every("norm")
    known: dict[str, Entry] = {}
    for entry in entries:
        identifier = identifier_of(entry.facts)
        if identifier:
            known[identifier] = entry
        if identifier == record.identifier or (
            record.eli and record.eli in addresses_of(entry.facts)
        ):
            path = entry.original.source.path
            raise Refused(N_("the norm has a note already: %(path)s"), path=path)
    taken = {entry.id: entry for entry in entries}
    identifier = id_of(record, catalogue.site.languages[0], taken)
    return note_of(record, identifier, catalogue.site.languages, known, catalogue.day, lang)
