"""How large a register may be: beyond these it is refused with a message, so that any file costs ≤ 20 s and ≤ 1 GB.

A county's office has some hundred requests a year, a ministry some ten thousand; a line of JSON has 400 bytes. What a
workbook may unpack to is limited where workbooks are read (``documents/read/limits.py``).
"""

MAX_TEXT_BYTES = 32 * 2**20
"""A register as JSON lines or CSV."""

MAX_LINES = 100_000
"""Lines or rows of a register, some 50 µs each: whoever has more imports one year after the other."""

MAX_CELLS = 2_000_000
"""Cells of a CSV, some 60 bytes each; 100,000 rows of twenty columns."""

MAX_HEAD_ROWS = 40
"""Rows from the top in which the header is looked for: a title, who filled it in, notes on how to fill it in."""

MAX_HEAD_COLUMNS = 500
"""Columns from the left in which the header is looked for; a register has ten to sixty."""

MAX_HEAD_DEPTH = 3
"""Rows of one header: group, event, date."""

MAX_PROBLEMS = 10
"""Problems told of one line; a line of JSON could have a million."""

MAX_QUOTED = 60
"""Characters of a cell or value that a message quotes."""
