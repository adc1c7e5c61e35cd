"""An invented report, in both forms, with sums that hold."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Cell, Number, Report, ReportPart
from gongkai.rulebook.load.forms import form

AGENCY = "青川市云岭县农业农村局"

OPENING = (
    "根据《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式的要求，现公布云岭县农业农村局{year}年度报告。"
    "所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    "如有疑问，请与云岭县农业农村局办公室联系（地址：云岭县松涛路8号，电子邮箱：office@yunling.example）。"
)
PROSE = {
    1: "{year}年，云岭县农业农村局认真贯彻落实条例，各项工作平稳有序。\n"
    "（一）主动公开情况。全年在县政府网站公开信息 126 条，其中 “三农” 政策解读 9 条，回应关切 3 次。\n"
    "（二）依申请公开情况。全年新收申请41件，上年结转2件，均按期答复。\n"
    "（三）政府信息管理情况\n"
    "坚持先审查、后公开，修订公开目录 1 次；发布 PDF、OFD 两种格式的文件，版本号 v2.1 (build 7)。\n"
    "（四）平台建设情况。公开专栏改版上线。\n"
    "（五）监督保障情况。培训2次，参训80人次，未发生责任追究。",
    5: "存在的主要问题：一是解读形式较单一；二是村级公开栏更新不够及时。\n"
    "改进情况：上年指出的“栏目分类不清”已完成整改。下一步将继续充实图解。",
    6: "本年度未发出收费通知，未收取信息处理费。\n无其他需要报告的事项。",
}


def _figures(of: Form) -> dict[str, Number]:
    """Figures under which every sum of the form holds: some entries, then totals from the identities."""
    values: dict[str, Number] = {cell: 0 for table in of.tables for cell in table.cells()}
    values |= {
        "art20/normative_documents/made": 3,
        "art20/licences/decisions": 1284,
        "art20/penalties/decisions": 57,
        "requests/new/natural_person": 35,
        "requests/new/business": 4,
        "requests/new/legal_service": 2,
        "requests/carried_in/natural_person": 2,
        "requests/granted/natural_person": 18,
        "requests/granted/business": 3,
        "requests/partial/natural_person": 4,
        "requests/refused.third_party/natural_person": 1,
        "requests/refused.process/natural_person": 2,
        "requests/unable.not_held/natural_person": 9,
        "requests/unable.not_held/legal_service": 2,
        "requests/unprocessed.petition/natural_person": 1,
        "requests/carried_out/natural_person": 2,
        "requests/carried_out/business": 1,
        "review/reconsideration/upheld": 2,
        "review/reconsideration/pending": 1,
        "review/litigation_after/upheld": 1,
    }
    values = {cell: value for cell, value in values.items() if cell in of.types}
    for identity in (
        *of.identities_of("column-total"),
        *of.identities_of("row-total"),
        *of.identities_of("review-total"),
    ):
        if identity.total in values:
            values[identity.total] = sum(values.get(cell, 0) for cell in identity.plus)
    return values


def build(
    form_id: str, year: int, cells: Mapping[str, Cell] | None = None, prose: Mapping[int, str] | None = None
) -> Report:
    """The invented report; ``cells`` and ``prose`` replace single figures and whole parts."""
    of = form(form_id)
    numbers = _figures(of)
    if "art20/fees/amount_10k_yuan" in numbers:
        numbers["art20/fees/amount_10k_yuan"] = Decimal("12.5")
    all_cells = {cell: Cell(value, str(value)) for cell, value in numbers.items()} | dict(cells or {})
    texts = {**PROSE, **(prose or {})}
    return Report(
        source="invented",
        form=of,
        agency=AGENCY,
        year=year,
        title=f"{AGENCY}{year}年{of.title}",
        opening=OPENING.replace("{year}", str(year)),
        parts=tuple(
            ReportPart(part.number, part.label.text, texts.get(part.number, "").replace("{year}", str(year)))
            for part in of.parts
        ),
        cells=all_cells,
    )


@pytest.fixture
def invented() -> Callable[..., Report]:
    """Builds the invented report: ``invented(form_id, year, cells, prose)``."""
    return build
