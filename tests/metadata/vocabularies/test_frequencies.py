import pytest
from ckanext.orden.metadata.vocabularies import frequencies, frequency_for

WORDINGS = {
    "ANNUAL": "1年ごと １年ごと 年1回 毎年 1年 1回/年 年１回 年1回(4月） 1年に1回 年１回（３月頃） 年に1回 1年毎 "
    "12か月ごと １回/年度 概ね一年ごと 毎年4月 年次更新 P1Y annual 年1回更新 年度ごと",
    "ANNUAL_2": "半年ごと 年2回 ２回/年度 年に２回程度 6ヶ月 1年に2回程度 半年毎",
    "ANNUAL_3": "年に3回 3回/年",
    "QUARTERLY": "3か月ごと 年４回 四半期に一回 3か月に1回 四半期毎",
    "BIMONTHLY": "2か月ごと 隔月 2か月に1回",
    "MONTHLY": "１か月ごと 1月ごと 月1回 毎月 月次 月1回予定 1回/月 毎月10日",
    "MONTHLY_2": "月2回 半月毎",
    "MONTHLY_3": "1か月に3回",
    "WEEKLY": "週1回 毎週 毎週月曜日 1週間に1回",
    "WEEKLY_2": "週に2回",
    "WEEKLY_3": "週に3回",
    "BIWEEKLY": "隔週 二週間に一度 2週間ごと",
    "DAILY": "毎日 日次 1日1回 24時間ごと",
    "DAILY_2": "半日毎 1日2回",
    "TRIHOURLY": "3時間毎",
    "BIHOURLY": "2時間ごと",
    "HOURLY": "毎時 1時間ごと",
    "5MIN": "5分ごと PT5M",
    "UPDATE_CONT": "リアルタイム 常時",
    "CONT": "頻繁に",
    "BIENNIAL": "隔年 2年毎 2年に1回",
    "TRIENNIAL": "1回/3年 3年ごと",
    "QUADRENNIAL": "4年毎 ４年に１度",
    "QUINQUENNIAL": "５年ごと 概ね5年ごと",
    "DECENNIAL": "10年毎 10年に1回",
    "BIDECENNIAL": "20年毎",
    "TRIDECENNIAL": "30年毎",
    "IRREG": "随時 不定期 変更の都度 必要に応じて 変更時 適宜 1年ごと不定期 未定",
    "NEVER": "公開時のみ 更新無 更新予定なし なし 必要なし 非更新",
    "OTHER": "その他の間隔",
    "UNKNOWN": "不明",
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in WORDINGS.items() for text in texts.split()])
def test_wording_names_its_frequency(code: str, text: str):
    found = frequency_for(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text", ["11時間ごと", "15年ごと", "年に数回", "4月", "令和6年", "0回/年", "", None, {}, "1回"]
)
def test_number_inside_another_or_no_statement_names_none(text: object):
    assert frequency_for(text) is None


def test_each_frequency_is_found_by_label_code_and_iri():
    for frequency in frequencies():
        for text in (frequency.label["ja"], frequency.code, frequency.iri, frequency.iri.replace("http:", "https:")):
            assert frequency_for(text) == frequency


def test_pace_is_dynamic_up_to_an_hour_and_static_without_updates():
    paces = {frequency.code: frequency.pace for frequency in frequencies()}
    assert {code for code, pace in paces.items() if pace == "dynamic"} == {
        "UPDATE_CONT",
        "CONT",
        "1MIN",
        "5MIN",
        "10MIN",
        "15MIN",
        "30MIN",
        "HOURLY",
    }
    assert {code for code, pace in paces.items() if pace == "static"} == {"NEVER", "NOT_PLANNED"}
    assert paces["UNKNOWN"] == "unknown"
