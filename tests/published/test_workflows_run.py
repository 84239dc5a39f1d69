"""The workflow files of GitHub, GitLab and Forgejo, run job by job: what they publish, what they tell,
and what each job can reach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hosted import Forge, new_forge
from project import DAY, tree
from published_site import ADDRESS, NOTE, git
from serving import in_background
from workflows import FORGEJO, GITHUB, GITHUB_COMMENT, TOKEN, Actions, GitLab, Job, Runner

SPY = """
import os
with open(os.environ["SPY"], "a") as told:
    told.write(repr(dict(os.environ)) + chr(10))
"""
"""Settings of the project, which is its code: they keep all that they are given."""


@dataclass
class Town:
    """A forge of one kind that runs its workflow. ``secret``: what only a job that publishes may
    have."""

    forge: Forge
    kind: str
    key: str
    runs: int = 0
    secret: str = "zirconi-token"
    given: dict[str, str] = field(default_factory=dict)

    @property
    def spied(self) -> Path:
        return self.forge.root / "spied"

    def run(self, event: str, branch: str = "main", **more: str) -> dict[str, Job]:
        """What a forge runs after an event on a branch."""
        self.runs += 1
        runner = Runner(
            self.forge,
            self.forge.root / f"run-{self.runs}",
            {"SPY": str(self.spied), **self.given},
        )
        runs = {"github": self._github, "forgejo": self._forgejo, "gitlab": self._gitlab}
        jobs = runs[self.kind](runner, event, branch, more)
        self.left = runner.left
        return jobs

    def _contexts(self, event: str, branch: str) -> dict[str, Any]:
        base = {"ref": "main", "sha": self.forge.head("main")}
        request = {"number": 7, "base": base, "head": {"repo": {"full_name": "other/web"}}}
        is_request = event == "pull_request"
        return {
            "event_name": event,
            "sha": self.forge.head(branch),
            "ref": "refs/pull/7/merge" if is_request else f"refs/heads/{branch}",
            "head_ref": branch if is_request else "",
            "repository": "town/web",
            "token": TOKEN,
            "server_url": "https://forge.test",
            "api_url": "https://forge.test/api/v1",
            "run_id": "1",
            "run_number": "1",
            "run_attempt": "1",
            "event": {"pull_request": request} if is_request else {},
        }

    def _secrets(self) -> dict[str, str]:
        return {"PUBLISH_TOKEN": self.secret, "SAIG_SIGNING_KEY": self.key}

    def _github(
        self, runner: Runner, event: str, branch: str, more: Mapping[str, str]
    ) -> dict[str, Job]:
        contexts = self._contexts(event, branch)
        jobs = Actions(runner, GITHUB, contexts, self._secrets(), more).run()
        if event == "pull_request":
            told = {"workflow_run": {"event": event, "head_sha": contexts["sha"]}}
            later = {**contexts, "token": "", "sha": self.forge.head("main"), "event": told}
            jobs |= Actions(runner, GITHUB_COMMENT, later).run()
        return jobs

    def _forgejo(
        self, runner: Runner, event: str, branch: str, more: Mapping[str, str]
    ) -> dict[str, Job]:
        return Actions(runner, FORGEJO, self._contexts(event, branch), self._secrets(), more).run()

    def _gitlab(
        self, runner: Runner, event: str, branch: str, more: Mapping[str, str]
    ) -> dict[str, Job]:
        is_request = event == "pull_request"
        key = self.forge.root / "key"
        key.write_text(self.key)
        key.chmod(0o600)
        variables = {
            "CI_PIPELINE_SOURCE": {"pull_request": "merge_request_event"}.get(event, event),
            "CI_PIPELINE_ID": "11",
            "CI_JOB_ID": "12",
            "CI_JOB_TOKEN": TOKEN,
            "CI_DEFAULT_BRANCH": "main",
            **({} if is_request else {"CI_COMMIT_BRANCH": branch}),
            "CI_COMMIT_SHA": self.forge.head(branch),
            "CI_REPOSITORY_URL": str(self.forge.repository),
            "CI_PROJECT_PATH": "town/web",
            "CI_PROJECT_ROOT_NAMESPACE": "town",
            "CI_PAGES_DOMAIN": "pages.test",
            "CI_API_V4_URL": "https://forge.test/api/v4",
            "CI_MERGE_REQUEST_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.forge.head("main"),
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": branch,
            **more,
        }
        scoped = {
            "publication": {"PUBLISH_TOKEN": self.secret, "SAIG_SIGNING_KEY": str(key)},
            "comments": {},
        }
        return GitLab(runner, variables, scoped).run()

    @property
    def public(self) -> Path:
        """What the forge was given to serve by the last run."""
        match self.kind:
            case "github":
                return self.left / "pages"
            case "gitlab":
                return self.left / "pages/public"
            case _:
                folder = self.forge.root / f"pages-{self.runs}"
                git(self.forge.root, "clone", "-q", "-b", "pages", "forge.git", folder.name)
                return folder


@pytest.fixture(params=["github", "gitlab", "forgejo"])
def town(request: pytest.FixtureRequest, tmp_path: Path, key: Path) -> Town:
    forge = new_forge(tmp_path / "forge")
    settings = forge.project.root / "publishconf.py"
    text = settings.read_text().replace("https://poble.test", "http://poble.test")
    settings.write_text(text + SPY)
    forge.push("A site at an address of its own")
    return Town(forge, request.param, key.read_text())


def results(jobs: Mapping[str, Job]) -> dict[str, str]:
    return {name: job.result for name, job in jobs.items() if job.result != "skipped"}


def said(jobs: Mapping[str, Job]) -> str:
    return "".join(job.said for job in jobs.values())


PUBLISH = {"github": "publish", "forgejo": "publish", "gitlab": "pages"}


def test_from_a_push_to_the_night(town: Town, day_of: Callable[[str], dict[str, str]]) -> None:
    """Pushed and published; a note that is wrong; a merge request; a night without a change, and one
    with; scripts that would give the key away, published by those of a commit that a maintainer named.
    No job that runs the project's code is given a key, or a token that may write."""
    forge, publish = town.forge, PUBLISH[town.kind]
    jobs = town.run("push")
    assert jobs[publish].result == "success", said(jobs)
    record = forge.record()
    [line] = record.record
    assert line["commit"] == forge.head("main") and line["signer"] and line["differs"] is False
    public = {name: v for name, v in tree(town.public).items() if not name.startswith(".git/")}
    assert public == tree(record.current)
    before = forge.head("published")

    forge.project.write("notices/wrong.md", "---\ntitle: Wrong\n---\n")
    forge.push("Broken")
    jobs = town.run("push")
    assert "failure" in results(jobs).values()
    assert jobs[publish].result == "skipped"
    assert "missing-field" in said(jobs) and forge.head("published") == before
    git(forge.project.root, "reset", "-q", "--hard", "HEAD~1")
    git(forge.project.root, "push", "-q", "-f", "origin", "main")

    forge.project.change(NOTE, "De què va.", "De què va tot.")
    forge.push("Of a merge request", branch="change")
    jobs = town.run("pull_request", "change")
    assert "failure" not in results(jobs).values(), said(jobs)
    assert f"`{ADDRESS}`" in jobs["comment"].said, "the text that a token would post"
    assert jobs[publish].result == "skipped" and forge.head("published") == before
    git(forge.project.root, "reset", "-q", "--hard", "HEAD~1")

    town.given = day_of("2999-01-01")
    jobs = town.run("schedule")
    assert jobs[publish].result in ("skipped", "warning") and forge.head("published") == before
    assert {job.result for job in jobs.values()} <= {"success", "skipped", "warning"}

    trusted = forge.head("main")
    for name in ("publish", "comment"):
        script = forge.project.root / "deploy/ci" / name
        script.write_text('#!/bin/sh\necho "STOLEN $SAIG_SIGNING_KEY$SAIG_SIGNING_KEY_TEXT"\n')
    forge.push("Of someone whom nobody trusts")
    town.given = day_of(DAY)
    jobs = town.run("schedule", SAIG_TRUSTED=trusted)
    assert jobs[publish].result == "success", said(jobs)
    assert "STOLEN" not in said(jobs)
    record = forge.record()
    assert record.record[-1]["commit"] == forge.head("main") != trusted
    assert record.verify()[0] == 0

    spied = town.spied.read_text()
    assert "SPY" in spied
    assert town.secret not in spied and "PRIVATE KEY" not in spied
    assert "SAIG_SIGNING_KEY" not in spied and "PUBLISH_TOKEN" not in spied


@pytest.fixture
def day_of() -> Iterator[Callable[[str], dict[str, str]]]:
    """The variables by which a computer finds, at any address, a site that changes on a day."""
    answered = {"date": ""}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answered).encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        in_background(server)

        def found(day: str) -> dict[str, str]:
            answered["date"] = day
            return {"http_proxy": f"http://127.0.0.1:{server.server_port}"}

        yield found
        server.shutdown()
