"""Where the notes' repository is kept, and what the page of the editor may ask of whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from ..refusal import Refused
from ..words import N_

SERVERS = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": ""}
"""The forges that Sveltia CMS speaks with, and where each is if the settings do not say so. Forgejo
answers as Gitea does."""


@dataclass(frozen=True)
class Forge:
    """``forge``: one of ``SERVERS``. ``repository``: owner and name, with a slash between.
    ``server``: its address. ``app_id``: of an application there by which people sign in; without
    one, they sign in with an access token that they make for themselves. ``branch``: '' is the one
    that is there by default."""

    forge: str
    repository: str
    server: str
    branch: str = ""
    app_id: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Forge:
        """The forge that a setting names. Raises ``Refused``."""
        given = dict(settings)
        if unknown := given.keys() - {field.name for field in fields(cls)}:
            raise Refused(N_("it has no “%(name)s”"), name=min(unknown))
        if wrong := next((one for one, said in given.items() if not isinstance(said, str)), None):
            raise Refused(N_("%(name)s must be a text between quotation marks"), name=wrong)
        forge = given.get("forge", "")
        if forge not in SERVERS:
            raise Refused(N_("forge must be one of %(names)s"), names=", ".join(SERVERS))
        server = (given.get("server") or SERVERS[forge]).rstrip("/")
        if not _SERVER.fullmatch(server):
            raise Refused(N_("server must be an address such as https://git.example.org"))
        if not _REPOSITORY.fullmatch(given.get("repository", "")):
            raise Refused(N_("repository must be its owner and its name, as in town/notes"))
        return cls(**{**given, "server": server})

    def backend(self) -> dict[str, Any]:
        """As Sveltia CMS has it. Without an application nobody is sent to Netlify to sign in, where
        it would send them."""
        methods = ["oauth", "token"] if self.app_id and self.forge != "github" else ["token"]
        sign_in: dict[str, Any] = {"auth_methods": methods}
        if "oauth" in methods:
            sign_in |= {"base_url": self.server, "app_id": self.app_id}
            sign_in |= {"auth_type": "pkce"} if self.forge == "gitlab" else {}
        return {
            "name": self.forge,
            "repo": self.repository,
            **({"branch": self.branch} if self.branch else {}),
            "api_root": self._api,
            **sign_in,
        }

    @property
    def _api(self) -> str:
        if self.forge == "github":
            is_public = self.server == SERVERS["github"]
            return "https://api.github.com" if is_public else f"{self.server}/api/v3"
        return f"{self.server}/api/{'v4' if self.forge == 'gitlab' else 'v1'}"

    @property
    def origins(self) -> list[str]:
        """The servers that the page may ask."""
        found = [self.server, self._api]
        parts = map(urlsplit, found)
        return list(dict.fromkeys(f"{one.scheme}://{one.netloc}" for one in parts))


_SERVER = re.compile(
    r"(?:https://(?!/)|http://(?:localhost|127\.0\.0\.1)(?=[:/]|$))[A-Za-z0-9.:/_-]*"
)
_REPOSITORY = re.compile(r"[\w.-]+(/[\w.-]+)+")
