import pytest
from ckanext.orden.metadata.vocabularies import categories, category_for, language_for, languages, theme_for, themes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("司法・安全・環境", "JUST"),
        ("防災", "JUST"),
        ("運輸・観光", "TRAN"),
        ("行財政", "GOVE"),
        ("TRAN", "TRAN"),
        ("医療・福祉", "HEAL"),
        ("http://publications.europa.eu/resource/authority/data-theme/HEAL", "HEAL"),
        ("人口・世帯", "SOCI"),
    ],
)
def test_category_names_its_theme(text: str, code: str):
    found = theme_for(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["その他", "", None, "知らない分類"])
def test_category_without_a_theme_names_none(text: object):
    assert theme_for(text) is None


def test_all_17_categories_lead_to_a_theme_and_back():
    assert len(categories()) == 17
    for category in categories():
        assert category_for(category.label["ja"]) == category
        assert category.theme or category.label["ja"] == "その他"
    found = category_for("http://publications.europa.eu/resource/authority/data-theme/TRAN")
    assert found is not None
    assert found.label["ja"] == "運輸・観光"


def test_each_theme_and_language_is_found_by_its_iri():
    assert all(theme_for(theme.iri) == theme for theme in themes())
    assert all((found := language_for(language.iri)) and found.code == language.code for language in languages())


@pytest.mark.parametrize(
    ("text", "code"),
    [("ja", "JPN"), ("jpn", "JPN"), ("日本語", "JPN"), ("zh_Hans_CN", "ZHO"), ("ko-KR", "KOR"), ("ＥＮ", "ENG")],
)
def test_spelling_names_its_language(text: str, code: str):
    found = language_for(text)
    assert found is not None
    assert found.code == code
