import pytest
from ckanext.orden.metadata.parsing.codes import is_code
from ckanext.orden.metadata.vocabularies import municipalities, municipality, municipality_named, prefectures, wards


def test_all_bodies_are_there_and_every_code_has_its_check_digit():
    assert (len(prefectures()), len(municipalities()), len(wards())) == (47, 1741, 31)
    assert all(is_code(place.code) for place in (*prefectures(), *municipalities(), *wards()))
    assert sum(place.prefecture == "大阪府" for place in municipalities()) == 43


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("豊中市", "272035"),
        ("大阪府豊中市", "272035"),
        ("大阪府", "270008"),
        ("三島郡島本町", "273015"),
        ("大阪府三島郡島本町", "273015"),
        ("大阪府島本町", "273015"),
        ("大阪市北区", "271276"),
        ("四条畷市", "272299"),
        ("四條畷市", "272299"),
        ("豊 中 市", "272035"),
    ],
)
def test_name_finds_the_body(name: str, code: str):
    found = municipality_named(name)
    assert found is not None
    assert found.code == code


def test_name_that_two_bodies_have_needs_the_prefecture():
    assert municipality_named("太子町") is None
    found = municipality_named("太子町", "大阪府")
    assert found is not None
    assert found.code == "273813"
    assert municipality_named("豊中市", "奈良県") is None


@pytest.mark.parametrize("name", ["", "存在しない市"])
def test_unknown_name_finds_none(name: str):
    assert municipality_named(name) is None


def test_full_name_holds_all_that_stands_above():
    names = [found.full_name for code in ("270008", "273015", "271276") if (found := municipality(code))]
    assert names == ["大阪府", "大阪府三島郡島本町", "大阪府大阪市北区"]
    assert municipality("999999") is None
