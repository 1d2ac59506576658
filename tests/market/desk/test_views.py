"""The desk's pages by themselves: who sees them, what the form keeps, what comes too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from lxml import html
from metadata.offers.cases import OFFERS

Act = Callable[..., Any]
Make = Callable[..., str]
FULL = {**OFFERS["subscription"], "links": OFFERS["subscription"]["links"][:1], "sample": "sample-1"}
HOSTILE = "</textarea><script>alert(1)</script>"


class Visitor:
    """Somebody who opens pages and sends forms."""

    def __init__(self, app: CKANTestApp, name: str) -> None:
        self.app = app
        self.headers = {"Authorization": factories.APIToken(user=name)["token"]} if name else {}

    def get(self, path: str, status: int = 200) -> html.HtmlElement:
        return html.fromstring(self.app.get(path, headers=self.headers, status=status).get_data(as_text=True))

    def post(self, path: str, data: Any, status: int = 200) -> html.HtmlElement:
        answer = self.app.post(path, headers=self.headers, data=data, status=status)
        return html.fromstring(answer.get_data(as_text=True))


@pytest.fixture
def visitor(app: CKANTestApp, dataset: str) -> Callable[[str], Visitor]:
    return lambda name: Visitor(app, name)


def form_of(page: html.HtmlElement) -> dict[str, list[str]]:
    """What a browser sends for the form of an offer."""
    form = page.get_element_by_id("offer")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name != "do":
            sent.setdefault(name, []).append(value)
    return sent


def text(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def test_form_that_is_sent_as_it_came_changes_nothing(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer(**FULL)
    before = act("editor", "offer_show", id=offer_id)
    editor = visitor("editor")
    editor.post(
        f"/market/offer/{offer_id}/edit", {**form_of(editor.get(f"/market/offer/{offer_id}/edit")), "do": "save"}
    )
    after = act("editor", "offer_show", id=offer_id)
    assert after == before
    assert [step["action"] for step in act("editor", "offer_history", id=offer_id)] == ["create"]


def test_form_keeps_what_was_typed_and_says_what_is_wrong(visitor: Callable[[str], Visitor], act: Act):
    typed = {
        "price_mode": "subscription",
        "title-ja": HOSTILE,
        "price": "たぶん百円",
        "summary-ja": "一行目\n二行目",
        "period": "1",
        "period-unit": "M",
        "allowed_use": ["research", "commercial"],
        "do": "save",
    }
    page = visitor("editor").post("/ja/dataset/footfall/offers/new", typed)
    form = page.get_element_by_id("offer")
    assert form.fields["title-ja"] == HOSTILE
    assert form.fields["price"] == "たぶん百円"
    assert form.fields["summary-ja"].strip() == "一行目\n二行目"
    assert "「価格」が金額ではありません。" in page.get_element_by_id("said-price").text_content()
    assert {"research", "commercial"} <= set(form_of(page)["allowed_use"])
    assert not page.xpath("//script[contains(text(), 'alert(1)')]")
    assert act("editor", "offer_list")["count"] == 0


def test_draft_is_saved_with_gaps_and_told_so(visitor: Callable[[str], Visitor], act: Act):
    page = visitor("editor").post("/dataset/footfall/offers/new", {"price_mode": "free", "price": "100", "do": "save"})
    [made] = act("editor", "offer_list")["offers"]
    assert (made["state"], made["price_mode"], made.get("price")) == ("draft", "free", None)
    assert "下書きを保存しました" in text(page)


def test_draft_without_a_price_mode_is_shown(visitor: Callable[[str], Visitor], act: Act):
    made = act("editor", "offer_create", dataset="footfall", offer={"title": "まだ決めていない"})
    assert "まだ決めていない" in text(visitor("editor").get(f"/market/offer/{made['id']}"))


def test_handing_in_with_gaps_keeps_the_draft_and_shows_them(visitor: Callable[[str], Visitor], act: Act):
    page = visitor("editor").post("/dataset/footfall/offers/new", {"price_mode": "free", "do": "submit"})
    [made] = act("editor", "offer_list")["offers"]
    assert made["state"] == "draft"
    assert "「名称」がありません。" in page.get_element_by_id("said-title").text_content()


def test_who_is_overtaken_sees_what_the_other_wrote(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer()
    editor = visitor("editor")
    form = {**form_of(editor.get(f"/market/offer/{offer_id}/edit")), "title-ja": "私の名称", "do": "save"}
    content = {name: value for name, value in FULL.items() if name != "summary"}
    act("admin", "offer_update", id=offer_id, offer={**content, "title": {"ja": "相手の名称"}})
    page = editor.post(f"/ja/market/offer/{offer_id}/edit", form)
    assert "ほかの人が先に" in text(page)
    assert "相手の名称" in page.xpath("string(//section[@aria-labelledby='differences'])")
    assert page.get_element_by_id("offer").fields["title-ja"] == "私の名称"
    assert act("editor", "offer_show", id=offer_id)["title"] == {"ja": "相手の名称"}
    editor.post(f"/market/offer/{offer_id}/edit", {**form_of(page), "do": "save"})
    assert act("editor", "offer_show", id=offer_id)["title"]["ja"] == "私の名称"


def test_edit_of_what_was_handed_in_meanwhile_keeps_the_words(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer()
    editor = visitor("editor")
    form = {**form_of(editor.get(f"/market/offer/{offer_id}/edit")), "title-ja": "私の名称", "do": "save"}
    act("admin", "offer_submit", id=offer_id)
    page = editor.post(f"/ja/market/offer/{offer_id}/edit", form)
    assert page.get_element_by_id("offer").fields["title-ja"] == "私の名称"
    assert "いまは「審査中」です（最後の操作：審査に出す、admin）" in text(page)


def test_reviewer_reads_an_offer_of_a_private_dataset(visitor: Callable[[str], Visitor], offer: Make):
    offer_id = offer("in_review")
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True})
    assert "駅周辺の人流（月額）" in text(visitor("reviewer").get(f"/ja/market/offer/{offer_id}"))


@pytest.mark.parametrize("state", ["in_review", "published"])
def test_reviewer_reads_the_desk_of_a_private_dataset_and_no_more_of_it(
    state: str, visitor: Callable[[str], Visitor], offer: Make, act: Act
):
    offer_id = offer(state)
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True, "notes": "秘密の説明"})
    reviewer = visitor("reviewer")
    for name in ("footfall", act("reviewer", "offer_show", id=offer_id)["dataset"]):
        page = reviewer.get(f"/ja/dataset/{name}/offers")
        assert "駅周辺の人流（月額）" in text(page)
        assert "秘密の説明" not in text(page)
        assert not page.xpath("//a[contains(@href, '/offers/new')]")
    for path in (
        "/dataset/footfall/offers/new",
        "/dataset/activity/footfall",
        "/api/3/action/package_show?id=footfall",
    ):
        reviewer.get(path, status=403)
    reviewer.get("/dataset/footfall", status=404)
    visitor("stranger").get("/dataset/footfall/offers", status=403)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_desk_of_a_private_dataset_without_anything_to_review_is_closed(
    state: str, visitor: Callable[[str], Visitor], offer: Make
):
    offer(state)
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True})
    visitor("reviewer").get("/dataset/footfall/offers", status=403)
    visitor("reviewer").get("/dataset/nothing/offers", status=404)


def test_preview_is_a_part_of_a_page_and_writes_nothing(visitor: Callable[[str], Visitor], act: Act):
    typed = {"price_mode": "subscription", "price": "50000", "tax": "included", "period": "1", "period-unit": "M"}
    part = visitor("editor").post("/ja/dataset/footfall/offers/preview", {**typed, "title-ja": HOSTILE, "trial": "x"})
    assert "月額 50,000円（税込）" in text(part)
    assert not part.xpath("//script") and HOSTILE in text(part)
    assert act("editor", "offer_list")["count"] == 0


def test_reason_that_is_missing_is_asked_for_again(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer("in_review")
    page = visitor("reviewer").post(f"/ja/market/offer/{offer_id}/step/return", {"reason": " "})
    assert "理由がありません。" in page.get_element_by_id("field-reason-said").text_content()
    assert act("reviewer", "offer_show", id=offer_id)["state"] == "in_review"


def test_step_that_comes_too_late_tells_what_became_of_it(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer("in_review")
    act("reviewer2", "offer_publish", id=offer_id)
    page = visitor("reviewer").post(f"/ja/market/offer/{offer_id}/step/publish", {"revision": "2"})
    assert "いまは「公開中」です（最後の操作：公開する、reviewer2）" in text(page)


def test_next_version_shows_the_reviewer_what_it_changes(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer("published")
    draft = act("editor", "offer_revise", id=offer_id)
    content = {name: value for name, value in FULL.items() if name in {"title", "price_mode", "tax", "period"}}
    rest = {
        name: draft[name] for name in ("delivery", "licence", "contract", "allowed_use", "seller", "buyers", "inquiry")
    }
    act("editor", "offer_update", id=draft["id"], offer={**content, **rest, "title": draft["title"], "price": "60000"})
    act("editor", "offer_submit", id=draft["id"])
    shown = act("reviewer", "offer_list", state="in_review", order="oldest")["offers"][0]
    assert shown["replaces"] == offer_id
    assert shown["changes"] == [{"field": "price", "before": "50000", "after": "60000"}]
    page = visitor("reviewer").get("/ja/market/review")
    assert (page.xpath("string(//del)"), page.xpath("string(//ins)")) == ("50000", "60000")


def test_queue_begins_with_what_has_waited_longest(visitor: Callable[[str], Visitor], offer: Make):
    offer("in_review", title="先の条件")
    offer("in_review", title="後の条件")
    shown = [link.text_content() for link in visitor("reviewer").get("/market/review").xpath("//main//h2/a | //h2/a")]
    assert shown[:2] == ["先の条件", "後の条件"]


def test_steps_name_only_what_this_person_may_do(offer: Make, act: Act):
    offer_id = offer("published")
    assert act("editor", "offer_show", id=offer_id)["steps"] == ["revise"]
    assert act("reviewer", "offer_show", id=offer_id)["steps"] == ["suspend", "withdraw"]
    draft = act("editor", "offer_revise", id=offer_id)
    assert act("editor", "offer_show", id=offer_id)["steps"] == []
    act("sysadmin", "offer_submit", id=draft["id"])
    assert "publish" not in act("sysadmin", "offer_show", id=draft["id"])["steps"]
    assert "publish" in act("reviewer", "offer_show", id=draft["id"])["steps"]


@pytest.mark.parametrize("who", ["", "stranger", "member"])
def test_desk_is_closed_to_those_who_have_no_business_there(who: str, visitor: Callable[[str], Visitor], offer: Make):
    offer_id, other = offer("published"), visitor(who)
    for path in ("", "/edit", "/step/withdraw"):
        other.get(f"/market/offer/{offer_id}{path}", status=403)
    other.get("/dataset/footfall/offers/new", status=403)
    for step in ("publish", "withdraw", "revise"):
        other.post(f"/market/offer/{offer_id}/step/{step}", {"reason": "だめ"}, status=403)
    other.post("/dataset/footfall/offers/new", {"do": "save"}, status=403)
    other.post("/dataset/footfall/offers/preview", {}, status=403)


def test_steps_are_not_taken_by_opening_an_address(visitor: Callable[[str], Visitor], offer: Make, act: Act):
    offer_id = offer("in_review")
    visitor("reviewer").get(f"/market/offer/{offer_id}/step/publish", status=404)
    visitor("reviewer").get(f"/market/offer/{offer_id}/step/return")
    visitor("reviewer").post(f"/market/offer/{offer_id}/step/edit", {}, status=405)
    assert act("reviewer", "offer_show", id=offer_id)["state"] == "in_review"


def test_form_without_its_token_is_refused(app: CKANTestApp, offer: Make, act: Act):
    offer_id = offer("in_review")
    password = "correct-horse-battery"
    tk.get_action("user_update")({"ignore_auth": True, "user": "sysadmin"}, {**_user("reviewer"), "password": password})
    app.post("/user/login", data={"login": "reviewer", "password": password})
    app.post(f"/market/offer/{offer_id}/step/publish", data={}, status=400)
    assert act("reviewer", "offer_show", id=offer_id)["state"] == "in_review"


def _user(name: str) -> dict[str, Any]:
    return {**tk.get_action("user_show")({"ignore_auth": True}, {"id": name}), "email": f"{name}@example.jp"}
