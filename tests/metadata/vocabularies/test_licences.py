import pytest
from ckanext.orden.metadata.vocabularies import licence_for, licences, versionless

SPELLINGS = {
    "CC-BY-4.0": (
        "CC-BY-4.0",
        "CC BY 4.0",
        "ＣＣ　ＢＹ　４．０",
        "cc-by-40-intl",
        "CC BY",
        "CC-BY",
        "cc-by",
        "CCBY",
        "CC BY 4.0 国際",
        "クリエイティブ・コモンズ 表示（CC BY）",
        "クリエイティブ・コモンズ 表示",
        "クリエイティブ・コモンズ・ライセンス 表示 4.0 国際",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.ja",
        "http://creativecommons.org/licenses/by/4.0",
        "http://www.opendefinition.org/licenses/cc-by",
    ),
    "CC-BY-3.0": ("http://creativecommons.org/licenses/by/3.0/deed.ja", "CC BY 3.0"),
    "CC-BY-2.1-JP": ("CC BY 2.1 JP", "http://creativecommons.org/licenses/by/2.1/jp/", "表示 2.1 日本 (CC BY 2.1 JP)"),
    "CC-BY-ND-4.0": ("クリエイティブ・コモンズ 表示-改変禁止（CC BY-ND）", "cc-by-nd"),
    "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", "クリエイティブ・コモンズ 表示-非営利-継承 4.0 国際"),
    "CC0-1.0": ("CC0", "cc-zero", "https://creativecommons.org/publicdomain/zero/1.0/deed.ja"),
    "PDL-1.0": ("PDL1.0", "公共データ利用規約（第1.0版）", "公共データ利用規約第1.0版", "ＰＤＬ１．０"),
    "GJSTU-2.0": ("政府標準利用規約（第2.0版）", "政府標準利用規約2.0", "GSTU-2.0"),
    "ODbL-1.0": ("ODbL", "odc-odbl"),
    "other-closed": ("その他(個別契約)", "個別契約"),
}


@pytest.mark.parametrize(("licence", "text"), [(name, text) for name, texts in SPELLINGS.items() for text in texts])
def test_known_spelling_names_its_licence(licence: str, text: str):
    found = licence_for(text)
    assert found is not None
    assert found.id == licence


@pytest.mark.parametrize(
    "text",
    [
        "CCライセンス",
        "著作物ではありません",
        "CC BY 4.0（一部を除く）",
        "CC BY-SA 3.0",
        "notspecified",
        "",
        None,
        5,
        ["x"],
    ],
)
def test_wording_that_says_less_or_more_names_none(text: object):
    assert licence_for(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY", True),
        ("cc-by", True),
        ("http://www.opendefinition.org/licenses/cc-by", True),
        ("CC BY 4.0", False),
        ("CC0", False),
        ("", False),
    ],
)
def test_missing_version_is_noticed(text: str, expected: bool):
    assert versionless(text) is expected


def test_each_licence_is_found_by_its_own_id_title_and_address():
    for licence in licences():
        for text in (licence.id, licence.title["ja"], licence.title["en"], licence.url):
            assert not text or licence_for(text) == licence, text
