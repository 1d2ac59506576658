"""The form in plain Python: every field has its place, and what is shown is read back as it was."""

from __future__ import annotations

from ckanext.orden.market.desk import form
from ckanext.orden.market.desk.sections import SECTIONS
from ckanext.orden.metadata.offers import fields
from werkzeug.datastructures import MultiDict


def test_every_field_stands_in_one_section_only():
    placed = [name for section in SECTIONS for name in (*section.main, *section.more)]
    assert sorted(placed) == sorted(fields())


def test_length_of_time_is_typed_as_number_and_unit():
    assert form.duration_parts("P12M") == ("12", "M")
    assert form.duration_parts("PT4H") == ("4", "TH")
    assert form.typed(MultiDict({"response_time": "4", "response_time-unit": "TH"})) == {"response_time": "PT4H"}
    assert form.typed(MultiDict({"trial": "", "trial-unit": "D"})) == {}


def test_length_of_time_that_is_none_comes_back_as_typed():
    typed = form.typed(MultiDict({"period": "毎月", "period-unit": "M"}))
    assert form.duration_parts(typed["period"]) == ("毎月", "M")


def test_words_of_ones_own_take_the_place_of_other():
    given: form.Form = MultiDict([("warranty", "consent"), ("warranty", "other"), ("warranty-other", "欠測の補完")])
    assert form.typed(given) == {"warranty": ["consent", "other:欠測の補完"]}
    assert form.remark_in(["consent", "other:欠測の補完"]) == "欠測の補完"


def test_fields_without_room_in_the_mode_are_kept_in_the_form_only():
    typed = form.typed(MultiDict({"price_mode": "free", "price": "100", "seller": "市"}))
    assert typed["price"] == "100"
    assert form.stated(typed) == {"price_mode": "free", "seller": "市"}


def test_empty_rows_of_links_say_nothing_at_all():
    rows = [("jdex", "https://www.service.jdex.jp/1", ""), ("jdex", "", "")]
    names = ("links-market", "links-url", "links-external_id")
    given: form.Form = MultiDict([(name, cell) for row in rows for name, cell in zip(names, row, strict=True)])
    assert form.typed(given) == {
        "links": [{"market": "jdex", "url": "https://www.service.jdex.jp/1", "external_id": ""}]
    }
