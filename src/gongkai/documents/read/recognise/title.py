"""Finds the report's title, and in it the agency and the year, also where it is split over lines.

Form of the title (国办公开办函〔2021〕30号 practice): 〈机关全称〉〈年份〉年政府信息公开工作年度报告; many print the
year first, or the agency on a line of its own, or leave words out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.documents.read.source import Paragraph

MAX_LINES = 4
MAX_LENGTH = 100
SEARCHED = 2000
"""Paragraphs searched from the beginning: a page's menus may stand before its title."""

_DIGITS = "[12１２二一][0-9０-９〇○О零一二三四五六七八九]{3}"
_YEAR = re.compile(rf"({_DIGITS})年度?")
_REPORT = re.compile(
    rf"(?:关于)?政府信息公开(?:工作)?(?:情况)?的?(?P<within>{_DIGITS})?(?:年?度)?(?:工作)?(?:报告|年报)"
    rf"(?:[（(](?P<behind>{_DIGITS})?[^（）()]{{0,12}}[)）])?(?:的(?:公告|公示|通告))?$"
)
_MARK = re.compile(r"^[\[【〔（(][^\[\]【】〔〕（）()]{1,10}[\]】〕）)]")
_NAME = re.compile(r"[\w·（）()]{3,60}$")
_BRACKETS = re.compile(r"[（(][^（）()]+[)）]$")
_ORGANS = (
    *"局委办室府院厅处会所站队社部署行校学园馆团区市县镇乡村段库场组联省州旗盟关师",
    *("中心", "街道", "公司"),
)
"""What the name of an organ ends in, apart from a second name in brackets."""
_NO_NAME = ("发布", "通知", "要点", "做好", "印发", "开展", "编制", "公布", "报送", "关于")
"""Words of headlines about reports, which no organ has in its name."""
_MENU = ("首页", "当前位置", "您的位置", ">", "›", "»")
_VALUES = {**{str(n): str(n) for n in range(10)}, **{c: str(n) for n, c in enumerate("０１２３４５６７８９")}}
_VALUES |= {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○О", "0")


class Title(NamedTuple):
    """The title as printed on one line, its agency and year where it names them, and where it stood."""

    text: str
    agency: str | None
    year: int | None
    first: int
    last: int


def find_title(paragraphs: Sequence[Paragraph], outside: Iterable[str] = ()) -> Title | None:
    """The first run of up to four paragraphs that reads as a title; else the best of the titles outside the text.

    Of the runs that end in the same paragraph the shortest that names agency and year counts: the line above may be
    the site's name.

    ``first`` and ``last`` are positions in ``paragraphs``, −1 for a title from outside.
    """
    best: Title | None = None
    whole: list[Title] = []
    for last, paragraph in enumerate(paragraphs[:SEARCHED]):
        text = paragraph.text
        if len(text) > MAX_LENGTH or ("报告" not in text and "年报" not in text):
            continue
        joined = ""
        for first in range(last, max(last - MAX_LINES, -1), -1):
            joined = "".join(paragraphs[first].text.split()) + joined
            if len(joined) > MAX_LENGTH:
                break
            read = _read(joined)
            if read is None:
                continue
            title = Title(joined, *read, first, last)
            if title.agency and title.year:
                whole.append(title)
                break
            if best is None or (best.year is None and title.year is not None):
                best = title
    if whole:
        # Links to other years' reports may stand above: the markup's own heading counts, else the nearest to the text.
        headed = [title for title in whole if paragraphs[title.last].heading]
        return headed[0] if headed else whole[-1]
    outside = list(outside)
    for text in outside:
        for piece in re.split(r"\s*[_|｜—]+\s*|\s+-\s*|\s*-\s+", text):
            read = _read("".join(piece.split()))
            if read and (best is None or (read[0] and not best.agency)):
                if best is None:
                    return Title("".join(piece.split()), *read, -1, -1)
                if best.year is None or read[1] in (None, best.year):
                    return best._replace(agency=read[0], year=best.year or read[1])
    return best


def agency_in_opening(opening: str) -> str | None:
    """Who says that it compiled the report, where the title does not name the agency."""
    compiled_by = re.compile(
        r"(?:^|[，。；、]|由|现将|现由)([\u4e00-\u9fff（）()]{3,40}?)(?:组织)?(?:编制|编写|公布|制作|发布)(?:了|的|本|，|《)"
    )
    for match in compiled_by.finditer(opening[:600]):
        name = re.split(r"[，。；、]|根据|按照|由", match[1])[-1]
        if _is_organ(name) and len(name) >= 4 and not name.startswith(("国务院", "我", "本")):
            return name
    return None


def year_of_period(opening: str) -> int | None:
    """The year of the statistical period that the opening states."""
    match = re.search(r"((?:19|20)\d\d)年1月1日", "".join(opening.split()))
    return int(match[1]) if match else None


def _read(joined: str) -> tuple[str | None, int | None] | None:
    """Agency and year of a line that reads as a title, else ``None``.

    The year stands before the agency, behind it, inside 政府信息公开工作2023年度报告 or in brackets at the end.
    """
    report = _REPORT.search(joined)
    if report is None or any(mark in joined for mark in _MENU):
        return None
    head = _MARK.sub("", joined[: report.start()])
    year = _YEAR.search(head)
    said = report["within"] or report["behind"]
    if year is None:
        agency, number = head, _year(said) if said else None
    elif not year.start() or head[: year.start()] == "关于":
        agency, number = head[year.end() :], _year(year[1])
    elif year.end() == len(head):
        agency, number = head[: year.start()], _year(year[1])
    else:
        return None
    agency = agency.removeprefix("关于").removesuffix("关于").removesuffix("的")
    if not agency:
        return None if number is None else (None, number)
    return (agency, number) if _is_organ(agency) else None


def _is_organ(name: str) -> bool:
    if _NAME.match(name) is None or any(word in name for word in _NO_NAME):
        return False
    return _BRACKETS.sub("", name).endswith(_ORGANS)


def _year(text: str) -> int | None:
    year = int("".join(_VALUES[digit] for digit in text))
    return year if 1990 <= year <= 2100 else None
