"""Files with what is said, which somebody has looked over: whoever changes what is said writes them
anew (``SAIG_WRITE=1 pytest …``) and reads the difference."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from itertools import chain
from pathlib import Path
from typing import Any

ANEW = "Where that is right: SAIG_WRITE=1 pytest …, and read the difference."


def hold(now: Mapping[Path, str]) -> None:
    """Fail where files are not what is said ``now``."""
    if os.environ.get("SAIG_WRITE"):
        for path, text in now.items():
            path.write_text(text, "utf-8")
    different = [
        list(unified_diff(path.read_text("utf-8").splitlines(), text.splitlines(), n=1))
        for path, text in now.items()
    ]
    assert not any(different), "\n".join([*chain(*different), ANEW])


def told(problems: Iterable[Mapping[str, Any]], but: str = "") -> str:
    """What an editor reads of problems, as ``saig check --format json`` gives them, in lines: the words,
    the hint and, where it is certain, the mended line. ``but``: a code that most notes get and few are
    about."""
    lines = [
        f"{one['path'].removeprefix('content/')}:{one['line']}:{one['column']} {one['code']}:"
        f" {one['message']} / {one['hint']}" + (f" / {one['fix']}" if "fix" in one else "")
        for one in problems
        if one["code"] != but
    ]
    return "".join(line.replace("\n", " ⏎ ") + "\n" for line in lines)
