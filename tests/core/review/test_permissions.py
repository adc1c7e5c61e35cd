"""The table of permissions, whole: every act × role × relation."""

from typing import get_args

import pytest

from gongkai.core.review.permissions import PERMISSIONS, Act, Relation, Role, refusal
from gongkai.rulebook.load.messages import render

DESK, ADMINISTRATION = {"clerk", "head"}, {"operator", "head"}
EXPECTED = {
    "look": {"clerk", "section", "legal", "secrecy", "leader", "publisher", "head", "overseer"},
    "file_request": {"citizen"},
    "register_request": DESK,
    "ask_correction": DESK,
    "note_correction": DESK,
    "extend": {"head"},
    "draft_reply": DESK,
    "submit_reply": DESK,
    "review_section": {"section", "head"},
    "review_legal": {"legal"},
    "review_secrecy": {"secrecy"},
    "review_leader": {"leader"},
    "release_reply": DESK,
    "note_service": DESK,
    "note_return": DESK,
    "note_posting": DESK,
    "log_work": {"clerk", "head", "publisher"},
    "draft_report": DESK,
    "submit_report": DESK,
    "review_report_section": {"section", "head"},
    "review_report_legal": {"legal"},
    "review_report_secrecy": {"secrecy"},
    "review_report_leader": {"leader"},
    "publish_report": {"publisher", "head"},
    "submit_above": {"head"},
    "draft_item": DESK,
    "attach_files": DESK,
    "submit_item": DESK,
    "review_item_section": {"section", "head"},
    "review_item_legal": {"legal"},
    "review_item_secrecy": {"secrecy"},
    "review_item_leader": {"leader"},
    "publish_item": {"publisher"},
    "correct_item": {"publisher"},
    "withdraw_item": {"publisher", "head"},
    "found_agency": {"operator"},
    "rename_agency": {"operator"},
    "invite_person": ADMINISTRATION,
    "assign_roles": ADMINISTRATION,
    "reset_person": ADMINISTRATION,
    "end_person": ADMINISTRATION,
    "report_error": {"citizen"},
    "close_error": {"clerk", "publisher", "head"},
}


def test_every_act_has_its_line():
    assert set(PERMISSIONS) == set(get_args(Act)) == set(EXPECTED)


@pytest.mark.parametrize("act", get_args(Act))
@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("relation", get_args(Relation))
def test_who_may_do_what(act, role, relation):
    may = {"own": role in EXPECTED[act], "below": act == "look" and role == "overseer", "other": False}[relation]
    if act in ("file_request", "report_error"):
        may = role == "citizen"
    if act in ("found_agency", "rename_agency"):
        may = role == "operator" and relation == "other"
    said = refusal(act, {role}, relation)
    assert (said is None) == may
    if said is not None:
        for lang in ("zh", "en"):
            assert said.id not in render(said, lang)


def test_several_roles_in_one_hand():
    assert refusal("review_leader", {"clerk", "leader"}, "own") is None
    assert refusal("look", set(), "own") is not None
