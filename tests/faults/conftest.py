"""Django stands before the models are imported; where nothing can be mounted the power is not cut."""

from tests import databases  # noqa: F401
from tests.faults.disk import possible


def pytest_collection_modifyitems(config, items):
    """Leaves out what needs a disk of its own; the last line of the run counts it."""
    if possible():
        return
    absent = [item for item in items if "disk" in getattr(item, "fixturenames", ())]
    if absent:
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]
