"""`/go/<link>`: the notice, the way on, what is counted, and what is refused whatever was published."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.market.links import keeping
from ckanext.orden.market.model.links import MarketClick, MarketLink
from ckanext.orden.metadata.offers import JDEX
from ckanext.orden.programs import announces_itself

from ..conftest import OFFER, Act

Make = Callable[..., str]
pytestmark = pytest.mark.usefixtures("people")
URL = f"https://{JDEX.hosts[0]}/item/1?lang=ja&b=2"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
UNKNOWN = [
    "x",
    "a" * 13,
    "%00",
    "a%00aaaaaaaaaaa",
    "..%2f..",
    "%0d%0aX:y",
    "https:%2f%2fother.example",
    "あ",
    "a" * 5000,
]
HOSTILE = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//elsewhere.example/x",
    f"http://{JDEX.hosts[0]}/item/1",
    "https://www.service.jdex.jp.elsewhere.example/item/1",
    "https://www.servíce.jdex.jp/item/1",
    "https://www-service-jdex.jp/item/1",
    f"https://{JDEX.hosts[0]}@elsewhere.example/",
    f"https://{JDEX.hosts[0]}:8443/item/1",
    f"https://{JDEX.hosts[0]}/login?next=https://elsewhere.example/",
    f"https://{JDEX.hosts[0]}/login?next=%2F%2Felsewhere.example",
    f"https://{JDEX.hosts[0]}/item\r\nSet-Cookie: a=b",
    f"https://{JDEX.hosts[0]}/item%0d%0aSet-Cookie: a=b",
    f"https://{JDEX.hosts[0]}\\@elsewhere.example/",
    f"https://{JDEX.hosts[0]}/a/../../b",
]


class Visitor:
    """A browser without an account, that keeps no cookies."""

    def __init__(self, app: CKANTestApp) -> None:
        self._client = app.test_client(use_cookies=False)
        self.agent = BROWSER

    def get(self, path: str) -> Any:
        return self._client.get(path, headers={"Host": "test.ckan.net", "User-Agent": self.agent})

    def follow(self, link: str, headers: Mapping[str, str] | None = None, **fields: str) -> Any:
        sent = {"Host": "test.ckan.net", "User-Agent": self.agent, **(headers or {})}
        return self._client.post(f"/go/{link}", data=fields, headers=sent, follow_redirects=False)


@pytest.fixture
def visitor(app: CKANTestApp) -> Visitor:
    return Visitor(app)


@pytest.fixture
def link(offer: Make, act: Act) -> str:
    """The id of the link of a published offer."""
    return linked(act, offer("published", links=[{"market": "jdex", "url": URL}]))


def linked(act: Act, offer_id: str) -> str:
    [link] = act("editor", "offer_show", id=offer_id)["links"]
    return link["id"]


def counted() -> int:
    return sum(row.count for row in model.Session.query(MarketClick))


def test_notice_names_the_host_and_the_whole_address_and_changes_nothing(visitor: Visitor, link: str):
    answer = visitor.get(f"/go/{link}")
    assert answer.status_code == 200
    assert JDEX.hosts[0] in re.search(r"<h1>(.*?)</h1>", answer.text)[1]  # pyright: ignore[reportOptionalSubscript]
    assert f"<code>{URL.replace('&', '&amp;')}</code>" in answer.text
    assert 'rel="nofollow noopener noreferrer"' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert f'href="{JDEX.home}' not in answer.text
    assert counted() == 0


def test_to_go_on_leads_to_the_stored_address_only_and_is_counted(visitor: Visitor, link: str):
    answer = visitor.follow(link, url="https://elsewhere.example/", next="https://elsewhere.example/")
    assert (answer.status_code, answer.headers["Location"]) == (303, URL)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    visitor.follow(link)
    assert counted() == 2
    assert {column.name for column in tk.BaseModel.metadata.tables["orden_market_click"].columns} == {
        "link_id",
        "day",
        "count",
    }, "nothing is kept of who followed it"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://test.ckan.net.elsewhere.example"])
def test_a_form_of_another_site_leads_to_the_notice_and_is_not_counted(origin: str, visitor: Visitor, link: str):
    answer = visitor.follow(link, {"Origin": origin})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/go/{link}")
    assert counted() == 0
    assert visitor.follow(link, {"Origin": "http://test.ckan.net"}).headers["Location"] == URL
    assert counted() == 1


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.5", "", "python-requests/2"]
)
def test_programs_that_say_so_are_led_on_and_not_counted(agent: str, visitor: Visitor, link: str):
    visitor.agent = agent
    assert visitor.follow(link).status_code == 303
    assert counted() == 0


def test_people_are_not_taken_for_programs():
    assert not announces_itself(BROWSER)
    assert not announces_itself("Mozilla/5.0 (Linux; Android 14; CUBOT X90) Mobile Safari/537.36")


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_unknown_links_are_not_found(unknown: str, visitor: Visitor, link: str):
    answer = visitor.get(f"/go/{unknown}")
    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_refused_when_written_and_when_they_stand_in_the_table(
    url: str, visitor: Visitor, link: str, offer: Make
):
    with pytest.raises(tk.ValidationError) as caught:
        offer(links=[{"market": "jdex", "url": url}])
    assert list(caught.value.error_dict) == ["links"]
    model.Session.get(MarketLink, link).url = url  # pyright: ignore[reportOptionalMemberAccess]
    model.Session.commit()
    for answer in (visitor.get(f"/go/{link}"), visitor.follow(link)):
        assert answer.status_code == 410
        assert "Location" not in answer.headers
        assert "Set-Cookie: a=b" not in str(answer.headers)
        assert "elsewhere.example/" not in answer.text
    assert counted() == 0


def test_a_market_that_is_switched_off_later_closes_its_links_and_opens_them_again(
    visitor: Visitor, link: str, act: Act
):
    act("sysadmin", "market_update", code="jdex", enabled=False)
    closed = visitor.follow(link)
    assert closed.status_code == 410
    assert "Location" not in closed.headers
    assert JDEX.hosts[0] not in closed.text
    assert counted() == 0
    act("sysadmin", "market_update", code="jdex", enabled=True)
    assert visitor.follow(link).headers["Location"] == URL


def test_a_host_that_is_taken_from_its_market_closes_the_links(visitor: Visitor, link: str, act: Act):
    act("sysadmin", "market_update", code="jdex", hosts=["other.jdex.jp"], home="")
    assert visitor.get(f"/go/{link}").status_code == 410


@pytest.mark.parametrize("step", ["suspend", "withdraw"])
def test_an_offer_that_is_taken_from_readers_closes_its_links(step: str, visitor: Visitor, offer: Make, act: Act):
    offer_id = offer("published", links=[{"market": "jdex", "url": URL}])
    link = linked(act, offer_id)
    act("admin", f"offer_{step}", id=offer_id, reason="理由です")
    answer = visitor.get(f"/go/{link}")
    assert answer.status_code == 410
    assert URL not in answer.text
    assert visitor.follow(link).status_code == 410


def test_a_suspended_offer_opens_its_links_again_when_it_is_resumed(visitor: Visitor, offer: Make, act: Act):
    offer_id = offer("published", links=[{"market": "jdex", "url": URL}])
    link = linked(act, offer_id)
    act("admin", "offer_suspend", id=offer_id, reason="理由です")
    act("admin", "offer_resume", id=offer_id)
    assert visitor.get(f"/go/{link}").status_code == 200


def test_a_draft_has_no_links_to_follow(offer: Make, act: Act):
    offer_id = offer("in_review", links=[{"market": "jdex", "url": URL}])
    assert act("editor", "offer_show", id=offer_id)["links"] == [{"market": "jdex", "url": URL}]
    assert model.Session.query(MarketLink).count() == 0


def test_a_new_version_keeps_the_link_of_an_address_and_closes_the_one_it_drops(
    visitor: Visitor, offer: Make, act: Act
):
    other = f"https://{JDEX.hosts[0]}/item/2"
    offer_id = offer("published", links=[{"market": "jdex", "url": URL}, {"market": "jdex", "url": other}])
    kept, dropped = (link["id"] for link in act("editor", "offer_show", id=offer_id)["links"])
    visitor.follow(kept)
    draft = act("editor", "offer_revise", id=offer_id)
    act("editor", "offer_update", id=draft["id"], offer={**OFFER, "links": [{"market": "jdex", "url": URL}]})
    act("editor", "offer_submit", id=draft["id"])
    act("reviewer", "offer_publish", id=draft["id"])
    assert [link["id"] for link in act("editor", "offer_show", id=draft["id"])["links"]] == [kept]
    assert visitor.follow(kept).headers["Location"] == URL
    assert counted() == 2
    assert visitor.get(f"/go/{dropped}").status_code == 410


def test_links_of_an_offer_to_named_organisations_are_their_members_only(visitor: Visitor, offer: Make, act: Act):
    offer_id = offer("published", buyers="named", buyer_organizations=["sakai"], links=[{"market": "jdex", "url": URL}])
    link = linked(act, offer_id)
    assert visitor.get(f"/go/{link}").status_code == 404
    with pytest.raises(tk.NotAuthorized):
        act("member", "link_show", id=link)
    assert act("stranger", "link_show", id=link)["url"] == URL
    assert act("editor", "link_show", id=link)["url"] == URL


def test_links_of_a_private_dataset_are_hidden(visitor: Visitor, link: str):
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True})
    answer = visitor.get(f"/go/{link}")
    assert answer.status_code == 404
    assert URL not in answer.text


def test_an_offer_that_is_gone_takes_its_links_along(link: str):
    tk.get_action("dataset_purge")({"user": "sysadmin"}, {"id": "footfall"})
    assert keeping.found(link) is None


def test_title_of_an_offer_is_a_text(visitor: Visitor, offer: Make, act: Act):
    title = {"ja": "<img src=x onerror=alert(1)>"}
    link = linked(act, offer("published", title=title, links=[{"market": "jdex", "url": URL}]))
    assert "<img src=x" not in visitor.get(f"/go/{link}").text


def test_search_engines_are_told_to_stay_away(visitor: Visitor):
    assert {"Disallow: /go/", "Disallow: /api/"} <= set(visitor.get("/robots.txt").text.splitlines())


def test_sellers_people_see_how_often_their_links_are_followed(visitor: Visitor, link: str, act: Act):
    for _ in range(3):
        visitor.follow(link)
    for who in ("editor", "admin", "reviewer"):
        [shown] = act(who, "link_list", dataset="footfall")["links"]
        assert (shown["id"], shown["clicks"], list(shown["by_day"].values())) == (link, 3, [3])
    assert act("stranger", "link_list")["links"] == []
    for who in ("member", ""):
        with pytest.raises(tk.NotAuthorized):
            act(who, "link_list")


@pytest.mark.parametrize("asked", [{"days": 0}, {"days": 1000}, {"limit": 5000}, {"days": "x"}])
def test_figures_beyond_the_limits_are_refused(asked: dict[str, Any], act: Act):
    with pytest.raises(tk.ValidationError):
        act("editor", "link_list", **asked)
