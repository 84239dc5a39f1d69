from saig.documents.uri import uri, uri_of

SITE = "https://example.org/avisos"


def test_a_thing_is_named_without_language_or_slug() -> None:
    for lang in ("ca", "es"):
        document = {"kind": "service", "id": "obres", "lang": lang, "service": {}}
        assert uri_of(SITE, document) == f"{SITE}/api/v1/catalogue.ttl#service/obres"


def test_a_norm_has_the_name_that_its_gazette_gave_it() -> None:
    eli = "https://www.boe.es/eli/es-ib/l/2017/12/29/12"
    assert uri_of(SITE, {"kind": "norm", "id": "luib", "norm": {"eli": eli}}) == eli
    without = uri_of(SITE, {"kind": "norm", "id": "ordenança", "norm": {"eli": None}})
    assert without == f"{SITE}/api/v1/catalogue.ttl#norm/ordenan%C3%A7a"
    assert uri(SITE, "norm", "luib", eli) == eli
