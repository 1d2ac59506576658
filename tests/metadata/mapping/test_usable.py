from typing import Any

from ckanext.orden.metadata.mapping.usable import keep


def test_what_the_schema_would_refuse_is_left_out_and_reported():
    dataset: dict[str, Any] = {
        "title": "題",
        "url": "urn:x",
        "homepage": "https://x.example/",
        "temporal_resolution": "一時間",
        "documentation": ["https://x.example/doc", "javascript:alert(1)"],
        "contact": [{"name": "課", "email": "課 at x", "url": "tel:1"}, {"email": "a@example.jp"}],
        "resources": [{"url": "urn:kept", "access_url": "urn:x", "spatial_resolution_in_meters": "10"}],
    }
    found = keep(dataset)
    assert {(issue.code, issue.field, issue.where) for issue in found} == {
        ("url.scheme", "url", ""),
        ("value.unknown", "temporal_resolution", ""),
        ("value.unknown", "documentation", ""),
        ("mail.unusable", "contact", ""),
        ("value.unknown", "contact", ""),
        ("url.scheme", "access_url", "resource 1"),
    }
    assert {issue.severity for issue in found} == {"warning"}
    assert dataset == {
        "title": "題",
        "homepage": "https://x.example/",
        "documentation": ["https://x.example/doc"],
        "contact": [{"name": "課"}, {"email": "a@example.jp"}],
        "resources": [{"url": "urn:kept", "spatial_resolution_in_meters": "10"}],
    }
    assert keep({}) == []
