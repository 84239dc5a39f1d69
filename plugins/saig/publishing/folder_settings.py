"""What an operator set for a published folder once and for all, in a file in it: whoever publishes
there without a project's settings goes by it."""

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
    """``key``: the private SSH key that signs the record; ``tsa``: the time-stamping authority,
    with its certificates; ``lang``: the language of messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str | None = None
    tsa: str | None = None
    tsa_certificates: str | None = None
    lang: str | None = None

    def signer(self) -> Signer | None:
        """Raises ``Refused`` for what is no key."""
        return signer(Path(self.key)) if self.key else None

    def authority(self) -> Authority | None:
        """Raises ``Refused`` for what is none."""
        certificates = Path(self.tsa_certificates) if self.tsa_certificates else None
        return authority(self.tsa, certificates) if self.tsa else None


def _file(layout: Layout) -> Path:
    return layout.root / "settings.json"


def read_settings(layout: Layout) -> FolderSettings:
    """Nothing is set where there is no file. Raises ``Refused`` for one that is wrong: to sign with
    no key would be worse than to stop."""
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
    """The same with what is given in place of what was."""
    return settings.model_copy(update=given.model_dump(exclude_none=True))
