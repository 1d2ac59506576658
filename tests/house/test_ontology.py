"""The ontology in the package is the one that the schema gives."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_the_ontology_is_made_from_the_schema_as_it_is(root: Path):
    spec = importlib.util.spec_from_file_location("make_ontology", root / "docs/make_ontology.py")
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.FILE.read_text(encoding="utf-8") == maker.text(), "run python docs/make_ontology.py"
