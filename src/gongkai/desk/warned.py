"""What whoever drafts, reviews or releases is warned of: numbers of persons in what would leave (个人隐私, Art. 15)."""

from collections.abc import Mapping

from gongkai.documents.scan.personal import personal
from gongkai.pages.language import words

_TOLD = 5
"""So many are named; whoever reads finds the others beside them."""


def personal_data(content: Mapping[str, str] | None) -> str:
    """The warning about a draft, or about what was submitted; empty where there is nothing to warn of."""
    texts = [text for name, text in (content or {}).items() if name != "attachments"]  # there hashes stand
    finds = dict.fromkeys(find for text in texts for find in personal(text))
    if not finds:
        return ""
    named = [words(f"personal.{find.kind}", excerpt=find.excerpt) for find in list(finds)[:_TOLD]]
    return words("personal.found", found=words("compare.comma").join(named))
