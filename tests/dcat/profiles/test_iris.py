"""What may stand in RDF as an address."""

from __future__ import annotations

import pytest
from ckanext.orden.dcat.profiles.iris import mail_iri, safe_iri, web_iri


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://example.jp/避難所?年=2026#上", "https://example.jp/避難所?年=2026#上"),
        (" https://example.jp/a b ", "https://example.jp/a%20b"),
        ('https://example.jp/"<>{}|\\^`', "https://example.jp/%22%3C%3E%7B%7D%7C%5C%5E%60"),
        ("https://example.jp/%zz%E3", "https://example.jp/%25zz%E3"),
        ("https://example.jp/a[1]?b[]=2", "https://example.jp/a%5B1%5D?b%5B%5D=2"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://example.jp/\u202etxt.exe", "https://example.jp/%E2%80%AEtxt.exe"),
        ("https://example.jp/a\nb", "https://example.jp/a%0Ab"),
        ("urn:uuid:11111111-1111-4111-8111-111111111111", "urn:uuid:11111111-1111-4111-8111-111111111111"),
    ],
)
def test_address_is_escaped(text: str, iri: str):
    assert str(safe_iri(text)) == iri


@pytest.mark.parametrize(
    "text",
    [
        *("", "避難所", "/path", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("http://", "http:///x", "http://[broken", "http://example.jp:port/"),
    ],
)
def test_what_is_no_address_is_none(text: str):
    assert safe_iri(text) is None


def test_only_web_addresses_are_of_the_web():
    assert web_iri("ftp://example.jp/") is None
    assert web_iri(None) is None
    assert str(web_iri("HTTPS://example.jp/")) == "HTTPS://example.jp/"


def test_mail_address_is_checked():
    assert str(mail_iri("mailto:bosai@city.example.jp")) == "mailto:bosai@city.example.jp"
    assert mail_iri("防災課") is None
    assert mail_iri("a b@example.jp") is None
