"""The pages of the front door as a visitor gets them."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from .conftest import HOSTILE, Look

AXES = ["提供者", "公開のしかた", "更新のしかた", "個人に関する情報", "料金"]
pytestmark = pytest.mark.usefixtures("catalogue")


class TestHome:
    def test_home_page_counts_catalogue_entries_and_data(self, look: Look):
        assert "4 カタログ（データ 2 件）" in look("/").one("section", "o-hero").text

    def test_home_page_links_each_axis_value_to_its_facet(self, look: Look):
        gates = look("/").one("section", "o-gates")
        assert [heading.text for heading in gates.all("h3")] == AXES
        links = [link["href"] for link in gates.all("a")]
        assert "/dataset/?vocab_orden_openness=closed" in links
        assert "/dataset/?vocab_orden_price=paid" in links

    def test_home_page_shows_themes_by_name_and_the_newest_data(self, look: Look):
        page = look("/")
        assert "司法・法制度・公共の安全" in page.one("ul", "o-themes").text
        assert len(page.one("ul", "o-cards").all("article", "o-card")) == 4

    def test_english_home_page_is_english(self, look: Look):
        page = look("/en/")
        assert page["lang"] == "en"
        assert "4 catalogue entries (2 data)" in page.one("section", "o-hero").text


class TestSearch:
    def test_axes_stand_before_the_other_facets(self, look: Look):
        panel = look("/dataset/").one("details", "o-facets")
        first, second = panel.all("section", "o-facet")[:2]
        assert first.one("h3").text == "五つの軸"
        assert [title.text for title in first.all("span", "o-meta")] == AXES
        assert second.one("h3").text == "分類"

    def test_chosen_condition_is_named_and_removable(self, look: Look):
        page = look("/dataset/?vocab_orden_price=paid")
        chip = page.one("a", "o-chip")
        assert chip.text.startswith("有償")
        assert "vocab_orden_price" not in chip["href"]
        assert len(page.one("ol", "o-results").all("article")) == 1

    def test_card_tells_provider_axes_way_in_and_date(self, look: Look):
        card = look("/dataset/?q=避難場所").one("article", "o-card").text
        for words in ("豊中市", "行政データ", "オープン", "すぐに使えます", "CSV", "2026年11月20日（令和8年）"):
            assert words in card

    def test_search_without_hits_says_what_to_do(self, look: Look):
        empty = look("/dataset/?q=zzzzqqqq&res_format=CSV").one("div", "o-empty")
        assert "見つかりませんでした" in empty.one("h3").text
        assert len(empty.all("a")) >= 3

    @pytest.mark.parametrize("name", ["endpoint", "locale", "qualified", "q_", "id", "package_type"])
    def test_any_condition_in_the_address_is_answered(self, look: Look, name: str):
        page = look(f"/dataset/?q=避難&{name}=a%26b&tags=x&tags=y")
        feed = next(link["href"] for link in page.all("a") if "/feeds/custom" in link["href"])
        assert f"{name}=a%26b" in feed and "tags=x&tags=y" in feed

    @pytest.mark.parametrize("path", ["/dataset/", "/organization/toyonaka"])
    def test_search_that_solr_refuses_is_a_page_that_says_so(self, look: Look, path: str):
        assert "検索できませんでした" in look(path + "?q=title:((").text

    def test_partial_match_is_said(self, look: Look):
        page = look("/dataset/?q=人流+宇宙船")
        assert "すべての言葉を含むデータはありませんでした" in page.one("div", "o-note").text

    def test_partial_matches_after_whole_ones_are_told_apart(self, look: Look):
        note = look("/dataset/?q=豊中市+避難場所+防災").one("div", "o-note").text
        assert "すべての言葉を含むデータは先頭の 1 件です" in note
        assert "ありませんでした" not in note
        english = look("/en/dataset/?q=豊中市+避難場所+防災").one("div", "o-note").text
        assert "Only the first dataset holds all the words" in english

    def test_full_match_says_nothing(self, look: Look):
        assert not look('/dataset/?q="人流"').all("div", "o-note")


class TestDataset:
    def test_sections_follow_one_order(self, look: Look):
        ids = [heading["id"] for heading in look("/dataset/open").all("h2") if heading["id"]]
        assert [name for name in ids if not name.startswith("footer")] == [
            *("get", "terms", "fresh", "who", "axes", "tags", "related", "fields", "feedback")
        ]

    def test_axes_carry_their_reasons(self, look: Look):
        facts = [
            facts for facts in look("/dataset/open").all("dl", "o-facts") if "提供者が行政機関です。" in facts.text
        ]
        assert [term.text for term in facts[0].all("dt")] == AXES

    def test_file_link_names_format_and_size(self, look: Look):
        link = look("/dataset/open").one("ul", "o-files").one("a", "o-btn")
        assert link["href"].startswith("/dataset/open/resource/") and link["href"].endswith("/download")
        assert "避難場所" in link.text and "CSV、18 KB" in link.text

    def test_terms_are_said_in_plain_words(self, look: Look):
        assert "出典を書いてください" in look("/dataset/open").one("ul", "o-terms").text

    def test_sample_data_is_marked(self, look: Look):
        assert "これは見本データです" in look("/dataset/open").text
        assert "これは見本データです" not in look("/dataset/paid").text

    def test_closed_data_says_why_and_whom_to_ask(self, look: Look):
        box = look("/dataset/closed").one("section", "o-access").text
        assert "アクセス権が公開ではありません。" in box and "kikikanri@example.jp" in box

    def test_offer_at_an_unknown_market_is_text(self, look: Look):
        page = look("/dataset/paid")
        assert "月額 55,000円から" in page.one("p", "o-price").text
        assert not page.all("a", href="https://market.example.jp/item/1")
        assert "https://market.example.jp/item/1" in page.one("section", "o-access").text

    def test_terms_of_trade_are_said_in_the_pages_language(self, look: Look):
        japanese = look("/dataset/paid").one("section", "o-access").text
        english = look("/en/dataset/paid").one("section", "o-access").text
        assert "利用許諾" in japanese and "求める" in japanese
        assert "Licence" in english and "Required" in english and "利用許諾" not in english

    @pytest.mark.ckan_config("ckanext.orden.market.allowed_hosts", ["market.example.jp"])
    def test_offer_at_an_allowed_market_is_a_link(self, look: Look):
        assert look("/dataset/paid").one("a", "o-btn", href="https://market.example.jp/item/1")

    def test_hostile_text_stays_text(self, look: Look):
        page = look("/dataset/hostile")
        assert page.one("h1").text == HOSTILE
        assert not page.all("img", onerror="alert(1)")
        assert not [link for link in page.all("a") if link["href"].startswith("javascript:")]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/organization/", 200, "豊中市"),
        ("/organization/toyonaka", 200, "五つの軸"),
        ("/organization/about/toyonaka", 200, "豊中市"),
        ("/dataset/groups/open", 200, "指定緊急避難場所一覧"),
        ("/dataset/activity/open", 200, "指定緊急避難場所一覧"),
        ("/harvest", 200, "取り込み元"),
        ("/user/login", 200, "ログイン"),
        ("/about", 200, "このサイトについて"),
        ("/nothing-here", 404, "このページはありません"),
        ("/dataset/new", 403, "このページを見る権限がありません"),
    ],
)
def test_every_page_stands_in_the_frame(look: Look, path: str, status: int, words: str):
    page = look(path, status)
    assert words in page.text
    assert page.one("header", "o-header") and page.one("div", "o-footer__grid")
    assert page["lang"] == "ja"
    assert len(page.all("main")) + len(page.all("*", role="main")) == 1


def dcat_links(look: Look, path: str) -> list[str]:
    return [link["href"] for link in look(path).all("a") if link["href"].endswith((".ttl", ".jsonld", ".rdf"))]


def test_rdf_is_linked_where_it_is_served(look: Look):
    assert "/catalog.ttl" in dcat_links(look, "/")
    assert "/dataset/open.ttl" in dcat_links(look, "/dataset/open")


@pytest.mark.ckan_config("ckanext.dcat.enable_rdf_endpoints", "false")
@pytest.mark.parametrize("path", ["/", "/dataset/open"])
def test_rdf_that_the_operator_switched_off_is_not_linked(look: Look, path: str):
    assert dcat_links(look, path) == []


@pytest.mark.ckan_config("ckan.plugins", "orden")
def test_frame_stands_without_the_other_plugins(look: Look):
    assert dcat_links(look, "/organization/") == []


def test_language_links_keep_page_and_query_and_ignore_the_host_header(look: Look):
    links = [
        link["href"]
        for link in look("/dataset/?q=%E9%98%B2%E7%81%BD", Host="evil.example").one("details", "o-lang").all("a")
    ]
    assert [link.split("/dataset")[0] for link in links] == ["/ja", "/en"]
    assert all(link.endswith("/dataset/?q=%E9%98%B2%E7%81%BD") for link in links)


def test_logout_is_a_post_form_with_a_token(look: Look, auth: dict[str, str]):
    page = look("/", **auth)
    form = page.one("details", "o-account").one("form", method="post")
    assert form.node.xpath(".//input[@name='_csrf_token']/@value")
    assert not [link for link in page.all("a") if "logout" in link["href"]]


@pytest.mark.parametrize("path", ["/", "/dataset/", "/organization/toyonaka", "/harvest"])
def test_page_holds_no_inline_style_or_script(look: Look, path: str):
    page = look(path)
    assert not page.all("style") and not page.node.xpath("//*[@style]")
    run_by_browsers = "not(@type='application/ld+json')"
    assert not page.node.xpath(f"//script[not(@src) and {run_by_browsers}]")


@pytest.mark.parametrize(
    ("code", "title"),
    [([500], "うまく表示できませんでした"), (404, "このページはありません")],
    ids=["a fault of the site", "no page"],
)
def test_error_page_is_whole_whatever_form_its_code_has(app: CKANTestApp, code: object, title: str):
    with app.flask_app.test_request_context(environ_overrides={"CKAN_LANG": "ja"}):
        page = tk.render("error_document_template.html", {"code": code, "content": "Internal server error"})
    assert f"<title>エラー {code if isinstance(code, int) else 500}" in page
    assert title in page
