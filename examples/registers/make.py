"""Writes the invented register of requests, as a spreadsheet and as CSV. Agency, people and cases do not exist.

python examples/registers/make.py
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
AGENCY = "青川市云岭区文化旅游局"
TITLE = f"{AGENCY}依申请公开登记台账（2025年）"
HEAD = (
    ("编号", ""),
    ("申请人", "姓名"),
    ("申请人", "类型"),
    ("申请方式", ""),
    ("申请内容", ""),
    ("收到日期", ""),
    ("补正", "告知日期"),
    ("补正", "收到日期"),
    ("第三方", "征求日期"),
    ("第三方", "收到日期"),
    ("第三方", "答复日期"),
    ("延期", "告知日期"),
    ("延期", "天数"),
    ("答复日期", ""),
    ("答复结果", ""),
    ("撤回日期", ""),
    ("行政复议", "申请日期"),
    ("行政复议", "案号"),
    ("行政复议", "结果"),
    ("行政复议", "决定日期"),
    ("行政诉讼", "立案日期"),
    ("行政诉讼", "案号"),
    ("行政诉讼", "是否经复议"),
    ("行政诉讼", "结果"),
    ("行政诉讼", "判决日期"),
    ("备注", ""),
)


def number(place: int) -> str:
    return f"云文旅依申请〔2025〕{place}号"


ROWS: tuple[dict[int, Any], ...] = (
    {1: "申请人甲", 2: "自然人", 3: "网上申请", 4: "文化馆免费开放经费使用情况", 5: date(2025, 1, 6)}
    | {13: date(2025, 1, 20), 14: "予以公开"},
    {1: "申请人乙", 2: "公民", 3: "当面提交", 4: "某旅行社行政处罚案卷", 5: date(2025, 2, 11)}
    | {13: date(2025, 3, 5), 14: "不予公开 7.属于行政执法案卷"}
    | {16: date(2025, 4, 2), 17: "云府复〔2025〕12号", 18: "结果维持", 19: date(2025, 5, 28)}
    | {20: date(2025, 6, 16), 21: "（2025）云01行初33号", 22: "是", 23: "尚未审结"},
    {1: "虚构文化传播有限公司", 2: "商业企业", 3: "EMS", 4: "云岭古城演艺项目评审意见", 5: date(2025, 3, 3)}
    | {8: date(2025, 3, 7), 9: date(2025, 3, 10), 10: date(2025, 3, 19), 13: date(2025, 4, 8), 14: "部分公开"},
    {1: "申请人丙", 2: "自然人", 3: "电子邮件", 4: "请公开有关材料", 5: "2025年3月17日"}
    | {6: "2025年3月20日", 7: "2025年3月31日", 13: "2025年4月21日", 14: "补正后申请内容仍不明确"},
    {1: "申请人丁", 2: "自然人", 3: "网上申请", 4: "景区门票减免明细", 5: date(2025, 4, 14)}
    | {6: date(2025, 4, 17), 13: date(2025, 5, 20), 14: "申请人无正当理由逾期不补正", 25: "电话联系两次"},
    {1: "虚构律师事务所", 2: "法律服务机构", 3: "挂号信", 4: "文物保护工程验收报告", 5: date(2025, 5, 12)}
    | {11: date(2025, 5, 30), 12: 20, 13: date(2025, 7, 3), 14: "予以公开"},
    {1: "申请人戊", 2: "自然人", 3: "网上申请", 4: "举报某网吧违规经营", 5: date(2025, 6, 9)}
    | {13: date(2025, 6, 16), 14: "信访举报投诉类申请"},
    {1: "申请人己", 2: "自然人", 3: "传真", 4: "图书馆采购合同", 5: date(2025, 7, 1), 15: date(2025, 7, 8)},
    {1: "虚构地方史研究所", 2: "科研机构", 3: "平信", 4: "云岭古戏台测绘图", 5: date(2025, 8, 4)}
    | {13: date(2025, 8, 22), 14: "政府信息不存在"},
    {1: "申请人甲", 2: "自然人", 3: "网上申请", 4: "文化馆免费开放经费使用情况", 5: date(2025, 9, 1)}
    | {13: date(2025, 9, 8), 14: "重复申请"},
    {1: "申请人庚", 2: "自然人", 3: "当面提交", 4: "非遗传承人评审打分表", 5: date(2025, 10, 13)}
    | {13: date(2025, 11, 4), 14: "属于四类过程性信息"},
    {1: "申请人辛", 2: "自然人", 3: "网上申请", 4: "旅游厕所建设台账", 5: date(2025, 12, 15), 14: "办理中"},
)


def spreadsheet(file: Path) -> None:
    """With a title, a header over two rows, merged cells, a row of sums, and a second sheet of notes."""
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("2025年")
        plain = book.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        day = book.add_format({"border": 1, "num_format": 'yyyy"年"m"月"d"日"', "align": "center", "valign": "vcenter"})
        page.merge_range(0, 0, 0, len(HEAD) - 1, TITLE, plain)
        page.merge_range(1, 0, 1, len(HEAD) - 1, f"填报单位：{AGENCY}", plain)
        column = 0
        while column < len(HEAD):
            above, below = HEAD[column]
            last = column
            while below and last + 1 < len(HEAD) and HEAD[last + 1][0] == above:
                last += 1
            if not below:
                page.merge_range(2, column, 3, column, above, plain)
            else:
                page.merge_range(2, column, 2, last, above, plain)
                for each in range(column, last + 1):
                    page.write(3, each, HEAD[each][1], plain)
            column = last + 1
        for place, cells in enumerate(ROWS, 1):
            page.write(place + 3, 0, number(place), plain)
            for column, value in cells.items():
                if isinstance(value, date):
                    page.write_datetime(place + 3, column, value, day)
                else:
                    page.write(place + 3, column, value, plain)
        page.write(len(ROWS) + 4, 0, "合计", plain)
        page.write(len(ROWS) + 4, 1, f"{len(ROWS)}件", plain)
        page.set_column(0, len(HEAD) - 1, 14)
        page.freeze_panes(4, 1)
        notes = book.add_worksheet("填写说明")
        notes.write(0, 0, "本表机关、人员、案件均为虚构，仅供演示导入。")


def table(file: Path) -> None:
    """The same as CSV, in one header row, with the agency in a column of its own."""
    names = ("机关", *(above if not below else f"{above}{below}" for above, below in HEAD))
    with file.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for place, cells in enumerate(ROWS, 1):
            values = [cells.get(column, "") for column in range(1, len(HEAD))]
            writer.writerow([AGENCY, number(place), *values])


if __name__ == "__main__":
    spreadsheet(HERE / "yunling-culture-register-2025.xlsx")
    table(HERE / "yunling-culture-register-2025.csv")
