"""PDF with a text layer, as Word, WPS, LibreOffice, typst and browsers make it. A scan is told from an empty table."""

from gongkai.documents.read.pdf.reader import read

__all__ = ["read"]
