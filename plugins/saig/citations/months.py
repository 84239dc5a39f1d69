"""Names of months as people type them, in Catalan, Spanish and English."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "gener enero january",
            "febrer febrero february",
            "març marzo march",
            "abril april",
            "maig mayo may",
            "juny junio june",
            "juliol julio july",
            "agost agosto august",
            "setembre septiembre setiembre september",
            "octubre october",
            "novembre noviembre november",
            "desembre diciembre december",
        ),
        start=1,
    )
    for name in names.split()
}
