"""A process that files one request after another and says each that was acknowledged, until it is ended.

    python -m tests.faults.filing SYNCHRONOUS

SYNCHRONOUS is SQLite's: FULL, as an installation has it, or less, to show what would then be lost.
"""

import itertools
import sys

from gongkai.site import settings


def main(synchronous):
    """Print number and code, a line each, as soon as they stand."""
    options = settings.DATABASES["default"]["OPTIONS"]
    careful = options["init_command"]
    options["init_command"] = careful.replace("synchronous=FULL", f"synchronous={synchronous}")
    assert synchronous == "FULL" or options["init_command"] != careful

    from gongkai.site.wiring import open_installation, web

    open_installation().ledgers.agencies()

    from gongkai.services.ports import CITIZEN
    from gongkai.services.request.receive import FileRequest

    with web().ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
    for count in itertools.count(1):
        command = FileRequest(agency.id, "natural_person", "申请人甲", f"事项 {count}")
        filed = web().perform(CITIZEN, "file_request", command)
        print(filed["number"], filed["code"], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
