"""How large a file may be: beyond these it is refused with a message, so that any file costs ≤ 20 s and ≤ 1 GB.

Published annual reports have 10 kB to 5 MB, with photographs some tens of MB; their text is below 1 MB.
"""

MAX_FILE_BYTES = 64 * 2**20
"""A file on disk. Pictures make a file large and are never unpacked, so this is generous."""

MAX_TEXT_BYTES = 16 * 2**20
"""Plain text, Markdown, HTML: a tree in memory takes some twenty times its text."""

MAX_ELEMENTS = 600_000
"""Elements of an HTML page, 320 bytes each in the tree and as much again as blocks; a site's page has 1,000 to
20,000.
"""

MAX_TAGS_TIMES_DEPTH = 3_000_000_000
"""Tags × depth of an HTML page, some 1.3 ns each to parse; a page has 5,000 × 40."""

MAX_TAGS_TIMES_FORMATTING = 2_000_000
"""Tags × formatting elements left open (<font>, <b> …) of an HTML page: so many elements its tree may grow by."""

MAX_ATTRIBUTES = 2000
"""Attributes of one HTML tag; a tag has 10."""

MAX_TEXT_LINES = 300_000
"""Lines, tabs and pipes of a text or Markdown file, some 500 bytes each as blocks; a report has 500 to 2,000."""

MAX_FLAT_CHARACTERS = 400_000
"""Characters of a part in which a table that has lost its cells is looked for, some 4 µs each; a part has 500 to
20,000.
"""

MAX_PART_BYTES = 8 * 2**20
"""One unpacked XML part of a DOCX or XLSX: as much as a million blank paragraphs, some 7 µs each; a report has 200 kB.
Counted while unpacking, whatever is claimed."""

MAX_PARTS_BYTES = 24 * 2**20
"""All unpacked XML parts of one XLSX together: they are copied before they are read."""

MAX_PARTS = 4096
"""Members of an archive: the directory of a million empty members would fill the memory by itself."""

MAX_SPAN = 63
"""Columns that one table cell may cover: Word makes no table wider than this."""

MAX_SLOTS = 1_000_000
"""Rows × columns of one sheet up to its last figure, or of one HTML table: a stray cell in the far corner of a sheet
would ask for 17 billion."""

SOFFICE_SECONDS = 14.0
"""LibreOffice starts in 2 s and converts a report in 1 s; what takes longer hangs."""

EXTRACTOR_SECONDS = 2.0
"""antiword and catdoc need some milliseconds."""

MAX_PDF_UNPACKED = 24 * 2**20
"""The drawing instructions of a PDF, unpacked: pdfium makes some twenty bytes of memory from each; a report has 2
MB.
"""

MAX_PDF_PAGES = 200
"""Pages of a PDF; a report has 4 to 20, with photographs perhaps 60."""

MAX_PDF_CHARACTERS = 400_000
"""Characters of a PDF, some 10 µs each; a long report has 20,000."""

MAX_PDF_OBJECTS = 100_000
"""Drawn objects of a page, and pieces of their paths, that are looked at for rulings; a table has some hundreds."""

MAX_PDF_CROSSINGS = 200_000
"""Horizontal × vertical rulings of a page: beyond it is a drawing, and no table is looked for. A table has some 500."""
