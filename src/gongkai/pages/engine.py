"""The templates of pages, compiled by Jinja: what each of them may call, and the components by their names."""

import re
from collections.abc import Callable, Iterable

from django.forms import BaseForm, BoundField
from django.template.defaultfilters import linebreaks_filter, linebreaksbr, truncatechars
from django.templatetags.static import static
from jinja2 import Environment

from gongkai.pages import addresses, cells, drawn, language


def environment(**options: object) -> Environment:
    """What Django asks for (``OPTIONS["environment"]`` of its templates)."""
    made = Environment(**options)  # type: ignore[arg-type]
    made.globals |= {each.__name__: each for each in CALLED} | {"ui": Components(made)}
    made.filters |= FILTERS
    return made


class Components:
    """``{{ ui.notice(text, tone="done") }}`` shows ``pages/components/notice.html``: its macro of the same name."""

    def __init__(self, made: Environment) -> None:
        self._made = made

    def __getattr__(self, name: str) -> Callable[..., str]:
        """A component, read when it is first met. Raises ``jinja2.TemplateNotFound``."""
        macro: Callable[..., str] = getattr(self._made.get_template(f"pages/components/{name}.html").module, name)
        setattr(self, name, macro)
        return macro


def erring(form: BaseForm) -> list[BoundField]:
    """The fields of a form that have errors, in its order."""
    return [field for field in form if field.errors]


def first_input(field: BoundField) -> str:
    """The id of the control to which an error leads: the field's, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


def pieces(text: str, terms: Iterable[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is one of the terms, whatever its case."""
    wanted = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    if not wanted:
        return [(text, False)]
    return [(piece, count % 2 == 1) for count, piece in enumerate(re.split(f"({wanted})", text, flags=re.I)) if piece]


CALLED: tuple[Callable[..., object], ...] = (
    *(language.words, addresses.address, static),
    *(cells.strip_cells, cells.strip_kinds, drawn.strip_days, drawn.table_rows),
    *(erring, first_input, pieces),
)
FILTERS: dict[str, Callable[..., object]] = {
    **{each.__name__: each for each in (language.day, language.thousands, language.size, language.left)},
    **{"workdays": language.workdays, "message": language.written},
    **{"linebreaks": linebreaks_filter, "linebreaksbr": linebreaksbr, "truncated": truncatechars},
}
