"""Which Saig runs on a work tree: its own, if it is a copy of Saig's repository; else the one that is
installed here, if that is the version that its requirements ask for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from .. import __version__
from ..refusal import Refused
from ..shipped import IS_INSTALLED, ROOT
from ..words import N_

OWN = "scripts/saig"
REQUIREMENTS = "requirements.txt"
SETTINGS = "pelicanconf.py"

_ASKED = re.compile(
    r"^saig\s*(?:==\s*(?P<version>[^\s;\\#]+)|@\s*\S*/saig-(?P<file>[^\s/-]+)-py3-none-any\.whl\b)",
    re.MULTILINE,
)
"""The line of a town's requirements that asks for Saig: ``saig==0.1.0``, or ``saig @`` and the
address of a wheel."""


def program_for(folder: Path) -> list[str]:
    """The command of Saig for a work tree. Raises ``Refused`` if the work tree is not a Saig project,
    or asks for other versions than those that are installed here: a push installs nothing."""
    file = folder / REQUIREMENTS
    asked = file.read_bytes() if file.is_file() else b""
    if (folder / OWN).is_file():
        if asked != (ROOT / REQUIREMENTS).read_bytes():
            raise Refused(
                N_(
                    "%(file)s does not ask for the libraries that are installed on this server: "
                    "update %(folder)s there, run its deploy/install-hooks, then push again"
                ),
                file=REQUIREMENTS,
                folder=ROOT,
            )
        return [sys.executable, str(folder / OWN)]
    if not (folder / SETTINGS).is_file():
        message = N_("there is no %(file)s: what was pushed is no Saig project")
        raise Refused(message, file=SETTINGS)
    _require_version(asked.decode("utf-8", "replace"))
    if IS_INSTALLED:
        return [str(Path(sys.prefix) / "bin" / "saig")]
    return [sys.executable, str(ROOT / OWN)]


def _require_version(requirements: str) -> None:
    """Raise ``Refused`` if requirements do not ask for the installed version of Saig."""
    found = _ASKED.search(requirements)
    asked = (found["version"] or found["file"]) if found else None
    if asked is None:
        raise Refused(
            N_("%(file)s does not say which Saig: write saig==%(version)s there, with its hash"),
            file=REQUIREMENTS,
            version=__version__,
        )
    if asked != __version__:
        raise Refused(
            N_(
                "%(file)s asks for Saig %(asked)s, and this server has %(version)s: install that "
                "there, run saig hook install, then push again (docs/upgrading.md)"
            ),
            file=REQUIREMENTS,
            asked=asked,
            version=__version__,
        )
