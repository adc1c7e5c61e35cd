"""The words of a file as plain text."""

from gongkai.documents.read.html import read
from gongkai.documents.read.plain import plain


def test_paragraphs_and_tables_keep_their_words():
    page = (
        "<h1>办法</h1><p>第一条　目的。</p><script>alert(1)</script>"
        "<table><tr><td rowspan=2>补贴</td><td>标准\n（元）</td></tr><tr><td>100</td></tr></table><p>附则</p>"
    )
    text = plain(read(f"<html><body>{page}</body></html>".encode(), "x.html"))
    assert text == "办法\n\n第一条　目的。\n\n补贴\t标准（元）\n补贴\t100\n\n附则"
