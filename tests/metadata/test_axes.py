from typing import Any

import pytest
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.axes import LABELS, REASONS, derive

FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
OPEN = {"license_id": "CC-BY-4.0"}


def check(axis: str, values: tuple[str, ...], code: str, *given: Any) -> None:
    found = derive(*given)[axis]
    assert (found.values, found.code) == (values, code)


@pytest.mark.parametrize(
    ("organization", "value", "code"),
    [
        ({"orden_org_kind": "public"}, "public", "sector.public"),
        ({"orden_org_kind": "private"}, "private", "sector.private"),
        ({"extras": [{"key": "orden_org_kind", "value": "academic"}]}, "academic", "sector.academic"),
        ({"orden_org_kind": "other"}, "other", "sector.other"),
        ({"orden_municipality": "272035"}, "public", "sector.municipality"),
        ({"orden_org_kind": "?"}, "other", "sector.unknown"),
        (None, "other", "sector.unknown"),
    ],
)
def test_sector_follows_the_organisation(organization: Any, value: str, code: str):
    check("sector", (value,), code, {}, organization)


@pytest.mark.parametrize(
    ("dataset", "value", "code"),
    [
        (OPEN, "open", "openness.open"),
        ({**OPEN, "access_rights": ACCESS + "PUBLIC"}, "open", "openness.open"),
        ({**OPEN, "access_rights": ACCESS + "RESTRICTED"}, "conditional", "openness.restricted"),
        ({**OPEN, "access_rights": ACCESS + "NON_PUBLIC"}, "closed", "openness.not_public"),
        ({"access_rights": "機密"}, "closed", "openness.not_public"),
        ({"access_rights": "SENSITIVE"}, "closed", "openness.not_public"),
        ({**OPEN, "fee": "有償"}, "conditional", "openness.paid"),
        ({"license_id": "CC-BY-NC-4.0"}, "conditional", "openness.licence_limits"),
        ({"license_id": "other-closed"}, "conditional", "openness.licence_limits"),
        ({"license_id": "OTHER"}, "conditional", "openness.licence_unknown"),
        ({}, "conditional", "openness.licence_unknown"),
        ({"resources": [{"license": "https://creativecommons.org/licenses/by/4.0/"}] * 2}, "open", "openness.open"),
        (
            {"resources": [{"license": "CC BY 4.0"}, {"license": "CC BY-NC 4.0"}]},
            "conditional",
            "openness.licence_unknown",
        ),
        ({**OPEN, "resources": [{"access_rights": "非公開"}]}, "closed", "openness.files_withheld"),
        ({**OPEN, "resources": [{"access_rights": "非公開"}, {}]}, "open", "openness.open"),
    ],
)
def test_openness_needs_licence_access_and_price(dataset: Any, value: str, code: str):
    check("openness", (value,), code, dataset)


@pytest.mark.parametrize(
    ("dataset", "value", "code"),
    [
        ({"resources": [{"caddec_resource_type": "api/ngsi"}]}, "dynamic", "dynamics.ngsi"),
        (
            {"resources": [{}, {"ngsi_entity_type": "Toilet"}], "frequency": FREQUENCY + "ANNUAL"},
            "dynamic",
            "dynamics.ngsi",
        ),
        ({"resources": [{"format": "NGSIv2"}]}, "dynamic", "dynamics.ngsi"),
        ({"frequency": FREQUENCY + "HOURLY"}, "dynamic", "dynamics.frequency"),
        ({"frequency": FREQUENCY + "UPDATE_CONT"}, "dynamic", "dynamics.frequency"),
        ({"frequency": FREQUENCY + "DAILY"}, "periodic", "dynamics.periodic"),
        ({"frequency": FREQUENCY + "IRREG"}, "periodic", "dynamics.periodic"),
        ({"frequency": FREQUENCY + "NEVER"}, "static", "dynamics.never"),
        ({"frequency": FREQUENCY + "UNKNOWN"}, "static", "dynamics.unknown"),
        ({}, "static", "dynamics.unknown"),
    ],
)
def test_dynamics_follow_interfaces_and_frequency(dataset: Any, value: str, code: str):
    check("dynamics", (value,), code, dataset)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("非個人情報", "non_personal"),
        ("匿名加工情報", "processed"),
        ("仮名加工情報", "processed"),
        ("非識別加工情報", "processed"),
        ("個人情報（要配慮個人情報を含む）", "personal"),
        ("個人情報（要配慮個人情報を含まない）", "personal"),
        ("その他", "undecided"),
        ("", "undecided"),
    ],
)
def test_each_of_the_seven_classes_has_its_place(text: str, value: str):
    assert derive({"privacy_policy_contains_personal_data": text})["personal"].values == (value,)


@pytest.mark.parametrize(
    ("dataset", "offers", "values", "code"),
    [
        ({}, (), ("undecided",), "price.unknown"),
        (OPEN, (), ("free",), "price.open_licence"),
        ({**OPEN, "fee": "有償"}, (), ("paid",), "price.fee_paid"),
        ({"fee": "free"}, (), ("free",), "price.fee_free"),
        ({"fee": "有償"}, [{"price_mode": "free"}], ("free",), "price.offers_free"),
        ({}, [{"price_mode": "subscription"}], ("paid",), "price.offers_paid"),
        ({}, [{"price_mode": "usage"}, {"price_mode": "free"}], ("free", "paid"), "price.offers_both"),
        ({"fee": "無償"}, [{"price_mode": "one_off", "state": "draft"}], ("free",), "price.fee_free"),
    ],
)
def test_published_offers_come_before_fee_and_licence(dataset: Any, offers: Any, values: tuple[str, ...], code: str):
    check("price", values, code, dataset, None, offers)


def test_free_and_paid_offer_of_open_data_stays_open():
    offers = [{"price_mode": "free"}, {"price_mode": "subscription"}]
    check("openness", ("open",), "openness.open", OPEN, None, offers)


def test_changed_title_changes_no_axis():
    dataset = {"title": "a", "resources": [{"caddec_resource_type": "api/ngsi"}]}
    assert derive(dataset) == derive({**dataset, "title": "b"})


def test_odd_values_never_fail():
    odd = (None, "", 0, 7.5, True, [], {}, [None], [[]], {"a": []}, "\x00", object(), b"x")
    names = [*sorted(fields.DATASET), "extras", "organization"]
    for turn in range(200):
        pick = [odd[(turn * 7 + number * (1 + turn // len(odd))) % len(odd)] for number in range(len(names))]
        dataset: dict[str, Any] = dict(zip(names, pick, strict=True))
        file = dict(zip(sorted(fields.RESOURCE), pick, strict=False))
        dataset["resources"] = [file, pick[0]] if turn % 3 else pick[1]
        offers: Any = [{"price_mode": pick[2]}, pick[3]]
        assert tuple(derive(dataset, {"orden_org_kind": pick[4]}, offers)) == fields.AXES


def test_each_value_and_reason_has_words_in_both_languages():
    assert tuple(LABELS) == fields.AXES
    texts = [text for values in LABELS.values() for text in values.values()] + list(REASONS.values())
    assert all(set(text) == {"ja", "en"} and all(text.values()) for text in texts)


def test_axis_is_plain_data_for_the_api():
    found = derive(OPEN)["openness"].as_dict()
    assert found == {"values": ["open"], "code": "openness.open", "reason": dict(REASONS["openness.open"])}
