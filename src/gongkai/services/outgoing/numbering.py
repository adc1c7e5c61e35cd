"""Numbers of documents (文号): organ code, year, serial; each series of an agency begins anew every year."""

from datetime import date

from gongkai.services.ports import Agency, Unit

CODES = {"reply": "公复", "correction": "公补", "extension": "公延"}
"""答复、补正告知、延期告知 of 政府信息公开."""


def document_number(unit: Unit, agency: Agency, letter: str, on: date) -> str:
    """The next number of a kind of letter: ``公复〔2026〕12号`` (GB/T 9704-2012, 7.2.5)."""
    return f"{CODES[letter]}〔{on.year}〕{unit.serial(agency, letter, on.year)}号"
