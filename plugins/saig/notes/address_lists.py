"""``content/gone.yaml`` and ``content/addresses.yaml``: addresses that no longer exist, and all
that were ever published."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, RootModel

from ..words import N_
from .base_model import Model
from .day_types import CivilDate
from .localized_text import LocalizedText
from .site import See
from .value_types import OldAddress, Prose


class Gone(Model):
    """An address that no longer exists."""

    address: OldAddress = Field(description=N_("the address, without the site's name"))
    title: LocalizedText = Field(description=N_("what stood there"))
    date: CivilDate = Field(description=N_("the day on which it was withdrawn"))
    reason: LocalizedText = Field(description=N_("why"))
    see: See | None = Field(
        None, description=N_("where to look instead: an address of this site or another")
    )


def _titled(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


class Recorded(Model):
    """What is or was at an address, as in ``api/v1/index.json``: the ``kind`` and ``id`` of a
    document, in a language. ``old``: it redirected to that note. The kind of an editors' file is
    ``file``. Older ledgers have only titles."""

    title: Prose = ""
    kind: str = ""
    id: str = ""
    lang: str = ""
    old: bool = False


class Ledger(RootModel[dict[OldAddress, Annotated[Recorded, BeforeValidator(_titled)]]]):
    """Every address that was ever published: ``content/addresses.yaml``."""


class GoneList(RootModel[list[Gone]]):
    """The addresses that no longer exist: ``content/gone.yaml``."""
