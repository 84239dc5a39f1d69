"""Tasks for the small town's ``site.yaml``, to stand at its end."""

from __future__ import annotations

from project import Project

TASKS = """tasks:
  - {service: llicencia, text: {ca: "Fer obres", es: "Hacer obras"}}
  - {contact: obres}
  - {section: booking}
  - {address: {ca: /avisos/2020/, es: /es/avisos/2020/}, text: {ca: "Els avisos de 2020", es: "Los avisos de 2020"}}
feedback: clar@vila.test
"""


def give_tasks(town: Project) -> None:
    file = town.content / "site.yaml"
    file.write_text(file.read_text("utf-8") + TASKS, "utf-8")
