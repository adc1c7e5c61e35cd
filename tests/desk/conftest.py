"""The county of the pages, for the desk."""

from tests.site.conftest import county

__all__ = ["county"]
