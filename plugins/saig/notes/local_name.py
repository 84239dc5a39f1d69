"""Names and addresses that may differ by language: ``Carrer Major, 1`` for all, or ``{eu: …, es:
…}``.

In Python each is a ``str``: the text itself, or that in the site's first language. A document has
the text in its own language, and a second key with the language of the text, as
``street_address_lang``; null if one text is for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, GetCoreSchemaHandler, SerializationInfo, ValidationInfo
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from .localized_text import LocalizedText
from .value_types import SecureUrl, one_text, secure_url


class LocalName(str):
    """A street, a town, a gazette, a provision. ``names``: by language, the site's first one first;
    empty if one text is for all."""

    names: Mapping[str, str]
    written: ClassVar[type[LocalizedText]] = LocalizedText
    """How the texts of several languages are checked."""

    @classmethod
    def of(cls, said: str | Mapping[str, str]) -> Self:
        """``said``: one text for all languages, or one in each."""
        names = {} if isinstance(said, str) else dict(said)
        made = cls(next(iter(names.values()), said))
        made.names = names
        return made

    @property
    def plain(self) -> str | dict[str, str]:
        """What ``of`` makes the same of."""
        return dict(self.names) or str(self)

    def lang(self, lang: str) -> str:
        """The language of the text for a reader of ``lang``; '' if that is not known."""
        return lang if lang in self.names else next(iter(self.names), "")

    def text(self, lang: str) -> str:
        return self.names.get(self.lang(lang), str(self))

    @classmethod
    def _same(cls, value: str) -> str:
        """One text for all languages, as it is published."""
        return one_text(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any, each: Any, info: ValidationInfo) -> LocalName:
            if isinstance(value, dict):
                return cls.of(each(value).root)
            text = getattr(value, "text", value)
            if not isinstance(text, str):
                raise PydanticKnownError("string_type")
            return cls.of(cls._same(text))

        def say(value: LocalName, info: SerializationInfo) -> str:
            return value.text((info.context or {})["lang"])

        return core_schema.with_info_wrap_validator_function(
            read,
            handler.generate_schema(cls.written),
            serialization=core_schema.plain_serializer_function_ser_schema(
                say, info_arg=True, return_schema=core_schema.str_schema()
            ),
        )


class _Addresses(LocalizedText):
    root: Annotated[dict[str, SecureUrl], Field(min_length=1)]


class LocalUrl(LocalName):
    """A web address, or one in each language."""

    written = _Addresses

    @classmethod
    def _same(cls, value: str) -> str:
        return secure_url(value)


def plain_names(names: Iterable[str]) -> list[str | dict[str, str]]:
    """Names as plain data, the inverse of ``local_names``."""
    return [name.plain if isinstance(name, LocalName) else name for name in names]


def local_names(said: Iterable[str | Mapping[str, str]]) -> list[LocalName]:
    return [LocalName.of(one) for one in said]


def every_name(name: str) -> list[str]:
    """All that something is called, in whatever language."""
    return list(dict.fromkeys([name, *getattr(name, "names", {}).values()]))
