"""What goes in and comes out, each with a complete example that the demonstration county accepts."""

from datetime import date
from typing import Any, ClassVar, Literal

from ninja import Field, Schema

EXAMPLE = {
    "agency": "云岭县水务局",
    "applicant": {"kind": "natural_person", "name": "申请人甲", "identity": "虚构证件", "contact": "yi@example.org"},
    "subject": "2025 年河道整治工程的中标公告",
    "form": "electronic",
    "route": "email",
}


WRITTEN = r"^[\t\n\r\P{Cc}]*$"
"""What people write: of the signs that control a device, line breaks and tabs alone."""


class Applicant(Schema):
    """Who asks (Art. 29(2))."""

    kind: Literal["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
    name: str = Field(min_length=1, max_length=100, pattern=WRITTEN)
    identity: str = Field(min_length=1, max_length=60, pattern=WRITTEN)
    contact: str = Field(min_length=1, max_length=200, pattern=WRITTEN)


class RequestIn(Schema):
    """A request for information: to which agency, by whom, for what, in which form, by which way."""

    agency: str = Field(min_length=1, max_length=200, pattern=WRITTEN, description="name or id of the agency")
    applicant: Applicant
    subject: str = Field(min_length=1, max_length=2000, pattern=WRITTEN)
    form: Literal["electronic", "paper", "read"] = "electronic"
    route: Literal["email", "post", "collect"] = "email"

    model_config: ClassVar[Any] = {"json_schema_extra": {"example": EXAMPLE}, "extra": "forbid"}


class Filed(Schema):
    """The receipt: one of the two dates is null."""

    number: str
    code: str
    due_on: date | None
    provisional_on: date | None


class Step(Schema):
    """A line of the reckoning."""

    on: date
    counted: int
    total: int
    text: str


class Following(Schema):
    """Where a request stands."""

    number: str
    agency: str
    state: Literal["handling", "awaiting_correction", "awaiting_fee", "closed"]
    due_on: date | None
    provisional_on: date | None
    overdue: bool
    steps: list[Step]


class Fault(Schema):
    """Why something was not done."""

    error: str
