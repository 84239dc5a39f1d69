"""The words by which norms are cited: a table to be read, and corrected, by a lawyer.

Types are ELI codes. Sources: the forms seen in official and municipal texts.
"""

from __future__ import annotations

FORMS: dict[str, tuple[str, ...]] = {
    "lo": ("llei orgànica", "lleis orgàniques", "ley orgánica", "leyes orgánicas", "organic law"),
    "rdl": (
        "reial decret llei",
        "reial decret-llei",
        "reials decrets llei",
        "real decreto-ley",
        "real decreto ley",
        "reales decretos-leyes",
        "royal decree-law",
        "royal decree law",
    ),
    "rdlg": (
        "reial decret legislatiu",
        "reials decrets legislatius",
        "real decreto legislativo",
        "reales decretos legislativos",
        "royal legislative decree",
    ),
    "rd": ("reial decret", "reials decrets", "real decreto", "reales decretos", "royal decree"),
    "dl": (
        "decret llei",
        "decret-llei",
        "decrets llei",
        "decrets-llei",
        "decrets lleis",
        "decreto-ley",
        "decreto ley",
        "decretos-leyes",
        "decretos leyes",
        "decretos-ley",
        "decree-law",
        "decree law",
        "decree-laws",
    ),
    "dlg": (
        "decret legislatiu",
        "decrets legislatius",
        "decreto legislativo",
        "decretos legislativos",
        "legislative decree",
    ),
    "d": ("decret", "decrets", "decreto", "decretos", "decree", "decrees"),
    "l": ("llei", "lleis", "ley", "leyes", "law", "laws", "act"),
    "o": ("ordre", "ordres", "orden", "órdenes", "order"),
    "res": ("resolució", "resolucions", "resolución", "resoluciones", "resolution"),
    "reg": ("reglament", "reglamento", "regulation"),
    "dir": ("directiva", "directive"),
}
"""In words, in any case."""

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "lo": ("LO", "L.O."),
    "rdl": ("RDL", "RD-ley", "RD-Ley", "RD-llei", "RD llei", "RD ley", "R.D.-ley", "R.D.L."),
    "rdlg": (
        "RDLeg",
        "RDLeg.",
        "RD Leg.",
        "RD Legislatiu",
        "RD Legislativo",
        "RD legislatiu",
        "RDLG",
    ),
    "rd": ("RD", "R.D."),
    "dl": ("DL", "D.-L.", "D.L."),
    "dlg": ("DLeg", "DLG", "DLeg."),
    "l": ("L",),
    "d": ("D",),
    "o": ("O",),
}
"""In capitals only, as they are written here."""

STATE = {"lo", "rdl", "rdlg", "rd"}
"""Types that only the State has: their words say whose norm it is."""

EUROPEAN = {"reg", "dir"}

MAY_MEAN = {"rdl": {"rdl", "rdlg"}}
"""``RDL`` is also written for a royal legislative decree."""

NOT_YET = (
    "projecte de",
    "projectes de",
    "avantprojecte de",
    "proposició de",
    "proposició no de",
    "esborrany de",
    "proyecto de",
    "proyectos de",
    "anteproyecto de",
    "proposición de",
    "proposición no de",
    "borrador de",
    "draft",
)
"""What stands before a bill's name, which is no norm."""

NO_NORM_OF = ("batlia", "batlía", "alcaldia", "alcaldía", "presidència", "presidencia")
"""``Decret de Batlia``: an act of a mayor."""

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

ISSUERS = {
    "es-ib": ("illes balears", "islas baleares", "balearic islands", "balears"),
    "es-ct": ("catalunya", "cataluña", "catalonia"),
    "es-vc": ("comunitat valenciana", "comunidad valenciana"),
    "es-an": ("andalusia", "andalucía"),
    "es-ar": ("aragó", "aragón"),
    "es-ga": ("galícia", "galicia"),
    "es-ex": ("extremadura",),
    "es-mc": ("regió de múrcia", "región de murcia"),
    "es-cl": ("castella i lleó", "castilla y león"),
    "es-nc": ("navarra",),
    "es": ("de l'estat", "del estado", "estatal"),
}
"""Words of the text that say whose norm it is."""
