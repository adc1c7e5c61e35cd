"""Components by their names, and what templates may call."""

import pytest
import tests.databases  # noqa: F401 makes Django ready
from jinja2 import FileSystemLoader, TemplateNotFound
from jinja2.exceptions import UndefinedError
from tests.pages.test_words import FOLDER

from gongkai.pages.engine import environment, pieces


@pytest.fixture
def made():
    return environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)


def test_a_component_is_the_macro_of_the_file_of_its_name(made):
    shown = made.from_string('{{ ui.notice(text, tone="done") }}').render(text="<已送出>")
    assert '<div class="notice done">' in shown and "&lt;已送出&gt;" in shown


def test_every_component_has_a_file_of_its_name(made):
    parts = {"preferences", "search"}  # included by the page that all extend: they show what belongs to its request
    for file in (FOLDER / "templates" / "pages" / "components").iterdir():
        assert file.stem in parts or callable(getattr(made.globals["ui"], file.stem))


@pytest.mark.parametrize("asked", ["ui.notis(1)", "ui.notice(1, colour=2)"])
def test_what_is_no_component_or_no_part_of_it_is_an_error(made, asked):
    with pytest.raises((TemplateNotFound, UndefinedError, TypeError)):
        made.from_string(f"{{{{ {asked} }}}}").render()


def test_what_people_wrote_stays_text_between_lines(made):
    shown = made.from_string("{{ a|linebreaks }} {{ a|linebreaksbr }}").render(a="<b>\n</b>")
    assert shown == "<p>&lt;b&gt;<br>&lt;/b&gt;</p> &lt;b&gt;<br>&lt;/b&gt;"


def test_terms_are_found_whatever_their_case():
    assert pieces("政务公开GOV年报gov", ["gov", "年报"]) == [
        *(("政务公开", False), ("GOV", True), ("年报", True)),
        ("gov", True),
    ]
    assert pieces("年报", []) == [("年报", False)]
