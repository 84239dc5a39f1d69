"""The files that hold the norms against the gazette each night, and those that report what the notes
need: alike, with few rights. Linters have them in test_workflows.py."""

from __future__ import annotations

import configparser
import shutil
import subprocess

import pytest
import yaml
from project import REPOSITORY
from test_workflows import text

SETTINGS = {"gazette": "GAZETTE_TELL", "report": "REPORT_DEPARTMENT"}
UNITS = REPOSITORY / "deploy/systemd"


@pytest.mark.parametrize("job", SETTINGS)
def test_all_run_the_same_script_each_night(job: str) -> None:
    """And are told of the one setting; nothing publishes, and no publication waits."""
    for path in (f".github/workflows/{job}.yml", f".forgejo/workflows/{job}.yml"):
        said = yaml.safe_load(text(path))
        assert said[True]["schedule"]  # YAML 1.1 reads "on" as true
        assert said["permissions"] == {}
        assert f"{SETTINGS[job]}: ${{{{ vars.{SETTINGS[job]} }}}}" in text(path)
        assert f"deploy/ci/{job} {path.split('/')[0][1:]}" in text(path)
    gitlab = yaml.safe_load(text(f".gitlab/{job}.yml"))[job]
    assert gitlab["allow_failure"] is True
    assert "schedule" in gitlab["rules"][0]["if"]
    assert {"local": f".gitlab/{job}.yml"} in yaml.safe_load(text(".gitlab-ci.yml"))["include"]


@pytest.mark.parametrize("job", SETTINGS)
def test_the_timer_starts_the_service(job: str) -> None:
    """At a time of its own, as an account of its own."""
    read = {}
    for path in UNITS.iterdir():
        if not path.name.startswith(f"saig-{job}"):
            continue
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[method-assign,assignment]
        parser.read(path)
        read[path.suffix] = parser
    assert read[".timer"]["Timer"]["RandomizedDelaySec"]
    service = read[".service"]["Service"]
    assert f".venv/bin/saig script {job}" in service["ExecStart"]
    assert service["User"] != "root"
    assert service["ProtectSystem"] == "full"
    if shutil.which("systemd-analyze"):
        units = [str(path) for path in sorted(UNITS.glob(f"saig-{job}*"))]
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
        assert [line for line in done.stderr.splitlines() if f"saig-{job}" in line] == []
