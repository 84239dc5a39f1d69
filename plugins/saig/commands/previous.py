"""What was public before, for ``--previous``: an index as a file or an address, or a whole folder
of ``saig publish``."""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from ..refusal import Refused
from ..words import N_


def previous_index(given: str | None) -> str | None:
    """The same as a file or an address; for a folder, an index of all that its record knows, which
    exists as long as this process. None if nothing was ever public. Raises ``Refused`` for a folder
    that is not ours, ``OSError`` for one that cannot be read."""
    if not given or not os.path.isdir(given):
        return given
    import shutil  # imported here: all of this takes long to import
    import tempfile

    from ..publishing.layout import Layout
    from ..publishing.previous_index import write_previous_index
    from ..publishing.record import require_valid
    from ..publishing.record_io import load

    layout = Layout(Path(given))
    if not layout.record.is_file() and os.listdir(given):
        raise Refused(N_("nothing was ever published in %(folder)s"), folder=given)
    chain = require_valid(load(layout))
    work = tempfile.mkdtemp(prefix="saig-previous-")
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    index = write_previous_index(layout, chain, "", Path(work) / "index.json")
    return str(index) if index else None
