"""The generated synonym files belong to their source, and a running core reads them as they were meant."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.solr import build, generate


def test_a_group_makes_each_word_find_the_others() -> None:
    spelt = {"ごみ": "ごみ", "廃棄物": "廃棄 物"}
    assert (
        generate.synonyms("ごみ|0.8, 廃棄物 # waste\n", spelt)
        == "ごみ => ごみ, 廃棄|0.5 物|0.5\n廃棄 物 => 廃棄 物, ごみ|0.8\n"
    )


def test_an_arrow_goes_one_way() -> None:
    assert generate.synonyms("shelter => 避難所|0.9", {"shelter": "shelter", "避難所": "避難 所"}) == (
        "shelter => shelter, 避難|0.9 所|0.9\n"
    )


def test_a_word_without_a_form_makes_no_rule() -> None:
    assert generate.synonyms("park, 公園", {"park": "", "公園": "コウエン"}) == ""


@pytest.mark.usefixtures("ckan_config")
def test_the_committed_files_are_those_the_core_gives() -> None:
    files = generate.files(generate.Core(tk.config["solr_url"]))
    assert files == {path.name: path.read_text(encoding="utf-8") for path in build.GENERATED.iterdir()}
