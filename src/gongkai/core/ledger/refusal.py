"""What a ledger does not take."""

from gongkai.core.message import Told


class Refused(Told, ValueError):
    """What cannot have happened like this, or what the law does not allow."""
