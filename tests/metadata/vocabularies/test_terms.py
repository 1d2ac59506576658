import pytest
from ckanext.orden.metadata.vocabularies import (
    access_right_for,
    access_rights,
    cadde_label,
    cadde_value,
    cadde_values,
    eras,
    personal_class_for,
    personal_classes,
)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("fee", "free", "無償"),
        ("fee", "有償", "有償"),
        ("fee", "有料", "有償"),
        ("fee", "?", None),
        ("fee", None, None),
        ("trading_policy_nda", "notRequired", "求めない"),
        ("trading_policy_nda", "求める", "求める"),
        ("trading_policy_contract_type", "license", "利用許諾"),
        ("trading_policy_use_application", "noLimit", "制限なし"),
        ("trading_policy_use_application", "その他(学校のみ)", "その他(学校のみ)"),
        ("terms_of_use_permissible_region", "JP", "日本"),
        ("caddec_resource_type", "api/ngsi", "api/ngsi"),
        ("caddec_contract_required", "notRequired", "要求しない"),
        ("no_such_field", "x", None),
    ],
)
def test_both_generations_of_cadde_are_read_and_one_is_written(field: str, text: object, value: str | None):
    assert cadde_value(field, text) == value


def test_values_of_a_field_are_listed_in_order():
    assert cadde_values("fee") == ("有償", "無償")


@pytest.mark.parametrize(
    "text", ["公開", "PUBLIC", "https://publications.europa.eu/resource/authority/access-right/PUBLIC", "一般公開"]
)
def test_access_right_has_one_iri(text: str):
    found = access_right_for(text)
    assert found is not None
    assert found.iri == "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
    assert len(access_rights()) == 5


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("非個人情報", "non_personal"),
        ("nonPersonalInformation", "non_personal"),
        ("匿名加工情報", "processed"),
        ("個人情報(要配慮個人情報を含む)", "personal"),
        ("その他(要相談)", "undecided"),
    ],
)
def test_personal_class_knows_its_axis(text: str, axis: str):
    found = personal_class_for(text)
    assert found is not None
    assert found.axis == axis
    assert len(personal_classes()) == 7


def test_eras_follow_each_other():
    years = [(era.first_year, era.last_year) for era in eras()]
    assert years == [(1868, 1912), (1912, 1926), (1926, 1989), (1989, 2019), (2019, None)]


def test_written_value_of_cadde_has_a_name_in_both_languages():
    assert cadde_label("trading_policy_nda", "求める") == {"ja": "求める", "en": "Required"}
    assert cadde_label("trading_policy_nda", "その他（要相談）")["en"] == "その他（要相談）"
