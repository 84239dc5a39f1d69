"""The files that hold the norms against the gazette each night: alike, with few rights. Linters have
them in test_workflows.py."""

from __future__ import annotations

import configparser
import shutil
import subprocess

import yaml
from project import REPOSITORY
from test_workflows import text

GITHUB = ".github/workflows/gazette.yml"
FORGEJO = ".forgejo/workflows/gazette.yml"
GITLAB = ".gitlab/gazette.yml"
UNITS = REPOSITORY / "deploy/systemd"


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
