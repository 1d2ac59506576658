"""The interface's words, dates and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ckan
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.helpers import (
    orden_date,
    orden_excerpt,
    orden_pages,
    orden_prose,
    orden_safe_url,
    orden_size,
    orden_time,
    orden_usage_period,
)

ROOT = Path(__file__).parents[2]
OURS = ROOT / "ckanext-orden/i18n/ja/LC_MESSAGES/ckanext-orden.po"
CORES = Path(ckan.__file__).parent / "i18n/ja/LC_MESSAGES/ckan.po"


def translated(path: Path) -> set[object]:
    """The messages of a catalogue that have a translation, those with a plural as pairs."""
    with path.open("rb") as po:
        messages = [message for message in read_po(po, locale="ja") if all(message.string or [""])]
    return {tuple(id_) if isinstance(id_ := message.id, (list, tuple)) else id_ for message in messages}


def test_every_word_of_ours_is_there_in_japanese():
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(ROOT / "ckanext-orden", method_map=methods, options_map=options)
    ids = {message for _, _, message, *_ in found}
    assert ids - translated(OURS) - translated(CORES) == set()


ONE_YEAR = '{"expirationPeriodType": "period", "period": {"referenceDate": "purchasedDay", "value": 1, "unit": "year"}}'


@pytest.mark.usefixtures("with_plugins", "page")
@pytest.mark.parametrize(
    ("written", "shown"),
    [(ONE_YEAR, "購入日から1年"), ("契約で定める", "契約で定める"), ('{"note": 1}', '{"note": 1}'), (None, "")],
)
def test_the_period_of_use_is_said_in_words(written: str | None, shown: str):
    assert orden_usage_period({"usage_license_period": written}) == shown


@pytest.fixture()
def page(app: CKANTestApp) -> Iterator[None]:
    """A Japanese page of a list."""
    with app.flask_app.test_request_context(
        "/dataset/?q=a&page=3&res_format=CSV", environ_overrides={"CKAN_LANG": "ja"}
    ):
        yield


@pytest.fixture()
def english(app: CKANTestApp) -> Iterator[None]:
    with app.flask_app.test_request_context("/en/", environ_overrides={"CKAN_LANG": "en"}):
        yield


@pytest.mark.usefixtures("with_plugins", "page")
class TestJapanesePage:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("2026-11-20", "2026年11月20日（令和8年）"),
            ("2019-05-01", "2019年5月1日（令和元年）"),
            ("2019-04-30", "2019年4月30日（平成31年）"),
            ("1989-01-08", "1989年1月8日（平成元年）"),
            ("2024-04", "2024年4月（令和6年）"),
            ("2024", "2024年（令和6年）"),
            ("1900-01-01", "1900年1月1日"),
            ("2026-11-20T20:00:00", "2026年11月20日（令和8年）"),
            ("令和8年ごろ", "令和8年ごろ"),
            ("2026-13-40", "2026-13-40"),
            (None, ""),
        ],
    )
    def test_date_is_written_with_its_era(self, value: str | None, shown: str):
        assert orden_date(value) == shown

    @pytest.mark.ckan_config("ckan.display_timezone", "Asia/Tokyo")
    def test_time_of_the_machine_becomes_a_date_of_the_site(self):
        assert orden_date("2026-11-20T20:00:00") == "2026年11月21日（令和8年）"

    @pytest.mark.ckan_config("ckan.display_timezone", "Asia/Tokyo")
    def test_end_of_time_has_no_tomorrow(self):
        assert orden_date("9999-12-31T23:59:59") == "9999年12月31日（令和7981年）"

    def test_text_that_is_no_date_is_not_marked_as_safe(self):
        assert not hasattr(orden_time("<b>"), "__html__")

    def test_excerpt_of_japanese_is_cut_within_the_sentence(self):
        assert orden_excerpt("避難所の**一覧**です。" * 20, 10) == "避難所の一覧です。…"

    def test_deeply_nested_marks_stay_plain_and_quick(self):
        prose = str(orden_prose("[" * 20_000 + "*" * 20_000 + "<script>"))
        assert prose.startswith("<p>[[[") and "<script>" not in prose

    def test_pages_around_the_current_one_are_linked(self):
        links = orden_pages(3, 20)
        assert [link.number for link in links] == [1, 2, 3, 4, 5, 0, 20]
        assert links[0].url == "/dataset/?q=a&res_format=CSV&page=1"


@pytest.mark.usefixtures("with_plugins", "english")
@pytest.mark.parametrize(("value", "shown"), [("2026-11-20", "20 Nov 2026"), ("2024-04", "Apr 2024"), ("2024", "2024")])
def test_date_on_an_english_page_is_western(value: str, shown: str):
    assert orden_date(value) == shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "/relative",
        "https://",
        "http://[::1",
        "https:\\\\evil.example",
        "https://a.example/\nx",
        None,
    ],
)
def test_address_that_could_harm_is_no_link(address: str | None):
    assert orden_safe_url(address) == ""


@pytest.mark.parametrize("address", ["https://a.example/x?y=あ#z", "http://127.0.0.1:80/", "ftp://a.example/x"])
def test_address_of_the_web_stays_as_it_is(address: str):
    assert orden_safe_url(address) == address


@pytest.mark.parametrize(
    ("size", "shown"),
    [(18432, "18 KB"), ("2100000", "2.1 MB"), (999, "999 B"), (0, ""), ("", ""), ("x", ""), (None, ""), (-1, "")],
)
def test_size_is_rounded_for_people(size: object, shown: str):
    assert orden_size(size) == shown
