"""The name of a branch -> the name of its preview: a folder, and a part of an address."""

from __future__ import annotations

import os
import re
from hashlib import sha256

from ..notes.slug import slugify

PREVIEWS = "/_preview/"
"""Below the site's address: where the web server has the previews of branches."""

PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
_PLAIN = re.compile(PATTERN)
_TAKEN = re.compile(r".*-[0-9a-f]{10}")
_LONGEST = 40


def preview_name(branch: str) -> str:
    """``estiu`` -> ``estiu``; ``Estiu/2020`` -> ``estiu-2020-1a2b3c4d5e``.

    A branch whose name cannot stand as it is gets a part of the name's digest, and none that can
    looks like that: so no two branches meet, be it where ``a`` and ``A`` are one file.
    """
    if _PLAIN.fullmatch(branch) and len(branch) <= _LONGEST and not _TAKEN.fullmatch(branch):
        return branch
    raw = os.fsencode(branch)
    stem = slugify(raw.decode("utf-8", "ignore"))[:_LONGEST].strip("-")
    return "-".join(filter(None, (stem, sha256(raw).hexdigest()[:10])))
