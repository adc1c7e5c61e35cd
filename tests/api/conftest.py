"""The county of the pages, for programs."""

from tests.site.conftest import county

__all__ = ["county"]
