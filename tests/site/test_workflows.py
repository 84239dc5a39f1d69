"""The files by which forges run the scripts: linted, alike, and with no more rights than needed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from project import REPOSITORY
from saig.workflows import FILES, SET_UP, of_town

BIN = Path(sys.executable).parent
GITHUB = [".github/workflows/publish.yml", ".github/workflows/comment.yml"]
FORGEJO = ".forgejo/workflows/publish.yml"
GITLAB = ".gitlab-ci.yml"
ALL_OF_GITHUB = [
    *GITHUB,
    ".github/workflows/gazette.yml",
    ".github/workflows/report.yml",
    ".github/workflows/release.yml",
    "deploy/watch/github.yml",
]
ALL_OF_FORGEJO = [
    FORGEJO,
    ".forgejo/workflows/gazette.yml",
    ".forgejo/workflows/report.yml",
    ".forgejo/workflows/release.yml",
]
ALL_OF_GITLAB = [
    GITLAB,
    ".gitlab/gazette.yml",
    ".gitlab/report.yml",
    ".gitlab/release.yml",
    "deploy/watch/gitlab.yml",
]
STEPS = ("check", "build", "publish", "due", "review", "comment")


def text(path: str) -> str:
    return (REPOSITORY / path).read_text("utf-8")


def jobs(path: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(text(path))["jobs"]
    return found


def run(*command: str | Path, cwd: Path = REPOSITORY) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def as_github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all workflows where linters look for them, those too of the gazette and of the
    computer that watches. Those of Forgejo are the same but for where actions come from, and the
    names of machines."""
    root = tmp_path_factory.mktemp("workflows")
    folder = root / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in ALL_OF_GITHUB:
        (folder / path.replace("/", "-")).write_text(text(path), "utf-8")
    for path in FILES["github"]:
        (folder / f"town-{path.replace('/', '-')}").write_text(of_town(path), "utf-8")
    for path in ALL_OF_FORGEJO:
        for name, said in {"": text(path), "town-": of_town(path)}.items():
            alike = re.sub(r"uses: https://[^/]+/", "uses: ", said)
            (folder / f"{name}{path.replace('/', '-')}").write_text(alike, "utf-8")
    (root / ".github/actionlint.yaml").write_text("self-hosted-runner: {labels: [docker]}\n")
    subprocess.run(["git", "init", "-q", root], check=True)
    return root


def test_actionlint(as_github: Path) -> None:
    run(BIN / "actionlint", cwd=as_github)


def test_zizmor(as_github: Path) -> None:
    """With every check that it has: pinned actions, injection, permissions, credentials, caches."""
    run(BIN / "zizmor", "--offline", "--quiet", "--persona", "pedantic", ".", cwd=as_github)


def held_against(schema: str, files: Iterable[Path]) -> None:
    """What check-jsonschema says of these files, without a process of its own for each schema."""
    from check_jsonschema import main

    names = [str(file) for file in files]
    done = CliRunner().invoke(main, ["--builtin-schema", f"vendor.{schema}", *names])
    assert names and done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", [*ALL_OF_GITHUB, *ALL_OF_FORGEJO]), ("gitlab-ci", ALL_OF_GITLAB)],
)
def test_schema(schema: str, paths: list[str]) -> None:
    held_against(schema, [REPOSITORY / path for path in paths])


@pytest.mark.parametrize("forge", FILES)
def test_a_towns_files_need_nothing_of_saigs_repository(forge: str, tmp_path: Path) -> None:
    """They run the same scripts of a Saig that is installed, each after it was: what the files here
    do with make and with the scripts in the tree."""
    for path in FILES[forge]:
        said = of_town(path)
        assert not re.search(r"\bmake\b|deploy/ci/", re.sub(r"#.*", "", said)), path
        here, there = (
            re.findall(pattern, source)
            for pattern, source in (
                (r"deploy/ci/(\w+)", text(path)),
                (r"(?:saig script |deploy\)/ci/)(\w+)", said),
            )
        )
        assert here == there
        file = tmp_path / path.replace("/", "-")
        file.write_text(said, "utf-8")
        for job in (yaml.safe_load(said).get("jobs") or {}).values():
            steps = [step.get("run", "") for step in job["steps"]]
            first = next((n for n, one in enumerate(steps) if "saig script" in one), len(steps))
            assert first == len(steps) or any(SET_UP in one for one in steps[:first])
    held_against("gitlab-ci" if forge == "gitlab" else "github-workflows", tmp_path.iterdir())


def test_every_job_of_gitlab_has_saig_before_its_script() -> None:
    for path in ALL_OF_GITLAB[1:3]:
        for job in yaml.safe_load(text(path)).values():
            assert job["before_script"] == ["make .venv/ready"]


def test_scripts_are_what_they_seem() -> None:
    """Each says how it is used; the shell reads them, and shellcheck where there is one."""
    for path in sorted((REPOSITORY / "deploy/ci").iterdir()):
        if path.suffix or path.is_dir():
            continue  # what they share
        source = path.read_text("utf-8")
        assert path.stat().st_mode & 0o111, path
        assert "Usage: deploy/ci/" + path.name in source, path
        if source.startswith("#!/bin/sh\n"):
            run("sh", "-n", path)
            if shutil.which("shellcheck"):
                run("shellcheck", path)


def test_every_forge_runs_the_same_scripts() -> None:
    """What is not in deploy/ci cannot be tested here, so the files only wire."""
    for files in (GITHUB, [FORGEJO], [GITLAB]):
        whole = "".join(map(text, files))
        called = set(re.findall(r"deploy/ci/(\w+)", whole))
        assert called >= set(STEPS), files
        assert called <= {path.name for path in (REPOSITORY / "deploy/ci").iterdir()}


def uses(path: str) -> Iterator[str]:
    yield from re.findall(r"^ *(?:- )?(?:uses|image): (.+)$", text(path), re.MULTILINE)


@pytest.mark.parametrize("path", [*GITHUB, FORGEJO, GITLAB])
def test_all_that_comes_from_elsewhere_is_pinned(path: str) -> None:
    """To a commit, with the version that it is beside it; images to their digest."""
    for used in uses(path):
        assert re.fullmatch(r"\S+@[0-9a-f]{40} # v\d+(\.\d+)*|\S+@sha256:[0-9a-f]{64}", used), used


BUILDS = ("due", "build")
"""The jobs that run the project's code: settings, plugins, templates, scripts of what was pushed."""


def test_who_runs_the_projects_code_may_write_nothing() -> None:
    """No job that does has a right, a secret or an environment: with these it could write the public
    site and the record, and sign both."""
    for path in (*GITHUB, FORGEJO):
        assert yaml.safe_load(text(path))["permissions"] == {}
    for path in (GITHUB[0], FORGEJO):
        for name in BUILDS:
            job = jobs(path)[name]
            assert job["permissions"] == {"contents": "read"}
            assert "secrets." not in str(job) and "environment" not in job, (path, name)
            assert not re.search(r"deploy/ci/(publish|comment|branch)", str(job))
    for job in gitlab_jobs().values():
        if "make .venv/ready" in job["before_script"]:
            assert "environment" not in job
            assert not re.search("TOKEN|KEY|deploy/ci/(publish|comment|branch)", str(job))


def test_who_may_write_runs_only_code_that_is_trusted() -> None:
    """Of a commit that a maintainer named, or of the protected branch; what was built is taken as a
    file, beside the code, and no cache, which a build could have filled."""
    for path, name in ((GITHUB[0], "publish"), (FORGEJO, "publish"), (FORGEJO, "comment")):
        job = jobs(path)[name]
        used = [step.get("uses", "") for step in job["steps"]]
        assert not any("cache" in one for one in used), "a build could have filled it"
        (checkout,) = (s for s in job["steps"] if "checkout@" in s.get("uses", ""))
        assert checkout["with"]["ref"].startswith("${{ vars.SAIG_TRUSTED || ")
        (taken,) = (s for s in job["steps"] if "download-artifact@" in s.get("uses", ""))
        assert taken["with"]["path"].startswith("${{ runner.temp }}/")
    for path in (GITHUB[0], FORGEJO):
        publish = jobs(path)["publish"]
        assert publish["needs"] == "build"
        assert "github.event_name != 'pull_request'" in publish["if"]
        assert "github.ref == 'refs/heads/main'" in publish["if"]
    (comment,) = jobs(GITHUB[1]).values()
    assert "ref" not in comment["steps"][0]["with"]  # that of the default branch
    trusted = {name: gitlab_jobs()[name] for name in ("comment", "pages")}
    assert {job["variables"]["GIT_STRATEGY"] for job in trusted.values()} == {"none"}
    assert all("cache" not in job and job["environment"] for job in trusted.values())


def test_no_credentials_stay_where_code_could_find_them() -> None:
    for path in (*GITHUB, FORGEJO):
        for job in jobs(path).values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", ""), "an expression in a script"
                if "checkout@" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] is False


def gitlab_jobs() -> dict[str, dict[str, Any]]:
    """The jobs, each with what it extends."""
    whole = yaml.safe_load(text(GITLAB))
    found = {name: job for name, job in whole.items() if isinstance(job, dict) and "script" in job}
    return {name: {**whole[job["extends"]], **job} for name, job in found.items()}


def test_merge_requests_do_not_write_the_cache_of_publications() -> None:
    for path in (GITHUB[0], FORGEJO):
        (save,) = (s for s in jobs(path)["build"]["steps"] if "cache/save@" in s.get("uses", ""))
        assert save["if"] == "github.event_name != 'pull_request'"
    gitlab = yaml.safe_load(text(GITLAB))
    review = gitlab["workflow"]["rules"][0]
    assert "merge_request_event" in review["if"]
    assert review["variables"]["SAIG_CACHE"] != gitlab["variables"]["SAIG_CACHE"]
    for job in gitlab_jobs().values():
        assert "$SAIG_CACHE" in job.get("cache", {"key": "$SAIG_CACHE"})["key"]


def test_one_publication_at_a_time() -> None:
    for path in (GITHUB[0], FORGEJO):
        wanted = {"group": "publication", "cancel-in-progress": False}
        assert jobs(path)["publish"]["concurrency"] == wanted
    assert yaml.safe_load(text(GITLAB))["pages"]["resource_group"] == "publication"
