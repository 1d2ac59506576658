"""The vocabularies are in their one form and without faults: docs/make_vocabularies.py says so."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    """docs/make_vocabularies.py as a module."""
    spec = importlib.util.spec_from_file_location("make_vocabularies", root / "docs/make_vocabularies.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_vocabularies_have_no_fault_and_one_form(maker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert maker.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("wards", "code,city,name,kana\n271020,大阪市,都島区,ミヤコジマク\n", "check digit"),
        ("frequencies", "code,label_ja,label_en,pace,spellings\nDaily,毎日,Daily,periodic,\n", "no code"),
        ("licences", "id,written,title_ja,title_en,url,open,spellings\nX,X,X,X,javascript:x,yes,\n", "no address"),
        ("access_rights", "code,label_ja,label_en,spellings\nA,甲,A,\nB,乙,B,甲\n", "already means line 2"),
        ("file_types", "label,eu,media,extension,spellings\nX,X,csv,x,\n", "no media type"),
    ],
)
def test_each_fault_is_found(
    maker: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, fault: str
) -> None:
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(maker, "SOURCE", tmp_path)
    assert any(fault in found for found in maker.faults())


def test_form_is_mended_once_and_stays(maker: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "access_rights.csv"
    path.write_text("code,label_ja,label_en,spellings\nA,甲,Ａ, 丙 |甲|丙||a\n", encoding="utf-8")
    mended = maker.canonical(path)
    assert mended == "code,label_ja,label_en,spellings\nA,甲,Ａ,丙\n"
    path.write_text(mended, encoding="utf-8")
    assert maker.canonical(path) == mended
