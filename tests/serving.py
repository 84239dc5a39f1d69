"""Servers on this machine."""

from __future__ import annotations

import threading
from socketserver import BaseServer


def in_background(server: BaseServer) -> None:
    """Serve until ``shutdown``, which is then obeyed at once: it would take half a second."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
