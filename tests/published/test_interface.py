"""What ``api/v1/openapi.json`` says that programs can ask, held against a real nginx."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from project import new_project
from published_site import Published
from saig.catalogue.addresses import DOCUMENTS, WHOLE
from test_nginx import NGINX, Server, serve

if TYPE_CHECKING:  # and within tests, as every worker imports this module, and these take a second
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx here")
MAY_LACK = ("{page}.json", "{page}/index.json", "/dcat.ttl")
"""Further pages of lists; what needs more of site.yaml than the town says."""

EXAMPLES = 1
"""Made up, for each address, beside those that the site has."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = tmp_path_factory.mktemp("interface")
    site = Published(new_project(root / "project"), root / "site")
    site.publish()
    return site


@pytest.fixture(scope="module")
def server(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(published, tmp_path_factory.mktemp("nginx") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def said(published: Published) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((published.current / "api/v1/openapi.json").read_bytes())
    return found


def test_it_is_valid(published: Published, said: dict[str, Any]) -> None:
    """As OpenAPI 3.1, and each schema that it names is there, beside it."""
    from openapi_spec_validator import OpenAPIV31SpecValidator

    text = json.dumps(said)
    named = set(re.findall(r'{"\$ref": "(schemas/[a-z-]+\.json)"}', text))
    for reference in named:
        schema = json.loads((published.current / "api/v1" / reference).read_bytes())
        Draft202012Validator.check_schema(schema)
    # Without these, which the validator would read again for each address.
    whole = json.loads(re.sub(r'{"\$ref": "schemas/[a-z-]+\.json"}', "{}", text))
    assert not list(OpenAPIV31SpecValidator(whole).iter_errors())
    assert {f"schemas/{kind}.json" for kind in (*DOCUMENTS, *WHOLE)} == named


def test_the_pages_for_people_say_the_same(published: Published, said: dict[str, Any]) -> None:
    """Each address on one of them, in its language; and every page of the site leads there."""
    told: set[str] = set()
    for folder, title in (("api", "Dades obertes"), ("es/api", "Datos abiertos")):
        document = json.loads((published.current / folder / "index.json").read_bytes())
        html = (published.current / folder / "index.html").read_text("utf-8")
        assert document["title"] == title
        endpoints = [one for group in document["api"]["groups"] for one in group["endpoints"]]
        for one in endpoints:
            assert f"<code>{one['path']}</code>" in html
        told |= {one["path"] for one in endpoints}
        home = (published.current / folder).parent / "index.html"
        assert f'<a href="/{folder}/">{title}</a>' in home.read_text("utf-8")
    assert told == set(said["paths"])


def test_every_address_answers_as_it_says(
    published: Published, server: Server, said: dict[str, Any]
) -> None:
    """For what the site has, and for what it may not have: the status, the type, the schema."""
    import schemathesis

    schema = schemathesis.openapi.from_path(published.current / "api/v1/openapi.json")
    url = f"http://127.0.0.1:{server.port}"
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        for values in _there(said["paths"][operation.path]["get"]):
            case = operation.Case(path_parameters=values)
            answer = checked(case, url)
            assert answer.status_code == 200 or operation.path.endswith(MAY_LACK)
        if "parameters" in said["paths"][operation.path]["get"]:
            _ask(operation, url)
        asked += 1
    assert asked == len(said["paths"])


def checked(case: Case, url: str) -> Any:
    """The answer to a question."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    wanted = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]
    return case.call_and_validate(base_url=url, checks=wanted)


def _there(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The examples of its parameters, and each value where all are named."""
    parameters = operation.get("parameters", [])
    yield {one["name"]: one["example"] for one in parameters}
    for one in parameters:
        yield from ({one["name"]: value} for value in one["schema"].get("enum", [])[1:])


def _ask(operation: APIOperation[Any, Any, Any, Any], url: str) -> None:
    """What chance makes up."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case) -> None:
        checked(case, url)

    ask()
