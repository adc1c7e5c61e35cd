"""Where the platform of an agency leads."""

from gongkai.pages.addresses import address
from gongkai.pages.language import lang, words
from gongkai.pages.shapes import Link
from gongkai.rulebook.load.columns import columns
from gongkai.services.ports import Agency


def agency_nav(agency: Agency, here: str) -> list[Link]:
    """The platform's own page, its obligatory columns (国办公开办函〔2019〕61号), and the column of requests."""
    told = [(words("portal.nav.agency"), address("agency", agency.id))]
    for top in columns().tops:
        told.append((top.en if lang() == "en" else top.zh, address("column", agency.id, top.id)))
    told.append((words("portal.nav.filing"), address("filing", agency.id)))
    told.append((words("portal.nav.track"), f"{address('track')}?agency={agency.id}"))
    return [Link(label, url, url == here) for label, url in told]
