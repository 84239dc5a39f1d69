"""Sentences such as town halls write, in Catalan and Spanish at once: both say the same."""

from __future__ import annotations

import random

LANGUAGES = ("ca", "es")

Pair = tuple[str, str]
"""A text in each of ``LANGUAGES``."""

WHO: list[Pair] = [
    ("El Departament d'Obres", "El Departamento de Obras"),
    ("La Secció d'Activitats", "La Sección de Actividades"),
    ("L'Oficina d'Habitatge", "La Oficina de Vivienda"),
    ("El Servei d'Inspecció", "El Servicio de Inspección"),
    ("La persona interessada", "La persona interesada"),
    ("Qui promou les obres", "Quien promueve las obras"),
    ("La direcció facultativa", "La dirección facultativa"),
    ("El Registre General", "El Registro General"),
    ("La Junta de Govern", "La Junta de Gobierno"),
    ("La comunitat de propietaris", "La comunidad de propietarios"),
    ("El titular de l'activitat", "El titular de la actividad"),
    ("L'Arxiu Municipal", "El Archivo Municipal"),
]
DOES: list[Pair] = [
    ("ha de presentar", "debe presentar"),
    ("pot consultar", "puede consultar"),
    ("revisa", "revisa"),
    ("publica", "publica"),
    ("té a la seva disposició", "tiene a su disposición"),
    ("notifica per escrit", "notifica por escrito"),
    ("ha modificat", "ha modificado"),
    ("tramita", "tramita"),
    ("demana abans de començar", "pide antes de empezar"),
    ("arxiva una vegada acabada la feina", "archiva una vez acabado el trabajo"),
]
WHAT: list[Pair] = [
    ("la sol·licitud de llicència d'obres", "la solicitud de licencia de obras"),
    ("el projecte tècnic visat", "el proyecto técnico visado"),
    ("els plànols de planta, façana i secció", "los planos de planta, fachada y sección"),
    ("la declaració responsable", "la declaración responsable"),
    ("el justificant de la taxa", "el justificante de la tasa"),
    ("l'informe de l'estat de l'edifici", "el informe del estado del edificio"),
    ("el certificat final d'obra", "el certificado final de obra"),
    ("la relació de veïns afectats", "la relación de vecinos afectados"),
    ("l'autorització d'ocupació de la via pública", "la autorización de ocupación de la vía"),
    ("les bases de la convocatòria d'ajudes", "las bases de la convocatoria de ayudas"),
    ("el pla especial de protecció del centre", "el plan especial de protección del centro"),
    ("la cèdula d'habitabilitat", "la cédula de habitabilidad"),
    ("l'estudi de gestió de residus", "el estudio de gestión de residuos"),
    ("el canvi d'ús del local", "el cambio de uso del local"),
]
HOW: list[Pair] = [
    ("en un termini de {} dies hàbils", "en un plazo de {} días hábiles"),
    ("abans de {} dies naturals", "antes de {} días naturales"),
    ("a la seu electrònica, amb certificat digital", "en la sede electrónica, con certificado"),
    ("a l'oficina de la planta {}, amb cita prèvia", "en la oficina de la planta {}, con cita"),
    ("sense cap cost per a qui ho demana", "sin coste alguno para quien lo pide"),
    ("quan la superfície passa de {} metres quadrats", "cuando la superficie pasa de {} metros"),
    ("si l'edifici té més de {} anys", "si el edificio tiene más de {} años"),
    ("tret que la norma digui una altra cosa", "salvo que la norma diga otra cosa"),
    ("d'acord amb l'expedient número {}", "de acuerdo con el expediente número {}"),
    ("al carrer Major, número {}", "en la calle Mayor, número {}"),
]
HEADINGS: list[tuple[Pair, Pair]] = [
    (("Què canvia", "Qué cambia"), ("Què heu de fer", "Qué tiene que hacer")),
    (("A qui afecta", "A quién afecta"), ("Com es demana", "Cómo se pide")),
    (("Què heu de dur", "Qué tiene que llevar"), ("Terminis", "Plazos")),
]
SUBJECTS: list[Pair] = [
    ("Talls de trànsit", "Cortes de tráfico"),
    ("Ajudes a la rehabilitació", "Ayudas a la rehabilitación"),
    ("Canvi d'horari", "Cambio de horario"),
    ("Informació pública", "Información pública"),
    ("Renovació de voreres", "Renovación de aceras"),
    ("Termini de sol·licituds", "Plazo de solicitudes"),
    ("Nova seu de l'oficina", "Nueva sede de la oficina"),
    ("Inspecció de façanes", "Inspección de fachadas"),
]
PLACES: list[Pair] = [
    ("al carrer Major", "en la calle Mayor"),
    ("a la plaça del Mercat", "en la plaza del Mercado"),
    ("al barri del Port", "en el barrio del Puerto"),
    ("a l'eixample", "en el ensanche"),
    ("al polígon de Llevant", "en el polígono de Levante"),
    ("a la vila vella", "en la villa vieja"),
]
TABLE: Pair = (
    "| Tràmit | Termini | Taxa |\n| --- | --- | ---: |\n"
    "| Obra major | 3 mesos | 120 € |\n| Obra menor | 1 mes | 40 € |\n| Canvi d'ús | 2 mesos | 60 € |",
    "| Trámite | Plazo | Tasa |\n| --- | --- | ---: |\n"
    "| Obra mayor | 3 meses | 120 € |\n| Obra menor | 1 mes | 40 € |\n| Cambio de uso | 2 meses | 60 € |",
)


def pick(pairs: list[Pair], chance: random.Random) -> Pair:
    return pairs[int(chance.random() * len(pairs))]


def sentence(chance: random.Random) -> Pair:
    """About 15 words: who does what, and how."""
    number = int(chance.random() * 90) + 3
    who, does, what, how = (pick(part, chance) for part in (WHO, DOES, WHAT, HOW))
    ca, es = (f"{who[n]} {does[n]} {what[n]} {how[n].format(number)}." for n in range(2))
    return ca, es


def paragraph(chance: random.Random, sentences: int = 3) -> Pair:
    ca, es = zip(*(sentence(chance) for _ in range(sentences)), strict=True)
    return " ".join(ca), " ".join(es)


def body(chance: random.Random, references: list[Pair]) -> Pair:
    """About 400 words: two headings, a list, in one of five a table, and these references."""
    first, second = HEADINGS[int(chance.random() * len(HEADINGS))]
    parts = [paragraph(chance), _heading(first)]
    parts += [paragraph(chance) for _ in range(3)]
    if chance.random() < 0.2:
        parts.append(TABLE)
    parts += [_heading(second), paragraph(chance)]
    parts.append(_list(chance, 5))
    parts += [paragraph(chance, 2), *references]
    ca, es = ("\n\n".join(part[n] for part in parts) + "\n" for n in range(2))
    return ca, es


def _heading(words: Pair) -> Pair:
    return f"## {words[0]}", f"## {words[1]}"


def _list(chance: random.Random, items: int) -> Pair:
    lines = [sentence(chance) for _ in range(items)]
    ca, es = ("\n".join(f"- {line[n]}" for line in lines) for n in range(2))
    return ca, es
