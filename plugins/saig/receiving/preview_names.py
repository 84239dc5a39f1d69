"""Names of previews, made from those of branches. They name folders, and are parts of addresses."""

from __future__ import annotations

import os
import re
from hashlib import sha256

from ..notes.slug import slugify

PREVIEWS = "/_preview/"
"""The path below the site's address at which the web server has the previews."""

PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
_PLAIN = re.compile(PATTERN)
_TAKEN = re.compile(r".*-[0-9a-f]{10}")
_LONGEST = 40


def preview_name(branch: str) -> str:
    """The name of a branch's preview: ``estiu`` -> ``estiu``; ``Estiu/2020`` ->
    ``estiu-2020-1a2b3c4d5e``.

    If a branch's name cannot be used as it is, digits of its digest are added. Names that look so
    already get digits too. So no two branches have the same preview, even on file systems on which
    ``a`` and ``A`` are the same.
    """
    if _PLAIN.fullmatch(branch) and len(branch) <= _LONGEST and not _TAKEN.fullmatch(branch):
        return branch
    raw = os.fsencode(branch)
    stem = slugify(raw.decode("utf-8", "ignore"))[:_LONGEST].strip("-")
    return "-".join(filter(None, (stem, sha256(raw).hexdigest()[:10])))
