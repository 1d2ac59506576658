"""`ckan orden words`: out and in again, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANCliRunner, call_action
from ckanext.orden.cli import orden

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")


@pytest.fixture
def run(cli: CKANCliRunner) -> Any:
    return lambda *arguments: cli.invoke(orden, ["words", *arguments])


def test_a_file_is_loaded_and_shown_as_it_was(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("\ufeff水がもらえる場所 => 給水拠点|0.9 # 災害時\n", encoding="utf-8")
    loaded = run("load", str(file))
    assert loaded.exit_code == 0, loaded.output
    assert run("show").output == "水がもらえる場所 => 給水拠点|0.9 # 災害時\n"
    assert call_action("orden_search_words_show")["revision"] == 1


def test_a_file_with_a_bad_line_says_which_and_changes_nothing(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("甲, 乙\n丙\n", encoding="utf-8")
    refused = run("load", str(file))
    assert refused.exit_code == 1
    assert "2" in refused.output
    assert call_action("orden_search_words_show")["revision"] == 0


def test_a_file_that_is_no_utf_8_is_refused_in_a_sentence(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes("避難所, 退避所".encode("shift_jis"))
    refused = run("load", str(file))
    assert refused.exit_code == 1
    assert "UTF-8" in refused.output
