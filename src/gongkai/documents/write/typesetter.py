"""The warm typst compiler: one a process and set of fonts, because loading fonts takes longer than a report."""

import json
from functools import lru_cache
from typing import Any

from gongkai.documents.write.fonts import FontSet, fonts

PNG_PPI = 300.0
PICTURE_WIDTH, PICTURE_HEIGHT = 115.0, 200.0
"""The most that a chart takes of an A4 page in millimetres; at full width its words are as high as those of a table."""


def typeset(template: bytes, data: dict[str, Any], standards: list[str]) -> bytes:
    """A PDF of a typst template, which finds ``data`` as JSON in ``sys.inputs.data``."""
    made = _compiler(fonts()).compile(
        input=template, format="pdf", pdf_standards=standards, sys_inputs={"data": json.dumps(data)}
    )
    return bytes(made)


def png(svg: str) -> bytes:
    """A picture of an SVG, with the words in the installation's fonts."""
    # One unit of our SVG is one CSS pixel (0.75 pt).
    template = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg")"""
    made = _compiler(fonts()).compile(input=template, format="png", ppi=PNG_PPI, sys_inputs={"svg": svg})
    return bytes(made[0] if isinstance(made, list) else made)


def picture_width(shape: float) -> float:
    """Width in millimetres at which a chart of this ``shape`` (height by width) stands on one page."""
    return min(PICTURE_WIDTH, PICTURE_HEIGHT / shape)


@lru_cache(maxsize=2)
def _compiler(found: FontSet) -> Any:
    import typst

    return typst.Compiler(font_paths=found.book, ignore_system_fonts=True)
