"""HTML to plain text."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.parsing.markup import LONGEST, plain, readable


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("市の催し", "市の催し"),
        ("a < b & c > d", "a < b & c > d"),
        ("R&D; 3 <4", "R&D; 3 <4"),
        ("<p>一行目</p><p>二行目<br>三行目</p>", "一行目\n\n二行目\n三行目"),
        ("A&amp;B&nbsp;&#x3042;", "A&B あ"),
        ("前<script>alert(1)</script>後", "前後"),
        ("<style>p{}</style><p onclick='x()'>本文", "本文"),
        ("<img src=x onerror=alert(1)>絵", "絵"),
        ("<!-- 注 -->本文<![CDATA[x]]>", "本文"),
        ("<a href='javascript:x'>ここ</a>", "ここ"),
        ("<ul><li>一</li><li>二</li></ul>", "一\n\n二"),
        ("&lt;script&gt;", "<script>"),
        ("<script>終わらない", ""),
        ("</script>後", "後"),
        (None, ""),
    ],
)
def test_text_is_what_a_reader_sees(given, seen):
    assert plain(given) == seen


def test_text_without_end_is_cut():
    assert len(plain("<p>" + "あ" * (LONGEST * 2))) <= LONGEST


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>本文</p>", "本文"),
        ("一行目<br/>二行目", "一行目\n二行目"),
        ("**太字** <https://example.jp> &amp; a <b> c", "**太字** <https://example.jp> &amp; a <b> c"),
        (["<p>"], ["<p>"]),
        (None, None),
    ],
)
def test_only_html_is_made_readable(given, kept):
    assert readable(given) == kept
