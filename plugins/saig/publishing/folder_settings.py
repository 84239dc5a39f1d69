"""What an operator set for a published folder, in ``settings.json`` in it: used when something is
published there without a project's settings."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ..refusal import Refused
from ..words import N_
from . import durable
from .authority import Authority, authority
from .layout import Layout
from .signing import Signer, signer


class FolderSettings(BaseModel):
    """``key``: the file of the private SSH key that signs the record; ``tsa``: the address of the
    time-stamping authority; ``tsa_certificates``: the file of its certificates; ``lang``: the
    language of messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str | None = None
    tsa: str | None = None
    tsa_certificates: str | None = None
    lang: str | None = None

    def signer(self) -> Signer | None:
        """Who signs. Raises ``Refused`` if ``key`` is not a key."""
        return signer(Path(self.key)) if self.key else None

    def authority(self) -> Authority | None:
        """Whom to ask for time stamps. Raises ``Refused`` as ``authority.authority``."""
        certificates = Path(self.tsa_certificates) if self.tsa_certificates else None
        return authority(self.tsa, certificates) if self.tsa else None


def _file(layout: Layout) -> Path:
    return layout.root / "settings.json"


def read_settings(layout: Layout) -> FolderSettings:
    """The settings of a folder; empty if it has no file of them. Raises ``Refused`` if the file is
    wrong: to publish without a signature would be worse than to stop."""
    try:
        return FolderSettings.model_validate_json(_file(layout).read_bytes())
    except FileNotFoundError:
        return FolderSettings()
    except ValidationError as error:
        reason = " ".join(str(error).split())[:200]
        message = N_("%(file)s cannot be read: %(reason)s")
        raise Refused(message, file=_file(layout), reason=reason) from None


def write_settings(layout: Layout, settings: FolderSettings) -> None:
    text = settings.model_dump_json(exclude_none=True, indent=1)
    durable.write(_file(layout), f"{text}\n".encode())


def changed(settings: FolderSettings, given: FolderSettings) -> FolderSettings:
    """The settings, changed by those that are given."""
    return settings.model_copy(update=given.model_dump(exclude_none=True))
