"""Charts of a report as SVG: horizontal bars with their words at the left and their number at the right.

No legend, no axis to read off, one colour: they stay readable in grey print. Which figures are drawn is data
(``rulebook/cn/forms/charts.toml``).
"""

from collections.abc import Collection, Sequence
from html import escape
from math import ceil
from typing import NamedTuple

from gongkai.core.tables.report import Number, Report
from gongkai.documents.write.table import ems, number_text
from gongkai.rulebook.load.charts import BarRule, ChartRule, chart_rules

WIDTH = 480
"""Units of the drawing; at the width of a telephone (360 CSS pixels) its words are still 12 pixels high."""
MARGIN, VALUE = 8, 92
SIZE, SMALL = 16, 15
GAP = 12
BAR, STEP = {False: 20, True: 17}, {False: 32, True: 22}
"""Height of a bar, and from one to the next: apart, or (of several years) in a run."""
# Medium weight throughout: typst draws 400 of a variable font as its thinnest.
FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
INK, QUIET, PRIMARY, RULE = "#1a1a1a", "#5b6470", "#1d4f91", "#d8dee6"


class Bar(NamedTuple):
    """One bar; ``group`` is the word over a run of bars (``None``: the bars stand alone)."""

    group: str | None
    label: str
    value: Number
    year: int


class Chart(NamedTuple):
    """A chart: its words for those who do not see it (``title``, ``description``), its bars, its picture.

    ``shape``: height of the picture by its width.
    """

    id: str
    title: str
    description: str
    unit: str
    bars: tuple[Bar, ...]
    shape: float
    svg: str


def charts(report: Report, history: Sequence[Report] = ()) -> list[Chart]:
    """The charts that say something: with two bars at least that are not nought, and enough cases to compare.

    ``history``: reports of other years, in any order; of a year given twice the later counts, ``report`` above all.
    """
    if report.year is None:
        return []
    years = {other.year: other for other in history if other.year is not None} | {report.year: report}
    drawn = []
    for rule in chart_rules():
        bars = _bars_of_years(rule, years) if rule.across_years else _bars_of_year(rule, report, report.year)
        if len([bar for bar in bars if bar.value]) >= 2 and sum(abs(float(bar.value)) for bar in bars) >= rule.least:
            drawn.append(_draw(rule, rule.title.format(years=years_text({bar.year for bar in bars})), bars))
    return drawn


def years_text(years: Collection[int]) -> str:
    """The years that are shown, and no other: ``2024``, ``2021—2025``, ``2010、2024、2025``."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _value(bar: BarRule, report: Report) -> Number | None:
    values = [value for value in map(report.value, bar.cells) if value is not None]
    return sum(values[1:], start=values[0]) if values else None


def _bars_of_year(rule: ChartRule, report: Report, year: int) -> list[Bar]:
    found = [(bar.label, _value(bar, report)) for bar in rule.bars]
    return [Bar(None, label, value, year) for label, value in found if value is not None]


def _bars_of_years(rule: ChartRule, years: dict[int, Report]) -> list[Bar]:
    bars = []
    for bar in rule.bars:
        values = [(year, _value(bar, years[year])) for year in sorted(years)]
        run = [Bar(bar.label, f"{year}年", value, year) for year, value in values if value is not None]
        if len(run) >= 2:
            bars += run
    return bars


def _draw(rule: ChartRule, title: str, bars: list[Bar]) -> Chart:
    longest = max(abs(float(bar.value)) for bar in bars)
    left = ceil(SIZE * max(ems(bar.label) for bar in bars)) + 10
    room = WIDTH - MARGIN - left - VALUE
    height, step = BAR[rule.across_years], STEP[rule.across_years]
    shapes, spoken = [], []
    top, group = MARGIN, None
    for bar in bars:
        if bar.group != group:
            group = bar.group
            top += GAP if top > MARGIN else 0
            shapes.append(_text(0, top + 15, group or "", "start", SIZE, INK, bold=True))
            top += 26
        length = round(room * abs(float(bar.value)) / longest, 1)
        middle = top + height // 2 + 6
        shapes.append(_text(left - 10, middle, bar.label, "end", SIZE, INK))
        if length:
            shapes.append(f'<rect x="{left}" y="{top}" width="{max(length, 1.5)}" height="{height}" fill="{PRIMARY}"/>')
        shapes.append(_text(left + length + 8, middle, _grouped(bar.value), "start", SIZE, INK))
        spoken.append(f"{bar.group or ''}{bar.label}{number_text(bar.value)}{rule.unit}")
        top += step
    foot = top - step + height
    shapes.append(f'<line x1="{left}" y1="{MARGIN}" x2="{left}" y2="{foot}" stroke="{RULE}"/>')
    shapes.append(_text(WIDTH - MARGIN, foot + 18, f"单位：{rule.unit}", "end", SMALL, QUIET))
    whole = foot + 18 + MARGIN
    description = "；".join(spoken) + "。"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" width="{WIDTH}" height="{whole}" '
        f'role="img" aria-labelledby="chart-{rule.id}-title chart-{rule.id}-desc" '
        f'font-family="{FONTS}" font-weight="500">'
        f'<title id="chart-{rule.id}-title">{escape(title)}</title>'
        f'<desc id="chart-{rule.id}-desc">{escape(description)}</desc>{"".join(shapes)}</svg>'
    )
    return Chart(rule.id, title, description, rule.unit, tuple(bars), whole / WIDTH, svg)


def _grouped(value: Number) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def _text(x: float, y: float, text: str, anchor: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )
