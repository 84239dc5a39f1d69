"""What scripts that tell editors something have in common: an issue that is kept up to date, or mails.

Needs Python's standard library only.
"""

import email.message
import email.policy
import hashlib
import json
import os
import re
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 60_000
"""The most signs that a forge is sent at a time."""
MOST = 3_000
"""The most things of which an issue has the names. With all of them no text would fit."""
AUTHORS = {"github": "github-actions[bot]", "forgejo": "forgejo-actions"}
"""Whose issues these are. GitLab tells it; elsewhere a job's own token may not ask."""

BIN = Path(os.environ.get("SAIG_BIN", ".venv/bin"))


def saig(*arguments: str) -> str:
    done = subprocess.run([BIN / "saig", *arguments], stdout=subprocess.PIPE)
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout.decode()


def git(*arguments: str, **more: Any) -> str:
    done = subprocess.run(["git", *arguments], stdout=subprocess.PIPE, check=True, **more)
    return done.stdout.decode().strip()


def fitting(text: str) -> str:
    """A text, or as many of its lines as a forge takes."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition("\n")[0] + "\n\n…"


def short_name(*said: str) -> str:
    """The same for what says the same, each time."""
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Told:
    """What is told. ``subject``: one word, by which the issue is known again. Title, what stands above
    the list, above what is new in it, and what is said when nothing is left."""

    subject: str
    title: str
    intro: str
    new: str
    over: str

    def with_mark(self, names: Iterable[str], report: str) -> str:
        """What an issue says, with the names of what it tells where nobody sees them."""
        mark = "".join(f" {one}" for one in sorted(names))
        return fitting(f"<!-- saig {self.subject}{mark} -->\n{self.intro}\n\n{report}")

    def marked(self, text: str | None) -> set[str] | None:
        """The names of what a text tells of; None if it is not ours."""
        found = re.match(rf"<!-- saig {self.subject}((?: [0-9a-f]{{10}})*) -->", text or "")
        return set(found[1].split()) if found else None

    def mail(self, to: str, names: Iterable[str], text: str) -> None:
        """What is new since the last mail, by a file beside the cache of builds."""
        told = Path(git("rev-parse", "--absolute-git-dir"), ".saig", f"{self.subject}-told")
        before = set(told.read_text().split()) if told.exists() else set()
        if set(names) - before:
            message = email.message.EmailMessage(policy=email.policy.SMTP)
            message["Subject"], message["To"] = self.title, to
            message.set_content(text)
            program = os.environ.get("SENDMAIL", "/usr/sbin/sendmail")
            subprocess.run([program, "-t", "-i"], input=message.as_bytes(), check=True)
        told.parent.mkdir(exist_ok=True)
        told.write_text("\n".join(sorted(names)))


class Forge:
    """What the three have in common, and where they differ."""

    def __init__(self, kind: str, told: Told) -> None:
        self.kind, self.told = kind, told
        self.api = os.environ["COMMENT_API"].rstrip("/")
        project = os.environ["COMMENT_PROJECT"]
        self.owner = project.partition("/")[0]
        self.is_gitlab = kind == "gitlab"
        quoted = urllib.parse.quote(project, safe="")
        self.base = f"/projects/{quoted}" if self.is_gitlab else f"/repos/{project}"
        self.text = "description" if self.is_gitlab else "body"

    def ask(self, method: str, path: str, data: object = None) -> Any:
        token = os.environ["COMMENT_TOKEN"]
        how = {"PRIVATE-TOKEN": token} if self.is_gitlab else {"Authorization": f"Bearer {token}"}
        body = None if data is None else json.dumps(data).encode()
        headers = {"Content-Type": "application/json", **how}
        request = urllib.request.Request(self.api + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def me(self) -> str:
        return AUTHORS.get(self.kind) or str(self.ask("GET", "/user")["username"])

    def ours(self) -> dict[str, Any] | None:
        """The open issue that this script keeps. Anyone can write the mark: its author counts."""
        state, me, page = "opened" if self.is_gitlab else "open", self.me(), 1
        seen: set[int] = set()
        while True:
            query = f"state={state}&per_page=100&page={page}&type=issues"
            listed = self.ask("GET", f"{self.base}/issues?{query}")
            new = [item for item in listed if item["id"] not in seen]
            if not new:
                return None
            seen.update(item["id"] for item in new)
            for item in new:
                who = item.get("user") or item.get("author") or {}
                is_mine = (who.get("login") or who.get("username")) == me
                if (
                    is_mine
                    and self.told.marked(item[self.text]) is not None
                    and not item.get("pull_request")
                ):
                    return dict(item)
            page += 1

    def number(self, item: dict[str, Any]) -> int:
        return int(item["iid" if self.is_gitlab else "number"])

    def change(self, kind: str, item: dict[str, Any], data: dict[str, str]) -> None:
        path = f"{self.base}/{kind}/{self.number(item)}"
        self.ask("PUT" if self.is_gitlab else "PATCH", path, data)

    def tell(self, lines: dict[str, str], report: str, *, is_whole: bool) -> None:
        """Keep one issue: open while there is anything; a comment for what is new. ``lines``: by the
        names of what they tell. Unless ``is_whole``, nothing is taken to be over."""
        lines = dict(list(lines.items())[:MOST])
        issue = self.ours()
        if issue is None:
            if lines:
                data = {"title": self.told.title, self.text: self.told.with_mark(lines, report)}
                self.ask("POST", f"{self.base}/issues", data)
            return
        comments = f"{self.base}/issues/{self.number(issue)}/"
        comments += "notes" if self.is_gitlab else "comments"
        before = self.told.marked(issue[self.text]) or set()
        names = set(lines) if is_whole else set(lines) | before
        if not names:
            self.ask("POST", comments, {"body": self.told.over})
            closed = {"state_event": "close"} if self.is_gitlab else {"state": "closed"}
            self.change("issues", issue, closed)
        elif names != before:
            self.change("issues", issue, {self.text: self.told.with_mark(names, report)})
            if new := [line for name, line in lines.items() if name not in before]:
                self.ask("POST", comments, {"body": fitting("\n".join([self.told.new, *new]))})
