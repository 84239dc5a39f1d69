"""The words by which norms are cited: tables to be read, and corrected, by a lawyer.

Types are ELI codes. Sources: the forms seen in official and municipal texts.
"""

from __future__ import annotations

FORMS: dict[str, tuple[str, ...]] = {
    "lo": (
        "llei orgànica",
        "lleis orgàniques",
        "ley orgánica",
        "leyes orgánicas",
        "organic law",
        "organic laws",
        "organic act",
    ),
    "rdl": (
        "reial decret llei",
        "reials decrets llei",
        "reials decrets lleis",
        "real decreto ley",
        "reales decretos leyes",
        "reales decretos ley",
        "royal decree law",
        "royal decree laws",
    ),
    "rdlg": (
        "reial decret legislatiu",
        "reials decrets legislatius",
        "real decreto legislativo",
        "reales decretos legislativos",
        "royal legislative decree",
        "royal legislative decrees",
        "royal decree legislative",
        "legislative royal decree",
        "legislative royal decrees",
    ),
    "rd": (
        "reial decret",
        "reials decrets",
        "real decreto",
        "reales decretos",
        "royal decree",
        "royal decrees",
    ),
    "dl": (
        "decret llei",
        "decrets llei",
        "decrets lleis",
        "decreto ley",
        "decretos leyes",
        "decretos ley",
        "decree law",
        "decree laws",
    ),
    "dlg": (
        "decret legislatiu",
        "decrets legislatius",
        "decreto legislativo",
        "decretos legislativos",
        "legislative decree",
        "legislative decrees",
    ),
    "d": ("decret", "decrets", "decreto", "decretos", "decree", "decrees"),
    "l": ("llei", "lleis", "ley", "leyes", "law", "laws", "act", "acts"),
    "o": (
        "ordre",
        "ordres",
        "ordre ministerial",
        "orden",
        "órdenes",
        "orden ministerial",
        "order",
        "orders",
        "ministerial order",
    ),
    "res": (
        "resolució",
        "resolucions",
        "resolución",
        "resoluciones",
        "resolution",
        "resolutions",
    ),
    "reg": (
        "reglament",
        "reglaments",
        "reglament d'execució",
        "reglament delegat",
        "reglamento",
        "reglamentos",
        "reglamento de ejecución",
        "reglamento delegado",
        "regulation",
        "regulations",
    ),
    "dir": ("directiva", "directives", "directivas", "directive", "directiva d'execució"),
}
"""In words, in any case. A space may be a hyphen, and an accent may be missing."""

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "lo": ("LO", "L.O.", "L. O."),
    "rdl": (
        "RDL",
        "RD llei",
        "RD ley",
        "RDley",
        "RDllei",
        "R.D. llei",
        "R.D. ley",
        "R.D.L.",
        "R. D. ley",
        "R. D. llei",
        "RD L",
    ),
    "rdlg": (
        "RDLeg",
        "RDLeg.",
        "RD leg.",
        "RD leg",
        "RDLG",
        "RD legislatiu",
        "RD legislativo",
        "R.D. leg.",
        "R.D.leg.",
        "R.D. legislatiu",
        "R.D. legislativo",
    ),
    "rd": ("RD", "R.D.", "R. D."),
    "dl": ("DL", "D. L.", "D.L.", "D ley", "D llei", "D. ley", "D. llei"),
    "dlg": ("DLeg", "DLeg.", "DLG", "D. leg.", "D.leg.", "D leg.", "D legislatiu"),
    "l": ("L",),
    "d": ("D",),
    "o": ("O",),
}
"""The capitals that a form begins with are capitals in the text too; the rest is in any case."""

STATE = {"lo", "rdl", "rdlg", "rd"}
"""Types that only the State has: their words say whose norm it is."""

EUROPEAN = {"reg", "dir"}

MAY_MEAN = {"rdl": {"rdl", "rdlg"}}
"""``RDL`` is also written for a royal legislative decree."""

EVERYDAY = {
    *("act", "acts", "order", "orders", "ordre", "ordres", "orden", "órdenes", "ordenes"),
    *("resolució", "resolucions", "resolución", "resoluciones", "resolution", "resolutions"),
    *("resolucio", "resolucion"),
}
"""Words of everyday language: in small letters they name a norm only with a date or a provision."""

NOT_ALONE = {"act", "acts", "order", "orders", "law", "laws", "decree", "resolution", "resolutions"}
"""``the order of 3 May 2020``: in small letters and without a number, they say too little."""

NOT_YET = (
    "projecte de",
    "projectes de",
    "projecte del",
    "avantprojecte de",
    "avantprojectes de",
    "avantprojecte del",
    "proposició de",
    "proposicions de",
    "proposició no de",
    "proposicions no de",
    "proposta de",
    "esborrany de",
    "esborrany del",
    "proyecto de",
    "proyectos de",
    "proyecto del",
    "anteproyecto de",
    "anteproyectos de",
    "anteproyecto del",
    "proposición de",
    "proposiciones de",
    "proposición no de",
    "proposiciones no de",
    "propuesta de",
    "borrador de",
    "borrador del",
    "draft",
    "preliminary draft",
    "proposed",
    "proposal for a",
    "proposal for an",
    "bill of",
    "mayoral",
    "mayor's",
)
"""What stands before the name of a bill, or of a mayor's act, which are no norms."""

NO_NORM_OF = (
    "batlia",
    "batle",
    "batlessa",
    "alcaldia",
    "alcaldía",
    "alcalde",
    "alcaldessa",
    "alcaldesa",
    "regidor",
    "regidora",
    "regidoria",
    "concejal",
    "concejala",
    "concejalía",
    "tinent de batle",
    "tinença",
    "teniente de alcalde",
    "gerència",
    "gerencia",
    "gerent",
    "gerente",
    "junta de govern",
    "junta de gobierno",
    "ajuntament",
    "ayuntamiento",
    "the mayor",
    "city council",
    "town council",
    "the city council",
    "the town council",
    "the meeting",
    "reunió",
    "reunión",
    "sessió",
    "sesión",
)
"""``Decret 8/2020, de Batlia``: an act of a town's body."""

BODIES = (
    *("conseller", "consellera", "conselleria", "consell de govern"),
    *("consejero", "consejera", "consejería", "consejo de gobierno"),
    *("director", "directora", "direcció", "dirección"),
    *("secretari", "secretària", "secretaria", "secretario", "secretaría"),
    *("ministre", "ministra", "ministeri", "ministro", "ministerio"),
    *("president", "presidenta", "presidente"),
)
"""Whose orders and resolutions are cited by their date: ``Resolució del conseller de ... de 3 de
juny de 2020``."""

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
    "es-ib": (
        "illes balears",
        "islas baleares",
        "balearic islands",
        "balears",
        "baleares",
        "balear",
    ),
    "es-ct": ("catalunya", "cataluña", "catalonia", "catalana", "catalán"),
    "es-vc": ("comunitat valenciana", "comunidad valenciana", "valencian community"),
    "es-an": ("andalusia", "andalucía"),
    "es-ar": ("aragó", "aragón", "aragon"),
    "es-ga": ("galícia", "galicia"),
    "es-ex": ("extremadura",),
    "es-mc": ("regió de múrcia", "región de murcia", "region of murcia"),
    "es-md": ("comunitat de madrid", "comunidad de madrid"),
    "es-cl": ("castella i lleó", "castilla y león", "castile and león"),
    "es-cm": ("castella-la manxa", "castilla-la mancha"),
    "es-cn": ("canàries", "canarias", "canary islands"),
    "es-cb": ("cantàbria", "cantabria"),
    "es-as": ("principat d'astúries", "principado de asturias"),
    "es-ri": ("la rioja",),
    "es-pv": ("país basc", "país vasco", "euskadi", "basque country"),
    "es-nc": ("navarra", "navarre", "foral"),
    "es": ("de l'estat", "del estado", "estatal", "l'estat espanyol"),
}
"""Words of the title, or right after the type, that say whose norm it is."""

ISSUERS_BEFORE = {
    "balearic": "es-ib",
    "balearic islands": "es-ib",
    "catalan": "es-ct",
    "valencian": "es-vc",
    "spanish": "es",
    "state": "es",
}
"""``the Balearic Law 12/2017``."""

OF_THE = ("de la", "de les", "de las", "de los", "dels", "de l'", "del", "de", "d'", "of the", "of")
"""What joins a provision, or an issuer, to a norm."""

AFORESAID = (
    *("l'esmentada", "l'esmentat", "esmentada", "esmentat", "les esmentades", "esmentades"),
    *("la citada", "citada", "citat", "citado", "citades", "citadas", "dita", "dit", "dicha"),
    *("referida", "referit", "referido", "mencionada", "mencionat", "mencionado"),
    *("said", "above", "aforementioned", "aforesaid", "present", "presente", "mateixa", "misma"),
    *("vigent", "vigente", "nova", "nou", "nueva", "nuevo", "new"),
    *("antiga", "antic", "antigua", "antiguo", "anterior", "former", "derogada", "derogat"),
    *("derogado", "repealed", "balearic", "balearic islands", "catalan", "spanish", "state"),
)
"""Between a provision and the norm that it is of: ``article 5 de l'esmentada Llei``."""

PAST = (
    *("derogat", "derogats", "derogad-", "derogaci-", "derogar-", "derogó", "repeal-"),
    *("ja no", "ya no", "no longer", "sense efecte", "sense efectes"),
    *("sin efecto", "sin efectos", "antic", "antics", "antiga", "antigues"),
    *("antiguo", "antiguos", "antigua", "antiguas", "former", "formerly"),
    *("anterior", "anteriors", "anteriores", "anteriorment", "anteriormente"),
    *("substituït", "substituïts", "substituïd-", "sustituid-", "replaced", "superseded"),
    *("vigent fins", "vigente hasta", "until", "en el seu moment", "en su momento"),
    *("llavors", "aleshores", "entonces", "va deixar", "dejó"),
)
"""Words that say of a norm that it is past. With a hyphen: whatever begins so."""
