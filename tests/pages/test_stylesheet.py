"""The stylesheet keeps to the foundations: colours, scale of type, steps of space, nothing from elsewhere."""

import re
from itertools import product
from pathlib import Path

import gongkai.pages

FOLDER = Path(gongkai.pages.__file__).parent
CSS = re.sub(r"/\*.*?\*/", "", (FOLDER / "static" / "gongkai" / "site.css").read_text(encoding="utf-8"), flags=re.S)
INKS = ("ink", "quiet", "primary", "primary-dark", "due", "done", "warning")


def colours(selector):
    block = re.search(rf"^{re.escape(selector)} {{(.*?)}}", CSS, flags=re.S | re.M).group(1)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def contrast(one, other):
    """The ratio of WCAG 2."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    low, high = sorted(lights)
    return (high + 0.05) / (low + 0.05)


def test_the_colours_that_were_agreed():
    agreed = {
        **{"ink": "#1a1a1a", "paper": "#ffffff", "quiet": "#5b6470", "rule": "#d8dee6", "ground": "#f6f8fa"},
        **{"primary": "#1d4f91", "due": "#b3261e", "done": "#1b6e3c", "warning": "#8a5a00"},
    }
    assert agreed.items() <= colours(":root").items()
    # Colours are named where they are defined and nowhere else.
    assert not re.search(r"[:\s]#[0-9a-f]{3,8}\b", CSS.partition("}\n.contrast")[2].partition("}")[2])


def test_every_pair_of_colours_can_be_read():
    usual = colours(":root")
    for ink, ground in product(INKS, ("paper", "ground")):
        assert contrast(usual[ink], usual[ground]) >= (7 if ink == "ink" else 4.5), (ink, ground)
    for tone in ("primary", "due", "done", "warning"):
        assert contrast(usual[tone], usual[f"{tone}-tint"]) >= 4.5, tone
        assert contrast(usual["ink"], usual[f"{tone}-tint"]) >= 7, tone
    assert contrast(usual["paper"], usual["primary"]) >= 4.5
    # The edge of a control and the ring of the focus are seen too.
    assert contrast(usual["edge"], usual["paper"]) >= 3 and contrast(usual["focus"], usual["paper"]) >= 3


def test_high_contrast_is_high_everywhere():
    high = {**colours(":root"), **colours(".contrast")}
    for ink, ground in product((*INKS, "edge", "focus"), ("paper", "ground", "due-tint", "done-tint")):
        assert contrast(high[ink], high[ground]) >= 7, (ink, ground)


def test_type_keeps_to_its_scale():
    sizes = set(re.findall(r"font-size: ([\d.]+)rem", CSS))
    assert sizes <= {".875", "1.25", "1.5", "2"}
    assert "font: 1rem/1.75" in CSS and "html.large { font-size: 125%; }" in CSS


def test_spaces_are_steps_of_four():
    lengths = re.findall(r"(?:margin|padding|gap)[\w-]*: ([^;]+);", CSS)
    pixels = {int(number) for value in lengths for number in re.findall(r"(?<![\d.-])(\d+)px", value)}
    assert pixels and {number for number in pixels if number % 4} <= {2, 6}  # half steps within a control or a cell


def test_nothing_comes_from_elsewhere():
    assert "url(" not in CSS and "@import" not in CSS and "!important" not in CSS


def test_templates_hold_no_style_no_script_and_no_words_of_one_language():
    templates = sorted((FOLDER / "templates").rglob("*.html"))
    assert len(templates) > 15
    for file in templates:
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"<(script|style)\b|\sstyle=|\son\w+=|javascript:", text), file.name
        assert not re.search(r"[\u4e00-\u9fff]", text), file.name
