"""What editors and maintainers may push, told to the hooks as ``deploy/saig-receive`` tells it. What
is refused runs nothing, and changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Project, tree
from published_site import PAGE, git, make_key
from pushed_site import MAINTAINER, Pushed

EDITOR = {"SAIG_ROLE": "editor", "SAIG_PERSON": "enric"}


def public(site: Pushed) -> tuple[dict[str, str], str]:
    return tree(site.folder), git(site.repository, "show-ref")


def commit(site: Pushed, *options: str) -> str:
    """Unsigned, if no option says otherwise; what cannot be added is in the index already."""
    git(site.project.root, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x", *options)
    return git(site.project.root, "rev-parse", "HEAD")


def put(site: Pushed, path: str, text: str, mode: str = "100644") -> None:
    """Into the index, whatever ``git add`` thinks of it."""
    raw = site.project.root.parent / "raw"
    raw.write_text(text)
    digest = git(site.project.root, "hash-object", "-w", "--no-filters", str(raw))
    git(
        site.project.root,
        "update-index",
        "--add",
        "--replace",
        "--cacheinfo",
        f"{mode},{digest},{path}",
    )


def bad_code(site: Pushed) -> Path:
    """Settings, a plugin and the command itself that leave a mark when they run."""
    mark = site.project.root.parent / "it-ran"
    evil = f"open({str(mark)!r}, 'w')\n"
    for path in ("pelicanconf.py", "publishconf.py", "gate.py", "scripts/saig"):
        put(site, path, evil + (site.project.root / path).read_text())
    return mark


def settings(site: Pushed) -> None:
    bad_code(site)
    commit(site)


def taken_back(site: Pushed) -> None:
    """The last commit is as it should be; the one before it is not."""
    before = git(site.project.root, "rev-parse", "HEAD")
    settings(site)
    git(site.project.root, "read-tree", before)
    commit(site)


def merge(site: Pushed) -> None:
    """Two branches of notes alone, and a merge that has more than both."""
    root = site.project.root
    base = git(root, "rev-parse", "HEAD")
    put(site, "content/files/a.txt", "a")
    one = commit(site)
    git(root, "reset", "-q", "--mixed", base)
    put(site, "content/files/b.txt", "b")
    other = commit(site)
    bad_code(site)
    made = git(root, "commit-tree", "-m", "x", "-p", one, "-p", other, git(root, "write-tree"))
    git(root, "reset", "-q", "--soft", made)


def root_commit(site: Pushed) -> None:
    """With no parent whose code it could have."""
    bad_code(site)
    made = git(site.project.root, "commit-tree", "-m", "x", git(site.project.root, "write-tree"))
    git(site.project.root, "reset", "-q", "--soft", made)


def notes_elsewhere(site: Pushed) -> None:
    git(site.project.root, "rm", "-rq", "--cached", "content")
    put(site, "content", "/etc", "120000")
    commit(site)


def other_files(site: Pushed) -> None:
    for path in (".github/workflows/x.yml", ".gitattributes", "plugins2/x.py", "Content/x.md"):
        put(site, path, "")
    commit(site)


def cache(site: Pushed) -> None:
    put(site, ".saig/public.sqlite", "")
    commit(site)


def link(site: Pushed) -> None:
    put(site, "content/files/passwd", "/etc/passwd", "120000")
    commit(site)


EVIL: list[Callable[[Pushed], None]] = [
    *(settings, taken_back, merge, root_commit, notes_elsewhere, other_files, cache, link),
]


@pytest.mark.parametrize("push", EVIL, ids=lambda push: push.__name__)
def test_an_editor_changes_notes_alone(push: Callable[[Pushed], None], site: Pushed) -> None:
    """On no branch anything else, by whatever shape of commits."""
    before = public(site)
    push(site)
    links = {link: ["main:main", "main:estiu"], notes_elsewhere: ["main:estiu"]}
    for ref in ("main:main", "main:estiu"):
        code, said = site.push("--force", ref, **EDITOR)
        assert code != 0 and "remote: Error: " in said, said
        is_link = ref in links.get(push, ())
        assert ("error[symbolic-link]" if is_link else "only content/ may be changed") in said, said
    assert public(site) == before
    assert not (site.project.root.parent / "it-ran").exists()


def test_an_editor_pushes_notes(site: Pushed) -> None:
    """Unsigned, to the public site and to previews, which are built with the newest code of
    maintainers, be they begun before it came."""
    root = site.project.root
    old = site.head()
    style = root / "theme/templates/page.html"
    style.write_text(style.read_text().replace("<body>", "<body><p>Codi nou</p>"))
    newest = site.commit()
    site.pushed()

    git(root, "checkout", "-q", "-b", "estiu", old)
    site.say("De l'estiu.")
    git(root, "add", "-A")
    commit(site)
    assert "Preview of estiu" in site.pushed("estiu", **EDITOR)
    shown = (site.folder / "previews/estiu/current" / PAGE).read_text("utf-8")
    assert "De l'estiu." in shown and "Codi nou" in shown
    code, said = site.push("--force", "estiu:main", **EDITOR)
    assert code != 0 and "has another theme than main" in said and "git pull --rebase" in said

    git(root, "-c", "commit.gpgSign=false", "merge", "-q", "--no-edit", newest)
    assert "Preview of estiu" in site.pushed("estiu", **EDITOR)
    site.pushed("estiu:main", **EDITOR)
    shown = (site.current / PAGE).read_text("utf-8")
    assert "De l'estiu." in shown and "Codi nou" in shown
    assert (site.record[-1]["commit"], site.record[-1]["differs"]) == (site.head(), False)
    site.pushed(":estiu", **EDITOR)
    assert site.previews() == []


def test_only_branches_are_accepted(site: Pushed) -> None:
    before = public(site)
    site.say("Nou.")
    head = site.commit()
    for ref in ("refs/replace/" + site.head(), "refs/saig/x", "refs/notes/x"):
        code, said = site.push(f"main:{ref}")
        assert code != 0 and "deny updating a hidden ref" in said
    code, said = site.push("main:refs/tags/v1", **EDITOR)
    assert code != 0 and "refs/tags/v1 is refused: only branches are accepted" in said
    git(site.repository, "config", "--unset-all", "transfer.hideRefs")
    code, said = site.push(f"main:refs/replace/{head}")
    assert code != 0 and f"refs/replace/{head} is refused: only branches are accepted" in said
    code, said = site.push(":main", **EDITOR)
    assert code != 0 and "cannot be deleted" in said
    site.pushed("HEAD~:refs/tags/v1")
    assert public(site)[0] == before[0]
    log = [
        line.split()[1:] for line in (site.repository / "saig/pushes.log").read_text().splitlines()
    ]
    assert ["enric", "editor", "refused", "-", head, "refs/tags/v1"] in log
    assert [*log[-1][:3], log[-1][5]] == [MAINTAINER, "maintainer", "accepted", "refs/tags/v1"]


def test_a_maintainer_signs_code(site: Pushed, tmp_path: Path) -> None:
    """With a maintainer's key; each commit that changes code, but for what a signed merge brings
    along; and never backwards, for an old signature stays good."""
    root = site.project.root
    other, enric = tmp_path / "other", tmp_path / "enric"
    for folder in (other, enric):
        folder.mkdir()
        make_key(folder)
    person = (str(site.repository), "enric", "editor", str(enric / "key.pub"))
    assert Project(tmp_path).saig("people", "add", *person).returncode == 0
    before = public(site)
    old = site.head()
    mark = bad_code(site)
    for options in (
        ("--no-gpg-sign",),
        *((f"-S{folder / 'key'}",) for folder in (other, enric)),
    ):
        commit(site, *options)
        code, said = site.push()
        assert code != 0 and "changes code, and is not signed with a maintainer's key" in said
        git(root, "reset", "-q", "--soft", old)
    commit(site)
    put(site, "content/files/a.txt", "a")
    commit(site, "-S")
    code, said = site.push()
    assert code != 0 and "changes code, and is not signed" in said
    assert public(site) == before and not mark.exists()

    git(root, "reset", "-q", "--hard", old)
    git(root, "checkout", "-q", "-b", "upstream")
    put(site, "README.md", "One")
    commit(site)
    code, said = site.push("upstream")
    assert code != 0 and "code is accepted on the public branch alone" in said
    git(root, "checkout", "-qf", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "x", "upstream")
    newest = git(root, "rev-parse", "HEAD")
    site.pushed()

    git(root, "reset", "-q", "--hard", old)
    code, said = site.push("--force", "main")
    assert code != 0 and "code only goes forwards" in said
    git(root, "reset", "-q", "--hard", newest)
    site.say("Només notes.")
    git(root, "add", "-A")
    commit(site)
    site.pushed()
    assert "Només notes." in (site.current / PAGE).read_text("utf-8")


def test_a_first_push_is_a_maintainers(site: Pushed) -> None:
    git(site.repository, "update-ref", "-d", "refs/heads/main")
    code, said = site.push(**EDITOR)
    assert code != 0 and "there is no branch main yet: a maintainer pushes it first" in said
    code, said = site.push("main:estiu", **EDITOR)
    assert code != 0
    site.pushed()


def test_a_push_without_a_role_is_refused(site: Pushed) -> None:
    """As where keys were set up before there were roles: it says what to do."""
    before = public(site)
    site.say("Nou.")
    site.commit()
    for role in ("", "admin"):
        code, said = site.push(SAIG_ROLE=role)
        assert code != 0 and "this push has no role" in said and "From before roles" in said
    assert public(site) == before


def test_people(site: Pushed, tmp_path: Path) -> None:
    """One command each, told in the log; a key runs one program alone; what is no key, is another's,
    or has no role is refused."""
    folder = site.repository.parent / ".ssh"
    keys, signers, log = (
        folder / "authorized_keys",
        folder / "allowed_signers",
        tmp_path / "people.log",
    )

    def people(*arguments: str) -> str:
        command, *rest = arguments
        done = Project(tmp_path).saig("people", command, str(site.repository), *rest)
        return done.stdout if done.returncode == 0 else done.stderr

    key = f"{make_key(tmp_path)}.pub"
    public_key = " ".join(Path(key).read_text().split()[:2])
    assert "enric may push now, as editor" in people("add", "enric", "editor", key)
    assert (
        f'saig-receive editor enric {site.repository}",restrict {public_key} enric\n'
        in keys.read_text()
    )
    assert "enric" not in signers.read_text()
    assert MAINTAINER in people("list") and "enric\teditor\tSHA256:" in people("list")
    assert "each person has a key of their own" in people("add", "altre", "editor", key)
    assert "is there already" in people("add", "enric", "editor", key)
    assert "is no public key" in people("change", "enric", "--key", key.removesuffix(".pub"))
    assert "is no name" in people("add", "../x", "editor", key)

    assert "is changed" in people("change", "enric", "--role", "maintainer")
    assert f'enric namespaces="git" {public_key}\n' in signers.read_text()
    (tmp_path / "token").mkdir()
    token = f"{make_key(tmp_path / 'token')}.pub"
    token_key = " ".join(Path(token).read_text().split()[:2])
    assert "is changed" in people("change", "enric", "--signing", token)
    assert f'enric namespaces="git" {token_key}\n' in signers.read_text()
    assert public_key not in signers.read_text() and token_key not in keys.read_text()
    assert "signs with SHA256:" in people("list")
    assert "each person has a key of their own" in people("add", "altre", "editor", token)
    assert "may push no more" in people("remove", "enric")
    assert "enric" not in keys.read_text() + signers.read_text()
    assert f"nobody called enric; there are: {MAINTAINER}" in people("remove", "enric")
    told = [line.split()[2:5] for line in log.read_text().splitlines() if "enric" in line]
    assert told == [
        ["added", "enric", "editor"],
        ["changed", "enric", "maintainer"],
        ["changed", "enric", "maintainer"],
        ["removed", "enric", "maintainer"],
    ]

    with keys.open("a") as file:
        file.write(f"restrict {public_key} old\n")
    before = keys.read_text()
    said = people("add", "enric", "editor", key)
    assert (
        "line 2 of" in said
        and "is a key without a role" in said
        and f"mv {keys} {keys}.old" in said
    )
    assert keys.read_text() == before
    assert os.stat(keys).st_mode & 0o022 == 0
