"""Requests of the county: filed, some corrected, most answered, a few left open."""

import random
from datetime import date, timedelta

from gongkai.core.ledger.events import ApplicantKind
from gongkai.core.ledger.refusal import Refused
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.letters import elements
from gongkai.services.request.receive import FileRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteService, ReleaseReply, SubmitReply
from gongkai.site.demo.people import Bureau

SUBJECTS = (
    "低保对象名单汇总数",
    "河道整治工程中标公告",
    "文物保护单位修缮批复",
    "养老服务补贴发放办法",
    "水质监测月报",
)
KINDS: tuple[ApplicantKind, ...] = (*("natural_person",) * 8, "business", "research", "public_welfare", "legal_service")
ANSWERS = (*("R4.1",) * 4, *("R2",) * 4, *("R1",) * 3, *("R4.1b",) * 2, "R3.6", "R5.1", "R4.2")
DAYS, LATE = 16, 45
"""After so many days a request is answered: in time, or not."""
SERVED = 5
"""So many days later the applicant has the reply."""
SAID = {
    "search": "在档案室和业务系统中检索，没有找到您所申请的信息",
    "information": "您所申请的信息见附件",
    "place": "云岭县人民政府网站“法定主动公开内容”栏目",
    "right_organ": "云岭县财政局，联系电话见其政府信息公开指南",
    "reason": "您所申请的内容属于上述情形",
}


def live(bureau: Bureau, filed: date, today: date, chance: random.Random) -> None:
    """One request from its filing as far as it comes until today."""
    id, luck, age = bureau.agency.id, chance.random(), (today - filed).days
    name, subject = f"申请人{chance.randrange(100)}", f"{filed.year - 1}年{chance.choice(SUBJECTS)}"
    number = bureau.do(None, "file_request", FileRequest(id, chance.choice(KINDS), name, subject), filed)["number"]
    answer = chance.choice(ANSWERS)
    replied = bureau.working(filed + timedelta(days=LATE if luck > 0.94 else DAYS))
    try:
        if luck < 0.12 and age > 3:
            until, asked = filed + timedelta(days=20), bureau.working(filed + timedelta(days=3))
            if asked > today:
                return
            bureau.do(0, "ask_correction", AskCorrection(id, number, 1, "请写明所需信息的年度。", until), asked)
            corrected = asked + timedelta(days=6)
            if corrected >= today:
                return
            bureau.do(0, "note_correction", NoteCorrection(id, number, 2, corrected, "去年的"), corrected)
        if replied > today or luck > 0.985:
            return
        wanted = elements(answer, (), bureau.web.rules.outcomes)
        bureau.do(0, "draft_reply", DraftReply(id, number, 0, answer, (), {key: SAID[key] for key in wanted}), replied)
        bureau.do(0, "submit_reply", SubmitReply(id, number, len(bureau.history("request", number))), replied)
        bureau.approve("request", number, JudgeReply, "review_", replied)
        bureau.do(0, "release_reply", ReleaseReply(id, number, len(bureau.history("request", number))), replied)
        if (served := bureau.working(replied + timedelta(days=SERVED))) <= today:
            service = NoteService(id, number, len(bureau.history("request", number)), "post", served)
            bureau.do(0, "note_service", service, served)
    except Refused:
        return  # the law does not admit it on that day; the request stays where it is
