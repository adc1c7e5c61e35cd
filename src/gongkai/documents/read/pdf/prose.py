"""Lines into paragraphs, as a reader's eye does it: by indent, short last lines, gaps, size and centring."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.read.pdf.lines import Line, pitch

_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9０-９]{1,2}\s*(?:、|[.．](?![0-9０-９]))"
)
_CLOSING = "，。、；：？！）》」』】〕”’…,.;:?!)]}%"
_OPENING = "（《「『【〔“‘([{"
_WORD = re.compile(r"[!-~]+")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Measure:
    """The lie of the text on the pages: ``left`` and ``right`` edge of the type area, ``pitch`` from line to line in
    ems, ``size`` of the body's type.
    """

    left: float
    right: float
    pitch: float
    size: float

    def centred(self, line: Line) -> bool:
        """Whether a line stands in the middle, clear of both edges."""
        before, after = line.x0 - self.left, self.right - line.x1
        return min(before, after) > 1.5 * line.size and abs(before - after) < 1.6 * line.size


def measure(found: Sequence[Line], width: float) -> Measure:
    """The lie of some lines that were set alike, on pages of this width."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in found if abs(line.size - size) < 0.6] or list(found)
    starts = Counter(round(line.x0) for line in body)
    left = min([start for start, count in starts.items() if count > 1] or list(starts) or [0])
    rights = sorted((line.x1 for line in body), reverse=True)
    full = [x1 for x1 in rights if x1 > rights[0] - 1.2 * size]
    # The second longest: a single line may hang its punctuation over the edge. Too few full lines show no edge at all;
    # then the margins are taken to be alike.
    right = full[1] if len(full) > 2 and full[1] > 0.75 * width else max([width - 1.1 * left, *rights])
    return Measure(left, right, pitch(body), size)


@dataclass(slots=True)
class Block:
    """A paragraph being put together: its text, its first and last line, its heading level."""

    text: str
    first: Line
    last: Line
    heading: int


def paragraphs(found: Sequence[Line], lie: Measure) -> list[Block]:
    """Lines in reading order (also across pages) joined into paragraphs."""
    blocks: list[Block] = []
    for line in found:
        if blocks and not _begins(blocks[-1], line, lie):
            _append(blocks[-1], line)
        else:
            blocks.append(Block(line.text, line, line, _level(line, lie)))
    for block in blocks:
        if block.heading and not block.first.heading and len(block.text) > 60:
            block.heading = 0
    return blocks


def _begins(block: Block, line: Line, lie: Measure) -> bool:
    """Whether a line begins a paragraph after the last line of the one before it."""
    above = block.last
    em = line.size
    if len(line.pieces) > 1 or len(above.pieces) > 1 or line.heading != above.heading:
        return True
    if abs(line.size - above.size) > 0.1 * max(line.size, above.size):
        return True
    same_page = line.page == above.page
    room = lie.right - above.x1
    if line.block and above.block and same_page:
        return line.block != above.block or room > max(0.3 * (lie.right - lie.left), _first_word(line) + 2 * em)
    if lie.centred(line) and (lie.centred(above) or em > 1.1 * lie.size):  # a title's first line may fill the measure
        return not same_page or line.y - above.y > 1.6 * max(lie.pitch, 1.5) * em
    if same_page and line.y - above.y > max(1.35 * lie.pitch, lie.pitch + 0.5) * em:
        return True
    if lie.centred(above) and not _fits_body(above, lie):
        return True
    indented = line.x0 - lie.left > 1.3 * em
    if indented and line.x0 - block.first.x0 > -1.2 * em:
        return True
    short = room > _first_word(line) + 0.35 * em
    if short:
        return True
    # A full line before, no indent here: a wrapped line may begin like a heading by chance ("5、" of "第3、5、7条").
    return bool(_HEADING.match(line.text)) and (line.bold != above.bold or above.text.endswith(("。", "；", "：")))


def _fits_body(line: Line, lie: Measure) -> bool:
    """Whether a line that happens to stand in the middle is one of the body: it begins at the usual indent."""
    return abs(line.x0 - lie.left - 2 * line.size) < 0.8 * line.size


def _first_word(line: Line) -> float:
    """The width of what cannot be parted from a line's first character, as typesetters break lines."""
    text = line.text
    if not text:
        return 0.0
    width = (line.x1 - line.x0) / len(text)
    word = _WORD.match(text)
    end = word.end() if word else 1
    while end < len(text) and text[end - 1] in _OPENING:
        end += 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    # Half-width letters are narrower than the mean of a mixed line: never overrate the room that they need.
    return end * min(width, 0.6 * line.size) if word else end * line.size


def _append(block: Block, line: Line) -> None:
    above = block.last
    space = above.spaced
    if not space and _ASCII_WORD.match(above.text[-1]) and _ASCII_WORD.match(line.text[0]):
        space = " "
    block.text += space + line.text
    block.last = line


def _level(line: Line, lie: Measure) -> int:
    """The heading level: as tagged, else 1 for large type, 2 for a numbered line in heading type, else 0."""
    if line.heading:
        return line.heading
    if line.size > 1.3 * lie.size or (line.size > 1.15 * lie.size and lie.centred(line)):
        return 1
    if (line.bold or line.size > 1.1 * lie.size) and _HEADING.match(line.text) and len(line.text) <= 40:
        return 0 if line.text.endswith("。") else 2
    return 0
