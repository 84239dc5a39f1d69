"""The words of a clause that are no provisions, in folded text: tables for a lawyer to read."""

from __future__ import annotations

import re

from .spanish import DAY

HEADS = (
    r"ley(?:es)?(?: organicas?| foral(?:es)?)?|reales decretos?|real decreto|decretos?|real orden|orden(?:es)?(?! de los)|"
    r"reglamentos?|resolucion(?:es)?|acuerdos?|circular(?:es)?|instruccion(?:es)?|textos? refundidos?|"
    r"textos? articulados?|estatutos?|codigos?|constitucion|directivas?|ordenanzas?|sentencias?|autos?|"
    r"planes|plan|normas?|bases|convenios?|instrumentos?|decision(?:es)?|providencias?"
)
DATE = rf"(?:,? ?(?:de |del )?(?:dia )?{DAY}|,? ?de \d{{1,2}} de [a-z]+)"
NORM = re.compile(
    rf"(?:(?:el|la|los|las) )?(?:{HEADS})(?![a-z])[^,;:()]{{0,80}}?(?:\d{{1,5}}/\d{{4}}(?:{DATE})?"
    rf"(?:,? y \d{{1,5}}/\d{{4}}(?:{DATE})?)*|(?<= ){DAY})"
)
"""A norm by its number, or its date, in folded text."""

HEAD = re.compile(rf"(?:(?:el|la|los|las) )?(?:{HEADS})(?![a-z])")
OF = re.compile(
    r",? ?(?:al|a la|a los|a las|del el|del|de los|de las|de la de la|de la|de|en la|en el|a) "
)
BY = re.compile(
    rf" ?[,;]? ?por:? (?:(?:el|la|los|las) )?(?={HEADS})| ?: ?(?={HEADS})|,? (?=(?:{HEADS})[- ][^,]*\d/\d{{4}})"
)
SEPARATOR = re.compile(r"[ ,;.:]+|(?:y|e|o|asi como|ademas|tambien)(?=[ ,;]|$)")
HOUR = r"(?:las |a las )?\d{1,2}[:.]\d\d horas del? (?:dia )?"
EFFECT = re.compile(
    rf"(?:y )?(?:con (?:los )?(?:(?:mismos )?efectos?|vigencia)(?: retroactivos?)?(?: exclusivos?)?(?: economicos?)? ?)?"
    rf"(?:(?P<from>(?:desde|a partir de|a partir|de|del)(?: el| del)?(?: dia)? (?:{HOUR})?{DAY}))?"
    rf"(?:,? ?(?:y )?(?P<until>hasta(?: el)?(?: dia)? (?P<hour>{HOUR})?(?P<last>{DAY})))?"
)
EFFECT_STARTS = re.compile(
    r"(?:y )?(?:con (?:los )?(?:mismos )?efectos?|con vigencia|desde|a partir|hasta)(?! \w+ (?:indicad|senalad))"
)
SAME = re.compile(r"con (?:los )?mismos efectos|con iguales efectos|con identicos efectos")
AGAIN = re.compile(r"(?:de forma reiterada|reiteradamente|de manera reiterada|nuevamente)")
LIMIT = re.compile(
    r"(?:en|de|con) (?:la |las |los |el )?(?:forma|manera|terminos|modo|salvedad(?:es)?|alcance|efectos|condiciones|"
    r"excepci(?:on|ones)|redaccion|redacciones)(?: y (?:en |con )?(?:los |las |el |la )?\w+)? (?:indicad|senalad|previst|establecid|expresad|citad)[oa]s?"
    r"(?: en (?:los? |las? )?[^,;]*)?|en su ambito|en (?:cuanto|lo que) (?:no )?se opongan?|parcialmente|tacitamente|expresamente"
)
REDACTION = re.compile(
    r"(?:en|segun) las? redacci(?:ones|on)(?: dadas?| efectuadas?| anterior(?:es)?| original(?:es)?| vigentes?)*(?: (?:por|al|a|en)(?= ))? ?"
)
EXCEPT = re.compile(
    r"salvo|excepto|a excepcion de|con (?:la )?excepcion de|exceptuando|menos (?=el|la|los|las)"
)
UNNAMED = re.compile(
    r"(?:las? |los? |el )?(?:determinad[oa]s?|diversos|varios|algunos|otros|ciertos) ?(?:preceptos?|articulos?|disposiciones|apartados?|aspectos?|parrafos?)"
    r"(?: y (?:las )?referencias(?: (?:indicadas|senaladas))?)?"
    r"|(?:determinad[oa]s? )(?:disposiciones|referencias)"
    r"|(?:las? )?referencias? (?:indicad|senalad|citad)as?|lo (?:indicado|senalado|establecido|previsto|citado)"
    r"|los (?:preceptos|articulos|apartados) (?:indicados|senalados|impugnados|citados)|determinado\w* preceptos?"
)
ABOUT = re.compile(
    r"(?:(?:la|las|el|los|lo|su|un|una|de la|del|de) )*"
    r"(?P<what>lo indicado|lo senalado|lo dispuesto|lo establecido|lo previsto|indicado|senalado|aplicacion|vigencia|eficacia|"
    r"vigencia y (?:la )?aplicacion|modificaci(?:on|ones)|ampliacion|derogacion|adicion|supresion|"
    r"referencias? (?:indicad|senalad)as?(?: contenidas?)?|plazos?(?: (?:previst|establecid|fijad|senalad)os?)?|titulos?|rubricas?|denominacion|enunciado|"
    r"contenido|texto|redaccion|(?:ultimo|primer|segundo|tercer|cuarto|quinto) (?:parrafo|inciso)|(?:parrafo|inciso)s? (?:final|ultimo|primero|segundo|tercero|cuarto|quinto)|incisos? (?:indicad|senalad|destacad)os?|"
    r"(?:determinad[oa]s|diversos|varios|algunos) (?:preceptos|articulos|apartados|aspectos|incisos|parrafos)|pie|encabezamiento|inciso)"
    r"(?= |,)"
)
WHOLE_ABOUT = (
    "aplicacion",
    "vigencia",
    "eficacia",
    "vigencia y aplicacion",
    "vigencia y la aplicacion",
    "modificacion",
    "modificaciones",
    "derogacion",
    "adicion",
    "supresion",
)
ABOUT_OF = re.compile(
    r"(?: (?:de los|de las|de la|del|de|en los|en las|en la|en el|en|contenid[oa]s? en|al|a))(?: (?:el|la|los|las))?(?= )"
)
AGAINST = re.compile(
    r"(?:numeros?|num\.|n\.?º|de inconstitucionalidad| )*\d+[-/]\d{4}|de inconstitucionalidad|(?:,? ?(?:promovid|plantead|interpuest|formulad)[oa]s?)? ?(?:contra|en relacion (?:con|al?)|en relacion|frente al?|sobre|respecto (?:del?|al?))(?= )"
    r"|(?:promovid|plantead|interpuest)[oa]s?|con(?= (?:el|la|los|las) (?!mismos|efectos))"
)
PASSAGE = re.compile(
    r",? (?:el )?(?:ultimo |primer )?(?:parrafo|inciso)s?(?: (?!del? |de la )\w+)(?:(?:,| y| a) \d+(?![\d.]))*(?! del? | de la )"
)
SAME_OF = re.compile(
    r",? ?(?:y )?(?=disposici|disp\.|arts?\b|articulo|anexos?\b|transitoria|adicional|final)"
)
"""Before a norm without an article: *lo indicado de los arts. 22, 23 y disposición adicional 6*."""
BARE = re.compile(r"(?:(?:el|la|los|las) )?\d")
SUSPENDED = re.compile(
    rf"con suspension(?: de [^\d]*)?(?: (?:de|desde|a partir)[^\d]*(?P<from>{DAY}))?[^;]*"
)
