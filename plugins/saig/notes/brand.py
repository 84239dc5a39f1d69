"""``brand`` of site.yaml: a town's own look, as far as it leaves pages legible.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 4.5 to 1 for text
(1.4.3), 3 to 1 for other things that must be distinguished from their surroundings (1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from ..words import N_
from .base_model import Model
from .localized_text import LocalizedText
from .value_types import field_error

TEXT, SHAPE = 4.5, 3.0

GROUNDS = {
    "light": ("#ffffff", "#f1f4f4", "#fff5dc"),
    "dark": ("#10181a", "#1a2628", "#2d2410"),
}
"""The backgrounds of text: ``--paper``, ``--shade`` and ``--warning-paper`` of
theme/styles/tokens.css."""


def _colour(value: str) -> str:
    digits = value.removeprefix("#").lower()
    if value[:1] != "#" or len(digits) not in (3, 6) or set(digits) - set("0123456789abcdef"):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is no colour"),
            N_('write it with six digits, as in "#12363f"'),
            value=value[:40],
        )
    return f"#{''.join(digit * 2 for digit in digits) if len(digits) == 3 else digits}"


def _file(value: str) -> str:
    path = value.removeprefix("/")
    if not path.startswith("files/") or ".." in path.split("/"):
        raise field_error(
            "bad-value",
            N_("“%(value)s” is no file of this site"),
            N_("put it into content/files/ and write its name, as in files/escut.svg"),
            value=value[:80],
        )
    return path


Colour = Annotated[str, AfterValidator(_colour)]
OwnFile = Annotated[str, AfterValidator(_file)]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def on(colour: str) -> str:
    """The colour of text on a background: white or black, one of which has a contrast of at least
    4.5 to 1 on any colour."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, colour))


class Colours(Model):
    """Those of one scheme, light or dark."""

    band: Colour | None = Field(None, description=N_("of the band at the top"))
    link: Colour | None = Field(None, description=N_("of links"))
    button: Colour | None = Field(None, description=N_("of buttons; without it, that of links"))


class Brand(Model):
    logo: OwnFile | None = Field(
        None, description=N_("the picture beside the site's name, as in files/escut.svg")
    )
    icon: OwnFile | None = Field(
        None, description=N_("the small picture in tabs and bookmarks, as in files/icona.svg")
    )
    picture: OwnFile | None = Field(
        None, description=N_("the picture that is shown where a page is shared, 1200 by 630 pixels")
    )
    light: Colours | None = Field(None, description=N_("colours on a light ground"))
    dark: Colours | None = Field(
        None, description=N_("the same on a dark one; without them, Saig's own")
    )
    footer: LocalizedText | None = Field(None, description=N_("a line at the foot of every page"))

    @field_validator("light", "dark")
    @classmethod
    def _can_be_read(cls, value: Colours | None, info: ValidationInfo) -> Colours | None:
        grounds = GROUNDS[info.field_name or "light"]
        for name, needed in (("link", TEXT), ("button", SHAPE)):
            colour = getattr(value, name, None)
            if colour is None:
                continue
            ground = min(grounds, key=lambda one: contrast(one, colour))
            if contrast(colour, ground) < needed:
                raise field_error(
                    "low-contrast",
                    N_(
                        "%(value)s has a contrast of %(ratio)s to 1 with %(ground)s, where it is shown"
                    ),
                    N_('write one that can be told apart, as in "%(mended)s" (%(needed)s to 1)'),
                    at=(name,),
                    value=colour,
                    ratio=f"{contrast(colour, ground):.1f}",
                    ground=ground,
                    needed=f"{needed:g}",
                    mended=_legible(colour, grounds, needed),
                )
        return value


def _legible(colour: str, grounds: tuple[str, ...], needed: float) -> str:
    """The colour, made darker or lighter as far as needed."""
    towards = on(grounds[0])
    return next(
        mixed
        for mixed in (_mixed(colour, towards, step / 20) for step in range(1, 21))
        if all(contrast(mixed, ground) >= needed for ground in grounds)
    )


def _mixed(colour: str, other: str, share: float) -> str:
    def part(at: int) -> int:
        own, its = (int(one[at : at + 2], 16) for one in (colour, other))
        return round(own + (its - own) * share)

    return f"#{part(1):02x}{part(3):02x}{part(5):02x}"


def colours(brand: Brand | None) -> dict[str, dict[str, str]]:
    """By scheme the colours that a town has of its own, with those of the text on them, by the
    names of the theme's custom properties."""
    found = {}
    for scheme in GROUNDS:
        given = getattr(brand, scheme, None)
        if given is None:
            continue
        button = given.button or given.link
        own = {"band": given.band, "link": given.link, "button": button}
        texts = {f"on-{name}": on(own[name]) for name in ("band", "button") if own[name]}
        found[scheme] = {**{name: one for name, one in own.items() if one}, **texts}
    return found


def files_of(brand: Brand | None) -> Iterator[tuple[str, str]]:
    """The fields that name a file, and the file."""
    for name in ("logo", "icon", "picture"):
        if brand and (path := getattr(brand, name)):
            yield name, path
