"""Misspelt queries on a running Solr: what they find, what is left alone, what hidden datasets may not do."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.lib.search import clear_all
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.search.spelling import spelling

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
TITLES = {
    "shelter": "指定避難所の位置",
    "population": "町丁別人口",
    "library": "図書館の開館日",
    "camera": "防犯カメラの設置場所",
    "toilet": "バリアフリートイレ",
}


@pytest.fixture(autouse=True)
def organization(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    organization = factories.Organization(title="豊中市", name="toyonaka")
    for name, title in TITLES.items():
        factories.Dataset(name=name, title=title, notes="", owner_org=organization["id"])
    make_connection().commit()
    return organization


def search(q: str, **parameters: Any) -> dict[str, Any]:
    return call_action("package_search", {"ignore_auth": False, "user": ""}, q=q, **parameters)


@pytest.mark.parametrize(
    ("q", "meant", "first"),
    [
        ("避難書", "避難所", "shelter"),
        ("人工 豊中市", "人口 豊中市", "population"),
        ("図書館 豊仲市", "図書館 豊中市", "library"),
        ("防犯カメア", "防犯カメラ", "camera"),
        ("libary", "library", "library"),
        ("toshokam", "図書館", "library"),
        ("ぼはんかめあ", "防犯カメラ", "camera"),
    ],
)
def test_a_slip_finds_what_was_meant(q: str, meant: str, first: str) -> None:
    answer = search(q)
    assert (answer["orden_did_you_mean"], answer["orden_did_you_mean_included"]) == (meant, True)
    assert answer["results"][0]["name"] == first


@pytest.mark.parametrize(
    "q",
    [
        "避難所",
        "秋田市",
        "図書室",
        "ラーメン",
        "避難所 2024",
        '"避難書"',
        "title:避難書",
        "避難書 OR 人工",
        "😀",
        "*:*",
        "避難" * 500,
        "도서괸",
    ],
)
def test_what_is_no_slip_stays(q: str) -> None:
    answer = search(q)
    assert (answer["orden_did_you_mean"], answer["orden_did_you_mean_included"]) == (None, False)


@pytest.mark.parametrize("q", ["避難書' OR {!x}", "避難書) +a:b", "避難書~2^3", "\\避難書\\", "<b>避難書</b>"])
def test_signs_of_solr_harm_nothing(q: str) -> None:
    assert spelling.correction(q, q.split(), []) is None or "避難所" in search("避難書")["orden_did_you_mean"]


def test_a_hidden_dataset_that_holds_the_slip_hides_nothing(organization: dict[str, Any]) -> None:
    factories.Dataset(title="避難書", owner_org=organization["id"], private=True)
    make_connection().commit()
    assert search("避難書")["orden_did_you_mean"] == "避難所"


def test_what_only_hidden_datasets_hold_is_never_offered(organization: dict[str, Any]) -> None:
    secret = factories.Organization(title="花園製作所", name="secret")
    factories.Dataset(title="粗大ごみの収集", notes="", owner_org=secret["id"], private=True)
    make_connection().commit()
    for slip in ("そだいこみ", "花薗製作所", "ハナゾノセイサクシヨ"):
        assert search(slip)["orden_did_you_mean"] is None
    factories.Dataset(title="花園の粗大ごみ", notes="", owner_org=secret["id"])
    make_connection().commit()
    assert "粗大ご" in search("そだいこみぃ")["orden_did_you_mean"]


def test_filters_of_the_search_do_not_change_what_is_meant_but_hold() -> None:
    answer = search("避難書", fq="name:camera")
    assert answer["orden_did_you_mean"] == "避難所"
    assert {dataset["name"] for dataset in answer["results"]} <= {"camera"}


def test_an_empty_index_and_an_older_configset_correct_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "HANDLER", "/not-there")
    assert search("避難書")["orden_did_you_mean"] is None
    monkeypatch.undo()
    clear_all()
    assert search("避難書")["orden_did_you_mean"] is None
