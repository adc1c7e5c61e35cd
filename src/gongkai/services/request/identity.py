"""Whether an applicant's proof of identity (身份证明, Art. 29(2)) can be what it is given for."""

import re
import unicodedata

from gongkai.core.ledger.events import ApplicantKind
from gongkai.core.message import Message, message
from gongkai.documents.scan.personal import is_resident_id

_BESIDE = re.compile(r"[\s.。,:-]|(?:居民)?身份证(?:件)?(?:号码?)?")
_NUMBER = re.compile(r"[0-9]+[Xx]?")
_OLDEST = "1900"
"""Nobody who asks was born before."""


def misread(kind: ApplicantKind, identity: str) -> Message | None:
    """Why a person's number is none of an identity card; a document that is named is taken as it was given.

    What is found can be mended at once by whoever files; a letter is received whatever it lacks (Art. 30).
    """
    plain = _BESIDE.sub("", unicodedata.normalize("NFKC", identity))
    if kind != "natural_person" or not _NUMBER.fullmatch(plain):
        return None
    return None if is_resident_id(plain) and plain[6:10] >= _OLDEST else message("act.misread-identity")
