"""The files by which forges check, build and publish a site, for a town that has Saig installed.

Saig's own repository has the same files for itself: there ``make`` sets Saig up, and the scripts
lie in the tree. A town's get Saig as its requirements.txt pins it, and run the scripts that come
with it.
"""

from __future__ import annotations

import re

from .shipped import shipped

FILES = {
    "github": tuple(
        f".github/workflows/{name}.yml" for name in ("publish", "comment", "gazette", "report")
    ),
    "gitlab": (".gitlab-ci.yml", ".gitlab/gazette.yml", ".gitlab/report.yml"),
    "forgejo": tuple(f".forgejo/workflows/{name}.yml" for name in ("publish", "gazette", "report")),
}
"""By forge: where they lie, here and there."""

SAIG_ALONE = (
    "python3 -m venv .venv && "
    ".venv/bin/pip install --quiet --require-hashes --no-deps -r requirements.txt"
)
SET_UP = f"{SAIG_ALONE} && .venv/bin/python -m saig.libraries"

_CHANGES = (
    ('make -C "$code" .venv/ready', f'(cd "$code" && {SET_UP})'),
    ("make .venv/ready", SET_UP),
    ("git make openssh-client", "git openssh-client"),
    ("    - if: $CI_COMMIT_TAG\n", ""),  # Saig's own releases
    ("  - local: .gitlab/release.yml\n", ""),
    ("--no-install-recommends git python3\n", "--no-install-recommends git python3 python3-venv\n"),
    # The script that comments needs no library.
    (
        "run: deploy/ci/comment",
        f'run: {SAIG_ALONE} && "$(.venv/bin/python -m saig.shipped deploy)/ci/comment"',
    ),
    (
        "'\"$code/deploy/ci/comment\" gitlab review/comment.md'",
        f'(cd "$code" && {SAIG_ALONE}) && '
        '"$("$code/.venv/bin/python" -m saig.shipped deploy)/ci/comment" gitlab review/comment.md',
    ),
)
_SCRIPT = re.compile(r"deploy/ci/(\w+)")


def of_town(path: str) -> str:
    """The text of one of ``FILES`` as a town's repository has it."""
    text = shipped(path).read_text("utf-8")
    for old, new in _CHANGES:
        text = text.replace(old, new)
    return _SCRIPT.sub(lambda found: f".venv/bin/saig script {found[1]}", text)
