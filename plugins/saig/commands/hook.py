"""``saig hook``: what Git runs in a repository that publishes what it is pushed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..progress import Progress
from ..publishing.folder_settings import FolderSettings, read_settings
from ..publishing.layout import Layout, account_of
from ..receiving.accounts import Accounts
from ..receiving.hook_layout import HookLayout, settings
from ..receiving.install import install as install_hooks
from ..receiving.listener import Listener
from ..receiving.people import People
from ..receiving.push import Receiver
from ..receiving.push_log import log_push
from ..receiving.pusher import pusher
from ..receiving.repository import Repository, quarantine, updates
from ..refusal import Refused
from ..shipped import ROOT
from ..words import N_, editor_language, for_editors
from . import project
from .publish import (
    authority,
    faults,
    tell_outcome,
    tsa_certificates_option,
    tsa_option,
)

repository_argument = click.argument(
    "repository", type=click.Path(path_type=Path, file_okay=False, resolve_path=True)
)


class _ToPusher(Progress):
    """Prints, but goes on if the pusher has hung up or does not read: what was accepted is
    published all the same."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        self.tell = Listener(sys.stderr.fileno()).tell

    def step(self, message: str, **values: object) -> None:
        self.tell(for_editors(message, self.lang, **values))


def _receiver(folder: Path) -> Receiver:
    repository = Repository(folder, quarantine(os.environ))
    found = settings(repository)
    owner = folder.stat().st_uid
    if found.publisher and owner != os.geteuid():
        # Files that another account makes there are in the way of the one that receives.
        raise Refused(
            N_(
                "this is for %(account)s, whom the repository belongs to: runuser -u %(account)s -- …"
            ),
            account=account_of(owner),
        )
    progress = _ToPusher(editor_language(project.say_in(found.lang)))
    signers = People(folder, ROOT).signers
    layout = HookLayout(repository.layout, found)
    return Receiver(repository, layout, signers, progress, progress.tell)


@click.group("hook")
def command() -> None:
    """Publish by git push: a bare repository checks what is pushed, and publishes it.

    \b
    Example: saig hook install /srv/saig.git /srv/site --lang ca
    """


@command.command("install")
@repository_argument
@click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, resolve_path=True)
)
@click.option("--branch", help="The branch that is the public site: main, if nothing says another.")
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False, resolve_path=True),
    help="SSH key to sign the publication record with; with --accounts made, if it is not there.",
)
@tsa_option
@tsa_certificates_option
@click.option(
    "--accounts",
    metavar="RECEIVER,PUBLISHER",
    help="As root: the account that receives and builds, and the one that owns DIR and the key.",
)
@project.lang_option
def install(
    repository: Path,
    folder: Path,
    branch: str | None,
    key: Path | None,
    tsa: str | None,
    tsa_certificates: Path | None,
    accounts: str | None,
    lang: str | None,
) -> None:
    """Let the bare repository REPOSITORY publish into DIR what it is pushed.

    It is made if it is not there. To be run again at will: what is not given stays as it was. Its
    configuration has all that was given: git config --get-regexp saig

    \b
    Example: saig hook install /srv/git/site.git /srv/saig --accounts git,saig --lang ca
    """
    language = editor_language(lang)
    two = Accounts.named(accounts) if accounts else None
    authority(tsa, tsa_certificates, {}, folder)  # what is none is told now
    given = FolderSettings(
        key=str(key) if key else None,
        tsa=tsa,
        tsa_certificates=str(tsa_certificates.resolve()) if tsa_certificates else None,
        lang=lang,
    )
    done = install_hooks(repository, folder, branch, given, two)
    message = N_("What is pushed to %(branch)s of %(repository)s is published in %(folder)s")
    values = {"branch": done.setting("branch"), "repository": repository, "folder": folder}
    click.echo(for_editors(message, language, **values))
    if not done.setting("publisher"):
        message = N_(
            "One account receives, builds and publishes: what maintainers push could read the signing "
            "key, and write what is public. With two it cannot: as root, add --accounts git,saig"
        )
        click.echo(for_editors(message, language), err=True)


@command.command("pre-receive")
def pre_receive() -> None:
    """Refuse a push that would break the public site. Git runs this.

    \b
    Example: echo "$old $new refs/heads/main" | saig hook pre-receive
    """
    receiver = _receiver(Path.cwd())
    pushed, by = updates(sys.stdin.buffer.read()), pusher(os.environ)
    accepted = False
    try:
        receiver.accept(pushed, by)
        accepted = True
    finally:
        log_push(receiver.repository, by, pushed, accepted=accepted)


@command.command("post-receive")
def post_receive() -> None:
    """Publish what was pushed. Git runs this.

    \b
    Example: echo "$old $new refs/heads/main" | saig hook post-receive
    """
    receiver = _receiver(Path.cwd())
    done = receiver.publish(updates(sys.stdin.buffer.read()))
    raise SystemExit(0 if done else 1)


@command.command("publish")
@repository_argument
def publish(repository: Path) -> None:
    """Publish the public branch of REPOSITORY as on this day; nothing, if nothing differs.

    \b
    Example: saig hook publish /srv/saig.git
    """
    receiver = _receiver(repository)
    done = receiver.publish_again()
    raise SystemExit(0 if done else 1)


@command.command("take")
@click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, resolve_path=True)
)
def take(folder: Path) -> None:
    """Publish in DIR the finished site that comes on standard input. The hooks run this, as the
    account that DIR belongs to.

    \b
    Example: sudo -n -u saig saig hook take /srv/saig
    """
    from ..receiving.take import take as take_over

    language = editor_language(project.say_in(read_settings(Layout(folder)).lang))
    progress = _ToPusher(language)
    with faults(language):
        done = take_over(folder, sys.stdin.buffer, progress)
    if done:
        tell_outcome(done, progress)
