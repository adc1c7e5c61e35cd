"""The warm typst compiler: one a process and set of fonts, because loading fonts takes longer than a report."""

import json
from functools import lru_cache
from typing import Any

from gongkai.documents.write.fonts import FontSet, fonts

PNG_PPI = 220.0


def typeset(template: bytes, data: dict[str, Any], standards: list[str]) -> bytes:
    """A PDF of a typst template, which finds ``data`` as JSON in ``sys.inputs.data``."""
    made = _compiler(fonts()).compile(
        input=template, format="pdf", pdf_standards=standards, sys_inputs={"data": json.dumps(data)}
    )
    return bytes(made)


def png(svg: str) -> bytes:
    """A picture of an SVG, with the words in the installation's fonts."""
    # One unit of our SVG is one CSS pixel (0.75 pt).
    template = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")"""
    made = _compiler(fonts()).compile(input=template, format="png", ppi=PNG_PPI, sys_inputs={"svg": svg})
    return bytes(made[0] if isinstance(made, list) else made)


@lru_cache(maxsize=2)
def _compiler(found: FontSet) -> Any:
    import typst

    return typst.Compiler(font_paths=found.book, ignore_system_fonts=True)
