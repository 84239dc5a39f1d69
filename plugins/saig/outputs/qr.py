"""An address as a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from markupsafe import Markup


def qr(address: str) -> Markup:
    """SVG for a page: black on white in any colour scheme, so that it can be scanned."""
    import segno  # only sheets need it

    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr"))
