"""The shape of every document (contract §4). The published JSON Schemas are made from these types.

A document is plain data: dates are ISO, addresses absolute, texts in the document's language. What
may be in another, as it is not translated, has its language beside it: ``label_lang`` of ``label``.
Where a fact is as an editor wrote it, the type is the very model that checked the note.

A new key has its description below it, as a text: it is published in the schema.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from .contact import ContactDocument
from .described import describe
from .lists import (
    BookingDocument,
    HomeDocument,
    ListDocument,
    RelationsDocument,
    SearchDocument,
    SectionDocument,
    TopicDocument,
)
from .norm import NormDocument
from .notice import NoticeDocument, PageDocument
from .old import ChoiceDocument, GoneDocument, MovedDocument
from .service import ServiceDocument

DOCUMENTS: dict[str, Any] = {
    "contact": ContactDocument,
    "service": ServiceDocument,
    "norm": NormDocument,
    "notice": NoticeDocument,
    "page": PageDocument,
    "home": HomeDocument,
    "section": SectionDocument,
    "list": ListDocument,
    "relations": RelationsDocument,
    "topic": TopicDocument,
    "booking": BookingDocument,
    "search": SearchDocument,
    "gone": GoneDocument,
    "moved": MovedDocument,
    "choice": ChoiceDocument,
}


def json_schema(kind: str, address: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind's documents; ``address``: where it is published."""
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "$id": address, **_schema(kind)}


@cache
def _schema(kind: str) -> dict[str, Any]:
    """What is the same wherever the schema is published; to be read, not changed."""
    schema = TypeAdapter(DOCUMENTS[kind]).json_schema(mode="serialization", by_alias=True)
    return describe(schema)
