from typing import Any

import pytest
from ckanext.orden.metadata.validation import check
from ckanext.orden.metadata.validation.messages import _RULES
from metadata.contradictory import CASES

EU = "http://publications.europa.eu/resource/authority/"
GOOD: dict[str, Any] = {
    "title": "豊中市 避難所一覧",
    "notes": "市内の避難所です。",
    "license_id": "CC-BY-4.0",
    "contact": [{"name": "危機管理課"}],
    "access_rights": EU + "access-right/PUBLIC",
    "resources": [{"url": "site:/sample/a.csv", "format": "CSV"}],
}
PUBLIC = {"orden_org_kind": "public"}
NGSI = {
    "url": "https://broker.example/v2",
    "format": "NGSI",
    "caddec_resource_type": "api/ngsi",
    "ngsi_entity_type": "T",
}
PERSONAL = "個人情報（要配慮個人情報を含まない）"


def codes(change: dict[str, Any], offers: Any = ()) -> list[tuple[str, str]]:
    return [(issue.code, issue.severity) for issue in check({**GOOD, **change}, PUBLIC, offers).issues]


def test_good_dataset_has_no_issue():
    report = check(GOOD, PUBLIC)
    assert report.valid
    assert report.issues == ()
    assert (report.subject, report.level, report.checked) == ("豊中市 避難所一覧", "odpo", 2)


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"title": ""}, "title.missing", "error"),
        ({"notes": None}, "description.missing", "warning"),
        ({"license_id": ""}, "licence.missing", "error"),
        ({"license_id": "notspecified"}, "licence.missing", "error"),
        ({"license_id": "OTHER"}, "licence.unknown", "warning"),
        ({"contact": []}, "contact.missing", "info"),
        ({"resources": []}, "resources.missing", "warning"),
        ({"resources": [{"format": "CSV"}]}, "resource.no_url", "error"),
        ({"resources": [*GOOD["resources"], *GOOD["resources"]]}, "resource.repeated", "warning"),
        ({"resources": [{"url": "https://x.example/"}]}, "resource.format_missing", "info"),
        ({"resources": [{**NGSI, "ngsi_entity_type": ""}]}, "ngsi.no_type", "warning"),
        ({"theme": ["x"]}, "value.unknown", "error"),
        ({"frequency": "x"}, "value.unknown", "error"),
        ({"fee": "x"}, "value.unknown", "error"),
        ({"orden_municipality": "272034"}, "code.invalid", "error"),
        ({"issued": "2024-02-30"}, "date.invalid", "error"),
        ({"issued": "2024-04-01", "modified": "2024-03"}, "dates.reversed", "warning"),
        ({"temporal_coverage": [{"start": "2025", "end": "2024"}]}, "period.reversed", "error"),
        ({"url": "javascript:alert(1)"}, "url.scheme", "error"),
        ({"resources": [{"url": "https://u:p@x.example/", "format": "CSV"}]}, "url.credentials", "error"),
    ],
)
def test_each_fault_is_found_alone(change: dict[str, Any], code: str, severity: str):
    assert codes(change) == [(code, severity)]


@pytest.mark.parametrize(
    ("change", "offers", "code"),
    [
        ({"fee": "有償", "sales_info_url": "https://m.example/"}, (), "contradiction.open_but_paid"),
        ({}, [{"price_mode": "subscription"}], "contradiction.open_but_paid"),
        ({"access_rights": EU + "access-right/NON_PUBLIC"}, (), "contradiction.open_but_closed"),
        ({"access_rights": EU + "access-right/RESTRICTED"}, (), "contradiction.open_but_closed"),
        ({"privacy_policy_contains_personal_data": PERSONAL}, (), "contradiction.personal_but_public"),
        (
            {"privacy_policy_contains_personal_data": PERSONAL, "access_rights": ""},
            (),
            "contradiction.personal_but_public",
        ),
        (
            {"license_id": "other-closed", "privacy_policy_contains_personal_data": PERSONAL},
            (),
            "contradiction.personal_but_public",
        ),
        ({"resources": [NGSI], "frequency": EU + "frequency/NEVER"}, (), "contradiction.dynamic_but_never"),
    ],
)
def test_each_contradiction_is_an_error_with_a_way_out(change: dict[str, Any], offers: Any, code: str):
    report = check({**GOOD, **change}, PUBLIC, offers)
    assert [issue.code for issue in report.issues if issue.severity == "error"] == [code]
    (issue,) = (issue for issue in report.issues if issue.code == code)
    assert all(issue.message[lang] and issue.hint[lang] for lang in ("ja", "en"))


@pytest.mark.parametrize("case", CASES)
def test_each_axis_has_its_contradictions(case: str):
    code, change, field = CASES[case]
    report = check({**GOOD, "access_rights": "", **change}, PUBLIC)
    found = [(issue.code, issue.field) for issue in report.issues if issue.severity == "error"]
    assert found == [(f"contradiction.{code}", field)]


@pytest.mark.parametrize("hidden", [True, "True", "true"])
def test_harvested_dataset_may_not_be_hidden(hidden: Any):
    mark = {"extras": [{"key": "harvest_object_id", "value": "x"}]}
    assert codes({**mark, "private": hidden}) == [("contradiction.harvested_but_hidden", "error")]
    assert codes({**mark, "private": False}) == codes({"private": hidden}) == []


def test_private_company_with_the_code_of_a_town_is_questioned():
    report = check(GOOD, {"orden_org_kind": "private", "orden_municipality": "272035"})
    (issue,) = report.issues
    assert (issue.code, issue.severity, issue.field) == ("contradiction.private_with_code", "warning", "owner_org")


@pytest.mark.parametrize(
    ("change", "offers"),
    [
        ({}, [{"price_mode": "subscription"}, {"price_mode": "free"}]),
        (
            {
                "license_id": "other-closed",
                "access_rights": EU + "access-right/RESTRICTED",
                "privacy_policy_contains_personal_data": PERSONAL,
            },
            (),
        ),
        ({"privacy_policy_contains_personal_data": "匿名加工情報"}, ()),
        ({"resources": [NGSI], "frequency": EU + "frequency/UPDATE_CONT"}, ()),
        (
            {
                "license_id": "",
                "resources": [{**GOOD["resources"][0], "license": "https://creativecommons.org/licenses/by/4.0/"}],
            },
            (),
        ),
        ({"license_id": "OTHER", "orden_license_text": "市の規約"}, ()),
        ({"issued": "2024-04-01", "modified": "2024"}, ()),
    ],
)
def test_what_goes_together_is_no_contradiction(change: dict[str, Any], offers: Any):
    assert codes(change, offers) == []


def test_free_data_with_a_price_is_questioned():
    assert codes({"pricing_price_range": "10,000円"}) == [("contradiction.free_with_price", "warning")]
    assert codes({"pricing_price_range": "無料"}) == []


def test_paid_data_without_a_sales_page_is_questioned():
    assert codes({"license_id": "other-closed", "fee": "有償"}) == [("price.no_sales_page", "warning")]


def test_provider_without_a_kind_is_noted():
    assert [issue.code for issue in check(GOOD).issues] == ["organization.kind_missing"]


def test_address_of_an_uploaded_file_is_not_checked():
    assert codes({"resources": [{"url": "a.csv", "url_type": "upload", "format": "CSV"}]}) == []


@pytest.mark.parametrize(
    "dataset", [{}, {"resources": 5}, {"extras": "x", "theme": {}}, {"temporal_coverage": [None, 5]}, {"title": ["x"]}]
)
def test_odd_dataset_never_fails(dataset: Any):
    assert not check(dataset).valid


def test_each_rule_has_words_in_both_languages():
    for _, _, message, hint in _RULES.values():
        assert all(text["ja"] and text["en"] for text in (message, hint))
