"""The words and dates of a language: gettext catalogues, and Babel for what CLDR knows.

Two catalogues a language, both plain ``.po`` files: ``theme/translations`` for readers and
``plugins/saig/translations`` for editors. Message ids are English, so English needs neither.

Babel is imported when it is needed: a build that finds nothing to do says so without it.
"""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from . import languages, po
from .editor_texts import EditorTexts
from .inflection import Inflected, Values, date_forms, weekday_forms, written

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog

SOURCE_LANGUAGE = "en"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EDITORS = Path(__file__).parent / "translations"

DATE = "d MMMM y"
"""The message id of the pattern of a day (CLDR's letters); what is not translated is CLDR's own."""


def N_(message: str) -> str:
    """Mark a message for translation where it is not yet known into which language."""
    return message


def read_catalogue(
    path: Path, lang: str, forms: frozenset[str] = frozenset()
) -> tuple[Catalog | None, list[po.CatalogueFault]]:
    """A ``.po`` file of a language, without what is wrong in it, which is told. ``forms``: of days,
    that it may ask for without having them."""
    return _parsed(path.read_bytes(), lang, forms)


@lru_cache
def _parsed(
    data: bytes, lang: str, forms: frozenset[str]
) -> tuple[Catalog | None, list[po.CatalogueFault]]:
    """By what the file holds: while ``saig serve`` runs, it may change."""
    known = languages.locale(lang) if languages.is_known(lang) else None
    return po.read(data, known, forms)


def po_file(folder: Path, lang: str) -> Path | None:
    """The catalogue of that language, or else of one that says less: ``pt-BR``, ``pt``."""
    return next(filter(None, (_own_po(folder, code) for code in languages.broader(lang))), None)


def _own_po(folder: Path, code: str) -> Path | None:
    """A folder has the code of its language, or the same in POSIX's form, ``pt_BR``."""
    names = (code, code.replace("-", "_"))
    paths = (folder / name / "LC_MESSAGES" / "messages.po" for name in names)
    return next(filter(Path.is_file, paths), None)


def has_words(folders: Sequence[Path], lang: str) -> bool:
    """Whether an interface in that language can be shown, so that no page mixes two."""
    found = any(po_file(folder, lang) for folder in folders)
    return found or SOURCE_LANGUAGE in languages.broader(lang)


def read_layers(
    folders: Sequence[Path], lang: str
) -> list[tuple[Path, Catalog | None, list[po.CatalogueFault]]]:
    """The catalogues of a language in several folders. What one lacks, the next may have: a text,
    or the form of a day."""
    found: list[tuple[Path, Catalog | None, list[po.CatalogueFault]]] = []
    forms: frozenset[str] = frozenset()
    for folder in reversed(folders):
        if path := po_file(folder, lang):
            catalogue, faults = read_catalogue(path, lang, forms)
            forms |= po.forms_of(catalogue) if catalogue is not None else forms
            found.insert(0, (path, catalogue, faults))
    return found


def compiled_layers(folders: Sequence[Path], lang: str) -> tuple[bytes, ...]:
    """The texts of several folders, as gettext's compiled catalogues (``.mo``): what one does not
    translate, the next does."""
    catalogues = (catalogue for _, catalogue, _ in read_layers(folders, lang))
    return tuple(_of_layer(one) for one in catalogues if one is not None)


@lru_cache
def _of_layer(catalogue: Catalog) -> bytes:
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, _translated(catalogue))
    return compiled.getvalue()


@lru_cache
def joined(layers: tuple[bytes, ...]) -> NullTranslations:
    """The texts of compiled catalogues."""
    found = NullTranslations()
    for data in reversed(layers):
        layer = GNUTranslations(io.BytesIO(data))
        layer.add_fallback(found)
        found = layer
    return found


def _translated(catalogue: Catalog) -> Catalog:
    """The catalogue without the texts that it leaves to another."""
    from babel.messages.catalog import Catalog

    found = Catalog(locale=catalogue.locale)
    found.mime_headers = catalogue.mime_headers
    for message in catalogue:
        if message.id and po.is_translated(message):
            found[message.id] = message
    return found


def editor_language(wanted: str | None = None) -> str:
    """The editor's language: the one wanted, or that of the environment, in POSIX's order."""
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = wanted or next(filter(None, variables), "")
    lang = languages.canonical(locale.partition(".")[0].partition("@")[0])
    tag = languages.parse(lang)
    if tag is None:
        return SOURCE_LANGUAGE
    # CLDR, which takes long to import, is asked only for another script.
    codes = languages.broader(lang) if tag.script else (lang, tag.language)
    return next((code for code in codes if _own_po(EDITORS, code)), SOURCE_LANGUAGE)


@cache
def of_editors(lang: str) -> EditorTexts:
    """The texts for editors in a language."""
    if lang == SOURCE_LANGUAGE:
        return EditorTexts()
    # Only a language without texts of its own needs CLDR, to know which ones are near to it.
    path = _own_po(EDITORS, lang) or po_file(EDITORS, lang)
    return EditorTexts(path.read_text("utf-8") if path else "")


def for_editors(message: str, lang: str, **values: object) -> str:
    """A message in an editor's language, its values filled in."""
    text = of_editors(lang).gettext(message)
    return text % values if values else text


def counted(one: str, many: str, number: int, lang: str, **values: object) -> str:
    """The same for a message that has a number in it, ``%(count)d``."""
    text = of_editors(lang).ngettext(one, many, number)
    return text % {"count": number, **values}


@dataclass(frozen=True)
class Translator:
    """Interface texts, dates and lists in one language: what a template may ask of its page's.
    ``locale_code``: the language whose dates and lists it has in CLDR, nearly always itself."""

    lang: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    pgettext: Callable[[str, str], str]
    locale_code: str

    @classmethod
    def of(
        cls, folders: Path | tuple[Path, ...], lang: str, locale_code: str | None = None
    ) -> Translator:
        """Of a folder of catalogues; or of several, of which the first that has a text counts."""
        layers = compiled_layers((folders,) if isinstance(folders, Path) else folders, lang)
        return cls.of_layers(layers, lang, locale_code)

    @classmethod
    def of_layers(
        cls, layers: tuple[bytes, ...], lang: str, locale_code: str | None = None
    ) -> Translator:
        """Of compiled catalogues, as ``compiled_layers`` has them."""
        texts = joined(layers)
        return cls(lang, texts.gettext, texts.ngettext, texts.pgettext, locale_code or lang)

    @property
    def locale(self) -> Locale:
        return languages.locale(self.locale_code)

    @property
    def name(self) -> str:
        """The language's name in itself, as the language switch shows it."""
        name = self.language(self.lang)
        return name[:1].title() + name[1:]

    def language(self, lang: str) -> str:
        """Another language's name in this one, as within a sentence: ``catalán``."""
        return languages.name(lang, self.locale_code)

    def date(self, value: str | datetime.date) -> str:
        """A day in words: ``13 de maig de 2020``, ``1 d'octubre de 2015``."""
        day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
        pattern = self.gettext("d MMMM y")
        is_own = pattern == DATE and self.lang != SOURCE_LANGUAGE
        return _date(self.locale_code, "long" if is_own else pattern, day)

    def day(self, value: str | datetime.date) -> Inflected:
        """A day within a message, whose translation chooses its form."""
        day = datetime.date.fromisoformat(value) if isinstance(value, str) else value
        return Inflected(self.date(day), lambda name: self._in_form(day, name))

    def _in_form(self, day: datetime.date, name: str) -> str:
        forms = date_forms(self.pgettext("forms of a date", "none"))
        if name not in forms.patterns:
            return self.date(day)
        return written(
            forms.patterns[name],
            forms.groups,
            day,
            lambda one: _date(self.locale_code, one, day),
        )

    def weekday(self, index: int) -> Inflected:
        """The same of a day of the week; 0 is Monday."""
        from babel.dates import get_day_names

        alone = get_day_names(locale=self.locale)[index]
        forms = weekday_forms(self.pgettext("forms of a weekday", "none"))
        return Inflected(alone, lambda name: forms[name][index] if name in forms else alone)

    def fill(self, message: str, **values: object) -> str:
        """A message in this language with its values, days among them."""
        return message % Values(values)

    def short_date(self, value: str) -> str:
        """A day in short, for lists: ``13 de des. 2020``."""
        return _date(self.locale_code, "medium", datetime.date.fromisoformat(value))

    def span(self, first: str, last: str) -> str:
        """From one day to another, in short: ``15 de maig – 10 de des. 2020``."""
        from babel.dates import format_interval

        start, end = map(datetime.date.fromisoformat, (first, last))
        said = format_interval(start, end, skeleton="yMMMd", locale=self.locale)
        return str(said).replace("’", "'")

    def month(self, value: str) -> str:
        """A month, ``2024-05``, by its name, as it stands alone: ``maig``."""
        return _date(self.locale_code, "LLLL", datetime.date.fromisoformat(f"{value}-01"))

    def weekdays(self, names: list[str]) -> str:
        """English names of days (schema.org's), in the week's order, in words: ``dilluns i
        dimecres``, ``de dilluns a divendres``; none is that they are not known."""
        if not names:
            return self.gettext("days not known")
        days = [DAYS.index(name) for name in names]
        if len(days) > 2 and days == [*range(days[0], days[-1] + 1)]:
            first, last = self.weekday(days[0]), self.weekday(days[-1])
            return self.fill(self.gettext("%(first)s to %(last)s"), first=first, last=last)
        return self.list([str(self.weekday(day)) for day in days])

    def times(self, opens: str, closes: str) -> str:
        """From when to when on a day: ``09:00–14:00``, ``les 24 hores``."""
        if (opens, closes) == ("00:00", "24:00"):
            return self.gettext("24 hours")
        return f"{opens}–{closes}"

    def list(self, items: list[str]) -> str:
        from babel.lists import format_list

        return format_list(items, locale=self.locale) if items else ""


@cache
def _date(locale: str, pattern: str, day: datetime.date) -> str:
    from babel.dates import format_date

    # CLDR elides with U+2019; notes are typed with the keyboard's apostrophe, and a page
    # should not have two forms of it: who searches a page for "1 d'octubre" must find it.
    return format_date(day, pattern, locale=languages.locale(locale)).replace("’", "'")
