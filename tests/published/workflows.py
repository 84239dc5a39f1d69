"""Runs the workflow files of forges on this computer, as far as Saig's use what there is in them: jobs
in their order, what each is given and what it leaves. Actions are replaced by the few lines that are
asked of them here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import warm
import yaml
from hosted import Forge
from project import REPOSITORY
from published_site import git

TOKEN = "token-of-the-job"
GITHUB = ".github/workflows/publish.yml"
GITHUB_COMMENT = ".github/workflows/comment.yml"
FORGEJO = ".forgejo/workflows/publish.yml"
GITLAB = ".gitlab-ci.yml"


@dataclass
class Job:
    """What came of a job. ``said``: what it wrote; ``folder``: where it ran."""

    result: str
    said: str = ""
    folder: Path = Path()
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Runner:
    """Where jobs run. ``given``: variables of the computer; ``left``: what they leave for others."""

    forge: Forge
    root: Path
    given: Mapping[str, str] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        bin_ = self.root / "bin"
        bin_.mkdir(parents=True)
        for name in ("make", "apt-get"):  # what they would fetch is here
            (bin_ / name).write_text("#!/bin/sh\n")
            (bin_ / name).chmod(0o755)

    @property
    def left(self) -> Path:
        return self.root / "left"

    def folder(self, name: str) -> Path:
        self.count += 1
        folder = self.root / f"{self.count}-{name}"
        folder.mkdir()
        return folder

    def shell(
        self, script: str, folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """``environment``: all that the forge gives, beside what every computer has."""
        plain = {
            "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.root),
            "TMPDIR": tempfile.gettempdir(),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "SAIG_BIN": str(warm.programs()),
        }
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env={**plain, **self.given, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
        )


def copy(source: Path, target: Path) -> None:
    """A file into a folder, or what is in a folder."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
    else:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


# -- GitHub and Forgejo ---------------------------------------------------------------------------


@dataclass
class Actions:
    """A workflow file of GitHub's form. ``github``, ``secrets``, ``variables``: its contexts."""

    runner: Runner
    file: str
    github: dict[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def run(self) -> dict[str, Job]:
        """Each job that the event has, in the order of the file."""
        whole = yaml.safe_load((REPOSITORY / self.file).read_text("utf-8"))
        for name, job in whole["jobs"].items():
            needed = (
                [self.jobs[one].result for one in [job["needs"]] if one] if "needs" in job else []
            )
            contexts = self._contexts({})
            if self._holds(job.get("if"), contexts, {*needed} <= {"success"}):
                self.jobs[name] = self._job(name, job, whole.get("env", {}))
            else:
                self.jobs[name] = Job("skipped")
        return self.jobs

    def _contexts(self, steps: Mapping[str, Any]) -> dict[str, Any]:
        needs = {
            name: {"result": job.result, "outputs": job.outputs} for name, job in self.jobs.items()
        }
        return {
            "github": self.github,
            "secrets": self.secrets,
            "vars": self.variables,
            "needs": needs,
            "steps": steps,
            "runner": {"temp": str(self.runner.root / "temp")},
        }

    def _job(self, name: str, job: Mapping[str, Any], environment: Mapping[str, str]) -> Job:
        folder = self.runner.folder(name)
        temporary = self.runner.root / "temp"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        output, summary = temporary / "output", temporary / "summary"
        of_steps: dict[str, Any] = {}
        done = Job("success", folder=folder)
        for step in job["steps"]:
            contexts = self._contexts(of_steps)
            if not self._holds(step.get("if"), contexts, done.result == "success", folder):
                continue
            given = {name: value for name, value in step.get("env", {}).items()}
            files = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": summary}
            known = {**environment, **{name: str(path) for name, path in files.items()}}
            known |= {"RUNNER_TEMP": str(temporary)}
            known |= {name: self._filled(value, contexts) for name, value in given.items()}
            output.write_text("")
            if "run" in step:
                ran = self.runner.shell(step["run"], folder, known)
                done.said += ran.stdout
                is_well = ran.returncode == 0
            else:
                values = {k: self._filled(v, contexts) for k, v in step.get("with", {}).items()}
                is_well = self._use(step["uses"], values, folder)
            if "id" in step:
                outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
                outcome = "success" if is_well else "failure"
                of_steps[step["id"]] = {"outputs": outputs, "outcome": outcome}
            if not is_well and not step.get("continue-on-error"):
                done.result = "failure"
        contexts = self._contexts(of_steps)
        for key, value in job.get("outputs", {}).items():
            done.outputs[key] = self._filled(value, contexts)
        return done

    def _use(self, action: str, values: Mapping[str, str], folder: Path) -> bool:
        """What an action does. Whether it could."""
        name = action.partition("@")[0].removeprefix("https://").split("/", 1)
        name = [*name[-1].split("/")] if "." in name[0] else [action.partition("@")[0]]
        path = values.get("path", "")
        inside = folder / path
        match "/".join(name).removeprefix("actions/").removeprefix("forgejo/"):
            case "checkout":
                wanted = values.get("ref") or self.github["sha"]
                git(folder, "clone", "-q", str(self.runner.forge.repository), ".")
                git(folder, "checkout", "-q", "--detach", wanted)
            case "cache/restore":
                if (self.runner.left / "cache").is_dir():
                    copy(self.runner.left / "cache", inside)
            case "cache/save":
                shutil.rmtree(self.runner.left / "cache", ignore_errors=True)
                copy(inside, self.runner.left / "cache")
            case "upload-artifact":
                copy(inside, self.runner.left / values["name"])
            case "download-artifact":
                if not (self.runner.left / values["name"]).is_dir():
                    return False
                copy(self.runner.left / values["name"], inside)
            case "upload-pages-artifact":
                shutil.rmtree(self.runner.left / "pages", ignore_errors=True)
                copy(inside, self.runner.left / "pages")
            case "setup-python" | "deploy-pages":
                pass
            case other:
                raise AssertionError(f"nothing stands in for {other}")
        return True

    def _holds(
        self, said: str | None, contexts: Mapping[str, Any], well: bool, folder: Path | None = None
    ) -> bool:
        """Whether an ``if`` lets something run. One that does not ask how it went asks for success."""
        if said is None:
            return well
        text = said.removeprefix("${{").removesuffix("}}")
        found = bool(evaluated(text, contexts, folder))
        return found and (well or "cancelled()" in text)

    def _filled(self, text: object, contexts: Mapping[str, Any]) -> str:
        def value(found: re.Match[str]) -> str:
            return str(evaluated(found[1], contexts) or "")

        return re.sub(r"\$\{\{(.*?)\}\}", value, str(text))


_TOKEN = re.compile(r"'[^']*'|&&|\|\||==|!=|!|[()]|[\w.-]+(?:\([^)]*\))?")
_OF_PYTHON = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!=", "(": "(", ")": ")"}


def evaluated(text: str, contexts: Mapping[str, Any], folder: Path | None = None) -> Any:
    """An expression of GitHub's: its operators give what Python's give."""

    def python(token: str) -> str:
        if token in _OF_PYTHON:
            return _OF_PYTHON[token]
        if token == "cancelled()":
            return "False"
        if token.startswith("hashFiles("):
            assert folder
            return repr("x" if list(folder.glob(token[len("hashFiles('") : -2])) else "")
        if token[0] == "'":
            return token
        value: Any = contexts
        for part in token.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return repr(value)

    return eval("".join(python(token) for token in _TOKEN.findall(text)))


# -- GitLab -----------------------------------------------------------------------------------------


@dataclass
class GitLab:
    """The pipeline of GitLab. ``variables``: those that it sets itself; ``scoped``: those of the
    project, each for the jobs of one environment."""

    runner: Runner
    variables: dict[str, str]
    scoped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def run(self) -> dict[str, Job]:
        whole = yaml.safe_load((REPOSITORY / GITLAB).read_text("utf-8"))
        rule = self._rule(whole["workflow"]["rules"], self.variables)
        assert rule is not None, "no pipeline is begun"
        common = {**whole["variables"], **rule.get("variables", {})}
        listed = {
            name: job for name, job in whole.items() if isinstance(job, dict) and "script" in job
        }
        for stage in whole["stages"]:
            well = all(job.result != "failure" for job in self.jobs.values())
            for name, job in listed.items():
                if job["stage"] == stage:
                    job = {**whole[job["extends"]], **job}
                    variables = {**common, **self.variables, **job.get("variables", {})}
                    begins = well or "needs" in job
                    if begins and self._rule(job["rules"], variables) is not None:
                        self.jobs[name] = self._job(name, job, variables)
                    else:
                        self.jobs[name] = Job("skipped")
        return self.jobs

    def _rule(
        self, rules: list[dict[str, Any]], variables: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """The first that holds."""

        def holds(said: str) -> bool:
            text = re.sub(r"\$(\w+)", lambda found: repr(variables.get(found[1])), said)
            return bool(eval(text.replace("&&", " and ").replace("||", " or ")))

        return next((rule for rule in rules if holds(rule["if"])), None)

    def _job(self, name: str, job: Mapping[str, Any], variables: Mapping[str, str]) -> Job:
        folder = self.runner.folder(name)
        if variables.get("GIT_STRATEGY") != "none":
            git(folder, "clone", "-q", variables["CI_REPOSITORY_URL"], ".")
            git(folder, "checkout", "-q", "--detach", variables["CI_COMMIT_SHA"])
        cache = self.runner.left / "cache"
        if "cache" in job and cache.is_dir():
            copy(cache, folder / ".git/.saig")
        for other in job.get("needs", job.get("dependencies", list(self.jobs))):
            if (self.runner.left / other).is_dir():
                copy(self.runner.left / other, folder)
        environment = job.get("environment") or {}
        scope = (
            environment["name"] if isinstance(environment, dict) and environment else environment
        )
        own = self.scoped.get(scope, {}) if scope else {}
        script = "\n".join([*job.get("before_script", []), *job["script"]])
        given = {k: str(v) for k, v in {**variables, **own}.items()}
        ran = self.runner.shell(script, folder, given)
        for path in job.get("artifacts", {}).get("paths", []):
            kept = re.sub(r"\$(\w+)", lambda found: given[found[1]], path).rstrip("/")
            target = self.runner.left / name
            if (folder / kept).exists():
                copy(folder / kept, target / kept if (folder / kept).is_dir() else target)
        if "cache" in job and (folder / ".git/.saig").is_dir():
            shutil.rmtree(cache, ignore_errors=True)
            copy(folder / ".git/.saig", cache)
        allowed = job.get("allow_failure", {}).get("exit_codes", [])
        result = {0: "success"}.get(ran.returncode, "failure")
        return Job("warning" if ran.returncode in allowed else result, ran.stdout, folder)
