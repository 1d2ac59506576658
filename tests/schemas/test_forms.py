"""The forms and pages, as a browser without JavaScript sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.tests import helpers
from lxml import html
from lxml.html import HtmlElement

Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def parsed(answer: Any) -> HtmlElement:
    return html.document_fromstring(answer.text)


@pytest.mark.parametrize(
    ("lang", "label", "section"), [("ja", "更新頻度", "利用条件"), ("en", "frequency", "Conditions")]
)
def test_form_speaks_the_readers_language(
    app: helpers.CKANTestApp, auth: dict[str, str], toyonaka: dict[str, Any], lang: str, label: str, section: str
) -> None:
    page = parsed(app.get(f"/{lang}/dataset/new", headers=auth))
    assert label in page.xpath("//label[@for='field-frequency']")[0].text_content()
    assert any(section in part.text_content() for part in page.xpath("//details/summary"))


def test_form_opens_what_most_providers_need(
    app: helpers.CKANTestApp, auth: dict[str, str], toyonaka: dict[str, Any]
) -> None:
    page = parsed(app.get("/dataset/new", headers=auth))
    opened = set(page.xpath("//details[@open]/@id"))
    assert {"section-basic", "section-contact"} <= opened
    assert "section-trade" not in opened
    for name in ("title", "notes", "owner_org"):
        assert page.xpath(f"//details[@open]//*[@name='{name}']"), name


def test_section_with_an_error_is_open_and_says_what_is_wrong(
    app: helpers.CKANTestApp, auth: dict[str, str], toyonaka: dict[str, Any]
) -> None:
    form = {
        "name": "wrong",
        "title": "題",
        "notes": "説明",
        "owner_org": toyonaka["id"],
        "sales_info_url": "javascript:alert(1)",
        "save": "",
    }
    page = parsed(app.post("/ja/dataset/new", headers=auth, data=form))
    assert "http、https、ftp" in page.xpath("//details[@open][@id='section-trade']")[0].text_content()
    assert page.xpath("//*[@name='title']/@value") == ["題"]


def test_dataset_can_be_made_and_edited_by_form(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, toyonaka: dict[str, Any]
) -> None:
    form = {
        "name": "by_form",
        "title": "豊中市 公園一覧",
        "notes": "説明",
        "owner_org": toyonaka["id"],
        "license_id": "CC-BY-4.0",
        "theme": ["http://publications.europa.eu/resource/authority/data-theme/ENVI"],
        "frequency": "",
        "contact-0-name": "公園課",
        "contact-0-email": "",
        "_ckan_phase": "1",
        "save": "",
    }
    app.post("/dataset/new", headers=auth, data=form, follow_redirects=False)
    draft = act("package_show", id="by_form")
    assert draft["state"] == "draft"
    assert draft["contact"] == [{"name": "公園課"}]
    assert "frequency" not in draft
    resource = {"url": "https://example.org/park.csv", "name": "公園", "id": "", "save": "go-metadata"}
    app.post("/dataset/by_form/resource/new", headers=auth, data=resource, follow_redirects=False)
    assert act("package_show", id="by_form")["state"] == "active"
    app.post("/dataset/edit/by_form", headers=auth, data={**form, "title": "公園"}, follow_redirects=False)
    edited = act("package_show", id="by_form")
    assert edited["title"] == "公園"
    assert len(edited["resources"]) == 1
    assert edited["theme"] == form["theme"]


@pytest.mark.parametrize("path", ["/dataset/new", "/organization/new", "/group/new", "/dataset/", "/organization/"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_page_renders_in_each_language(app: helpers.CKANTestApp, auth: dict[str, str], lang: str, path: str) -> None:
    app.get(f"/{lang}{path}", headers=auth, status=200)


def test_pages_of_a_full_dataset_render(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, toilets: dict[str, Any]
) -> None:
    dataset = act(
        "package_create",
        **toilets,
        issued="2024-04-01",
        modified="2024",
        theme=["環境"],
        language=["ja"],
        conforms_to=["自治体標準オープンデータセット"],
        documentation=["https://example.org/spec"],
        contact=[{"name": "環境部", "email": "kankyo@example.org", "url": "https://example.org/"}],
        spatial_coverage=[{"text": "豊中市", "bbox": {"type": "Point", "coordinates": [135.4, 34.7]}}],
        temporal_coverage=[{"start": "2024-04-01", "end": "2025-03-31"}],
        orden_municipality="272035",
    )
    resource = dataset["resources"][0]["id"]
    for lang, words in (("ja", ("更新頻度", "毎年", "豊中市")), ("en", ("Update frequency", "Annual"))):
        page = parsed(app.get(f"/{lang}/dataset/{dataset['name']}")).text_content()
        assert all(word in page for word in words), lang
        for path in (
            f"/dataset/edit/{dataset['name']}",
            f"/dataset/{dataset['name']}/resource/{resource}",
            f"/dataset/{dataset['name']}/resource/{resource}/edit",
            f"/dataset/{dataset['name']}/resource/new",
            f"/organization/{dataset['organization']['name']}",
            f"/organization/edit/{dataset['organization']['name']}",
        ):
            app.get(f"/{lang}{path}", headers=auth, status=200)


@pytest.mark.parametrize(("lang", "value"), [("ja", "行政データ"), ("en", "Public sector")])
def test_search_page_shows_the_axes(
    app: helpers.CKANTestApp, act: Act, toilets: dict[str, Any], lang: str, value: str
) -> None:
    act("package_create", **toilets)
    assert value in parsed(app.get(f"/{lang}/dataset/")).text_content()


def test_each_error_of_the_full_form_stands_at_its_field_and_is_linked(
    app: helpers.CKANTestApp, auth: dict[str, str], toyonaka: dict[str, Any]
) -> None:
    form = {
        "name": "wrong",
        "title": "",
        "notes": "説明",
        "owner_org": toyonaka["id"],
        "license_id": "CC-BY-4.0",
        "fee": "有償",
        "contact-0-email": "koen@",
        "temporal_coverage-0-start": "2025-04-01",
        "temporal_coverage-0-end": "2024-04-01",
        "save": "",
    }
    page = parsed(app.post("/ja/dataset/new", headers=auth, data=form))
    for name in ("title", "fee", "contact-0-email", "temporal_coverage-0-end"):
        (field,) = page.xpath(
            f"//details[@open]//*[@id='field-{name}']/ancestor::div[contains(@class, 'form-group')][1]"
        )
        assert field.xpath(".//*[@class='error-block']"), name
        assert page.xpath(f"//*[@id='errors']//a[@href='#field-{name}']"), name


def test_axes_stand_beside_the_full_form_with_their_reasons(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, toilets: dict[str, Any]
) -> None:
    act("package_create", **toilets)
    for path, reason in (("new", "ライセンスが分からない"), (f"edit/{toilets['name']}", "オープンライセンスで")):
        page = parsed(app.get(f"/ja/dataset/{path}", headers=auth))
        panel = page.xpath("//*[@data-orden-axes]")[0].text_content()
        assert "行政データ" in panel and reason in panel


def test_button_offers_the_short_form_first(app: helpers.CKANTestApp, auth: dict[str, str]) -> None:
    page = parsed(app.get("/ja/dataset/", headers=auth))
    links = [link for link in page.xpath("//main//a/@href | //*[@role='main']//a/@href") if "/dataset/" in link]
    assert links[:2] == ["/ja/dataset/register", "/ja/dataset/new"]
    assert page.xpath("//header//a[@href='/ja/dataset/register']")


def test_editor_can_register_one_like_this(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, toilets: dict[str, Any]
) -> None:
    act("package_create", **toilets)
    link = f"//a[@href='/ja/dataset/register?copy={toilets['name']}']"
    assert parsed(app.get(f"/ja/dataset/{toilets['name']}", headers=auth)).xpath(link)
    assert not parsed(app.get(f"/ja/dataset/{toilets['name']}")).xpath(link)


def test_keywords_are_separated_as_japanese_separates_them(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, toyonaka: dict[str, Any]
) -> None:
    form = {
        "name": "tagged",
        "title": "題",
        "notes": "説明",
        "owner_org": toyonaka["id"],
        "tag_string": "避難所、防災, AED",
        "_ckan_phase": "1",
        "save": "",
    }
    app.post("/dataset/new", headers=auth, data=form, follow_redirects=False)
    assert {tag["name"] for tag in act("package_show", id="tagged")["tags"]} == {"避難所", "防災", "AED"}
