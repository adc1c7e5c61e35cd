"""The pages of the annual report in a browser: wide and narrow, in both languages, without a fault."""

import pytest
from tests.browser.conftest import enter, heading, sound

from gongkai.site.demo.county import LATE


@pytest.mark.once
def test_the_report_under_review_is_sound(chromium, served):
    page = enter(chromium, served, LATE, "公开机构负责人")
    page.goto(f"{served.url}/desk/reports/2025/?compare=1")
    sound(page, 1280)
    page.context.add_cookies([{"name": "lang", "value": "en", "url": served.url}])
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{served.url}/desk/reports/2025/review_report_section/")
    sound(page, 390)
    assert heading(page) == "Review by the section"
    page.context.close()
