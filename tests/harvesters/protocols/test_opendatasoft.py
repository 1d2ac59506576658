"""Words where addresses belong."""

from __future__ import annotations

import pytest
from ckanext.orden.harvesters.protocols.opendatasoft import WORDS, read_words, with_addresses

EU = "http://publications.europa.eu/resource/authority"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('rdf:about="https://a.example.jp/x?y=1#z"', 'rdf:about="https://a.example.jp/x?y=1#z"'),
        ('rdf:resource="relative"', 'rdf:resource="relative"'),
        ('rdf:resource="https://a.example.jp/x y"', 'rdf:resource="https://a.example.jp/x%20y"'),
        ('rdf:resource=" https://a.example.jp/x "', 'rdf:resource=" https://a.example.jp/x "'),
        ("rdf:about='https://a.example.jp/{x}'", "rdf:about='https://a.example.jp/%7Bx%7D'"),
        ("rdf:about=\"a 'b'\"", f'rdf:about="{WORDS}a%20%27b%27"'),
        ('rdf:about = "En continu"', f'rdf:about = "{WORDS}En%20continu"'),
        ('rdf:resource="A &gt; B"', f'rdf:resource="{WORDS}A%20%3E%20B"'),
        ('rdf:about="https://a.example.jp/?refine.theme=%E6%95%99%E8%82%B2"', f'rdf:about="{EU}/data-theme/EDUC"'),
        ('rdf:about="https://a.example.jp/?refine.theme=A+B"', 'rdf:about="https://a.example.jp/?refine.theme=A+B"'),
        ('<p title="a b">', '<p title="a b">'),
    ],
)
def test_references_hold_addresses_only(given, made):
    assert with_addresses(given) == made


@pytest.mark.parametrize("field", ["frequency", "orden_frequency_text"])
def test_words_for_a_frequency_are_read(field):
    dataset = {field: f"{WORDS}1%E5%B9%B4%E3%81%AB1%E5%9B%9E"}
    read_words(dataset)
    assert dataset == {"frequency": f"{EU}/frequency/ANNUAL", "orden_frequency_text": "1年に1回"}


def test_other_datasets_stay_as_they_are():
    dataset = {"theme": ["https://a.example.jp/theme/1"], "spatial_coverage": [{"uri": "https://a.example.jp/osaka"}]}
    before = {"theme": [*dataset["theme"]], "spatial_coverage": [{**dataset["spatial_coverage"][0]}]}
    read_words(dataset)
    assert dataset == before
