"""What can happen. An agency's year is a list of these facts, and nothing else is authoritative.

Every event says on which civil day (Asia/Shanghai) it happened, ``on``. When it became known is said by its entry in
the ledger (``entry.py``), so a letter of 30 December that is entered in February changes no report signed in January.
Events hold codes, dates and numbers only. Names, subjects and letters stand outside, where they can be erased on
schedule; of them an event holds at most a commitment: the salted hash that proves a text to be the one meant.

A mistake is never overwritten: an ``Amended`` says which entry was wrong and what holds instead. Field names and the
names in ``EVENTS`` are written into ledgers for ever; whoever changes the meaning of one gives it a new version and
teaches ``wire.py`` to read the old.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Literal

ApplicantKind = Literal["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
"""The columns of table three (申请人情况): a natural person, or one of five kinds of organisation."""

Channel = Literal["in_person", "post_signed", "post_ordinary", "online", "fax", "email"]
"""How a request came (Art. 31): the legal day of receipt depends on it."""

Consulted = Literal["third_party", "joint_organ", "other_organ"]
"""Who is asked: 第三方 (Art. 32), 共同制作机关 (Art. 34), any other organ (Art. 33(3))."""

Result = Literal["upheld", "corrected", "other"]
"""How a case ended: 结果维持, 结果纠正, 其他结果. Until then it is 尚未审结."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened ``on`` a civil day. ``name`` and ``version`` are how ledgers call it."""

    on: date

    name: ClassVar[str]
    version: ClassVar[int] = 1


# A request (政府信息公开申请)


@dataclass(frozen=True, slots=True)
class Received(Event):
    """A request was received; ``on`` is its legal receipt date (Art. 31), ``submitted_on`` when it was sent in.

    ``own_record``: it asks to correct a record about the applicant (Art. 41), which no table counts. ``split_from``:
    the number of the request of which it is a part (一事一申请). ``person`` and ``subject`` are commitments.
    """

    name: ClassVar[str] = "received"

    applicant: ApplicantKind
    channel: Channel
    submitted_on: date | None = None
    own_record: bool = False
    split_from: str | None = None
    person: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class IdentityShown(Event):
    """The applicant proved who they are (身份证明, Art. 29(2))."""

    name: ClassVar[str] = "identity_shown"


@dataclass(frozen=True, slots=True)
class ContactAttempted(Event):
    """The office tried to reach the applicant, as Art. 31 asks for letters without signature and for the internet."""

    name: ClassVar[str] = "contact_attempted"

    reached: bool


@dataclass(frozen=True, slots=True)
class CorrectionNoticeSent(Event):
    """The applicant was asked, once and for all, to make the request clear (补正告知, Art. 30)."""

    name: ClassVar[str] = "correction_notice_sent"


@dataclass(frozen=True, slots=True)
class CorrectionReceived(Event):
    """The corrected request arrived; the period begins anew (Art. 30)."""

    name: ClassVar[str] = "correction_received"


@dataclass(frozen=True, slots=True)
class ConsultationSent(Event):
    """A letter asked somebody for an opinion (征求意见). ``ref`` names it within the request."""

    name: ClassVar[str] = "consultation_sent"

    consulted: Consulted
    ref: str


@dataclass(frozen=True, slots=True)
class ConsultationReceived(Event):
    """Proof that the letter arrived: from here the 15 working days of Arts. 32 and 34 run."""

    name: ClassVar[str] = "consultation_received_by_third_party"

    ref: str


@dataclass(frozen=True, slots=True)
class ConsultationAnswered(Event):
    """The opinion arrived."""

    name: ClassVar[str] = "consultation_answered"

    ref: str
    opinion: Literal["agrees", "objects"] | None = None


@dataclass(frozen=True, slots=True)
class ExtensionNotified(Event):
    """The applicant was told of an extension (延期答复, Art. 33(2)), approved by the head of the office."""

    name: ClassVar[str] = "extension_notified"

    working_days: int


@dataclass(frozen=True, slots=True)
class ReasonsDemanded(Event):
    """Number and frequency of requests are clearly beyond reason: the applicant is asked why (Art. 35)."""

    name: ClassVar[str] = "reasons_demanded"


@dataclass(frozen=True, slots=True)
class DelayedUntil(Event):
    """Reasons were good, but the period cannot be kept: a later ``date`` was fixed and notified (Art. 35)."""

    name: ClassVar[str] = "delayed_until"

    date: date


@dataclass(frozen=True, slots=True)
class FeeNoticeReceived(Event):
    """The notice of the processing fee (收费通知) reached the applicant (Art. 42; 国办函〔2020〕109号)."""

    name: ClassVar[str] = "fee_notice_received"

    amount: int | None = None


@dataclass(frozen=True, slots=True)
class FeePaid(Event):
    """The fee was paid; the period is counted anew from the next day (国办函〔2020〕109号, Art. 6)."""

    name: ClassVar[str] = "fee_paid"


@dataclass(frozen=True, slots=True)
class Replied(Event):
    """The reply went out (答复): ``on`` is the day of signature, of posting, or of arrival in the applicant's system.

    ``outcome`` is the row of table three; ``answer`` (R1 … RP) and the ``grounds`` of what is withheld, from which it
    follows, may be missing in imported registers. ``after``: the ref of the decision that ordered to answer anew; such
    a reply counts in no table again. ``content`` is the hash of what was reviewed and went out, ``document`` its number
    (文号); replies from a register have neither.
    """

    name: ClassVar[str] = "replied"
    version: ClassVar[int] = 2

    outcome: str | None = None
    answer: str | None = None
    grounds: tuple[str, ...] = ()
    after: str | None = None
    content: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Served(Event):
    """The reply was served (送达): ``on`` is the day the applicant has it, from which remedies run."""

    name: ClassVar[str] = "served"

    method: Literal["direct", "entrusted", "post", "electronic"]
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceFailed(Event):
    """What was noted as served came back (退回): it will be served anew, and remedies run from that. The day of the
    reply stays: by post it is that of handing over (国办公开办函〔2016〕235号).
    """

    name: ClassVar[str] = "service_failed"


@dataclass(frozen=True, slots=True)
class Lapsed(Event):
    """Not corrected, or not paid, in time and without good reason: no further handling (Arts. 30, 42)."""

    name: ClassVar[str] = "lapsed"

    outcome: Literal["other.no_correction", "other.unpaid"]


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """The applicant took the request back (撤回)."""

    name: ClassVar[str] = "withdrawn"


@dataclass(frozen=True, slots=True)
class Split(Event):
    """A letter with several matters was split (一事一申请): its parts count, it does not count any more."""

    name: ClassVar[str] = "split"

    parts: tuple[str, ...]


# A dispute (行政复议, 行政诉讼) about a request. A reconsideration and a later litigation are two cases.


@dataclass(frozen=True, slots=True)
class ReconsiderationFiled(Event):
    """Reconsideration was applied for (行政复议)."""

    name: ClassVar[str] = "reconsideration_filed"

    ref: str


@dataclass(frozen=True, slots=True)
class ReconsiderationDecided(Event):
    """It was decided; ``anew``: with an order to answer anew."""

    name: ClassVar[str] = "reconsideration_decided"

    ref: str
    result: Result
    anew: bool = False


@dataclass(frozen=True, slots=True)
class LitigationFiled(Event):
    """A suit was filed (行政诉讼). ``appeal_of``: the ref of the first instance, where this is the second."""

    name: ClassVar[str] = "litigation_filed"

    ref: str
    after_reconsideration: bool
    appeal_of: str | None = None


@dataclass(frozen=True, slots=True)
class LitigationDecided(Event):
    """The court decided; ``anew``: with an order to answer anew."""

    name: ClassVar[str] = "litigation_decided"

    ref: str
    result: Result
    anew: bool = False


# What part two of the report counts (Art. 20), and proactive disclosure


@dataclass(frozen=True, slots=True)
class DocumentMade(Event):
    """A rule (规章) or normative document (行政规范性文件) was made and issued."""

    name: ClassVar[str] = "document_made"

    row: Literal["rules", "normative_documents"]


@dataclass(frozen=True, slots=True)
class DocumentAbolished(Event):
    """A rule or normative document was abolished or lapsed."""

    name: ClassVar[str] = "document_abolished"

    row: Literal["rules", "normative_documents"]


@dataclass(frozen=True, slots=True)
class DecisionsMade(Event):
    """Decisions on licences, penalties or coercive measures, ``count`` of them."""

    name: ClassVar[str] = "decisions_made"

    row: Literal["licences", "penalties", "coercive_measures"]
    count: int


@dataclass(frozen=True, slots=True)
class FeesCollected(Event):
    """Administrative fees (行政事业性收费) actually collected, in fen (分): 1 yuan is 100."""

    name: ClassVar[str] = "fees_collected"

    fen: int


@dataclass(frozen=True, slots=True)
class ItemPublished(Event):
    """An item of proactive disclosure was published in a column of the platform; ``content`` is its hash.

    ``index_number``: the index number (索引号), given with the publication, so that those of a year have no gap.
    """

    name: ClassVar[str] = "item_published"

    column: str
    content: str | None = None
    index_number: str | None = None


@dataclass(frozen=True, slots=True)
class ItemCorrected(Event):
    """A published item was replaced by a corrected one. ``earlier_hidden``: from this day no version before it is
    shown any more, as where personal data was published (个人隐私, Art. 15).
    """

    name: ClassVar[str] = "item_corrected"

    content: str | None = None
    earlier_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ItemWithdrawn(Event):
    """A published item was withdrawn."""

    name: ClassVar[str] = "item_withdrawn"


# What goes out: replies, items and reports are reviewed before (先审查、后公开)


@dataclass(frozen=True, slots=True)
class Submitted(Event):
    """A content was put to review (送审): ``content`` is the hash of what would go out, ``author`` the id of who
    submitted it, ``writers`` those of all who wrote on it.
    """

    name: ClassVar[str] = "submitted"

    content: str
    author: str
    writers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed(Event):
    """A grade of the review passed judgement (审核): approved, or returned with remarks that stand outside."""

    name: ClassVar[str] = "reviewed"

    content: str
    grade: Literal["section", "legal", "secrecy", "leader"]
    verdict: Literal["approved", "returned"]
    by: str


# An agency (机关): a stable id with dated names and places


@dataclass(frozen=True, slots=True)
class AgencyNamed(Event):
    """From this day on the agency is called so. ``reason``: what orders it, such as the number of a document."""

    name: ClassVar[str] = "agency_named"

    called: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyPlaced(Event):
    """From this day on the agency stands there: below ``parent`` (an agency's id), in a region.

    ``line``: it belongs to a vertical line (垂直管理) such as taxation. ``competent``: it is the competent office
    (主管部门) for those below its parent.
    """

    name: ClassVar[str] = "agency_placed"

    parent: str | None = None
    region: str | None = None
    line: str | None = None
    competent: bool = False


@dataclass(frozen=True, slots=True)
class AccessChanged(Event):
    """Somebody's access to the agency's desk changed (人员权限变动): ``whom`` and ``by`` are ids of people, ``by`` none
    where it was done on the machine. ``roles``: those that are held from now on, where they are what changed.
    """

    name: ClassVar[str] = "access_changed"

    whom: str
    change: Literal["invited", "roles", "renewed", "ended"]
    by: str | None = None
    roles: tuple[str, ...] = ()


# A report, the work log, and what stood before the ledger began


@dataclass(frozen=True, slots=True)
class ReportFrozen(Event):
    """The figures of a year were fixed: chain position, form and rulebook by which they can be made again for ever."""

    name: ClassVar[str] = "report_frozen"

    year: int
    form: str
    position: int
    rulebook: str


@dataclass(frozen=True, slots=True)
class ReportPublished(Event):
    """The annual report of a year was published (Art. 49)."""

    name: ClassVar[str] = "report_published"

    year: int


@dataclass(frozen=True, slots=True)
class ReportSubmitted(Event):
    """The annual report of a year was submitted to the competent office (Art. 49)."""

    name: ClassVar[str] = "report_submitted"

    year: int


@dataclass(frozen=True, slots=True)
class WorkLogged(Event):
    """An entry of the work log (工作台账)."""

    name: ClassVar[str] = "work_logged"

    kind: Literal["leading_group", "meeting", "training", "inspection", "incident", "platform_change"]


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """A figure that stood before the ledger began (期初数): open cases come as requests, documents in force as this."""

    name: ClassVar[str] = "opened"

    row: Literal["rules", "normative_documents"]
    in_force: int


@dataclass(frozen=True, slots=True)
class TablesOpened(Event):
    """The tables of a report that was published before the ledger began: ``figures`` are ``CELL=NUMBER``, each once."""

    name: ClassVar[str] = "tables_opened"

    year: int
    form: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amended(Event):
    """Entry ``sequence`` of the same thing was wrong. ``instead``: the entry that holds in its place; none: struck out.

    Both stay visible; the reason is told outside, ``reason`` is its commitment.
    """

    name: ClassVar[str] = "amended"

    sequence: int
    instead: Event | None = None
    reason: str | None = None


EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        *(Received, IdentityShown, ContactAttempted, CorrectionNoticeSent, CorrectionReceived),
        *(ConsultationSent, ConsultationReceived, ConsultationAnswered, ExtensionNotified, ReasonsDemanded),
        *(DelayedUntil, FeeNoticeReceived, FeePaid, Replied, Served, ServiceFailed, Lapsed, Withdrawn, Split),
        *(ReconsiderationFiled, ReconsiderationDecided, LitigationFiled, LitigationDecided),
        *(DocumentMade, DocumentAbolished, DecisionsMade, FeesCollected),
        *(ItemPublished, ItemCorrected, ItemWithdrawn),
        *(Submitted, Reviewed, AgencyNamed, AgencyPlaced, AccessChanged),
        *(ReportFrozen, ReportPublished, ReportSubmitted, WorkLogged, Opened, TablesOpened, Amended),
    )
}
"""Every kind of event by its name in ledgers."""


def own_fields(event: type[Event]) -> tuple[str, ...]:
    """The names of an event's fields beside ``on``."""
    return tuple(field.name for field in fields(event))[1:]
