"""Texts that front matter has in several languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    RootModel,
    SerializationInfo,
    ValidationInfo,
    model_serializer,
    model_validator,
)

from ..words import N_
from .value_types import Prose, as_list, field_error
from .yaml_errors import plain_or_quoted


class LocalizedText(RootModel[dict[str, Prose]]):
    """A short text in each language: ``{ca: …, es: …}``. In a document, the text in its language.

    Validation needs the site's languages in the context, the default one first; serialisation needs
    ``lang``. For a language that the map lacks the default language's text is used: the model with
    the text says which language it is in, as ``label_lang`` for ``label``.
    """

    @model_validator(mode="before")
    @classmethod
    def _is_map(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            languages = (info.context or {}).get("languages") or ["ca", "es"]
            own = value if isinstance(value, str) else getattr(value, "text", "…")
            texts = [plain_or_quoted(own), *["…"] * (len(languages) - 1)]
            said = ", ".join(f"{lang}: {text}" for lang, text in zip(languages, texts, strict=True))
            raise field_error(
                "wrong-type",
                N_("this must be a text for each language"),
                N_("write %(new)s"),
                new=f"{{{said}}}"[:400],
            )
        return value

    @model_validator(mode="after")
    def _knows_languages(self, info: ValidationInfo) -> LocalizedText:
        languages = (info.context or {}).get("languages") or list(self.root)
        refuse_unknown(self.root, languages)
        if languages and languages[0] not in self.root:
            raise field_error(
                "missing-field",
                N_("the text in the site's first language, “%(language)s”, is missing"),
                N_("write {%(language)s: …}"),
                language=languages[0],
            )
        self.root = {lang: self.root[lang] for lang in languages if lang in self.root}
        return self

    def text(self, lang: str) -> str:
        return self.root[self.lang(lang)]

    def lang(self, lang: str) -> str:
        """The language of the text that a reader of ``lang`` gets."""
        return lang if lang in self.root else next(iter(self.root))

    @model_serializer(mode="plain")
    def _in_language(self, info: SerializationInfo) -> str:
        return self.text((info.context or {})["lang"])


class SearchWords(RootModel[dict[str, Annotated[list[Prose], BeforeValidator(as_list)]]]):
    """Words by which people look for something, by language: ``{ca: [obres menors], es: [obras
    menores]}``. Only the search uses them, so a language may lack them. Validation needs the site's
    languages in the context."""

    @model_validator(mode="before")
    @classmethod
    def _is_map(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            said = value if isinstance(value, list) else [value]
            words = [plain_or_quoted(one) for one in said if isinstance(one, str)]
            language = next(iter((info.context or {}).get("languages") or ["ca"]))
            raise field_error(
                "wrong-type",
                N_("these must be words for each language"),
                N_("write %(new)s"),
                new=f"{{{language}: [{', '.join(words or ['…'])}]}}"[:400],
            )
        return value

    @model_validator(mode="after")
    def _knows_languages(self, info: ValidationInfo) -> SearchWords:
        languages = (info.context or {}).get("languages") or list(self.root)
        refuse_unknown(self.root, languages)
        return self

    def words(self, lang: str) -> list[str]:
        """Those for readers of a language: in that language, or in all if it has none."""
        every = [word for words in self.root.values() for word in words]
        return self.root.get(lang) or every


def refuse_unknown(codes: Iterable[str], languages: Sequence[str]) -> None:
    """Raise for a language that the site does not have."""
    for language in codes:
        if language not in languages:
            raise field_error(
                "unknown-language",
                N_("this site has no language “%(language)s”"),
                N_("its languages are: %(languages)s"),
                field=language,
                language=language,
                languages=", ".join(languages),
            )
