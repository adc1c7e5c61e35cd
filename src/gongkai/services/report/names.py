"""The words of a form in a language: as it prints them, or in English."""

from gongkai.core.message import Message
from gongkai.core.tables.form import Form, Label
from gongkai.rulebook.load.messages import Lang, render


def form_name(form: Form, lang: Lang) -> str:
    """What a form is called in a line about a report."""
    return render(Message(f"name.form.{form.id}", {}), lang)


def part_name(form: Form, number: int, lang: Lang) -> str:
    """A part's title without its number; tables are called by it too, as forms give them no names."""
    return label_name("parts", next(part.label for part in form.parts if part.number == number), lang)


def label_name(kind: str, label: Label, lang: Lang) -> str:
    """A label as its form prints it, or in English; ``kind``: parts, blocks, groups, rows, columns."""
    return label.text if lang == "zh" else render(Message(f"name.{kind}.{label.key}", {}), lang)
