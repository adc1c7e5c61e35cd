"""What an installation lacks: asked by ``gongkai doctor`` before somebody is surprised."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.installation import Complaint
from gongkai.core.calendar.days import Calendar
from gongkai.core.message import message
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import Ledgers

if TYPE_CHECKING:
    from gongkai.store.sealing import Sealer

SOON = timedelta(days=45)
"""A due date reaches so far ahead: from here on requests get provisional dates."""
ROOM = 1 << 30


def examine(ledgers: Ledgers, sealer: "Sealer", folder: Path, calendar: Calendar, today: date) -> Iterator[Complaint]:
    """Every fault and warning; nothing where all is well."""
    from django.db import connection

    from gongkai.store.items import lost_files
    from gongkai.store.outside import exchanged, unopened
    from gongkai.store.sealing import WrongKey

    for broken in verify(ledgers):
        yield Complaint("error", broken.message)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            if (found := cursor.fetchone()[0]) != "ok":
                yield Complaint("error", message("doctor.database", found=found))
    try:
        sealer.judge()
    except WrongKey as wrong:  # no file can be read then
        yield Complaint("error", wrong.message)
    else:
        for agency, title, name in lost_files(ledgers):
            yield Complaint("error", message("doctor.lost-file", agency=agency, title=title, file=name))
        closed = list(unopened(sealer))
        for table, count in closed:
            yield Complaint("error", message("doctor.unopened", table=table, count=count))
        for agency_of, thing in () if closed else exchanged(ledgers, sealer):
            yield Complaint("error", message("doctor.exchanged", agency=agency_of.name, number=thing.number))
    if folder.stat().st_mode & 0o077:
        yield Complaint("warning", message("doctor.open-folder", folder=str(folder)))
    if today + SOON > calendar.last:
        yield Complaint("warning", message("doctor.calendar", last=calendar.last, year=calendar.last.year + 1))
    if shutil.disk_usage(folder).free < ROOM:
        yield Complaint("warning", message("doctor.disk", folder=str(folder)))
