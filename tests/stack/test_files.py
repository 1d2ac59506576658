"""Files are whole or absent, and keys change when they should."""

from __future__ import annotations

from pathlib import Path

from stack import files


def test_file_is_replaced_whole_and_leaves_no_scratch(tmp_path: Path):
    target = tmp_path / "deep" / "state.json"
    files.write(target, "one")
    files.write(target, "two")
    assert target.read_text() == "two"
    assert [path.name for path in target.parent.iterdir()] == ["state.json"]


def test_secret_file_is_the_owners_only(tmp_path: Path):
    files.write(tmp_path / "secret", "x", mode=0o600)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_broken_json_is_an_empty_object(tmp_path: Path):
    broken = tmp_path / "state.json"
    for text in ("", "{", "[1]", "null"):
        broken.write_text(text)
        assert files.read_json(broken) == {}
    assert files.read_json(tmp_path / "absent.json") == {}


def test_compiled_files_do_not_count(tmp_path: Path):
    (tmp_path / "__pycache__").mkdir()
    for name in ("a.py", "b.pyc", "c.mo", "__pycache__/d.py"):
        (tmp_path / name).write_text("")
    assert [path.name for path in files.below(tmp_path)] == ["a.py"]


def test_content_key_follows_an_edit(tmp_path: Path):
    source = tmp_path / "a.py"
    source.write_text("1")
    before = files.content_key([source])
    source.write_text("2")
    assert files.content_key([source]) != before


def test_fingerprint_tells_parts_apart():
    assert files.fingerprint("ab", "c") != files.fingerprint("a", "bc")
