"""An address as a picture that telephones read (QR code, ISO/IEC 18004)."""

from __future__ import annotations

from markupsafe import Markup


def qr(address: str) -> Markup:
    """SVG to stand in a page: black on white whatever the page's colours, so that it can be
    read."""
    import segno  # here, as only sheets need it

    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr"))
