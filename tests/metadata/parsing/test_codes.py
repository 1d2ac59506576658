import pytest
from ckanext.orden.metadata.parsing.codes import check_digit, is_code, repair
from ckanext.orden.metadata.vocabularies import municipalities

AMBIGUOUS = ["12203", "12211", "12220", "12238", "14362", "15202", "15504", "16322", "23213", "23230", "43214", "44211"]


@pytest.mark.parametrize(
    ("text", "name", "prefecture", "code", "issues"),
    [
        ("272035", "", "", "272035", []),
        ("２７２０３５", "", "", "272035", []),
        ("27203", "", "", "272035", ["code.repaired"]),
        ("272035.0", "", "", "272035", ["code.repaired"]),
        ("92011", "", "", "092011", ["code.repaired"]),
        ("13101", "", "", "131016", ["code.repaired"]),
        ("1100", "", "", "011002", ["code.repaired"]),
        ("27", "", "", "270008", ["code.repaired"]),
        ("37201", "高松市", "香川県", "372013", ["code.repaired"]),
        ("12203", "", "千葉県", "122033", ["code.repaired"]),
        ("12203", "", "北海道", "012203", ["code.repaired"]),
        ("12203", "士別市", "", "012203", ["code.repaired"]),
        ("12203", "", "", None, ["code.ambiguous"]),
        ("030306", "紀美野町", "和歌山県", "303046", ["code.conflict"]),
        ("270008", "豊中市", "大阪府", "272035", ["code.from_name"]),
        ("", "豊中市", "大阪府", "272035", ["code.from_name"]),
        ("abc", "", "", None, ["code.invalid"]),
        ("272034", "", "", None, ["code.invalid"]),
        ("111111", "シラサギ市", "", None, ["code.invalid"]),
        ("", "", "", None, []),
        (None, "", "", None, []),
    ],
)
def test_code_is_mended_where_one_body_can_be_meant(
    text: object, name: str, prefecture: str, code: str | None, issues: list[str]
):
    found = repair(text, name, prefecture)
    assert found.value == code
    assert [issue.code for issue in found.issues] == issues


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_five_digits_that_fit_two_bodies_are_not_guessed(text: str):
    assert repair(text).value is None


def test_every_municipality_survives_a_lost_zero_and_a_lost_check_digit():
    for place in municipalities():
        assert repair(place.code[:5], place.name, place.prefecture).value == place.code
        assert repair(place.code.lstrip("0"), place.name, place.prefecture).value == place.code


def test_check_digit_belongs_to_the_five_before_it():
    assert check_digit("27203") == "5"
    assert is_code("270008")
    assert not any(map(is_code, ("270007", "27000", "２７０００８", "")))
