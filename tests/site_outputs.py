"""What tests ask of any built site: its documents, and whether its links lead anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
from project import Project

LYCHEE = Path(sys.executable).with_name("lychee")


def documents(site: Project) -> dict[str, dict[str, Any]]:
    """Every index.json of the site, by its path."""
    return {
        path.relative_to(site.output).as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(site.output.rglob("index.json"))
        if "v1" not in path.parts
    }


def invalid_documents(site: Project, url: str) -> list[tuple[str, str]]:
    """Documents that are not as the schemas say that the site publishes, formats included, or whose
    address is not their own. ``url``: the site's address."""
    checkers: dict[str, Any] = {}
    found = []
    for path, document in documents(site).items():
        schema = document["$schema"].removeprefix(f"{url}/")
        if schema not in checkers:
            checkers[schema] = jsonschema.Draft202012Validator(
                site.data(schema),
                format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
            )
        found += [(path, error.message) for error in checkers[schema].iter_errors(document)]
        if document["url"] != f"{url}/{path.removesuffix('index.json')}":
            found.append((path, document["url"]))
    return found


def links_that_fail(folder: Path, root: Path, url: str, at_least: int = 1000) -> list[Any]:
    """Every link of every page, feed and sitemap that leads nowhere, fragments included. There must be
    more than ``at_least``."""
    pages = [str(path) for path in sorted(folder.rglob("*.html"))]
    feeds = [str(path) for path in sorted(folder.rglob("feed.*"))] + [str(folder / "sitemap.xml")]
    done = subprocess.run(
        [
            str(LYCHEE), "--offline", "--include-fragments", "--hidden", "--no-progress",
            "--root-dir", str(root), "--index-files", "index.html",
            "--remap", f"{url}/ file://{folder}/", "--format", "json", *pages, *feeds,
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["total"] > at_least
    return [
        (Path(page).relative_to(folder).as_posix(), error["url"])
        for page, errors in found["error_map"].items()
        for error in errors
    ]
