import pytest
from ckanext.orden.metadata.addresses import absolute, portable, problem, without_query

SITE = "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    ("url", "site", "expected"),
    [
        ("http://127.0.0.1:5000/sample/a.csv?x=1#f", SITE, "site:/sample/a.csv?x=1#f"),
        ("HTTP://127.0.0.1:5000/X", SITE, "site:/X"),
        ("http://127.0.0.1:5000", SITE, "site:/"),
        ("http://host/data/x", "https://host/data/", "site:/x"),
        ("https://host:443/x", "https://host", "site:/x"),
        ("http://host/database/x", "https://host/data", "http://host/database/x"),
        ("http://127.0.0.1:50001/x", SITE, "http://127.0.0.1:50001/x"),
        ("http://127.0.0.1:5000@evil.example/", SITE, "http://127.0.0.1:5000@evil.example/"),
        ("http://127.0.0.1.evil.example:5000/", SITE, "http://127.0.0.1.evil.example:5000/"),
        ("ftp://127.0.0.1:5000/x", SITE, "ftp://127.0.0.1:5000/x"),
        ("http://[broken", SITE, "http://[broken"),
        ("site:/a", SITE, "site:/a"),
        ("", SITE, ""),
    ],
)
def test_only_the_sites_own_addresses_become_portable(url: str, site: str, expected: str):
    assert portable(url, site) == expected


def test_portable_address_survives_a_move():
    moved = absolute(portable(f"{SITE}/sample/避難所.csv?a=b", SITE), "https://odpo.example/")
    assert moved == "https://odpo.example/sample/避難所.csv?a=b"


@pytest.mark.parametrize("url", ["site:@evil.example/", "site:evil", "https://x.example/"])
def test_only_a_path_of_the_site_becomes_absolute(url: str):
    assert absolute(url, SITE) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.jp/あ.csv",
        "ftp://example.jp/a",
        "site:/a",
        "http://例え.jp/",
        "http://localhost:5000/x?y=1",
    ],
)
def test_good_address_has_no_problem(url: str):
    assert problem(url) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("javascript:alert(1)", "url.scheme"),
        ("JaVaScRiPt:alert(1)", "url.scheme"),
        ("data:text/html,x", "url.scheme"),
        ("//example.jp/x", "url.scheme"),
        ("a.csv", "url.scheme"),
        ("site:@evil/", "url.scheme"),
        ("http:///x", "url.host"),
        ("http://[::1", "url.broken"),
        ("http://h:99999/", "url.broken"),
        ("http://user:secret@example.jp/", "url.credentials"),
        ("http://example.jp/a b", "url.characters"),
        ("https://example.jp/\n", "url.characters"),
        ("java\tscript:alert(1)", "url.characters"),
        ("https://example.jp/\u3000x", "url.characters"),
        ("https://example.jp\\@evil/", "url.characters"),
        ('https://example.jp/"onclick=', "url.characters"),
    ],
)
def test_bad_address_says_what_is_wrong_and_how_to_mend_it(url: str, code: str):
    found = problem(url, "access_url", "resource 1")
    assert found is not None
    assert (found.code, found.field, found.where) == (code, "access_url", "resource 1")
    assert all(found.text(lang) and found.hint[lang] for lang in ("ja", "en"))


@pytest.mark.parametrize("url", ["https://x.example/a?key=1", "https://x.example/a#key", "https://x.example/a?#?", "a"])
def test_address_for_strangers_has_no_query(url: str):
    assert without_query(url) == ("https://x.example/a" if url != "a" else "a")
