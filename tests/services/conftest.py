"""Django stands before the models are imported."""

import pytest
import tests.databases  # noqa: F401


@pytest.fixture
def office(ledgers):
    """An agency that publishes."""
    from tests.services.publishing import Office

    return Office(ledgers)
