"""Writes the invented reports that README uses. Agencies, places, people and figures do not exist.

    python examples/make.py

Each report is given by the figures that are not zero and by its prose; totals are summed, and then the mistakes are
put in.
"""

from pathlib import Path

from gongkai.core.tables.report import Cell, Place, Report, ReportPart
from gongkai.documents.write import write
from gongkai.rulebook.load.forms import form

HERE = Path(__file__).parent
FORM = form("annual-2021")
BASIS = (
    "根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开"
    "工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求，{agency}编制了{year}年政府信息公开工作年度报告。"
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
)
OVERVIEW = (
    "（一）主动公开情况。全年通过区政府门户网站政府信息公开专栏主动公开政府信息{items}条。",
    "（二）依申请公开情况。{requests}",
    "（三）政府信息管理情况。严格执行先审查、后公开，逐项审核拟公开信息，未发生失泄密问题。",
    "（四）平台建设情况。按照统一规范维护政府信息公开专栏，及时更新公开指南和目录。",
    "（五）监督保障情况。由分管负责同志牵头，全年组织业务培训{trainings}次，开展自查{checks}次。",
)
PROBLEMS = (
    "一是主动公开的时效还不够强，个别文件公开较慢；二是依申请公开答复的说理性还需加强。"
    "{next}年，我局将进一步完善内部流程，逐件核对公开时限，并组织答复文书点评。"
)
FEES = "依据《政府信息公开信息处理费管理办法》，{year}年未发出收费通知，未收取信息处理费。"


def report(agency: str, year: int, figures: dict[str, int], requests: str, **words: object) -> Report:
    """A report whose totals are summed from ``figures``."""
    values: dict[str, int] = {id: 0 for table in FORM.tables for id in table.cells()} | figures
    for rule in ("column-total", "balance", "row-total", "review-total"):
        for identity in FORM.identities_of(rule):
            if rule == "balance":
                new, carried_in = identity.plus
                values[new] = values[identity.total] + values[identity.minus[0]] - values[carried_in]
            elif identity.total in values:
                values[identity.total] = sum(values.get(cell, 0) for cell in identity.plus)
    filled = {"agency": agency, "year": year, "next": year + 1, "items": 86, "trainings": 2, "checks": 4, **words}
    texts = {
        1: "\n".join(line.format(**filled, requests=requests) for line in OVERVIEW),
        5: PROBLEMS.format(**filled),
        6: FEES.format(**filled),
    }
    parts = tuple(ReportPart(part.number, part.label.text, texts.get(part.number, "")) for part in FORM.parts)
    cells = {id: Cell(value, str(value), Place()) for id, value in values.items()}
    title = f"{agency}{year}年{FORM.title}"
    return Report("", FORM, agency, year, title, BASIS.format(**filled), parts, cells)


def changed(base: Report, figures: dict[str, int | None], texts: dict[int, tuple[str, str]]) -> Report:
    """The report with mistakes: figures replaced (``None`` blanks a cell), words replaced in a part."""
    cells = dict(base.cells)
    for id, value in figures.items():
        assert id in cells, id
        cells[id] = Cell(value, "" if value is None else str(value), Place())
    parts = []
    for part in base.parts:
        old, new = texts.get(part.number, ("", ""))
        assert old in part.text, (part.number, old)
        parts.append(part._replace(text=part.text.replace(old, new)))
    return Report("", FORM, base.agency, base.year, base.title, base.opening, tuple(parts), cells)


def main() -> None:
    """The reports of three invented bureaus: one right, two with the mistakes that real reports show."""
    civil = "青川市云岭区民政局"
    last_year = report(
        civil,
        2024,
        {
            "requests/granted/natural_person": 6,
            "requests/partial/natural_person": 1,
            "requests/unable.not_held/business": 2,
            "requests/carried_out/natural_person": 1,
            "art20/penalties/decisions": 3,
            "art20/normative_documents/in_force": 4,
        },
        "全年新收政府信息公开申请10件，办结9件，结转下年度继续办理1件。",
        items=71,
    )
    write(last_year, HERE / "previous" / "yunling-civil-affairs-2024.docx")
    this_year = report(
        civil,
        2025,
        {
            "requests/carried_in/natural_person": 1,
            "requests/granted/natural_person": 8,
            "requests/partial/natural_person": 2,
            "requests/refused.process/natural_person": 1,
            "requests/unable.not_held/business": 1,
            "art20/normative_documents/made": 1,
            "art20/normative_documents/in_force": 5,
            "art20/penalties/decisions": 2,
            "review/reconsideration/upheld": 1,
        },
        "全年新收政府信息公开申请11件，上年结转1件，办结12件，其中予以公开8件、部分公开2件。",
    )
    broken = changed(
        this_year,
        {"requests/total/natural_person": 11, "requests/total/total": 11},
        {
            1: ("予以公开8件", "予以公开9件"),
            5: ("2026年，我局将", "2025年，我局将"),
            6: (FEES.format(year=2025), "无。"),
        },
    )
    write(broken, HERE / "reports" / "yunling-civil-affairs-2025.docx")
    write(
        report(
            "青川市云岭区水务局",
            2025,
            {
                "requests/granted/natural_person": 3,
                "requests/granted/legal_service": 1,
                "art20/licences/decisions": 57,
                "art20/penalties/decisions": 9,
            },
            "全年收到政府信息公开申请4件，均在规定期限内答复，予以公开4件。",
            items=132,
        ),
        HERE / "reports" / "yunling-water-2025.html",
    )
    culture = report(
        "青川市云岭区文化旅游局",
        2025,
        {"requests/unable.not_held/natural_person": 2, "requests/unprocessed.petition/natural_person": 1},
        "全年新收政府信息公开申请3件，全部按期答复。",
        items=54,
    )
    write(
        changed(
            culture,
            {"requests/new/total": 2, "review/reconsideration/pending": None},
            {5: ("依申请公开答复的说理性还需加强", "依申请公开答复的说理性还需加强[bookmark: _GoBack]")},
        ),
        HERE / "reports" / "yunling-culture-2025.xlsx",
    )


if __name__ == "__main__":
    main()
