"""The files that hold the norms against the gazette each night: linted, alike, with few rights."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from project import REPOSITORY
from test_workflows import BIN, run, text

GITHUB = ".github/workflows/gazette.yml"
FORGEJO = ".forgejo/workflows/gazette.yml"
GITLAB = ".gitlab/gazette.yml"
UNITS = REPOSITORY / "deploy/systemd"


@pytest.fixture(scope="module")
def as_github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workflows")
    folder = root / ".github" / "workflows"
    folder.mkdir(parents=True)
    shutil.copy(REPOSITORY / GITHUB, folder)
    forgejo = re.sub(r"uses: https://[^/]+/", "uses: ", text(FORGEJO))
    (folder / "forgejo.yml").write_text(forgejo, "utf-8")
    (root / ".github/actionlint.yaml").write_text("self-hosted-runner: {labels: [docker]}\n")
    subprocess.run(["git", "init", "-q", root], check=True)
    return root


def test_linters(as_github: Path) -> None:
    run(BIN / "actionlint", cwd=as_github)
    run(BIN / "zizmor", "--offline", "--quiet", "--persona", "pedantic", ".", cwd=as_github)
    for schema, path in (
        ("github-workflows", GITHUB),
        ("github-workflows", FORGEJO),
        ("gitlab-ci", GITLAB),
    ):
        run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path)


def test_all_run_the_same_script_each_night() -> None:
    """And are told of the one setting; nothing publishes, and no publication waits."""
    for path in (GITHUB, FORGEJO):
        said = yaml.safe_load(text(path))
        assert said[True]["schedule"]  # YAML 1.1 reads "on" as true
        assert said["permissions"] == {}
        assert "GAZETTE_TELL: ${{ vars.GAZETTE_TELL }}" in text(path)
        assert f"deploy/ci/gazette {path.split('/')[0][1:]}" in text(path)
    gitlab = yaml.safe_load(text(GITLAB))["gazette"]
    assert gitlab["allow_failure"] is True
    assert "schedule" in gitlab["rules"][0]["if"]
    assert {"local": GITLAB} in yaml.safe_load(text(".gitlab-ci.yml"))["include"]


def test_the_timer_starts_the_service() -> None:
    """At a time of its own, as an account of its own."""
    read = {}
    for path in UNITS.iterdir():
        if not path.name.startswith("saig-gazette"):
            continue
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[method-assign,assignment]
        parser.read(path)
        read[path.suffix] = parser
    assert read[".timer"]["Timer"]["RandomizedDelaySec"]
    service = read[".service"]["Service"]
    assert "deploy/ci/gazette" in service["ExecStart"]
    assert service["User"] != "root"
    assert service["ProtectSystem"] == "full"
    if shutil.which("systemd-analyze"):
        units = [str(path) for path in sorted(UNITS.glob("saig-gazette*"))]
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
        assert [line for line in done.stderr.splitlines() if "saig-gazette" in line] == []
