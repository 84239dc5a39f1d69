"""Whether a request comes from the editor's own browser, looking at the desk itself.

The desk only listens on this computer, but any page in the browser can send it requests, and
another site's name can be made to point here (DNS rebinding). So the host must be this computer's
name, and requests of another site's pages are refused by ``Origin`` (RFC 6454) and
``Sec-Fetch-Site`` (Fetch Metadata), except links that a person follows.
"""

from __future__ import annotations

from collections.abc import Mapping

NAMES = ("localhost", "127.0.0.1", "[::1]")


def refused(method: str, headers: Mapping[str, str], port: int) -> int | None:
    """The status of the answer to a refused request; None if it is not refused. ``headers``: with
    names in small letters."""
    hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
    host = headers.get("host", "").lower()
    if host not in hosts:
        return 421  # RFC 9110 §15.5.20
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return 403
    if method == "POST":
        return None if origin is not None else 403
    if method not in ("GET", "HEAD"):
        return 405
    is_foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    is_link = (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
    )
    return 403 if is_foreign and not is_link else None
