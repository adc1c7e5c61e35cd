"""The county of the pages, for the desk."""

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment
from tests.site.conftest import county, real_county

__all__ = ["county", "real_county"]


@pytest.fixture(autouse=True)
def answers_tell():
    """Answers tell what their templates were given."""
    setup_test_environment()
    yield
    teardown_test_environment()
