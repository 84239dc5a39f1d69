"""The shape of every document (docs/data.md). The published JSON Schemas are made from these types.

A document is plain data: dates are ISO, addresses absolute, texts in the document's language. A text
that may be in another language, as it is not translated, has its language beside it: ``label`` has
``label_lang``. If a fact is published as an editor wrote it, its type is the model that checked the
note.

A new key needs its description below it, as a string: it is published in the schema.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from .api import ApiDocument
from .changes import Changes, PublicationPage
from .codes import CodesDocument
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
from .site import SiteDocument
from .whole import IndexDocument, NextChangeDocument, VersionDocument

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
    "api": ApiDocument,
    "gone": GoneDocument,
    "moved": MovedDocument,
    "choice": ChoiceDocument,
}


WHOLE: dict[str, Any] = {
    "site": SiteDocument,
    "codes": CodesDocument,
    "index": IndexDocument,
    "version": VersionDocument,
    "next-change": NextChangeDocument,
    "changes": Changes,
    "publication": PublicationPage,
}
"""Documents that belong to no page."""

NUMBER = "1.1"
"""The version of the interface that these schemas describe; docs/data.md says what each one
added."""


def schema_version() -> str:
    """The version of the interface, and digits of the schemas' digest, in the form of semantic
    versions: ``1.1+3f2a9c41``."""
    said = json.dumps([_schema(kind) for kind in ALL], sort_keys=True)
    return f"{NUMBER}+{sha256(said.encode()).hexdigest()[:8]}"


def json_schema(kind: str, address: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the documents of a kind in ``ALL``. ``address``: where it is
    published."""
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "$id": address, **_schema(kind)}


ALL = {**DOCUMENTS, **WHOLE}


@cache
def _schema(kind: str) -> dict[str, Any]:
    """The schema without its address, cached: callers must not change it."""
    return describe(TypeAdapter(ALL[kind]).json_schema(mode="serialization", by_alias=True))
