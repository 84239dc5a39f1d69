"""The types of the values in front matter: what each accepts, and how it says what is wrong.

Each is an annotated type for pydantic. A wrong value raises ``PydanticCustomError`` whose type is a
code of ``problem.CODES`` and whose context may hold a ``hint``; both are gettext message ids.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    RootModel,
    SerializationInfo,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..languages import is_known, like
from ..packs.eli import ELI
from ..packs.law import NO_LAW, Law
from ..words import N_
from . import address, clock, telephone
from .address import PART_LIMIT
from .date_guess import iso_guess, named_day
from .file_names import shown
from .sentences import DIGESTS
from .slug import slugify
from .urls import NoAddress, web_address
from .weekdays import DAYS, day_names, parts, plain, several
from .yaml_errors import plain_or_quoted

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
SUMMARY_LIMIT = 300
"""Characters of a summary: what a search engine or a phone's list shows of it."""

UNKNOWN = "unknown"
"""Instead of a day: there is one, and the sources do not say which."""

LEAP_YEAR = 2000
"""A year that has every day of the calendar."""


def field_error(code: str, message: str, hint: str = "", **values: object) -> PydanticCustomError:
    """The exception that a validator raises for a wrong value; ``validation`` makes a problem of it.

    ``message`` and ``hint``: gettext ids that ``values`` fill. Of the values ``at`` is the path of
    the wrong one below the field, ``value`` and ``mended`` are what stands there and what to write.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, **values})


def _source_text(value: Any) -> Any:
    """An unquoted number where text is meant (an extension, a postcode) stays as it was typed."""
    return getattr(value, "text", value)


def _not_empty(value: str) -> str:
    value = value.strip()
    if not value.strip(".… "):  # what stands for a text in a line that was to be filled in
        raise field_error(
            "missing-field", N_("the text is empty"), N_("write the text, or remove the field")
        )
    return value


def _one_line(value: str) -> str:
    return " ".join(value.split())


def one_text(value: str) -> str:
    """A text on one line; raises for an empty one."""
    return _one_line(_not_empty(value))


def _short(value: str) -> str:
    if len(value) > SUMMARY_LIMIT:
        raise field_error(
            "bad-value",
            N_("the summary has %(length)d characters, and may have %(limit)d"),
            N_("keep one or two plain sentences here and move the rest to the text"),
            length=len(value),
            limit=SUMMARY_LIMIT,
        )
    return value


def _translated(text: str) -> str:
    if not DIGESTS.fullmatch(text):
        raise field_error(
            "bad-value",
            N_("this is not what saig check --translated writes"),
            N_(
                "remove the line; when the translation is up to date, run saig check --translated with its file"
            ),
        )
    return text


def _slug(value: str) -> str:
    if not re.fullmatch(ID_PATTERN, value) or len(value) > PART_LIMIT:
        right = slugify(value)[:PART_LIMIT].strip("-")
        raise field_error(
            "bad-value",
            N_("“%(value)s” cannot be the last part of an address"),
            N_("use small letters without accents, digits and hyphens, as in %(example)s")
            if right
            else N_("use small letters without accents, digits and hyphens"),
            value=value[:60],
            example=right[:60],
            **({"mended": right} if right and len(value) <= 60 else {}),
        )
    if value == "index":  # what web servers call the page of a folder
        raise field_error(
            "bad-value",
            N_("“%(value)s” cannot be the last part of an address"),
            N_("write another word: web servers have this name for something else"),
            value=value,
        )
    return value


def _date(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, list | dict):
        raise field_error("wrong-type", N_("this must be a date"), N_("write it as 2020-05-15"))
    text = str(getattr(value, "text", value)).strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            day = datetime.date.fromisoformat(text)
            # The days before and after must exist too: when it began, when it was over.
            if datetime.date.min < day < datetime.date.max:
                return day
        except ValueError:
            pass
        else:
            raise field_error(
                "bad-value",
                N_("%(value)s stands for no real day"),
                N_("leave the field out if there is no such day"),
                value=text,
            )
        raise field_error(
            "bad-value",
            N_("%(value)s is not a day of the calendar"),
            N_("check the month and the day; dates are written year-month-day, as in 2020-05-15"),
            value=text,
        )
    languages = (info.context or {}).get("languages") or ()
    meant = iso_guess(text, languages)
    if meant and (_ONE_DAY.fullmatch(text) or meant == named_day(text, languages)):
        return datetime.date.fromisoformat(meant)
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a date"),
        N_("write it as %(example)s")
        if meant
        else N_("write the year, the month and the day, as in 2020-05-15"),
        value=text[:60],
        **({"example": meant, "mended": meant} if meant else {}),
    )


_ONE_DAY = re.compile(r"\d{1,2}[^\d:].*[^\d:]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
"""Days that are not ISO's and have one meaning in Europe: ``15/01/2027``, ``15 de gener de 2027``. A
year of two digits might be a day."""


def _first_day(value: Any, info: ValidationInfo) -> Any:
    return UNKNOWN if value == UNKNOWN else _date(value, info)


def known_day(value: datetime.date | str | None) -> datetime.date | None:
    """The day in a ``FirstDay``; None where there is none, or where it is ``unknown``."""
    return value if isinstance(value, datetime.date) else None


def _month_day(value: Any) -> Any:
    text = str(getattr(value, "text", value)).strip()
    try:
        if re.fullmatch(r"\d{2}-\d{2}", text):
            datetime.date.fromisoformat(f"{LEAP_YEAR}-{text}")
            return text
    except ValueError:
        pass
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a day of every year"),
        N_("write the month and the day, as in 12-25"),
        value=text[:40],
    )


def _clock(value: Any, info: ValidationInfo) -> Any:
    text = str(getattr(value, "text", value)).strip()
    if time := clock.read(text):
        return time
    if info.field_name == "closes" and (time := clock.past_midnight(text)):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is on the next day: a day ends at 24:00"),
            N_("close this window at 24:00, and give the next day one from 00:00 to %(time)s"),
            value=text,
            time=time,
        )
    if time := clock.mended(text):
        return time
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a time of day"),
        N_("write hours and minutes, from 00:00 to 24:00, as in 09:30"),
        value=text[:40],
    )


def secure_url(value: str) -> str:
    """A whole web address, in the form in which it is published; raises for any other."""
    value = value.strip()
    try:
        address = web_address(value)
    except NoAddress as error:
        better = error.better.replace("http://", "https://", 1)
        raise field_error(
            "bad-value",
            error.reason,
            N_("write %(better)s")
            if better
            else N_("write the whole address, beginning with https://"),
            value=value[:200],
            better=better[:200],
            **({"mended": better} if better and len(value) <= 200 else {}),
            **error.values,
        ) from None
    if address.startswith("http:"):
        raise field_error(
            "insecure-url",
            N_("%(value)s is not a secure address"),
            N_("write https://%(rest)s, if that server has it"),
            value=value[:200],
            rest=address.removeprefix("http://")[:200],
        )
    return address


def _source(value: str) -> str:
    return secure_url(value) if re.match("https?:", value, re.IGNORECASE) else value


def _telephone(value: str, info: ValidationInfo) -> str:
    value = value.strip()
    if number := telephone.read(value):
        return number
    hint, more = _telephone_hint(value, (info.context or {}).get("country"))
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a telephone number in international form"),
        hint,
        value=value[:60],
        **more,
    )


def _telephone_hint(value: str, country: str | None) -> tuple[str, dict[str, str]]:
    """What to write instead: her own number, never another's."""
    if number := telephone.mended(value):
        return N_("write it as %(example)s"), {"example": number, "mended": number}
    if found := telephone.with_extension(value):
        hint = N_("write number: %(number)s and extensions: [%(extension)s]")
        return hint, dict(zip(("number", "extension"), found, strict=True))
    if numbers := telephone.several(value):
        hint = N_("give each number an entry of its own: %(numbers)s")
        return hint, {"numbers": ", ".join(f"{{number: {number}}}" for number in numbers)}
    if digits := telephone.digits(value):
        if number := telephone.of_country(digits, country):
            hint = N_(
                "write it with the code of its country: %(number)s, if that is the site's own"
            )
            return hint, {"number": number}
        hint = N_("write a plus sign and the code of its country before it: +…%(digits)s")
        return hint, {"digits": digits}
    return N_("write a plus sign, the code of the country and the number, digits alone"), {}


def _extension(value: str) -> str:
    compact = re.sub(r"\s", "", value)
    if not re.fullmatch(r"[0-9*#]{1,12}", compact):
        digits = re.fullmatch(r"\D*(\d{1,12})\D*", compact)
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not an extension"),
            N_("write it as %(example)s")
            if digits
            else N_("write each by itself, in digits, as in [08, 12]"),
            value=value[:40],
            **({"example": digits[1], "mended": digits[1]} if digits else {}),
        )
    return compact


def _email(value: str) -> str:
    value = value.strip()
    if not _EMAIL.fullmatch(value):
        right = re.sub(r"^mailto:|[\s<>]", "", value, flags=re.IGNORECASE)
        right = re.sub(r"[(\[{](?:at|arrova|arroba)[)\]}]", "@", right, flags=re.IGNORECASE)
        fits = len(value) <= 80 and _EMAIL.fullmatch(right)
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not an e-mail address"),
            N_("write it as %(example)s") if fits else N_("write a name, @ and the server's name"),
            value=value[:80],
            **({"example": right, "mended": right} if fits else {}),
        )
    return value


_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def _norm_reference(value: str) -> str:
    if "://" not in value:
        return value
    with suppress(NoAddress):
        if ELI.fullmatch(address := web_address(value)):
            return address
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not the ELI address of a norm"),
        N_("write the name of the norm's file without .md, or the ELI address of its gazette"),
        value=value[:120],
    )


def _eli(value: str, info: ValidationInfo) -> str:
    """Names of things may begin with http://, as the Union's own do."""
    value = value.strip()
    try:
        found = web_address(value) if value.startswith("http://") else secure_url(value)
    except NoAddress:
        found = secure_url(value)
    law: Law = (info.context or {}).get("law", NO_LAW)
    day = law.eli_parts(found).get("date_document")
    if ELI.fullmatch(found) and (day is None or is_day(day)):
        return found
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not an ELI address"),
        N_("copy it from the gazette; it looks like http://data.europa.eu/eli/reg/2016/679/oj"),
        value=value[:120],
    )


def is_day(text: str) -> bool:
    """Whether a text is a date in ISO's form, which the calendar has."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _old_address(value: str) -> str:
    value = value.strip()
    if found := address.fault(value):
        here = address.instead(value)
        raise field_error("bad-value", *found, value=shown(value)[:200], instead=shown(here)[:200])
    return value


def _days_or_unknown(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """``unknown`` as no day at all; a list that is empty stays an error."""
    return [] if value in (UNKNOWN, [UNKNOWN]) else read(value)


def _days(value: Any, info: ValidationInfo) -> Any:
    """Days as a list of names, or a range such as ``monday-friday``."""
    languages = (info.context or {}).get("languages") or ()
    names = day_names(tuple(like(lang) for lang in languages if is_known(lang)))
    if isinstance(value, str):
        value = several(value, names)
    if isinstance(value, list):
        every = [one for item in value for one in several(str(item), names)]
        return sorted({day for one in every for day in _range(one, names)}, key=DAYS.index)
    return value


def _range(text: str, names: Mapping[str, frozenset[str]]) -> list[str]:
    days = [_day(name, names) for name in parts(text, names)]
    first, last = DAYS.index(days[0]), DAYS.index(days[-1])
    if first > last:
        raise _bad_day(text)
    return list(DAYS[first : last + 1])


def _day(name: str, names: Mapping[str, frozenset[str]]) -> str:
    found = sorted(names.get(plain(name), ()), key=DAYS.index)
    if len(found) > 1:
        raise field_error(
            "bad-value",
            N_("“%(value)s” is one day in one language and another day in another"),
            N_("write its whole name, or the English one: %(days)s"),
            value=name.strip()[:40],
            days=", ".join(day.lower() for day in found),
        )
    if not found:
        raise _bad_day(name)
    return found[0]


def _bad_day(value: str) -> PydanticCustomError:
    return field_error(
        "bad-value",
        N_("“%(value)s” is not a day of the week"),
        N_(
            "write a list such as [monday, wednesday], or monday-friday;"
            " or unknown, if only the hours are known"
        ),
        value=value[:40],
    )


def as_list(value: Any) -> Any:
    """One text alone as a list of it."""
    return [value] if isinstance(value, str) else value


class ForReaders:
    """Marks the type of texts that readers see as they are."""


Prose = Annotated[
    str,
    AfterValidator(_not_empty),
    AfterValidator(_one_line),
    Field(min_length=1),
    ForReaders,
]
"""A text for readers, on one line. A bare number or true/false is not one."""

Code = Annotated[
    str, BeforeValidator(_source_text), AfterValidator(_not_empty), AfterValidator(_one_line)
]
"""A short text that may look like a number: a postcode, an extension, a gazette's number."""

Translated = Annotated[str, BeforeValidator(_source_text), AfterValidator(_translated)]
"""The digests that ``sentences`` makes."""

Summary = Annotated[Prose, AfterValidator(_short)]
Slug = Annotated[str, BeforeValidator(_source_text), AfterValidator(_slug)]
Reference = Annotated[str, BeforeValidator(_source_text), AfterValidator(str.strip)]
"""The id of another note, or a name of it; whether there is one is the catalogue's to say."""
NormReference = Annotated[Reference, AfterValidator(_norm_reference)]
CivilDate = Annotated[datetime.date, BeforeValidator(_date, json_schema_input_type=str)]
FirstDay = Annotated[
    datetime.date | Literal["unknown"], BeforeValidator(_first_day, json_schema_input_type=str)
]
"""A date, or ``unknown``."""
MonthDay = Annotated[
    str,
    BeforeValidator(_month_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"}),
]
Clock = Annotated[
    str, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}$"})
]
SecureUrl = Annotated[
    str, AfterValidator(secure_url), WithJsonSchema({"type": "string", "format": "uri"})
]
Source = Annotated[Prose, AfterValidator(_source)]
"""Words, or an address, to which pages then link."""
EliUrl = Annotated[str, AfterValidator(_eli), WithJsonSchema({"type": "string", "format": "uri"})]
TelephoneNumber = Annotated[str, BeforeValidator(_source_text), AfterValidator(_telephone)]
Extension = Annotated[str, BeforeValidator(_source_text), AfterValidator(_extension)]
Email = Annotated[
    str, AfterValidator(_email), WithJsonSchema({"type": "string", "format": "email"})
]
OldAddress = Annotated[str, AfterValidator(_old_address)]
Day = Annotated[str, WithJsonSchema({"enum": list(DAYS)})]
Days = Annotated[
    list[Day],
    BeforeValidator(_days),
    Field(min_length=1),
    WrapValidator(_days_or_unknown),
    WithJsonSchema({"type": "array", "items": {"enum": list(DAYS)}}),
]
"""Days of the week; none where an editor wrote ``unknown``: the hours are known, the days are not."""


class LocalizedText(RootModel[dict[str, Prose]]):
    """A short text in each language: ``{ca: …, es: …}``. In a document, the text in its language.

    Validation needs the site's languages in the context, the default one first; serialisation
    needs ``lang``. A language that the map lacks reads the default language's text: the model that
    the text stands in says which that is, as ``label_lang`` beside ``label``.
    """

    @model_validator(mode="before")
    @classmethod
    def _is_map(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            languages = (info.context or {}).get("languages") or ["ca", "es"]
            own = value if isinstance(value, str) else getattr(value, "text", "…")
            texts = [plain_or_quoted(own), *["…"] * (len(languages) - 1)]
            said = ", ".join(f"{lang}: {text}" for lang, text in zip(languages, texts, strict=True))
            raise field_error(
                "wrong-type",
                N_("this must be a text for each language"),
                N_("write %(new)s"),
                new=f"{{{said}}}"[:400],
            )
        return value

    @model_validator(mode="after")
    def _knows_languages(self, info: ValidationInfo) -> LocalizedText:
        languages = (info.context or {}).get("languages") or list(self.root)
        refuse_unknown(self.root, languages)
        if languages and languages[0] not in self.root:
            raise field_error(
                "missing-field",
                N_("the text in the site's first language, “%(language)s”, is missing"),
                N_("write {%(language)s: …}"),
                language=languages[0],
            )
        self.root = {lang: self.root[lang] for lang in languages if lang in self.root}
        return self

    def text(self, lang: str) -> str:
        return self.root[self.lang(lang)]

    def lang(self, lang: str) -> str:
        """The language of the text that a reader of ``lang`` gets."""
        return lang if lang in self.root else next(iter(self.root))

    @model_serializer(mode="plain")
    def _in_language(self, info: SerializationInfo) -> str:
        return self.text((info.context or {})["lang"])


class SearchWords(RootModel[dict[str, Annotated[list[Prose], BeforeValidator(as_list)]]]):
    """Words by which people look for something, by language: ``{ca: [obres menors], es: [obras
    menores]}``. They are for the search alone, so that a language may lack them.

    Validation needs the site's languages in the context.
    """

    @model_validator(mode="before")
    @classmethod
    def _is_map(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            said = [value] if isinstance(value, str) else value
            words = [plain_or_quoted(one) for one in said or [] if isinstance(one, str)]
            language = next(iter((info.context or {}).get("languages") or ["ca"]))
            raise field_error(
                "wrong-type",
                N_("these must be words for each language"),
                N_("write %(new)s"),
                new=f"{{{language}: [{', '.join(words or ['…'])}]}}"[:400],
            )
        return value

    @model_validator(mode="after")
    def _knows_languages(self, info: ValidationInfo) -> SearchWords:
        languages = (info.context or {}).get("languages") or list(self.root)
        refuse_unknown(self.root, languages)
        return self

    def words(self, lang: str) -> list[str]:
        """Those for readers of a language: its own, or else all that there are."""
        every = [word for words in self.root.values() for word in words]
        return self.root.get(lang) or every


def refuse_unknown(codes: Iterable[str], languages: Sequence[str]) -> None:
    """Raise for a language that the site does not have."""
    for language in codes:
        if language not in languages:
            raise field_error(
                "unknown-language",
                N_("this site has no language “%(language)s”"),
                N_("its languages are: %(languages)s"),
                field=language,
                language=language,
                languages=", ".join(languages),
            )
