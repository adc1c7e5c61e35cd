"""The county of the pages, for the desk."""

from tests.site.conftest import county, real_county

__all__ = ["county", "real_county"]
