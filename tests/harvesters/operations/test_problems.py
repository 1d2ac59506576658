"""Every code of a problem belongs to a class that is explained, also in the documents."""

from __future__ import annotations

from pathlib import Path

from ckanext.orden.fetching.messages import TEXTS
from ckanext.orden.fetching.messages import problem as fetching_problem
from ckanext.orden.harvesters.operations.problems import CLASSES, OF_CODE, class_of_record, class_of_source, explained
from ckanext.orden.harvesters.texts import RECORD_TEXTS, SOURCE_TEXTS, source_problem


def test_every_code_that_a_run_can_say_has_a_class_of_its_own():
    codes = {*SOURCE_TEXTS, *RECORD_TEXTS, *(f"fetching.{code}" for code in TEXTS)}
    assert codes - set(OF_CODE) == set()
    assert len(OF_CODE) == sum(len(one.codes) for one in CLASSES.values())


def test_unknown_codes_are_a_broken_record_or_no_catalogue():
    assert (class_of_record("date.unreadable"), class_of_source("")) == ("record_broken", "not_catalogue")


def test_problem_of_fetching_and_of_the_source_carry_their_code_and_advice():
    fetched = explained(fetching_problem("status", url="https://example.jp/", status=503).problem)
    assert (fetched["code"], fetched["class"]) == ("fetching.status", "refused")
    assert fetched["ja"] and fetched["advice"]["ja"] and fetched["advice"]["en"]
    assert explained(source_problem("empty").problem)["class"] == "not_catalogue"


def test_table_in_the_document_is_the_code(pytestconfig):
    text = (Path(pytestconfig.rootpath) / "docs/harvest-operations.md").read_text()
    expected = [
        f"| `{name}` | {one.word['ja']} | {one.word['en']} | {one.advice['en']} |" for name, one in CLASSES.items()
    ]
    assert [line for line in text.splitlines() if line in expected] == expected
