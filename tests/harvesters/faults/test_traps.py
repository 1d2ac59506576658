"""Our column of the table in docs/faults.md, which `./orden bench traps` prints beside stock's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.traps_run import TRAPS, Lab, laboratory

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
HELD = "12 of 12 datasets left, job “failed” with 1 errors; feed healthy again: 12 of 12, job “finished” with 0 errors"
OURS = {
    "a page without datasets (Turtle, 200)": HELD,
    "XHTML maintenance page (200)": HELD,
    "JSON error object (200)": HELD,
    "extras named like fields of the schema": (
        "3 of 3 datasets, job “finished” with 0 errors; second run: 3 of 3 datasets, job “finished” with 0 errors"
    ),
    "many datasets titled 避難所一覧": (
        "40 of 40 datasets, job “finished” with 0 errors; one more: 41 of 41 datasets, job “finished” with 0 errors"
    ),
    "a local file's path as source": "refused when the source is made",
    "`hydra:next` leads to an inner server": "the inner server was not asked, job “failed” with 1 errors",
    "a key in the source's configuration": "shown to nobody without rights",
    "the same datasets in a second source": "the second source took 0 of 12, job “errors” with 12 errors",
}


@pytest.fixture
def lab(ckan_config, monkeypatch) -> Iterator[Lab]:
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", ["127.0.0.1"])
    with laboratory("ours", 40) as made:
        yield made


@pytest.mark.parametrize("trap", TRAPS)
def test_trap_is_held(lab, trap):
    assert TRAPS[trap](lab) == OURS[trap]
