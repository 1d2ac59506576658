"""robots.txt by RFC 9309, as sites really write it."""

from __future__ import annotations

import time

import pytest
from ckanext.orden.fetching.robots import parse

CKAN = """User-agent: *
Disallow: /dataset/rate/
Disallow: /revision/
Disallow: /dataset/*/history
Disallow: /api/
Crawl-Delay: 10
"""


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/api/3/action/package_search?rows=100", "/api/"),
        ("/dataset/one/history", "/dataset/*/history"),
        ("/dataset/one", None),
        ("/apis", None),
        ("/catalog.ttl", None),
        ("", None),
    ],
)
def test_file_that_ckan_brings_closes_its_api(path, rule):
    assert parse(CKAN).forbidding(path) == rule


def test_crawl_delay_is_read():
    assert parse(CKAN).delay == 10


@pytest.mark.parametrize("value", ["", "soon", "-1", "nan", "inf", "1e9"])
def test_crawl_delay_that_is_no_number_is_none(value):
    assert parse(f"User-agent: *\nCrawl-delay: {value}").delay is None


@pytest.mark.parametrize("name", ["orden", "ORDEN", "Orden/1.0", "orden # us"])
def test_group_that_names_us_stands_for_the_others(name):
    rules = parse(f"User-agent: *\nDisallow: /\n\nUser-agent: {name}\nAllow: /api/3/\nDisallow: /api/\n")
    assert rules.forbidding("/api/3/action") is None
    assert rules.forbidding("/api/util") == "/api/"
    assert rules.forbidding("/elsewhere") is None


def test_group_that_names_us_and_closes_nothing_opens_everything():
    assert parse("User-agent: orden\nDisallow:\n\nUser-agent: *\nDisallow: /").forbidding("/a") is None


def test_group_of_another_program_is_not_ours():
    assert parse("User-agent: orden-other\nDisallow: /\nUser-agent: ordenx\nDisallow: /").forbidding("/a") is None


def test_groups_with_the_same_name_are_one():
    rules = parse("User-agent: orden\nDisallow: /a\nUser-agent: x\nDisallow: /x\nUser-agent: orden\nDisallow: /b\n")
    assert [rules.forbidding(path) for path in ("/a", "/b", "/x")] == ["/a", "/b", None]


def test_several_names_share_a_group():
    assert parse("User-agent: x\nUser-agent: orden\nUser-agent: y\nDisallow: /a").forbidding("/a") == "/a"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Allow: /p\nDisallow: /", "/page", True),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/page.htm", False),
        ("Disallow: /*?*", "/a?b", False),
        ("Disallow: /*?*", "/a", True),
        ("Disallow: /*.php$", "/a.php", False),
        ("Disallow: /*.php$", "/a.php?b", True),
        ("Disallow: /a*b*b$", "/ab", True),
        ("Disallow: /a*b*b$", "/abcb", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: *", "/a", False),
        ("Disallow: /*", "/a", False),
        ("Disallow: a", "/a", True),
        ("Disallow: /ａ", "/%EF%BD%81", False),
        ("Disallow: /%ef%bd%81", "/ａ", False),
        ("Disallow: /%7Ejoe", "/~joe", False),
        ("Disallow: /a%2fb", "/a/b", True),
        ("Disallow: /a # b", "/a", False),
        ("disallow : /a", "/a", False),
    ],
)
def test_longest_rule_that_fits_decides(rules, path, allowed):
    assert (parse(f"User-agent: *\n{rules}").forbidding(path) is None) is allowed


@pytest.mark.parametrize(
    "text", ["", "<!DOCTYPE html><html><body>Disallow: /</body></html>", "Disallow: /", "\x00\n:::\n"]
)
def test_what_is_no_robots_txt_closes_nothing(text):
    assert parse(text).forbidding("/api/3/action") is None


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b",
        "User-agent: *\n" + "Disallow: /*a*b$\n" * 25_000,
        "".join(f"User-agent: x{number}\n" for number in range(15_000)) + "Disallow: /\n" * 15_000,
        "User-agent: *\n" * 30_000 + "Disallow: /\n" * 5_000,
    ],
)
def test_hostile_file_takes_no_long_time(text):
    begun = time.process_time()
    parse(text).forbidding("/" + "a" * 2000)
    assert time.process_time() - begun < 5
