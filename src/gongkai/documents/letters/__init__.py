"""The official letters (文书): composed from facts, then made as DOCX and PDF in the letter format of GB/T 9704."""

from gongkai.documents.letters.docx import make_docx
from gongkai.documents.letters.letter import Deadline, Letter, RequestFacts, day
from gongkai.documents.letters.notices import correction_notice, extension_notice, receipt
from gongkai.documents.letters.pdf import make_pdf
from gongkai.documents.letters.reply import Withheld, reply

__all__ = [
    "Deadline",
    "Letter",
    "RequestFacts",
    "Withheld",
    "correction_notice",
    "day",
    "extension_notice",
    "make_docx",
    "make_pdf",
    "receipt",
    "reply",
]
