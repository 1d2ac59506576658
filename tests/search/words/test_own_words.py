"""The editors' words in a search: at once, after what was typed, and never past a reader's rights."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.model import OrdenSearchWord
from ckanext.orden.search import near, query
from ckanext.orden.search.words import own_words
from ckanext.orden.solr.build import TEXTS
from ckanext.orden.solr.generate import rules

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
TITLES = {"quix": "クイックス配布地点", "zorb": "ゾルブ配布地点", "park": "公園の一覧"}


@pytest.fixture(autouse=True)
def organization(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    organization = factories.Organization(title="豊中市", name="toyonaka")
    for name, title in TITLES.items():
        factories.Dataset(name=name, title=title, notes="", owner_org=organization["id"])
    make_connection().commit()
    return organization


def save(text: str) -> None:
    revision = call_action("orden_search_words_show")["revision"]
    call_action("orden_search_words_update", text=text, revision=revision)


def whole(q: str, **parameters: Any) -> list[str]:
    """Those that hold all the words, best first."""
    answer = call_action("package_search", {"ignore_auth": False, "user": ""}, q=q, **parameters)
    return [dataset["name"] for dataset in answer["results"][: answer["orden_match_all_count"]]]


def names(q: str) -> list[str]:
    return [dataset["name"] for dataset in call_action("package_search", q=q)["results"]]


def test_a_saved_word_finds_at_once_and_a_removed_one_no_more() -> None:
    assert whole("ボルタ配布地点") == []
    save("ボルタ => クイックス|0.9")
    assert whole("ボルタ配布地点") == ["quix"]
    assert whole("豊中市 ボルタ") == ["quix"]
    save("")
    assert whole("ボルタ配布地点") == []


def test_what_was_typed_comes_before_what_it_also_means() -> None:
    save("ゾルブ, クイックス|0.9")
    assert whole("ゾルブ") == ["zorb", "quix"]
    assert whole("クイックス") == ["quix", "zorb"]


def test_a_word_inside_a_question_brings_what_it_means_to_the_top() -> None:
    save("うまいものがもらえる場所 => ゾルブ")
    assert names("うまいものがもらえる場所はどこですか")[0] == "zorb"


@pytest.mark.parametrize("q", ['"ボルタ"', "title:ボルタ", "ボルタ OR 動物園", "ボルタ*"])
def test_quotes_fields_and_operators_stay_as_they_are(q: str) -> None:
    save("ボルタ => クイックス|0.9")
    assert whole(q) == []


def test_a_hidden_dataset_is_not_found_by_other_words_either(organization: dict[str, Any]) -> None:
    save("ボルタ => ひみつのペンギン|0.9")
    factories.Dataset(title="ひみつのペンギン", notes="", owner_org=organization["id"], private=True)
    make_connection().commit()
    assert whole("ボルタ") == []
    assert "ひみつのペンギン" not in str(call_action("package_search", {"ignore_auth": False, "user": ""}, q="ボルタ"))


def test_words_of_another_database_with_the_same_number_are_not_taken() -> None:
    save("ボルタ => クイックス|0.9")
    assert whole("ボルタ") == ["quix"]
    row = OrdenSearchWord.newest()
    assert row is not None
    row.text, row.made_at = "ボルタ => ゾルブ|0.9", row.made_at + dt.timedelta(seconds=1)
    model.Session.commit()
    assert whole("ボルタ") == ["zorb"]


def test_the_words_are_read_once_and_only_their_number_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    save("ボルタ => クイックス|0.9")
    whole("ボルタ")
    monkeypatch.setattr(own_words, "rules", lambda text: pytest.fail("read again"))
    assert whole("ボルタ") == ["quix"]


def test_another_word_of_several_words_is_evidence_like_any(monkeypatch: pytest.MonkeyPatch) -> None:
    save("おいしい水 => water station, zorb point")
    monkeypatch.setattr(near.log, "warning", lambda *told: pytest.fail(str(told)))
    assert call_action("package_search", q="おいしい水はどこ")["count"] >= 0


def test_many_words_never_make_a_query_that_solr_refuses() -> None:
    some = [f"語{number}番号" for number in range(60)]
    save(", ".join(some))
    for q in (" ".join(some[:16]), "".join(some[:20]), some[0], " ".join(some[:3])):
        assert call_action("package_search", q=q)["count"] >= 0


def test_words_that_all_have_synonyms_are_answered_whatever_their_length() -> None:
    source = (TEXTS / "synonyms.txt").read_text(encoding="utf-8")
    terms = [term.text for typed, _ in rules(source) for term in typed if not term.text.isascii()]
    short = [term for term in terms if 2 <= len(term) <= 3]
    for start in range(0, len(short), 60):
        asked = "".join(short[start : start + 60])[: query.LONGEST]
        assert call_action("package_search", q=asked)["count"] >= 0
        assert call_action("package_search", q=f"公園の一覧 {asked}")["count"] > 0
