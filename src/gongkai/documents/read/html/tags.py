"""Tags by the numbers that the parser gives them: comparing numbers is three times as fast as comparing names."""

from selectolax.lexbor import create_tag

SMALL = 64
"""Elements up to which something is looked at as a whole: a table that may be nothing but the text of its cell."""


def ids(names: str) -> frozenset[int]:
    """The numbers of tags named in one text."""
    return frozenset(create_tag(name).tag_id for name in names.split())


TEXT = 2  # LXB_TAG__TEXT
(TABLE,), (TBODY,), (TR,), (TD,), (P,) = map(ids, ("table", "tbody", "tr", "td", "p"))
(LI,), (A,), (FIGURE,), (CAPTION,), (INPUT,) = map(ids, ("li", "a", "figure", "caption", "input"))
LISTS = ids("ul ol")
CELLS = ids("td th")
ROWS = ids("tr")
ROW_GROUPS = ids("tbody thead tfoot")
TABLE_PARTS = ROWS | ROW_GROUPS
HEADINGS = {create_tag(f"h{level}").tag_id: level for level in range(1, 7)}
PREFORMATTED = ids("pre listing xmp textarea plaintext")
BLOCKS = (
    ids(
        "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form frameset header hgroup hr legend li main menu ol p section summary table tbody td tfoot "
        "th thead tr ul"
    )
    | HEADINGS.keys()
    | PREFORMATTED
)
UNSEEN = ids(
    "del s strike sup script style template noscript "
    "select datalist button svg iframe noframes noembed object video audio canvas nav"
)
SPECIAL = HEADINGS.keys() | PREFORMATTED | LISTS | {TABLE, TR, LI, FIGURE}
KNOTS = UNSEEN | PREFORMATTED | {FIGURE, LI, INPUT}
INLINE = ids("span i em b strong font small sub a u")
SIZED = ids("font table input textarea pre listing code tt")
