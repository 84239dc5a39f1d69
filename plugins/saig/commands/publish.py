"""``saig publish``: the site as it stands, made public in one step.

What only this command needs is imported when it is called: the others share its options.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..progress import Progress
from ..publishing import authority as asking
from ..publishing import signing
from ..publishing.checks import Fault
from ..publishing.layout import Layout
from ..refusal import Refused
from ..words import N_, editor_language, for_editors
from . import project

if TYPE_CHECKING:
    from ..publishing.publish import Outcome

KEY_VARIABLE = "SAIG_SIGNING_KEY"

key_option = click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar=KEY_VARIABLE,
    help=f"SSH key to sign the record with (also {KEY_VARIABLE}, and SIGNING_KEY in publishconf.py).",
)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
tsa_option = click.option(
    "--tsa",
    metavar="URL",
    envvar="SAIG_TSA",
    help="Time-stamping authority (RFC 3161) to ask (also SAIG_TSA, and TSA_URL in publishconf.py).",
)
tsa_certificates_option = click.option(
    "--tsa-certificates",
    type=_FILE,
    envvar="SAIG_TSA_CERTIFICATES",
    help="Its certificates, in PEM (also SAIG_TSA_CERTIFICATES, and TSA_CERTIFICATES there).",
)
folder_argument = click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False)
)


class Notes:
    """The project's notes and settings, as a ``SiteSource`` of ``publishing.publish``. Settings are
    read again for each build."""

    def __init__(
        self,
        root: Path,
        key: Path | None,
        tsa: str | None = None,
        tsa_certificates: Path | None = None,
        **given: Any,
    ) -> None:
        self._root, self._given = root, given
        self.settings = self._read()
        self.signer = signer(key, self.settings, root)
        self.authority = authority(tsa, tsa_certificates, self.settings, root)

    def _read(self, **given: Any) -> dict[str, Any]:
        return project.settings(self._root, production=True, **self._given, **given)

    @property
    def url(self) -> str:
        from ..project_settings import site_url

        return site_url(self.settings)

    def commit(self) -> str | None:
        from ..builder.up_to_date import git_state

        head: str | None = git_state(Path(self.settings["PATH"])).version["commit"]
        return head

    def build(
        self, folder: Path, previous: Callable[[], Path | None], public: Path | None = None
    ) -> None:
        """Build the site. Begins with a copy of what is public, and makes again what is not as the
        last build wrote it. No hard links: code of the project may write to files where they
        are."""
        from ..builder.output import MARK
        from ..publishing.releases import copy_as_built
        from .build import run

        if public:
            copy_as_built(public, folder)
            (folder / MARK).touch()
        index = previous()
        run(self._read(OUTPUT_PATH=str(folder), PREVIOUS=str(index) if index else None))


def signer(key: Path | None, settings: Mapping[str, Any], root: Path) -> signing.Signer | None:
    """The key that was given, or that the settings name (from the project's folder); None if
    neither. Raises ``Refused`` for what is no key."""
    named = settings.get("SIGNING_KEY")
    if key is None and named:
        key = root / Path(str(named)).expanduser()
    return signing.signer(key) if key else None


def authority(
    tsa: str | None, certificates: Path | None, settings: Mapping[str, Any], root: Path
) -> asking.Authority | None:
    """The time-stamping authority that was given, or that the settings name; None if neither.
    Raises ``Refused`` for what is none."""
    url = tsa or settings.get("TSA_URL")
    named = settings.get("TSA_CERTIFICATES")
    if certificates is None and named:
        certificates = root / Path(str(named)).expanduser()
    return asking.authority(str(url), certificates) if url else None


def open_notes(folder: Path, make: Callable[[Path], Notes]) -> Callable[[], Notes]:
    root = project.root()
    if folder == root:
        raise Refused(N_("%(folder)s is the project; publish into another folder"), folder=folder)

    _ = make(root).url  # a wrong one is told before anything is written

    def opened() -> Notes:
        ignore = folder / ".gitignore"
        if folder.is_relative_to(root) and not ignore.exists():
            # What is published inside the checkout must not make the tree differ from its commit.
            ignore.write_text("*\n")
        return make(root)

    return opened


@click.command("publish")
@folder_argument
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="How many releases to keep; never the current one nor the one before it is removed.",
)
@key_option
@tsa_option
@tsa_certificates_option
@click.option(
    "--tree",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Publish the finished site in this folder. No code of a project is run, nor its settings read.",
)
@click.option("--commit", help="With --tree: refuse a site that was built from another commit.")
@project.today_option
@project.lang_option
def command(
    folder: Path,
    keep: int,
    key: Path | None,
    tsa: str | None,
    tsa_certificates: Path | None,
    tree: Path | None,
    commit: str | None,
    today: datetime.date | None,
    lang: str | None,
) -> None:
    """Build the public site, check it whole, and make it current in DIR in one step.

    DIR/current is what the web server serves. Each publication is a release of its own in
    DIR/releases, and a line in DIR/publications.jsonl. If anything is wrong, what is public stays
    as it is.

    \b
    Example: saig publish /srv/site
             saig publish /srv/site --tree /tmp/built --key /srv/key
    """
    from ..publishing import publish
    from ..publishing.finished_tree import FinishedTree

    language = editor_language(lang)
    if tree and today:
        message = N_("--tree is a finished site: --today builds one")
        raise click.UsageError(for_editors(message, language))
    if commit and not tree:
        raise click.UsageError(for_editors(N_("--commit is of use with --tree alone"), language))
    project.tune_gc()
    progress = Progress(language)
    folder = Path(os.path.abspath(folder))

    def notes(root: Path) -> Notes:
        return Notes(root, key, tsa, tsa_certificates, LANGUAGE=lang, TODAY=today)

    def finished(tree: Path) -> FinishedTree:
        asked = authority(tsa, tsa_certificates, {}, folder)
        return FinishedTree(tree, commit, signing.signer(key) if key else None, asked)

    with faults(language):
        source = partial(finished, tree) if tree else open_notes(folder, notes)
        done = publish.publish(Layout(folder), source, keep, progress)
    tell_outcome(done, progress)


@contextmanager
def faults(language: str) -> Iterator[None]:
    """Print the faults of finished files, and turn ``Faulty`` into an error of one line."""
    from ..publishing.publish import Faulty

    try:
        yield
    except Faulty as error:
        _tell(error.faults, language)
        raise click.ClickException(for_editors(N_("Nothing was published"), language)) from None


def tell_outcome(done: Outcome, progress: Progress) -> None:
    """The result of a publication, for whoever asked for it."""
    from ..publishing.portal import is_of_publication

    language = progress.lang
    if done.publication is None:
        click.echo(for_editors(N_("Nothing differs from what is public"), language))
        return
    publication = done.publication
    added, changed, removed = (
        sum(not is_of_publication(address) for address in addresses)
        for addresses in (publication.added, publication.changed, publication.removed)
    )
    click.echo(
        for_editors(
            N_(
                "Published %(release)s (publication %(number)d): "
                "%(added)d added, %(changed)d changed, %(removed)d removed"
            ),
            language,
            release=publication.release,
            number=publication.number,
            added=added,
            changed=changed,
            removed=removed,
        )
    )
    progress.step(
        N_("%(shared)d of %(total)d files are shared with the release before"),
        shared=done.shared,
        total=done.total,
    )


def _tell(faults: Iterable[Fault], language: str) -> None:
    label = for_editors(N_("error"), language)
    for fault in faults:
        said = for_editors(fault.message, language, **fault.values)
        click.echo(f"{fault.path}: {label}: {said}", err=True)
