"""An agency's register of requests (登记台账) as JSON lines, CSV or spreadsheet, to the plain lines of the ledger."""

from gongkai.documents.register.mapping import Mapping, read_mapping
from gongkai.documents.register.read import read_register
from gongkai.documents.register.register import Line, Problem, Register

__all__ = ["Line", "Mapping", "Problem", "Register", "read_mapping", "read_register"]
