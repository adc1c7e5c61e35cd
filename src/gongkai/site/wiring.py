"""Puts the store under the steps. Imported only by commands that need a database: the others start without Django."""

import os

from gongkai.cli.installation import Installation, added_calendars


def open_installation() -> Installation:
    """This machine's installation; an empty folder gets its database, an older one its missing tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

    from gongkai.site.now import now
    from gongkai.store.ledgers import Ledgers
    from gongkai.store.sealing import Sealer

    return Installation(Ledgers(Sealer(settings.DATA), settings.CHAIN_HASH), now, added_calendars())
