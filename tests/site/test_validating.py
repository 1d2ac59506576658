"""A newcomer's broken description, from paste to mended, each step as the messages say."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from .browsing import CHROMIUM, looked_at

BROKEN = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://data.city.example.jp/> .

ex:shelters a dcat:Dataset ;
    dct:title "避難所一覧"@ja ;
    dct:publisher "豊中市" ;
    dct:accrualPeriodicity "年1回" ;
    dcat:distribution ex:file

ex:file a dcat:Distribution .
"""
RULES_BROKEN = {
    "dcat.dataset.description.missing",
    "dcat.dataset.frequency.kind",
    "dcat.dataset.licence.missing",
    "dcat.dataset.publisher.kind",
    "dcat.distribution.access_url.missing",
}
WORDS = {
    "": ("規則に合っていません", "5行目", "接頭辞「foaf:」が宣言されていません", "規則に合っています"),
    "/en": ("It breaks the rules", "Line 5", "the prefix “foaf:” is not declared", "It follows the rules"),
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


def check(page: Page, text: str) -> tuple[str, dict[str, str]]:
    """The verdict on a text, and how to mend each error, by its code."""
    page.locator("#pasted").fill(text)
    with page.expect_navigation():
        page.locator("form.o-panel button[type=submit]").click()
    found = page.locator(".o-issue.is-error")
    hints = {one.locator(".o-issue__code").inner_text(): one.locator("dl dd").first.inner_text() for one in found.all()}
    return page.locator("#result").inner_text(), hints


def example(hint: str) -> str:
    """What a hint gives as its example."""
    return hint.partition("例: " if "例: " in hint else "Example: ")[2].removesuffix(" .").strip()


@pytest.mark.parametrize("language", WORDS)
def test_newcomer_mends_a_broken_text_by_the_messages_alone(browser: Browser, site: str, language: str):
    wrong, line, undeclared, right = WORDS[language]
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(site + language + "/validate")

    verdict, hints = check(page, BROKEN)
    assert verdict == wrong
    assert list(hints) == ["rdf.syntax"]
    assert "「.」" in hints["rdf.syntax"] or "“.”" in hints["rdf.syntax"]

    text = BROKEN.replace("dcat:distribution ex:file\n", "dcat:distribution ex:file .\n")
    verdict, hints = check(page, text)
    assert set(hints) == RULES_BROKEN
    assert line in page.locator("section.o-stack-l").inner_text()
    assert looked_at(page) == {"too wide": False, "barriers": []}

    for code, property_ in (("publisher.kind", "dct:publisher"), ("frequency.kind", "dct:accrualPeriodicity")):
        start = text.index(property_)
        text = text[:start] + example(hints[f"dcat.dataset.{code}"]) + text[text.index(" ;", start) :]
    more = [example(hints[f"dcat.dataset.{code}.missing"]) for code in ("description", "licence")]
    text = text.replace("a dcat:Dataset ;", f"a dcat:Dataset ; {' ; '.join(more)} ;")
    where = example(hints["dcat.distribution.access_url.missing"])
    text = text.replace("a dcat:Distribution .", f"a dcat:Distribution ; {where} .")

    verdict, hints = check(page, text)
    assert list(hints) == ["rdf.syntax"]
    assert undeclared in page.locator(".o-issue").inner_text()

    text = f"@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n{text}"
    verdict, hints = check(page, text)
    assert list(hints) == ["dcat.dataset.frequency.range"]
    value = page.locator(".o-issue.is-error dd .o-bad").inner_text()
    kind = example(hints["dcat.dataset.frequency.range"]).partition("> ")[2]
    assert check(page, f"{text}<{value}> {kind} .\n") == (right, {})
    assert looked_at(page) == {"too wide": False, "barriers": []}
    context.close()
