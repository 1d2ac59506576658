"""Datasets like a dataset, on a running Solr: meaning, series, rights, and what happens without vectors."""

from __future__ import annotations

from typing import Any

import pysolr
import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.model import OrdenMeaning
from ckanext.orden.search import encoders
from ckanext.orden.search.likeness import related

OPTION = "ckanext.orden.search.encoder"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
TITLES = {
    "shelters": "指定緊急避難場所一覧",
    "refuges": "指定避難所",
    "evacuation": "一時避難地・広域避難地",
    "timetable": "市バス時刻表",
    "committee": "農業委員会の議事録",
}


@pytest.fixture(autouse=True)
def organization(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    organization = factories.Organization(title="豊中市", name="toyonaka")
    for name, title in TITLES.items():
        add(organization, name=name, title=title)
    return organization


def add(organization: dict[str, Any], **values: Any) -> dict[str, Any]:
    dataset = factories.Dataset(**{"notes": "", "owner_org": organization["id"], **values})
    make_connection().commit()
    return dataset


def like(name: str, user: str = "", **asked: Any) -> list[dict[str, Any]]:
    account = model.User.get(user) if user else None
    context = {"ignore_auth": False, "user": user, "auth_user_obj": account}
    return call_action("orden_related_list", context, id=name, **asked)


def names(found: list[dict[str, Any]]) -> list[str]:
    return [dataset["name"] for dataset in found]


def test_what_means_the_like_is_near_and_the_rest_is_not_shown() -> None:
    found = like("shelters")
    assert set(names(found)) == {"refuges", "evacuation"}
    assert found[0].keys() == {"id", "name", "title", "organization_title", "near"}
    assert found[0]["organization_title"] == "豊中市"
    assert 1 >= found[0]["near"] >= found[1]["near"] >= 0.5


def test_a_lonely_dataset_shows_nothing(organization: dict[str, Any]) -> None:
    add(organization, name="lonely", title="将棋のまち関連事業", owner_org=factories.Organization(title="高槻市")["id"])
    assert like("lonely") == []


def test_it_is_measured_against_the_vector_in_the_index() -> None:
    encoder = encoders.encoder()
    assert encoder
    package = model.Package.get("shelters")
    assert package
    before = model.Session.query(OrdenMeaning).count()
    [vector] = related.meaning.of_datasets(encoder, [related.document(package)])
    query = {**related.NEAREST, "vector": str(vector), "rows": 1, "fl": "name,score"}
    assert list(make_connection().search(**query)) == [{"name": "shelters", "score": pytest.approx(1, abs=1e-4)}]
    assert model.Session.query(OrdenMeaning).count() == before, "a read writes nothing"


def test_other_years_of_a_series_leave_room(organization: dict[str, Any]) -> None:
    for year in range(2015, 2025):
        add(organization, name=f"shelters-{year}", title=f"指定緊急避難場所一覧 {year}年度")
    found = names(like("shelters"))
    assert len([name for name in found if name.startswith("shelters-")]) == 2
    assert {"refuges", "evacuation"} <= set(found)


def test_hidden_datasets_are_shown_to_those_who_may_see_them_only(organization: dict[str, Any]) -> None:
    before = like("shelters")
    add(organization, name="hidden", title="指定緊急避難場所（非公開）", private=True)
    deleted = add(organization, name="deleted", title="指定緊急避難場所（削除）")
    call_action("package_delete", id=deleted["id"])
    make_connection().commit()
    stranger, member = factories.User()["name"], factories.User()["name"]
    call_action("organization_member_create", id=organization["id"], username=member, role="member")
    assert like("shelters") == like("shelters", stranger) == before
    assert "hidden" in names(like("shelters", member))
    assert "hidden" in names(like("shelters", factories.Sysadmin()["name"]))


def test_hidden_datasets_take_no_place(organization: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "ASKED", 1)
    before = like("shelters", limit=1)
    for number in range(3):
        add(organization, title=f"指定緊急避難場所 {number}", private=True)
    assert like("shelters", limit=1) == before != []


def test_of_a_hidden_dataset_strangers_learn_nothing(organization: dict[str, Any]) -> None:
    add(organization, name="hidden", title="指定緊急避難場所（非公開）", private=True)
    with pytest.raises(tk.NotAuthorized):
        like("hidden")
    with pytest.raises(tk.ObjectNotFound):
        like("not-there")


@pytest.mark.parametrize("limit", ["0", "21", "many", [1]])
def test_a_wrong_limit_is_named(limit: object) -> None:
    with pytest.raises(tk.ValidationError) as error:
        like("shelters", limit=limit)
    assert "limit" in error.value.error_dict


@pytest.mark.ckan_config(OPTION, "none")
def test_without_an_encoder_titles_tell(organization: dict[str, Any]) -> None:
    add(organization, name="wards", title="指定緊急避難場所（区別）")
    found = like("shelters")
    assert names(found)[0] == "wards"
    assert not {"shelters", "timetable", "committee"} & set(names(found))
    assert all(0 <= dataset["near"] < 1 for dataset in found)
    assert like("timetable") == []


def test_a_solr_without_vectors_lets_titles_tell(organization: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    add(organization, name="wards", title="指定緊急避難場所（区別）")
    monkeypatch.setitem(related.NEAREST, "q", "{!knn f=not_there topK=$rows v=$vector}")
    assert names(like("shelters"))[0] == "wards"


def test_a_dataset_that_solr_knows_not_yet_has_its_like(organization: dict[str, Any]) -> None:
    make_connection().delete(q="name:refuges", commit=True)
    assert set(names(like("refuges"))) == {"shelters", "evacuation"}


def test_a_solr_that_is_away_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    away = pysolr.Solr("http://127.0.0.1:9/solr", timeout=1)
    monkeypatch.setattr(related, "make_connection", lambda **_: away)
    assert like("shelters") == []
