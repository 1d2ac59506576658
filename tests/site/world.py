"""One catalogue that has a page of every type: datasets of each sort, offers, a harvested source, lists, searches."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.clock import utcnow
from ckanext.orden.harvesters import runs, stock
from ckanext.orden.saved_searches import tokens
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event
from ckanext.orden.tables.checking import check_dataset
from ckanext.orden.use import keeping as used
from fetching.server import Server
from harvesters.feeds import package, packages, search
from market.conftest import OFFER
from metadata.lists import table
from werkzeug.datastructures import FileStorage

from .browsing import PASSWORD
from .conftest import dataset
from .test_lists_and_tables import row, toilets

SEARCH = "/api/3/action/package_search"
PEOPLE = {"clerk": "豊中 花子", "chief": "大阪 太郎"}
PAID = {"fee": "有償", "license_id": "other-closed", "resources": []}
POPULATION = "年度,地区,人口\n" + "".join(
    f"{year},{place},{year - 1000}\n" for year in (2023, 2024) for place in "東西"
)

World = dict[str, str]
"""What addresses need: ids by what they are of."""


def act(who: str, action: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": who}, data)


def build(server: Server) -> World:
    """Fills the empty catalogue; `server` is the catalogue that is harvested."""
    _people()
    made = {**_tables(), **_market(), **_harvested(server), **_lists(), **_searches()}
    model.Session.commit()
    make_connection().commit()
    return made


def _people() -> None:
    """An editor of a city and of a company, an administrator, and a theme."""
    for name, title in PEOPLE.items():
        told = {"fullname": title, "about": "データを登録します。", "image_url": ""}
        factories.User(name=name, password=PASSWORD, sysadmin=name == "chief", **told)
    users = [{"name": "clerk", "capacity": "admin"}]
    city = {"orden_org_kind": "public", "orden_municipality": "272035", "email": "opendata@toyonaka.example.jp"}
    both = {"users": users, "image_url": "", "description": "くらしのデータです。"}
    factories.Organization(name="toyonaka", title="豊中市", **both, **city)
    factories.Organization(name="naniwa", title="なにわ研究所", orden_org_kind="private", **both)
    factories.Group(name="bosai", title="防災", **both)


def _tables() -> World:
    """Open data with a table on a map, a table of numbers and a link; closed data; a draft; the same twice."""
    open_ = dataset(name="open", owner_org="toyonaka", orden_sample="true", groups=[{"name": "bosai"}])
    act("clerk", "package_create", **open_)
    closed = {"access_rights": "http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC"}
    closed |= {"license_id": "other-closed", "resources": [], "terms_of_use_notices": "個人が推測されます。"}
    for name, title, fields in (
        ("table", "公衆トイレ一覧", {"resources": []}),
        ("closed", "要支援者の地区別集計", closed),
        ("hidden", "公開前のデータ", {"private": True}),
        ("twin", "公園一覧", {}),
        ("twin-2", "公園一覧", {}),
    ):
        act("clerk", "package_create", **dataset(name=name, title=title, owner_org="toyonaka", **fields))
    files = {}
    for key, name, text in (("map", "272035_public_toilet.csv", toilets()), ("chart", "人口.csv", POPULATION)):
        upload = FileStorage(io.BytesIO(text.encode()), name)
        made = act("clerk", "resource_create", package_id="table", name=name, format="CSV", upload=upload)
        files[key] = made["id"]
    check_dataset(act("clerk", "package_show", id="table")["id"])
    act("clerk", "package_patch", id="open", title="指定緊急避難場所の一覧")
    act("clerk", "package_patch", id="open", title=open_["title"])
    link = act("clerk", "package_show", id="open")["resources"][0]["id"]
    activity = act("clerk", "package_activity_list", id="open")[0]["id"]
    return {**files, "link": link, "activity": activity}


def _market() -> World:
    """A company's paid data: one without an offer, one with a published and a waiting offer, and a question."""
    fields = {"pricing_price_range": "月額 55,000円から", "sales_info_url": "https://market.example.jp/item/1"}
    for name, title in (("paid", "会員の購買データ"), ("offered", "駅周辺の人流")):
        act("clerk", "package_create", **dataset(name=name, title=title, owner_org="naniwa", **PAID, **fields))
    links = [{"market": "jdex", "url": "https://www.service.jdex.jp/items/nm-2041"}]
    ids = [
        act("clerk", "orden_market_offer_create", dataset="offered", offer={**OFFER, **more})["id"]
        for more in (
            {"links": links},
            {"title": {"ja": "駅周辺の人流（年額）"}, "period": "P1Y"},
            {"title": {"ja": "下書き"}},
        )
    ]
    offer, waiting, draft = ids
    for id_ in (offer, waiting):
        act("clerk", "orden_market_offer_submit", id=id_)
    link = act("chief", "orden_market_offer_publish", id=offer)["links"][0]["id"]
    asked = {"purpose": "出店計画の検討", "text": "見積もりをお願いします。"}
    inquiry = act("chief", "orden_market_inquiry_create", offer=offer, **asked)["id"]
    return {"offer": offer, "waiting": waiting, "draft": draft, "leave": link, "inquiry": inquiry}


def _harvested(server: Server) -> World:
    """A source with a run that is done and one that is held, and a source that waits for its approval."""
    owner = {"owner_org": "toyonaka", "source_type": "orden_ckan"}
    values = {"name": "osaka-pref", "title": "大阪府のデータ", "url": server.url("/"), **owner}
    source = act("chief", "harvest_source_create", **values)["id"]
    server.answers[SEARCH] = search(packages(*range(20)))
    for hours, records in ((-50, packages(*range(20))), (0, [*packages(*range(5)), package(40, title="", name="")])):
        server.answers[SEARCH] = search(records)
        job, start = runs.job_for(source), utcnow() + timedelta(hours=hours)
        stock.harvester_for("orden_ckan").run(job, now=lambda start=start: start)
    run = runs.last(source)
    assert run
    harvested = model.Session.query(model.Package.name).filter(model.Package.name.like("osaka-pref-%"))
    act(
        "clerk",
        "harvest_source_create",
        **{**values, "name": "waiting", "title": "承認待ちのデータ", "url": server.url("/x")},
    )
    return {"job": run.job_id, "harvested": harvested.order_by(model.Package.name).limit(1).scalar()}


def _lists() -> World:
    rows = [row(1), row(2)]
    return {"list": act("clerk", "orden_list_preview", organization="toyonaka", text=table("new", rows))["id"]}


def _searches() -> World:
    """What was searched for, opened and saved."""
    for ago in range(14):
        day = counters.today() - timedelta(days=ago)
        keeping.keep(
            day,
            {
                Event("避難所", "ja", "all"): 120 + ago,
                Event("避難所", "ja", "click", "open"): 60,
                Event("市民プールの混雑状況をリアルタイムで知りたい", "ja", "nothing"): 4,
            },
        )
        used.keep(day, {"view open": 50 + ago, "view offered": 20})
    act("clerk", "orden_saved_search_create", q="避難所", name="避難の新着")
    user = model.User.get("clerk")
    assert user
    return {"signed": tokens.token(user.id)}
