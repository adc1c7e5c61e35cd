"""Django stands before the models are imported."""

import tests.databases  # noqa: F401
