"""What the account that publishes does with a site that is handed over: it checks and publishes
it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from ..progress import Progress
from ..publishing.folder_settings import FolderSettings, read_settings
from ..publishing.layout import Layout
from ..publishing.lock import locked_to_publish
from ..publishing.publish import Outcome, publish
from ..refusal import Refused
from ..words import N_
from .handover import BEING_REMOVED, Handed, read_handover
from .preview_names import PREVIEWS

KEEP, KEEP_OF_PREVIEW = 10, 1
"""How many releases are kept, of the public site and of a preview."""


def take(root: Path, pipe: BinaryIO, progress: Progress) -> Outcome | None:
    """Publish into a folder the site that comes through a pipe, or remove a preview, whichever the
    first line says. Returns None if a preview was removed. ``root``: the folder of the public site.
    Raises what ``publish`` raises, and ``Refused`` if the first line is not valid."""
    handover = read_handover(pipe)
    name, site = handover.preview, handover.site
    if site is None:
        remove_preview(root, name, progress)
        return None
    if name and not site.url.endswith(f"{PREVIEWS}{name}"):
        raise Refused(N_("%(url)s is not the address of that preview"), url=site.url)

    def opened() -> Handed:
        # The record of a preview is not signed or time-stamped, as nobody needs to prove it.
        known = FolderSettings() if name else read_settings(Layout(root))
        return Handed(site, pipe, known.signer(), known.authority())

    layout = Layout(root / "previews" / name) if name else Layout(root)
    return publish(layout, opened, KEEP_OF_PREVIEW if name else KEEP, progress)


def remove_preview(root: Path, name: str | None, progress: Progress) -> None:
    """Remove a preview, if one is named, and the remains of others. Raises ``OSError``."""
    previews = root / "previews"
    if name and (previews / name).is_dir():
        with locked_to_publish(Layout(previews / name), progress):
            # Renamed first, in one step, so that no reader gets a half removed site.
            gone = previews / f"{BEING_REMOVED}{name}"
            shutil.rmtree(gone, ignore_errors=True)
            os.rename(previews / name, gone)
        progress.step(N_("The preview %(name)s is removed"), name=name)
    for left in previews.glob(f"{BEING_REMOVED}*"):
        shutil.rmtree(left, ignore_errors=True)
