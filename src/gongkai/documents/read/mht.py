"""Web archives (MHT, MHTML): the page inside, as browsers and Word save it in one file."""

import base64
import binascii
import quopri
import re
from email.parser import BytesHeaderParser

from gongkai.core.message import message
from gongkai.documents.read import html
from gongkai.documents.read.source import Source, Unreadable

_PAGE = re.compile(rb"^content-type:[ \t]*text/html\b", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def read(data: bytes, name: str) -> Source:
    """Read the first page of an archive; its pictures and further pages are left alone.

    Raises:
        Unreadable: no page in it, or as ``html.read``.
    """
    page = _PAGE.search(data)
    gap = _BLANK_LINE.search(data, page.end()) if page else None
    if page is None or gap is None:
        raise Unreadable(message("read.no-text-in-page", file=name))
    # The line that parts this section from the one before also ends it; a page alone has none.
    begin = data.rfind(b"\n--", 0, page.start())
    delimiter = data[begin : data.find(b"\n", begin + 1)].rstrip() if begin >= 0 else b""
    header = BytesHeaderParser().parsebytes(data[begin + len(delimiter) : gap.start()].lstrip())
    end = data.find(delimiter, gap.end()) if delimiter else -1
    body = data[gap.end() : end if end >= 0 else len(data)]
    encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        body = quopri.decodestring(body)
    elif encoding == "base64":
        try:
            body = base64.b64decode(body)
        except binascii.Error as error:
            raise Unreadable(message("read.no-text-in-page", file=name)) from error
    return html.read(body, name, header.get_content_charset())
