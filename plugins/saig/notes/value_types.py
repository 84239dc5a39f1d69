"""The types of the values in front matter: what each accepts, and its error messages. Days and
times are in ``day_types``, texts in several languages in ``localized_text``.

Each is an annotated type for pydantic. A wrong value raises ``PydanticCustomError`` whose type is a
code of ``problem.CODES`` and whose context may have a ``hint``; both are gettext message ids.
"""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from ..packs.eli import ELI
from ..packs.law import NO_LAW, Law
from ..words import N_
from . import address, telephone
from .address import PART_LIMIT
from .file_names import shown
from .sentences import DIGESTS
from .slug import slugify
from .urls import NoAddress, mailbox, web_address

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"

SUMMARY_LIMIT = 300
"""The most characters of a summary: search engines and lists on a phone show no more."""


def field_error(
    code: str, message: str, hint: str = "", *, mended: str | None = None, **values: object
) -> PydanticCustomError:
    """The exception that a validator raises for a wrong value; ``validation`` makes a problem of
    it.

    ``message`` and ``hint``: gettext ids that ``values`` fill. Of the values ``at`` is the path of
    the wrong one below the field, and ``value`` what stands there. ``mended``: what to write in its
    place, where that is certain.
    """
    if mended:
        values["mended"] = mended
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, **values})


def source_text(value: Any) -> Any:
    """An unquoted number in place of a text (an extension, a postcode) becomes a text, as it was
    typed."""
    return getattr(value, "text", value)


def typed(value: Any) -> str:
    """A value as it was typed, without the spaces around it."""
    return str(source_text(value)).strip()


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


def bad_id(message: str, value: str, right: str) -> PydanticCustomError:
    """The exception for an invalid id. ``right``: what may be meant, or ''."""
    return field_error(
        "bad-value",
        message,
        N_("use small letters without accents, digits and hyphens, as in %(example)s")
        if right
        else N_("use small letters without accents, digits and hyphens"),
        value=value[:60],
        example=right[:60],
        mended=right if len(value) <= 60 else None,
    )


def _slug(value: str) -> str:
    if not re.fullmatch(ID_PATTERN, value) or len(value) > PART_LIMIT:
        message = N_("“%(value)s” cannot be the last part of an address")
        raise bad_id(message, value, slugify(value)[:PART_LIMIT].strip("-"))
    if value == "index":  # what web servers call the page of a folder
        raise field_error(
            "bad-value",
            N_("“%(value)s” cannot be the last part of an address"),
            N_("write another word: web servers have this name for something else"),
            value=value,
        )
    return value


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
            mended=better if len(value) <= 200 else None,
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
    """What to write instead: always the same number, never another."""
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
            example=digits and digits[1],
            mended=digits and digits[1],
        )
    return compact


def _email(value: str) -> str:
    value = value.strip()
    written = mailbox(value)
    if not written:
        right = re.sub(r"^mailto:|[\s<>]", "", value, flags=re.IGNORECASE)
        right = re.sub(r"[(\[{](?:at|arrova|arroba)[)\]}]", "@", right, flags=re.IGNORECASE)
        fits = len(value) <= 80 and mailbox(right)
        raise field_error(
            "bad-value",
            N_("“%(value)s” is not an e-mail address"),
            N_("write it as %(example)s") if fits else N_("write a name, @ and the server's name"),
            value=value[:80],
            example=right,
            mended=right if fits else None,
        )
    return written


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


def as_list(value: Any) -> Any:
    """A single text as a list of one."""
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
    str, BeforeValidator(source_text), AfterValidator(_not_empty), AfterValidator(_one_line)
]
"""A short text that may look like a number: a postcode, an extension, a gazette's number."""

Translated = Annotated[str, BeforeValidator(source_text), AfterValidator(_translated)]
"""The digests that ``sentences`` makes."""

Summary = Annotated[Prose, AfterValidator(_short)]

Slug = Annotated[str, BeforeValidator(source_text), AfterValidator(_slug)]

Reference = Annotated[str, BeforeValidator(source_text), AfterValidator(str.strip)]
"""The id of another note, or a name of it; the catalogue checks whether it exists."""

NormReference = Annotated[Reference, AfterValidator(_norm_reference)]

SecureUrl = Annotated[
    str, AfterValidator(secure_url), WithJsonSchema({"type": "string", "format": "uri"})
]

Source = Annotated[Prose, AfterValidator(_source)]
"""Words, or an address, to which pages then link."""

EliUrl = Annotated[str, AfterValidator(_eli), WithJsonSchema({"type": "string", "format": "uri"})]

TelephoneNumber = Annotated[str, BeforeValidator(source_text), AfterValidator(_telephone)]

Extension = Annotated[str, BeforeValidator(source_text), AfterValidator(_extension)]

Email = Annotated[
    str, AfterValidator(_email), WithJsonSchema({"type": "string", "format": "email"})
]

OldAddress = Annotated[str, AfterValidator(_old_address)]
