"""A note's file → a checked note. Each file is read alone, without knowing of other notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from ..citations.grammar import grammar_of
from ..packs.law import NO_LAW, Law
from ..words import N_
from .address_lists import GoneList, Ledger, Recorded
from .body import Body, BodyMarkup
from .dates_in_text import RelativeDay, WeekdayDate, may_name_days, relative_days, weekday_dates
from .decoding import decode
from .deprecated_fields import read_old_names
from .drafts import complete_fields, says_draft, with_problems
from .files import GONE, LEDGER, MAX_LIST_BYTES, SITE, Source, bytes_of
from .front_matter import Data, Place, load, split
from .internal_errors import guarded
from .link_targets import LinkTarget, link_target
from .markdown import convert
from .models import KINDS
from .note_fields import NoteFields, TranslatableFields, TranslationFields
from .odd_characters import odd_characters
from .own_packs import read_packs, unused_packs
from .placeholders import placeholders
from .plain_data import Path as FieldPath
from .plain_data import texts
from .problem import FieldProblem, Problem
from .prose_fields import prose_problems
from .references import FoundReference, names_in, references_in
from .sentences import digests
from .site import Site
from .slug import slugify
from .tracking_parameters import tracking_parameters
from .validation import untranslated, validate

BEGINNING = 20_000
"""The part of a file, in bytes, in which ``status: draft`` is looked for even if the file cannot be
read."""

Places = Mapping[FieldPath, tuple[int, int]]


@dataclass(frozen=True)
class Note:
    """One file: what its name says, its front matter, its text, and where each field stands.

    ``link_targets``: what the links of its text name, by their addresses; None where one leads out
    of ``content/``. ``references``: what its fields name, as it is written. ``digest``: SHA-256 of
    the file. ``public_digest``: of what other notes can see of it, its fields and headings.
    ``weekday_dates``: dates that its texts give with their weekday; ``relative_days``: words such
    as ``demà``, in notices alone. ``markdown``: of an original, its text as it is written.
    """

    source: Source
    fields: NoteFields | TranslatableFields
    body: Body
    places: Places = field(repr=False, compare=False, default_factory=dict)
    link_targets: Mapping[str, LinkTarget | None] = field(repr=False, default_factory=dict)
    references: tuple[FoundReference, ...] = ()
    digest: str = ""
    public_digest: str = ""
    weekday_dates: Sequence[WeekdayDate] = ()
    relative_days: Sequence[RelativeDay] = ()
    markdown: str = field(repr=False, default="")

    @cached_property
    def slug(self) -> str:
        """The last part of its address; the id where the title leaves nothing to make one of."""
        fields = self.fields
        return fields.slug or slugify(fields.short_title or fields.title) or self.source.id

    @cached_property
    def sentences(self) -> str:
        """The digests of an original's sentences. Only translations need them that say which
        sentences they were made of."""
        return digests(self.fields.title, self.fields.summary, self.markdown)

    def place(self, *path: str | int) -> Place:
        """Line and column of the value at ``path`` of the front matter, or of what holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1)) if path else (1, 1)

    def problem(
        self, code: str, message: str, hint: str, *path: str | int, **values: object
    ) -> Problem:
        return self.problem_at(self.place(*path), code, message, hint, **values)

    def problem_at(
        self, place: Place, code: str, message: str, hint: str, **values: object
    ) -> Problem:
        return Problem(self.source.path, *place, code, message, hint, values)


@dataclass(frozen=True)
class InvalidNote:
    """What can be checked of a file with errors in relation to other notes, so that all problems
    are reported at once. ``references``: what its fields name; ``names``: how others may name
    it."""

    source: Source
    body: Body
    link_targets: Mapping[str, LinkTarget | None]
    references: tuple[FoundReference, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What came of reading a file. ``note`` is None if anything in it is an error.

    ``markup``: the text's HTML; the bulk of a note, and nothing but its own page needs it.
    ``placeholders``: problems only where the public site is built. ``invalid``: what can be checked
    of a note with errors. ``says_draft``: whether the file says so, as far as it can be read.
    ``partial_note``: the note as far as it is right, for who looks at a draft.
    """

    note: Note | None
    problems: list[Problem]
    markup: BodyMarkup = field(default_factory=BodyMarkup)
    placeholders: list[Problem] = field(default_factory=list)
    invalid: InvalidNote | None = None
    says_draft: bool = False
    partial_note: Note | None = None


def read_note(
    source: Source,
    raw: bytes,
    languages: Sequence[str],
    law: Law = NO_LAW,
    country: str | None = None,
    locales: Sequence[str] = (),
) -> Reading:
    """Read one note. ``languages``: the site's, the default one first; ``law``: by which norms are
    cited, and facts read from their ELI addresses; ``country``: the site's, by its two letters,
    whose telephone numbers may lack their country; ``locales``: the languages whose names of days
    and months it has, where CLDR does not know its own.

    Whatever is wrong in the file is a problem of the ``Reading``; what is raised is ``OSError`` and
    ``MemoryError`` alone.
    """
    found = guarded(source.path, partial(_read_note, source, raw, languages, law, country, locales))
    beginning = raw[:BEGINNING].decode("utf-8", "replace").replace("\r", "\n")
    is_draft = says_draft(beginning)
    if isinstance(found, Problem):
        return Reading(None, [found], says_draft=is_draft)
    return replace(found, says_draft=is_draft)


def _read_note(
    source: Source,
    raw: bytes,
    languages: Sequence[str],
    law: Law,
    country: str | None,
    locales: Sequence[str],
) -> Reading:
    text = decode(raw)
    if isinstance(text, FieldProblem):
        return Reading(None, _located(source.path, [text]))
    parts = split(text)
    if isinstance(parts, FieldProblem):
        return Reading(None, _located(source.path, [parts]))
    front, markdown, body_line = parts
    body, markup, wrong = convert(markdown, body_line, grammar_of(law))
    data = load(front, first_line=2)
    wrong += [*data.problems, *odd_characters(text), *tracking_parameters(text)]
    fields: NoteFields | TranslatableFields | None = None
    if not _is_broken(data):
        wrong += prose_problems(front, data)
        fields, more = _fields(source, data, languages, law, country, locales)
        wrong += more
    problems = _located(source.path, wrong)
    link_targets = {
        link.address: link_target(source, link.address) for link in body.links if link.leads == "in"
    }
    is_right = fields is not None and not any(problem.is_error for problem in problems)
    if fields is None:
        fields = complete_fields(
            data,
            KINDS[source.kind] if source.is_original else TranslationFields,
            languages,
            law,
            locales,
        )
    references = tuple(references_in(data, source.kind))
    invalid = None
    if not is_right:
        names = tuple(names_in(data.value, front))
        invalid = InvalidNote(source, body, link_targets, references, names)
    if fields is None:
        return Reading(None, problems, invalid=invalid)
    # Without a \\ in the front matter its texts have no word that is not written there.
    names_days = "\\" in front or may_name_days(text)
    public = repr((front, body.headings, sorted(body.anchors)))
    note = Note(
        source,
        fields,
        body,
        data.values,
        link_targets,
        references if source.is_original else (),
        digest=sha256(raw).hexdigest(),
        public_digest=sha256(public.encode()).hexdigest(),
        weekday_dates=_weekday_dates(data, markdown, body_line) if names_days else (),
        relative_days=_relative_days(fields, data, markdown, body_line)
        if names_days and source.kind == "notice"
        else (),
        markdown=markdown if source.is_original else "",
    )
    if not is_right:
        markup = with_problems(markup, problems, source.lang)
        return Reading(None, problems, markup, invalid=invalid, partial_note=note)
    return Reading(note, problems, markup, placeholders(source.path, data, body.links))


def read_fields(
    source: Source,
    raw: bytes,
    languages: Sequence[str],
    law: Law,
    country: str | None,
    locales: Sequence[str],
) -> NoteFields | TranslatableFields | None:
    """The fields of a note as ``read_note`` reads them, in half its time, as the text is left out.
    None if they have an error."""
    text = decode(raw)
    parts = text if isinstance(text, FieldProblem) else split(text)
    if isinstance(parts, FieldProblem):
        return None
    data = load(parts[0], first_line=2)
    if _is_broken(data):
        return None
    return _fields(source, data, languages, law, country, locales)[0]


def _is_broken(data: Data) -> bool:
    """Whether there may be more in the file than could be read."""
    return data.is_incomplete or any(found.code == "yaml-syntax" for found in data.problems)


def _weekday_dates(data: Data, markdown: str, body_line: int) -> list[WeekdayDate]:
    """The days that the texts of the front matter and the text below it name."""
    found = [
        day
        for path, text in texts(data.value)
        for day in weekday_dates(text, data.place(path), is_value=True)
    ]
    return [*found, *weekday_dates(markdown, (body_line, 1))]


def _relative_days(
    fields: NoteFields | TranslatableFields, data: Data, markdown: str, body_line: int
) -> list[RelativeDay]:
    places = (data.place(("title",)), data.place(("summary",)), (body_line, 1))
    return relative_days(fields.title, fields.summary, markdown, places)


def _fields(
    source: Source,
    data: Data,
    languages: Sequence[str],
    law: Law,
    country: str | None,
    locales: Sequence[str],
) -> tuple[NoteFields | TranslatableFields | None, list[FieldProblem]]:
    if not isinstance(data.value, dict):
        return None, [_no_fields()]
    model = KINDS[source.kind] if source.is_original else TranslationFields
    old = read_old_names(data, KINDS[source.kind])
    restated = [] if source.is_original else _restated_facts(source, data)
    fields, wrong = validate(data, model, languages, law=law, country=country, locales=locales)
    wrong += [*old, *restated]
    if fields is not None:
        wrong += _untranslated(fields, data, languages)
    return fields, wrong


def _untranslated(model: BaseModel, data: Data, languages: Sequence[str]) -> list[FieldProblem]:
    return [
        FieldProblem(
            data.place(path),
            "translation-missing",
            N_("this text is not translated into: %(languages)s"),
            N_("add %(first)s: …"),
            {"languages": ", ".join(missing), "first": missing[0]},
        )
        for path, missing in untranslated(model, languages)
    ]


def _restated_facts(source: Source, data: Data) -> list[FieldProblem]:
    """Take the facts out of a translation's data, with a problem for each."""
    facts = [
        name
        for name in data.value
        if name in KINDS[source.kind].model_fields and name not in TranslatableFields.model_fields
        if name != "status" or data.value[name] in ("published", "hidden")
    ]
    for name in facts:
        del data.value[name]
    return [
        FieldProblem(
            data.key_place((name,)),
            "fact-in-translation",
            N_("%(field)s is a fact, and facts stand in the original note alone"),
            N_("remove this field; the translation takes it from %(original)s.md"),
            {"field": name, "original": source.id},
        )
        for name in facts
    ]


def _no_fields() -> FieldProblem:
    return FieldProblem(
        (2, 1),
        "yaml-syntax",
        N_("the front matter has no fields"),
        N_("write one on each line, as in title: Cita prèvia"),
    )


@dataclass(frozen=True)
class SiteReading:
    """The result of reading site.yaml. ``site`` is None if there is an error; ``places``: the
    positions of its values."""

    site: Site | None
    problems: list[Problem]
    places: Places = field(default_factory=dict)
    placeholders: list[Problem] = field(default_factory=list)


def read_site(root: Path) -> SiteReading:
    """Read ``content/site.yaml``, without which no note can be read. ``root``: the folder
    ``content``. Whatever is wrong is a problem of the ``SiteReading``."""
    raw, name = bytes_of(root / SITE, root), f"{root.name}/{SITE}"
    if raw is None:
        message, hint = N_("the file is missing"), N_("copy it from another site and change it")
        return SiteReading(None, [Problem(name, 1, 1, "missing-file", message, hint)])
    if isinstance(raw, Problem):
        return SiteReading(None, [raw])
    text = decode(raw)
    if isinstance(text, FieldProblem):
        return SiteReading(None, _located(name, [text]))
    data = load(text)
    if data.problems or not isinstance(data.value, dict):
        return SiteReading(None, _located(name, data.problems or [_no_fields()]))
    old = read_old_names(data, Site)
    languages = data.value.get("languages")
    known = (
        [lang for lang in languages if isinstance(lang, str)] if isinstance(languages, list) else []
    )
    own, names, wrong_packs = read_packs(root.parent)
    site, wrong = validate(data, Site, known, packs=names)
    if site:
        site = site.with_own_packs(own)
        wrong += _untranslated(site, data, known)
    wrong += [*_of_texts(text, data), *old]
    if site:
        wrong += _without_citations(site, data)
    unused = unused_packs(own, site.packs, site.law.names) if site else []
    problems = [*_located(name, wrong), *wrong_packs, *unused]
    return SiteReading(site, problems, data.values, placeholders(name, data))


def _of_texts(text: str, data: Data) -> list[FieldProblem]:
    """Problems of the texts in a file that is only YAML."""
    return [*odd_characters(text), *tracking_parameters(text), *prose_problems(text, data)]


def _without_citations(site: Site, data: Data) -> list[FieldProblem]:
    """The problem that norms are not recognised in texts of some languages, reported once, unless
    that is meant."""
    lacking = [lang for lang in site.languages if not site.law.has_citations(lang)]
    if not lacking or site.packs == []:
        return []
    return [
        FieldProblem(
            data.place(("languages",)),
            "no-citations",
            N_("citations of norms are not recognised in: %(languages)s; no pack has their forms"),
            N_("name a pack that has them in law:, write one (docs/packs.md), or law: [] for none"),
            {"languages": ", ".join(lacking)},
        )
    ]


class GoneReading(NamedTuple):
    """The result of reading gone.yaml. If there is an error, there are no entries."""

    gone: GoneList
    problems: list[Problem]
    places: Places
    placeholders: list[Problem]


def read_gone(root: Path, languages: Sequence[str]) -> GoneReading:
    """Read ``content/gone.yaml``, which is optional."""
    raw, name = bytes_of(root / GONE, root), f"{root.name}/{GONE}"
    if raw is None or isinstance(raw, Problem):
        return GoneReading(GoneList([]), [raw] if raw else [], {}, [])
    text = decode(raw, MAX_LIST_BYTES)
    if isinstance(text, FieldProblem):
        return GoneReading(GoneList([]), _located(name, [text]), {}, [])
    data = load(text)
    if data.value is None or _is_broken(data):
        return GoneReading(GoneList([]), _located(name, data.problems), {}, [])
    gone, wrong = validate(data, GoneList, languages)
    problems = _located(name, [*data.problems, *wrong, *_of_texts(text, data)])
    return GoneReading(gone or GoneList([]), problems, data.values, placeholders(name, data))


def read_ledger(root: Path) -> tuple[dict[str, Recorded] | None, list[Problem]]:
    """Read ``content/addresses.yaml``: what is or was at each address, and problems. None if the
    site has no such file, or it has an error."""
    raw, name = bytes_of(root / LEDGER, root), f"{root.name}/{LEDGER}"
    if raw is None or isinstance(raw, Problem):
        return None, [raw] if raw else []
    text = decode(raw, MAX_LIST_BYTES)
    if isinstance(text, FieldProblem):
        return None, _located(name, [text])
    data = load(text)
    if data.value is None and not data.problems:
        return {}, []
    if isinstance(data.value, dict):  # who deletes a title does not mean the address
        data.value = {key: key if title is None else title for key, title in data.value.items()}
    ledger, wrong = validate(data, Ledger, [])
    return ledger.root if ledger else None, _located(name, data.problems + wrong)


def _located(path: str, wrong: Sequence[FieldProblem]) -> list[Problem]:
    return [
        Problem(path, *found.place, found.code, found.message, found.hint, found.values, found.fix)
        for found in wrong
    ]
