"""The lock of Solr's jars is read strictly, and only what it says counts as present."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from stack import jars
from stack.errors import StackError

CONTENT = b"a jar"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def test_lock_of_the_project_is_whole():
    wanted = jars.read()
    assert len(wanted) == len({jar.name for jar in wanted}) > 100
    assert any(jar.coordinate.startswith("org.apache.solr:solr-core:9.10") for jar in wanted)
    assert any("lucene-analysis-kuromoji" in jar.coordinate for jar in wanted)


def test_jar_is_named_by_artifact_version_and_classifier():
    assert jars.Jar("org.example:thing:1.0", DIGEST).name == "thing-1.0.jar"
    assert jars.Jar("org.example:thing:1.0:linux", DIGEST).name == "thing-1.0-linux.jar"


@pytest.mark.parametrize("line", ["org.example:thing:1.0", f"thing {DIGEST}", "a:b:1 abc", f"a:b:1 {DIGEST} more"])
def test_broken_line_stops_with_its_text(tmp_path: Path, line: str):
    lock = tmp_path / "jars.lock"
    lock.write_text(line + "\n")
    with pytest.raises(StackError, match="no such line"):
        jars.read(lock)


def test_absent_and_truncated_jars_are_missing(tmp_path: Path):
    good, cut, absent = (jars.Jar(f"org.example:{name}:1", DIGEST) for name in ("good", "cut", "absent"))
    (tmp_path / good.name).write_bytes(CONTENT)
    (tmp_path / cut.name).write_bytes(CONTENT[:-1])
    assert list(jars.missing([good, cut, absent], tmp_path)) == [cut, absent]


def test_stray_jar_is_removed(tmp_path: Path):
    wanted = jars.Jar("org.example:good:1", DIGEST)
    for name in (wanted.name, "old-0.9.jar"):
        (tmp_path / name).write_bytes(CONTENT)
    jars.remove_strays([wanted], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [wanted.name]
