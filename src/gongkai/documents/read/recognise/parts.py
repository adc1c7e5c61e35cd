"""Splits a report into its parts (一、总体情况 …) by their headings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.tables.form import Form, Part
from gongkai.documents.read.recognise.labels import key, keys
from gongkai.documents.read.source import Block, Grid, Paragraph

MAX_HEADING = 60

MAX_LINES = 3
"""Over how many lines a heading may be broken."""

APPENDIX = ("附图", "附表", "附件")
_FOOTER = (
    *("上一篇", "下一篇", "上一条", "下一条", "打印", "【打印", "[打印", "关闭", "【关闭", "[关闭", "分享到", "扫一扫"),
    *(
        "相关链接",
        "相关文章",
        "相关附件",
        "相关信息",
        "版权所有",
        "主办单位",
        "主办：",
        "主办:",
        "承办单位",
        "承办：",
        "承办:",
    ),
    *(
        "网站地图",
        "联系我们",
        "友情链接",
        "责任编辑",
        "编辑：",
        "编辑:",
        "来源：",
        "来源:",
        "附件下载",
        "copyright",
        "©",
    ),
)
"""How the lines of a page's foot begin."""


class Heading(NamedTuple):
    """A part's heading at a block position; ``rest`` is text that follows it in the same paragraph."""

    position: int
    part: Part
    printed: str
    title: str
    rest: str = ""


def find_headings(form: Form, blocks: list[Block]) -> list[Heading]:
    """The headings of the form's parts, one a part, in the order in which they stand. A heading broken over several
    lines is made one paragraph of ``blocks``.

    Where the markup itself marks a part's heading, only marked paragraphs count. Of several candidates for a part (a
    table of contents, a sentence that repeats the words) the run that covers most parts wins, the later of equals.
    """
    words = _words(form)
    _join_broken(words, blocks)
    found: list[Heading] = []
    marked: list[Heading] = []
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        heading = _heading(words, position, block)
        if heading:
            found.append(heading)
            if block.heading:
                marked.append(heading)
    if len({heading.part.number for heading in marked}) >= max(2, len(form.parts) // 2):
        # A part that the markup leaves out (a heading in bold only) is still found by its words.
        headed = {heading.part.number for heading in marked}
        found = [heading for heading in found if heading in marked or heading.part.number not in headed]
    chosen = _choose(found)
    if 2 <= len(chosen) < len(form.parts):
        chosen = sorted(chosen + _alike(form, blocks, chosen, only_marked=found == marked))
    return chosen


def _join_broken(words: dict[str, Part], blocks: list[Block]) -> None:
    """Put together, in place, lines that are exactly a part's heading only together: 「三、收到和处 / 理政府…情况」.

    The first is numbered like a part and says how that heading begins.
    """
    joined: list[Block] = []
    position = 0
    while position < len(blocks):
        block, count = blocks[position], 1
        if (
            isinstance(block, Paragraph)
            and block.text[:1] in _FIRST
            and len(block.text) <= MAX_HEADING
            and _NUMBERED.match(block.text)
        ):
            text, count = _broken(words, blocks, position, block.text)
            block = block._replace(text=text)
        joined.append(block)
        position += count
    if len(joined) < len(blocks):
        blocks[:] = joined


def _broken(words: dict[str, Part], blocks: Sequence[Block], position: int, text: str) -> tuple[str, int]:
    """The heading that begins with ``text`` at a position and how many lines it has; else ``text`` and 1."""
    whole = text
    for count in range(2, MAX_LINES + 1):
        after = blocks[position + count - 1] if position + count <= len(blocks) else None
        if not isinstance(after, Paragraph) or len(whole) + len(after.text) > MAX_HEADING:
            break
        begin = key(whole)
        if begin in words or _NUMBERED.match(after.text) or not any(word.startswith(begin) for word in words):
            break
        whole += after.text
        if key(whole) in words and key(after.text):
            return whole, count
    return text, 1


def _heading(words: dict[str, Part], position: int, block: Paragraph) -> Heading | None:
    text = block.text
    if len(text) <= MAX_HEADING:
        part = words.get(key(text)) or (words.get(key(_LOOSE.sub("", text))) if text[:1] in _NUMERALS else None)
        if part:
            plain = " ".join(text.split())
            return Heading(position, part, plain, _title(plain))
    if text[:1] in "一二三四五六七八123456789（(第":
        # 一、总体情况：2021年…… in one paragraph.
        match = _RUN_ON.match(text)
        if match and match["rest"]:
            part = words.get(key(match["title"]))
            if part:
                head = match["number"] + match["title"]
                return Heading(position, part, head, match["title"].strip(), match["rest"].strip())
    return None


_NUMERALS = "一二三四五六七八九"
_FIRST = f"第{_NUMERALS}"
_NUMBERED = re.compile(rf"^(?:第[{_NUMERALS}]部分|[{_NUMERALS}][、.．])")
_LOOSE = re.compile(rf"^[{_NUMERALS}]\s*")
_RUN_ON = re.compile(
    r"^(?P<number>[一二三四五六七八][、.．]\s*)(?P<title>[^。：:；\n]{4,40}?)[。：:\n]+(?P<rest>.*)$",
    re.DOTALL,
)
_LEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九]\s+|第[一二三四五六七八九十]{1,3}(?:部分|章|节)|第?[一二三四五六七八九十]{1,3}(?:部分)?\s*[、.．,，:：]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}\s*[、.．])\s*"
)


def _title(plain: str) -> str:
    return _LEADING.sub("", plain).strip().rstrip("：:。")


def _alike(form: Form, blocks: Sequence[Block], known: list[Heading], *, only_marked: bool) -> list[Heading]:
    """Headings in words that no list knows (三、依申请公开办理情况), for the parts that are still missing.

    Numbered like a part, short, standing between the neighbours' headings, and sharing most of their character pairs
    with the part's label.
    """
    found = []
    for part in form.parts:
        if any(heading.part is part for heading in known):
            continue
        first = max((h.position for h in known if h.part.number < part.number), default=-1)
        last = min((h.position for h in known if h.part.number > part.number), default=len(blocks))
        best: tuple[float, int, str] = (LIKENESS, -1, "")
        for position in range(first + 1, last):
            block = blocks[position]
            if not isinstance(block, Paragraph) or len(block.text) > MAX_HEADING // 2:
                continue
            if (only_marked and not block.heading) or not _TOP.match(block.text):
                continue
            likeness = max(_likeness(key(block.text), word) for word in keys(part.label))
            if likeness > best[0]:
                best = (likeness, position, block.text)
        if best[1] >= 0:
            plain = " ".join(best[2].split())
            found.append(Heading(best[1], part, plain, _title(plain)))
    return found


LIKENESS = 0.5
_TOP = re.compile(r"^\s*[一二三四五六七八九][、.．]")


def _likeness(one: str, other: str) -> float:
    """Share of character pairs that two labels have in common (Dice)."""
    pairs = [{word[at : at + 2] for at in range(len(word) - 1)} for word in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1])) if all(pairs) else 0.0


def _choose(found: list[Heading]) -> list[Heading]:
    """One heading a part: from the last run of headings that starts again, as a table of contents does not."""
    if len({heading.part.number for heading in found}) == len(found):
        return found
    runs: list[list[Heading]] = [[]]
    for heading in found:
        if any(other.part.number == heading.part.number for other in runs[-1]):
            runs.append([])
        runs[-1].append(heading)
    best = max(runs, key=lambda run: (len(run), run[0].position))
    taken = {heading.part.number for heading in best}
    for run in runs:
        for heading in run:
            if heading.part.number not in taken:
                taken.add(heading.part.number)
                best.append(heading)
    return sorted(best)


@lru_cache(maxsize=16)
def _words(form: Form) -> dict[str, Part]:
    return {word: part for part in form.parts for word in keys(part.label)}


def split_at_headings(forms: tuple[Form, ...], blocks: Sequence[Block]) -> list[Block]:
    """Long paragraphs of plain text cut at the title's end and at numbered headings that stand inside them: a whole
    report may have been saved as one line.
    """
    pieces: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) > ONE_LINE:
            texts = _inner_headings(forms).sub(lambda match: f"\x00{match[0]}\x00", block.text).split("\x00")
            title = _TITLE_ENDS.match(texts[0])
            if title:
                texts[0:1] = [title[0], texts[0][title.end() :]]
            pieces.extend(Paragraph(text.strip(), block.place) for text in texts if text.strip())
        else:
            pieces.append(block)
    return pieces


ONE_LINE = 400
"""Characters of a paragraph that may be a whole report rather than a paragraph."""
_TITLE_ENDS = re.compile(r"^[^。，,]{6,60}?年度(?:工作)?报告(?=[\W\d]|根据|按照|本)")


@lru_cache(maxsize=4)
def _inner_headings(forms: tuple[Form, ...]) -> re.Pattern[str]:
    texts = sorted({text for form in forms for part in form.parts for text in part.label.all}, key=len, reverse=True)
    return re.compile(rf"(?:[一二三四五六]|(?<!\d)[1-6])[、.．]\s*(?:{'|'.join(map(re.escape, texts))})")


@lru_cache(maxsize=4)
def heading_words(forms: tuple[Form, ...]) -> frozenset[str]:
    """The comparable words of all parts' headings."""
    return frozenset(word for form in forms for word in _words(form))


def ends_report(block: Block) -> bool:
    """Whether a block after the last part's heading no longer belongs to the report: an appendix, the page's foot."""
    if isinstance(block, Grid):
        return False
    text = block.text
    if block.heading and key(text) in APPENDIX:
        return True
    return len(text) <= MAX_HEADING and text.lower().startswith(_FOOTER)


def grid_as_text(grid: Grid) -> str:
    """A table that is none of the form's, as lines of text, so that its words are not lost."""
    lines = []
    for row in grid.rows:
        cells = [" ".join(grid.texts[cell].split()) for cell in dict.fromkeys(row) if cell >= 0]
        line = " ".join(cell for cell in cells if cell)
        if line:
            lines.append(line)
    return "\n".join(lines)
