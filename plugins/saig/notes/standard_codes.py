"""Types of values that are codes of a standard: what each accepts, and its error messages. Linked
data are made from them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from ..regexes import regex
from ..words import N_
from .slug import slugify
from .urls import NoAddress, web_address
from .value_types import ID_PATTERN, bad_id, field_error, typed

AudienceCode = Literal["citizens", "companies", "professionals", "associations", "administrations"]
"""Who may ask for a service. In some countries natural persons may choose the channel, and legal
persons may not."""

LifeEvent = Literal[
    "birth",
    "residence",
    "studying",
    "working",
    "moving",
    "retiring",
    "business",
    "building",
]
"""Life events: the headings of Annex II of Regulation (EU) 2018/1724, in its order, and building,
about which a town's planning department is asked most."""

_DURATION = regex(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?")
_WEEKS = regex(r"P(\d{1,3})W")
_IN_WORDS = regex(r"(\d{1,4}) ?([a-zà-ÿ]+)", re.IGNORECASE)
_UNITS = {
    "Y": "any anys año años year years",
    "M": "mes mesos meses month months",
    "W": "setmana setmanes semana semanas week weeks",
    "D": "dia dies día días day days",
    "TH": "hora hores horas hour hours",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}


def _duration(value: Any) -> Any:
    text = typed(value)
    if _DURATION.fullmatch(text):
        return text
    meant = _duration_meant(text)
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not a length of time"),
        N_("write it as %(example)s")
        if meant
        else N_("write P, a number and D, M or Y: P20D is twenty days, P3M three months"),
        value=text[:60],
        example=meant,
        mended=meant,
    )


def _duration_meant(text: str) -> str:
    """``P14D`` of weeks, which durations in XML Schema do not have; ``P3M`` of words."""
    if _DURATION.fullmatch(text.upper()):
        return text.upper()
    if weeks := _WEEKS.fullmatch(text.upper()):
        return f"P{int(weeks[1]) * 7}D"
    words = _IN_WORDS.fullmatch(text)
    unit = words and _UNIT_OF.get(words[2].lower())
    if not words or not unit:
        return ""
    number = int(words[1])
    if unit == "W":
        return f"P{number * 7}D"
    return f"PT{number}H" if unit == "TH" else f"P{number}{unit}"


def _country(value: Any) -> Any:
    text = typed(value)
    if is_country(text):
        return text
    better = text.upper() if is_country(text.upper()) else ""
    raise field_error(
        "bad-value",
        N_("“%(value)s” is not the code of a country"),
        N_("write it as %(example)s") if better else N_("write its two letters, as in ES"),
        value=text[:40],
        example=better,
        mended=better,
    )


def is_country(code: str) -> bool:
    """Whether a code is one of ISO 3166-1's: those that CLDR names, but for its own."""
    from babel import Locale  # which takes long to import

    is_code = bool(re.fullmatch("[A-Z]{2}", code)) and code not in _NO_COUNTRIES
    return is_code and code in Locale("en").territories


_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
"""What CLDR has beside ISO 3166-1's codes: groups, parts, and codes that are not given."""


def _uri(value: str) -> str:
    try:
        return web_address(value.strip())
    except NoAddress as error:
        raise field_error(
            "bad-value",
            error.reason,
            N_("write %(better)s")
            if error.better
            else N_("write the whole address that is its name, beginning with http:// or https://"),
            value=value[:200],
            better=error.better[:200],
            **error.values,
        ) from None


def _channel_id(value: str) -> str:
    if re.fullmatch(ID_PATTERN, value):
        return value
    raise bad_id(N_("“%(value)s” cannot be the id of a channel"), value, slugify(value))


Duration = Annotated[
    str,
    BeforeValidator(_duration, json_schema_input_type=str),
    WithJsonSchema({"type": "string", "format": "duration"}),
]
"""A length of time as ISO 8601 writes it, as far as XML Schema has it: ``P3M``, ``P20D``."""
Country = Annotated[
    str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
Uri = Annotated[str, AfterValidator(_uri), WithJsonSchema({"type": "string", "format": "uri"})]
"""An address that is a name: it may begin with http, as many such names do, and lead nowhere."""
ChannelId = Annotated[str, AfterValidator(_channel_id)]
