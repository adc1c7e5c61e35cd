"""Which role may do which act, in its own agency or in those below: one table, asked by buttons and refusals alike."""

from collections.abc import Collection
from typing import Literal, NamedTuple

from gongkai.core.message import Message, message

Role = Literal["clerk", "section", "legal", "secrecy", "leader", "publisher", "head", "overseer", "operator", "citizen"]
"""经办人、科室负责人、法制审核、保密审查、分管领导、信息发布员、公开机构负责人、主管部门、运维；申请人（不需要账号）."""

Relation = Literal["own", "below", "other"]
"""The actor's agency is the thing's own, is the competent office above it, or neither."""

Act = Literal[
    "look",
    "file_request",
    "register_request",
    "ask_correction",
    "note_correction",
    "extend",
    "draft_reply",
    "submit_reply",
    "review_section",
    "review_legal",
    "review_secrecy",
    "review_leader",
    "release_reply",
    "note_service",
    "note_return",
    "note_posting",
    "draft_item",
    "attach_files",
    "submit_item",
    "review_item_section",
    "review_item_legal",
    "review_item_secrecy",
    "review_item_leader",
    "publish_item",
    "correct_item",
    "withdraw_item",
    "report_error",
    "close_error",
    "log_work",
    "draft_report",
    "submit_report",
    "review_report_section",
    "review_report_legal",
    "review_report_secrecy",
    "review_report_leader",
    "publish_report",
    "submit_above",
    "found_agency",
    "rename_agency",
    "invite_person",
    "assign_roles",
    "reset_person",
    "end_person",
]
"""Everything that people do through the one door."""


class Permission(NamedTuple):
    """The roles that may do an act, and for the agencies of which relation."""

    roles: frozenset[Role]
    where: frozenset[Relation] = frozenset(("own",))


_EVERYBODY: frozenset[Role] = frozenset(
    ("clerk", "section", "legal", "secrecy", "leader", "publisher", "head", "overseer")
)
_DESK: frozenset[Role] = frozenset(("clerk", "head"))
_ADMINISTRATION: frozenset[Role] = frozenset(("operator", "head"))

PERMISSIONS: dict[Act, Permission] = {
    "look": Permission(_EVERYBODY, frozenset(("own", "below"))),
    "file_request": Permission(frozenset(("citizen",)), frozenset(("own", "below", "other"))),
    "register_request": Permission(_DESK),
    "ask_correction": Permission(_DESK),
    "note_correction": Permission(_DESK),
    "extend": Permission(frozenset(("head",))),
    "draft_reply": Permission(_DESK),
    "submit_reply": Permission(_DESK),
    "review_section": Permission(frozenset(("section", "head"))),
    "review_legal": Permission(frozenset(("legal",))),
    "review_secrecy": Permission(frozenset(("secrecy",))),
    "review_leader": Permission(frozenset(("leader",))),
    "release_reply": Permission(_DESK),
    "note_service": Permission(_DESK),
    "note_return": Permission(_DESK),
    "note_posting": Permission(_DESK),
    "draft_item": Permission(_DESK),
    "attach_files": Permission(_DESK),
    "submit_item": Permission(_DESK),
    "review_item_section": Permission(frozenset(("section", "head"))),
    "review_item_legal": Permission(frozenset(("legal",))),
    "review_item_secrecy": Permission(frozenset(("secrecy",))),
    "review_item_leader": Permission(frozenset(("leader",))),
    "publish_item": Permission(frozenset(("publisher",))),
    "correct_item": Permission(frozenset(("publisher",))),
    "withdraw_item": Permission(frozenset(("publisher", "head"))),
    "report_error": Permission(frozenset(("citizen",)), frozenset(("own", "below", "other"))),
    "close_error": Permission(frozenset(("clerk", "publisher", "head"))),
    "log_work": Permission(frozenset(("clerk", "head", "publisher"))),
    "draft_report": Permission(_DESK),
    "submit_report": Permission(_DESK),
    "review_report_section": Permission(frozenset(("section", "head"))),
    "review_report_legal": Permission(frozenset(("legal",))),
    "review_report_secrecy": Permission(frozenset(("secrecy",))),
    "review_report_leader": Permission(frozenset(("leader",))),
    "publish_report": Permission(frozenset(("publisher", "head"))),
    "submit_above": Permission(frozenset(("head",))),
    "found_agency": Permission(frozenset(("operator",)), frozenset(("other",))),
    "rename_agency": Permission(frozenset(("operator",)), frozenset(("other",))),
    "invite_person": Permission(_ADMINISTRATION),
    "assign_roles": Permission(_ADMINISTRATION),
    "reset_person": Permission(_ADMINISTRATION),
    "end_person": Permission(_ADMINISTRATION),
}
"""An extension is approved by the head of the office (Art. 33(2)). The competent office looks, and does no more. A new
agency is nobody's own: it is the operator of the machine who founds it, and who renames one.
"""


def refusal(act: Act, roles: Collection[Role], relation: Relation) -> Message | None:
    """Why somebody with these roles may not do an act on a thing; ``None`` where they may."""
    permission = PERMISSIONS[act]
    able = permission.roles & set(roles)
    if relation == "below":
        able &= {"overseer", "citizen"}
    if not able:
        return message("review.no-role", act=act, roles=tuple(sorted(permission.roles)))
    if relation not in permission.where:
        return message("review.other-agency", act=act)
    return None
