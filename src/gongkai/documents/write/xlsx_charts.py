"""Native charts of a workbook, which hold their own numbers."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from gongkai.documents.write.charts import Chart

PALE, DEEP = (0xB9, 0xCF, 0xEA), (0x12, 0x3A, 0x73)
"""Fills of the first and the last of several years; each bar says its year in words besides."""
_REFERENCE = re.compile(rb"<c:(num|str)Ref><c:f>[^<]*</c:f><c:\1Cache>(.*?)</c:\1Cache></c:\1Ref>", re.DOTALL)


def add_charts(book: Any, charts: Sequence[Chart], name: str) -> None:
    """Native charts on a sheet that has nothing else."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    row = 0
    for drawn in charts:
        chart = book.add_chart({"type": "bar"})
        groups = list(dict.fromkeys(bar.group for bar in drawn.bars))
        labels = list(dict.fromkeys(bar.label for bar in drawn.bars))
        # Bars that stand alone are one series; of several years, each year is a series of its own.
        alone = groups == [None]
        categories = labels if alone else [group or "" for group in groups]
        names = [drawn.unit] if alone else labels
        for place, (title, shade) in enumerate(zip(names, _shades(len(names)), strict=True)):
            bars = drawn.bars if alone else [bar for bar in drawn.bars if bar.label == title]
            values = {bar.label if alone else bar.group: float(bar.value) for bar in bars}
            chart.add_series(
                {
                    "name": title,
                    # The reference is replaced by the numbers themselves in `with_own_numbers`.
                    "categories": [name, 0, 0, len(categories) - 1, 0],
                    "categories_data": categories,
                    "values": [name, 0, 1 + place, len(categories) - 1, 1 + place],
                    "values_data": [values.get(category) for category in categories],
                    "fill": {"color": shade},
                    "gap": 60,
                    "overlap": 0 if alone else -15,
                    "data_labels": {"value": True, "series_name": not alone, "separator": " "},
                }
            )
        height = 60 + 34 * len(drawn.bars)
        chart.set_title(
            {"name": f"{drawn.title}（单位：{drawn.unit}）", "name_font": {"size": 14, "bold": True}, "overlay": False}
        )
        chart.set_legend({"none": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 11}, "line": {"color": "#8b95a1"}})
        chart.set_size({"width": 640, "height": height})
        description = f"{drawn.title}：{drawn.description}"
        sheet.insert_chart(row, 0, chart, {"description": description, "object_position": 2})
        row += height // 20 + 2


def _shades(count: int) -> list[str]:
    """So many fills from pale to deep, no two alike; a single one is deep."""
    steps = [1.0] if count == 1 else [place / (count - 1) for place in range(count)]
    return [
        "#" + "".join(f"{round(pale + (deep - pale) * step):02X}" for pale, deep in zip(PALE, DEEP, strict=True))
        for step in steps
    ]


def with_own_numbers(workbook: bytes) -> bytes:
    """Give each chart its numbers as literals, so that no sheet has to hold them a second time.

    XlsxWriter knows only charts that point to cells; what it keeps as their last known values becomes the values.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as book:
        parts = [(part, book.read(part)) for part in book.infolist()]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for part, data in parts:
            if part.filename.startswith("xl/charts/chart"):
                data = _REFERENCE.sub(rb"<c:\1Lit>\2</c:\1Lit>", data)
            book.writestr(part, data)
    return made.getvalue()
