"""Lines back into the paragraphs that were written, whether the PDF is tagged or only looks so."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.documents.read.pdf import read
from gongkai.documents.read.source import Paragraph

Typeset = Callable[[str], Path]

SENTENCE = "云岭县司法局坚持以公开为常态、不公开为例外，全年主动公开政府信息14条，办结申请2件，未发生泄密事件。"
PAGE = '#set page(width: 110mm, height: 90mm, margin: 12mm, numbering: "— 1 —")\n'


def untagged(path: Path) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    return path


def paragraphs(path: Path) -> list[str]:
    return [block.text for block in read(path, path.name).blocks if isinstance(block, Paragraph)]


def as_typst(text: str) -> str:
    """A paragraph whose spaces survive the end of a line: a no-break space and a place where the line may end."""
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace(" ", "\u00a0\u200b")
    return f'#"{body}"\n\n'


REPORT = [
    "云岭县司法局2023年政府信息公开工作年度报告",
    SENTENCE * 3,
    "一、总体情况",
    "（一）主动公开。" + SENTENCE * 4,
    "（二）依申请公开。全年收到申请2件。",
    SENTENCE,
    "二、主动公开政府信息情况",
    "1.制度建设。" + SENTENCE,
    SENTENCE + "详见 http://www.yunling.example/zwgk/2023/index.html 及 Annual Report 2023 各表，电话0999-7654321。",
]


@pytest.mark.parametrize("tagged", [True, False])
def test_paragraphs_come_back_over_lines_and_pages(typeset: Typeset, tagged: bool) -> None:
    title, *rest = REPORT
    path = typeset(PAGE + f"#align(center, text(15pt)[{title}])\n\n" + "".join(map(as_typst, rest)))
    assert paragraphs(path if tagged else untagged(path)) == REPORT


@pytest.mark.parametrize("tagged", [True, False])
def test_a_title_over_two_centred_lines_is_one(typeset: Typeset, tagged: bool) -> None:
    path = typeset(
        PAGE + "#align(center, text(16pt)[云岭县司法局2023年#linebreak()政府信息公开工作年度报告])\n\n"
        f"#align(center)[（2024年1月）]\n\n{SENTENCE}"
    )
    expected = ["云岭县司法局2023年政府信息公开工作年度报告", "（2024年1月）", SENTENCE]
    source = read(path if tagged else untagged(path), path.name)
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == expected
    assert isinstance(source.blocks[0], Paragraph)
    assert source.blocks[0].heading == 1


def test_paragraphs_without_indent_are_told_by_their_short_last_lines(typeset: Typeset) -> None:
    path = untagged(typeset("#set par(first-line-indent: 0pt)\n" + PAGE + "".join(map(as_typst, REPORT[1:-1]))))
    assert paragraphs(path) == REPORT[1:-1]


def test_heading_levels_without_tags_come_from_size_and_weight(typeset: Typeset) -> None:
    path = untagged(
        typeset(f"= 云岭县司法局年度报告\n{SENTENCE}\n\n#text(weight: 700, size: 13pt)[一、总体情况]\n\n{SENTENCE}")
    )
    blocks = [block for block in read(path, path.name).blocks if isinstance(block, Paragraph)]
    assert [block.heading for block in blocks] == [1, 0, 2, 0]


def test_places_name_page_and_paragraph(typeset: Typeset) -> None:
    path = typeset(f"{SENTENCE}\n#pagebreak()\n{SENTENCE}\n\n无")
    blocks = read(path, path.name).blocks
    assert [(block.place.page, block.place.line) for block in blocks if isinstance(block, Paragraph)] == [
        (1, 1),
        (2, 2),
        (2, 3),
    ]


def test_odd_code_points_become_what_they_print(typeset: Typeset) -> None:
    path = typeset('#"⽆新增⼯作\u3000１２３ a\u00a0\u200bb\u00ad\ufeff"')
    assert paragraphs(path) == ["无新增工作\u3000１２３ a b"]


def test_letters_and_figures_keep_their_word_spaces(typeset: Typeset) -> None:
    path = typeset("公开 Annual Report 2023 全文，共 14 条 / 2 件；规章 3 件")
    assert paragraphs(path) == ["公开 Annual Report 2023 全文，共 14 条 / 2 件；规章 3 件"]


def test_spaces_that_are_only_tagged_as_text_are_read(typeset: Typeset) -> None:
    # Once an ordinary space was set, typst gives the fixed ones beside their glyph (/ActualText), for which pdfium has
    # no characters.
    text = "公开信息 126 条，其中 “三农” 政策 9 条126条 ·"
    assert paragraphs(typeset("第 1 号\n\n" + as_typst(text))) == ["第 1 号", text]


CHARACTERS = st.sampled_from("政府信息公开工作年度报告一二三无，。、；：“”（）《》2023014件%-/.@abcXYZ 　")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=160).map(lambda text: text.strip(" 　")).filter(bool)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_prose_set_by_typst_comes_back(typeset: Typeset, texts: list[str]) -> None:
    assert paragraphs(typeset(PAGE + "".join(map(as_typst, texts)))) == texts
