"""The same dataset in two catalogues: one page and one title, however they are written."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.likeness import likeness

SITE = "https://odpo.example.jp"
PAGE, TITLE = "https://city.example.jp/data/aed", "AED設置箇所 一覧"


def of(url: object = PAGE, title: object = TITLE) -> str:
    return likeness({"url": url, "title": title}, SITE)


@pytest.mark.parametrize(
    "url",
    [f"{PAGE}/", f"{PAGE}#files", "http://city.example.jp/data/aed", f" {PAGE} ", "https://City.Example.JP/data/aed"],
)
def test_page_written_otherwise_is_the_same(url):
    assert of(url=url) == of() != ""


@pytest.mark.parametrize("title", ["ＡＥＤ設置箇所　一覧", "aed設置箇所  一覧", " AED設置箇所\n一覧"])
def test_title_written_otherwise_is_the_same(title):
    assert of(title=title) == of()


@pytest.mark.parametrize(
    "url", [f"{PAGE}?id=2", f"{PAGE}2", "https://city.example.jp/Data/aed", "ftp://city.example.jp/data/aed"]
)
def test_other_page_is_not_the_same(url):
    assert of(url=url) != of()


def test_other_title_on_the_same_page_is_not_the_same():
    assert of(title="公衆トイレ一覧") != of()


@pytest.mark.parametrize("url", ["", None, " ", "#top", "http://[broken"])
def test_without_a_page_nothing_is_like_it(url):
    assert of(url=url) == ""


@pytest.mark.parametrize("title", ["", None, "　"])
def test_without_a_title_nothing_is_like_it(title):
    assert of(title=title) == ""


def test_page_of_this_site_is_the_same_after_its_move():
    moved = likeness({"url": "https://data.example.jp/dataset/a", "title": TITLE}, "https://data.example.jp")
    assert of(url=f"{SITE}/dataset/a") == moved
