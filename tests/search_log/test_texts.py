"""Under which text a query is counted, and what is not."""

from __future__ import annotations

import pytest
from ckanext.orden.search_log.texts import LONGEST, counted

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("避難所", "避難所"),
        ("  ＡＥＤ　　豊中市 ", "aed 豊中市"),
        ("ﾋﾅﾝｼﾞｮ", "ヒナンジョ"),
        ("避難\x00所\u200b", "避難 所"),
        ("人口 令和5年", "人口 令和5年"),
        ("2024年度 予算", "2024年度 予算"),
        ("国道171号", "国道171号"),
        ("台風19号", "台風19号"),
        ("梅田一丁目 人口", "梅田一丁目 人口"),
        ("PM2.5", "pm2.5"),
        ("covid-19", "covid-19"),
    ],
)
def test_a_query_is_counted_under_its_plain_text(query: str, text: str):
    assert counted(query) == text


@pytest.mark.parametrize(
    "query",
    [
        "taro@example.jp",
        "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        "06-6941-0351",
        "０６（６９４１）０３５１",
        "090 1234 5678 太郎",
        "1234 5678 9012",
        "123456789012",
        "〒560",
        "560-0021",
        "中央1-2-3",
        "中央１ー２",
        "本町一丁目2番3号",
        "本町2番3号",
        "本町12番地",
        "コーポ豊中 101号室",
        "TR1234567",
    ],
)
def test_what_may_say_who_somebody_is_is_not_counted(query: str):
    assert counted(query) == ""


@pytest.mark.parametrize(
    "query", ["", None, "*:*", "title:避難所", '"避難所"', "避難所 -学校", "!!!", "https://a.example/x"]
)
def test_what_is_no_words_is_not_counted(query: str | None):
    assert counted(query) == ""


def test_a_long_query_is_cut_after_it_was_looked_through():
    assert len(counted("あ" * 500)) == LONGEST
    assert counted("あ" * 500 + " taro@example.jp") == ""
