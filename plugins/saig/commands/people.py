"""``saig people``: who may push to a repository that publishes, and in which role."""

from __future__ import annotations

from pathlib import Path

import click

from ..receiving.people import People, read_keys
from ..receiving.pusher import ROLES, Role
from ..shipped import ROOT
from ..words import N_, editor_language, for_editors
from . import project

repository_argument = click.argument(
    "repository",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
)
key_file = click.Path(path_type=Path, exists=True, dir_okay=False)
signing_option = click.option(
    "--signing",
    type=key_file,
    help="The public keys that sign commits, where they are others than those that push.",
)


@click.group("people")
def command() -> None:
    """Who may push to REPOSITORY: editors change notes, maintainers the code too.

    To be run on the server, by whom its files belong to: root. The log says who was added, changed
    and removed (people.log, beside REPOSITORY).

    \b
    Example: saig people add /srv/git/site.git anna editor anna.pub
    """


@command.command("add")
@repository_argument
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("key", metavar="KEY.pub", type=key_file)
@signing_option
@project.lang_option
def add(
    repository: Path, name: str, role: Role, key: Path, signing: Path | None, lang: str | None
) -> None:
    """Let NAME push with the public keys in KEY.pub. A maintainer signs commits with them too, unless
    --signing names others.

    \b
    Example: saig people add /srv/git/site.git anna editor anna.pub
             saig people add /srv/git/site.git marta maintainer marta.pub --signing token.pub
    """
    language = editor_language(lang)
    signs = read_keys(signing) if signing else ()
    People(repository, ROOT).add(name, role, read_keys(key), signs)
    message = N_("%(name)s may push now, as %(role)s")
    click.echo(for_editors(message, language, name=name, role=role))


@command.command("change")
@repository_argument
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="The role from now on.")
@click.option("--key", type=key_file, help="The public keys from now on, in place of all others.")
@signing_option
@project.lang_option
def change(
    repository: Path,
    name: str,
    role: Role | None,
    key: Path | None,
    signing: Path | None,
    lang: str | None,
) -> None:
    """Give NAME another role, or other keys. What is not given stays as it was.

    \b
    Example: saig people change /srv/git/site.git anna --role maintainer
             saig people change /srv/git/site.git anna --key new.pub
    """
    language = editor_language(lang)
    keys = read_keys(key) if key else ()
    signs = read_keys(signing) if signing else ()
    People(repository, ROOT).change(name, role, keys, signs)
    click.echo(for_editors(N_("%(name)s is changed"), language, name=name))


@command.command("remove")
@repository_argument
@click.argument("name")
@project.lang_option
def remove(repository: Path, name: str, lang: str | None) -> None:
    """Let NAME push no more. What was pushed before stays.

    \b
    Example: saig people remove /srv/git/site.git anna
    """
    language = editor_language(lang)
    People(repository, ROOT).remove(name)
    click.echo(for_editors(N_("%(name)s may push no more"), language, name=name))


@command.command("list")
@repository_argument
@project.lang_option
def list_people(repository: Path, lang: str | None) -> None:
    """List all: name, role, and the fingerprints of the keys.

    \b
    Example: saig people list /srv/git/site.git
    """
    for person in People(repository, ROOT).all():
        click.echo(f"{person.name}\t{person.role}\t{person.fingerprints}")
