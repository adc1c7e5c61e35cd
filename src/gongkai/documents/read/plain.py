"""The words of a file as plain text: what a page or a draft takes over from a document."""

from gongkai.documents.read.source import Grid, Source


def plain(source: Source) -> str:
    """Paragraphs parted by a blank line, rows of a table on lines of their own with a tab between two cells."""
    blocks = [_table(block) if isinstance(block, Grid) else block.text for block in source.blocks]
    return "\n\n".join(block for block in blocks if block.strip())


def _table(grid: Grid) -> str:
    """The rows; a cell that spans several slots is told once a row."""
    rows = (dict.fromkeys(cell for cell in row if cell >= 0) for row in grid.rows)
    return "\n".join("\t".join(" ".join(grid.texts[cell].split()) for cell in row) for row in rows)
