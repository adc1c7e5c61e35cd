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

_DIGIT = "[0-9０-９〇○О零一二三四五六七八九]"
_YEAR = rf"(?P<year>[12２１二一]{_DIGIT}{{3}})年(?:度)?"
_NAME = r"(?P<{}>[\u4e00-\u9fffA-Za-z·（）()〇]{{2,60}}?)"
_REPORT = r"(?:关于)?政府信息公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)"
_ENDING = r"(?:[（(][^（）()]{0,12}[)）])?$"
_TITLES = (
    re.compile(rf"^{_NAME.format('before')}(?:关于)?{_YEAR}{_REPORT}{_ENDING}"),
    re.compile(rf"^(?:关于)?{_YEAR}{_NAME.format('after')}{_REPORT}{_ENDING}"),
    re.compile(rf"^{_YEAR}{_REPORT}{_ENDING}"),
    re.compile(rf"^{_NAME.format('alone')}{_REPORT}{_ENDING}"),
)
_ORGAN = re.compile(
    r"(?:局|委|委员会|办|办公室|府|院|厅|处|会|所|站|队|中心|社|部|署|行|校|学|园|馆|团|区|市|县|镇|乡|村|街道|公司|集团|总队|支队|大队|库|室|段|场|组|联|省|州|旗|盟)(?:[（(][^（）()]+[)）])?$"
)
_MENU = re.compile(r"首页|当前位置|您的位置|>|›|»")
_VALUES = {**{str(n): str(n) for n in range(10)}, **{c: str(n) for n, c in enumerate("０１２３４５６７８９")}}
_VALUES |= {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○О", "0")

_COMPILED_BY = re.compile(
    r"(?:^|[，。；、]|由|现将|现由)(?P<name>[\u4e00-\u9fff（）()]{3,40}?)(?:组织)?(?:编制|编写|公布|制作|发布)(?:了|的|本|，|《)"
)
_PERIOD = re.compile(r"((?:19|20)\d\d)年1月1日")


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
                return title
            if best is None or (best.year is None and title.year is not None):
                best = title
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
    for match in _COMPILED_BY.finditer(opening[:600]):
        name = match["name"]
        name = re.split(r"[，。；、]|根据|按照|由", name)[-1]
        if _ORGAN.search(name) and len(name) >= 4 and not name.startswith(("国务院", "我", "本")):
            return name
    return None


def year_of_period(opening: str) -> int | None:
    """The year of the statistical period that the opening states."""
    match = _PERIOD.search("".join(opening.split()))
    return int(match[1]) if match else None


def _read(joined: str) -> tuple[str | None, int | None] | None:
    """Agency and year of a line that reads as a title, else ``None``."""
    if _MENU.search(joined):
        return None
    for pattern in _TITLES:
        match = pattern.match(joined)
        if not match:
            continue
        groups = match.groupdict()
        agency = groups.get("before") or groups.get("after") or groups.get("alone")
        if agency:
            agency = agency.removesuffix("关于").removesuffix("的")
            if not _ORGAN.search(agency):
                continue
        return agency, _year(groups["year"]) if groups.get("year") else None
    return None


def _year(text: str) -> int | None:
    year = int("".join(_VALUES[digit] for digit in text))
    return year if 1990 <= year <= 2100 else None
