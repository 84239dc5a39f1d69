"""What all models of front matter have in common."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..words import N_
from .day_types import known_day
from .local_name import LocalName
from .localized_text import LocalizedText
from .value_types import field_error


class Model(BaseModel):
    """Without unknown fields, strict about types, and immutable."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        defer_build=True,
        # Documents have every key, whether a note says it or not (docs/decisions/0042).
        json_schema_serialization_defaults_required=True,
    )

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Return at once for a field that this kind of note does not have, which is a frequent
            question: pydantic would search several places, though such a model has only its fields
            and private attributes."""
            if name[0] == "_":
                return super().__getattr__(name)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # Without a type of its own: the schema is that of the fields, and of what is added below.
    @model_serializer(mode="wrap")
    def _with_languages(self, fields: SerializerFunctionWrapHandler, info: SerializationInfo):  # type: ignore[no-untyped-def]
        """In a document each text by language has its language beside it."""
        said = fields(self)
        for name in _texts_of(type(self)):
            text = getattr(self, name)
            said[f"{name}_lang"] = text.lang((info.context or {})["lang"]) or None if text else None
        return said

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = handler.resolve_ref_schema(handler(schema))
        if handler.mode == "serialization":
            for name in _texts_of(cls):
                found["properties"][f"{name}_lang"] = {
                    "anyOf": [{"type": "string"}, {"type": "null"}],
                    "description": f"The language of {name}, by its code (BCP 47); null where that is null.",
                }
                found["required"] = [*found.get("required", []), f"{name}_lang"]
        return found


def in_language(model: BaseModel, lang: str) -> dict[str, Any]:
    """A model as plain data, as documents have it: its texts in this language, or in one that they
    are in."""
    return model.model_dump(mode="json", by_alias=True, context={"lang": lang})


@cache
def _texts_of(model: type[BaseModel]) -> list[str]:
    """The fields of a model that are texts by language."""
    return [
        name
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is not list
        and any(map(is_by_language, (field.annotation, *get_args(field.annotation))))
    ]


def is_by_language(part: Any) -> bool:
    """Whether a type is of texts that may differ by language."""
    return isinstance(part, type) and issubclass(part, LocalizedText | LocalName)


def not_before(
    first: str, second: str, hint: str = N_("swap the two dates, or correct the wrong one")
) -> Any:
    """A validator: the day in field ``second`` must not be before the one in field ``first``."""

    def check(cls: type, value: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        start = known_day(info.data.get(first))
        if value and start and value < start:
            raise field_error(
                "date-order",
                N_("%(second)s (%(value)s) is before %(first)s (%(start)s)"),
                hint,
                first=first.rstrip("_"),
                second=second,
                value=value.isoformat(),
                start=start.isoformat(),
            )
        return value

    return field_validator(second)(classmethod(check))
