"""What the letters say: every answer its basis and remedy, every fact of a notice, nothing missing."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Told
from gongkai.documents.letters import Deadline, Letter, RequestFacts, Withheld
from gongkai.rulebook.load.messages import LANGS, render
from gongkai.rulebook.load.outcomes import outcomes

CODES = [each.code for each in outcomes().answers]
# Refusals under Arts. 14 to 16, read by hand: 行政复议法第二十三条, 法释〔2025〕8号.
PRIOR = {"R3.1", "R3.2", "R3.3", "R3.4", "R3.5", "R3.6", "R3.7", "RP"}
FIRST = "如对本答复不服，应当自收到本答复之日起60日内，先向云岭县人民政府申请行政复议。"
FREE = (
    "如对本答复不服，可以自收到本答复之日起60日内向云岭县人民政府申请行政复议，"
    "也可以自收到本答复之日起6个月内直接向人民法院提起行政诉讼。"
)
AFTER = (
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼；"
    "行政复议机关逾期不作决定的，可以自行政复议期限届满之日起15日内提起。"
)
COURT = "提起行政诉讼的，可以向青川铁路运输法院提出。"
FACTS = (
    "2026年3月2日，本机关收到您提出的政府信息公开申请（登记编号：云文旅申〔2026〕7号），"
    "申请公开的内容为：“2025年乡村旅游专项资金的分配方案”。"
)


def refused(make, **more) -> str:
    """The id of the refusal, whose sentence is whole in both languages."""
    with pytest.raises(Refused) as caught:
        make(**more)
    told: Told = caught.value
    for lang in LANGS:
        assert "{" not in render(told.message, lang) and told.message.id not in render(told.message, lang)
    return told.message.id


@pytest.mark.parametrize("code", CODES)
def test_every_answer_has_its_basis_what_it_must_contain_and_its_remedy(make, code):
    letter, answer = make[code](), outcomes().answer(code)
    text = "\n".join(letter.paragraphs)
    assert letter.paragraphs[0] == FACTS
    if answer.article.startswith("第"):
        for article in answer.article.split("、"):
            assert article.removeprefix("国办函〔2020〕109号") in letter.paragraphs[1]
    assert "根据" in letter.paragraphs[1] and letter.paragraphs[1].endswith("，现答复如下：")
    for element in answer.must_contain:
        assert element.code == "reason_each" or f"经办人所写的{element.zh}。" in text
    assert letter.remedy == ((FIRST, AFTER, COURT) if code in PRIOR else (FREE, COURT))
    assert letter.title.startswith("青川市云岭县文化和旅游局") and letter.title.endswith("书")


def test_reply_information_does_not_exist(make):
    found = "以“乡村旅游”为检索词，检索了2025年以来的公文和档案，没有找到"
    letter = make["R4.1"](said={"search": found})
    assert letter == Letter(
        kind="reply",
        document="D19",
        organ="青川市云岭县文化和旅游局",
        title="青川市云岭县文化和旅游局政府信息不存在告知书",
        addressee="李某某",
        paragraphs=(
            FACTS,
            "根据《中华人民共和国政府信息公开条例》第三十六条第四项，现答复如下：",
            "经检索，您申请公开的信息不存在。",
            f"检索的情况：{found}。",
        ),
        date=date(2026, 3, 25),
        number="云文旅公复〔2026〕12号",
        remedy=(FREE, COURT),
        contact="王某，0123-1234567",
    )


def test_reply_information_of_a_process(make):
    letter = make["R3.6"](
        said={"reason": "方案仍在讨论，尚无结论"},
        history=["2026年3月10日，本机关告知您延长答复期限20个工作日"],
        online="https://xzfy.yunling.example",
    )
    assert letter.title == "青川市云岭县文化和旅游局政府信息不予公开答复书"
    assert letter.paragraphs == (
        FACTS,
        "2026年3月10日，本机关告知您延长答复期限20个工作日。",
        "根据《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第三项，现答复如下：",
        "您申请公开的信息属于本机关在履行行政管理职能过程中形成的过程性信息，本机关不予公开。",
        "理由：方案仍在讨论，尚无结论。",
    )
    online = "本答复通过互联网送达，申请行政复议的，也可以通过互联网提出：https://xzfy.yunling.example。"
    assert letter.remedy == (FIRST, AFTER, COURT, online)


def test_each_part_withheld_has_its_ground_and_reason(make):
    text = make["RP"]().paragraphs
    at = text.index("不予公开的内容和理由如下：")
    assert text[at + 1].startswith("1.收款账号：涉及商业秘密") and "第十五条" in text[at + 1]
    assert text[at + 2 : at + 4] == ("理由：属于个人隐私。", "征求第三方意见的情况：第三方不同意公开。")
    assert text[at + 4].startswith("2.讨论记录：") and "第十六条第二款" in text[at + 4]
    query = Withheld("R3.8", "不动产登记资料", {"special_rule": "《不动产登记暂行条例》"})
    assert make["RP"](withheld=[query]).remedy == (FREE, COURT)
    twice = [Withheld("R3.6", part, {"reason": "过程稿"}) for part in ("讨论记录", "征求意见稿")]
    assert make["RP"](withheld=twice).remedy[0] == FIRST


def test_what_is_missing_or_contradicts_the_answer_is_refused(make):
    reply = make["R3.6"]
    assert refused(reply, said={}) == "letters.element-missing"
    assert refused(reply, said={"reason": " \n\u200b"}) == "letters.element-missing"
    assert refused(reply, said={"reason": "甲", "search": "乙"}) == "letters.element-unknown"
    assert refused(reply, withheld=[Withheld("R3.6", "甲", {"reason": "乙"})]) == "law.ground-not-allowed"
    assert refused(make["RP"], withheld=[]) == "law.ground-missing"
    assert refused(make["RP"], withheld=[Withheld("R4.1", "甲", {})]) == "law.unknown-ground"
    assert refused(make["RP"], withheld=[Withheld("R3.6", " ", {"reason": "乙"})]) == "letters.part-missing"
    assert refused(make["R6.3"], basis="") == "letters.basis-missing"
    assert refused(reply, on=date(2026, 3, 1)) == "letters.dated-before-receipt"
    blank = RequestFacts(" ", date(2026, 3, 2), "甲", "乙")
    for made in ("receipt", "correction_notice", "extension_notice", "R4.1"):
        assert refused(make[made], request=blank) == "letters.blank"
    assert refused(make["receipt"], request=replace(blank, register="1", applicant="")) == "letters.blank"
    assert refused(make["correction_notice"], items=[]) == "letters.blank"
    assert refused(make["extension_notice"], reason="") == "letters.blank"
    assert refused(make["receipt"], code="") == "letters.blank"


@pytest.mark.parametrize(
    "number", ["云公复[2026]12号", "云公复〔2026〕012号", "云公复〔2026〕第12号", "〔2026〕1号", ""]
)
def test_a_number_of_another_form_is_refused(make, number):
    for made in ("R1", "correction_notice", "extension_notice"):
        assert refused(make[made], number=number) == "letters.number-form"


def test_the_receipt_tells_the_day_the_period_and_the_code(make):
    letter = make["receipt"]()
    assert (letter.kind, letter.document, letter.number, letter.remedy) == ("receipt", "D03", None, ())
    text = "\n".join(letter.paragraphs)
    for said in (
        "通过互联网渠道提出",
        "登记编号：云文旅申〔2026〕7号。",
        "“2025年乡村旅游专项资金的分配方案”",
        "收到申请之日：2026年3月2日。通过互联网渠道提交的，以双方确认之日为收到申请之日",
        "答复期限：2026年3月30日。",
        "3月2日收到，当日不计。\n数满20个工作日",
        "查询码：7QK4-M2XD。",
    ):
        assert said in text
    assert "暂定" not in text
    provisional = make["receipt"](due=Deadline(date(2027, 1, 12), True))
    assert "答复期限：2027年1月12日（暂定，" in "\n".join(provisional.paragraphs)


def test_the_correction_notice_names_all_items_at_once(make):
    letter = make["correction_notice"](guidance=["可以参照本机关的信息公开指南。"])
    assert (letter.document, letter.remedy) == ("D04", ())
    assert letter.paragraphs[0] == FACTS
    assert letter.paragraphs[2:] == (
        "1.指明专项资金的名称。",
        "2.指明所需的年度。",
        "可以参照本机关的信息公开指南。",
        "请您于2026年3月20日以前（含当日）将补正后的申请提交本机关。",
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。",
        "本机关答复该申请的期限，自收到补正后的申请之日起重新计算，收到当日不计。",
    )
    assert make["correction_notice"](items=["指明年度"]).paragraphs[2] == "指明年度。"


def test_the_extension_notice_tells_both_days_and_the_reason(make):
    letter = make["extension_notice"](new=Deadline(date(2027, 1, 12), True))
    assert (letter.document, letter.remedy) == ("D06", ())
    text = "\n".join(letter.paragraphs)
    assert "原定的答复期限为2026年3月30日。" in text and "延长答复期限20个工作日" in text
    assert "第三十三条第二款" in text and "理由：资料分散在六个乡镇，需要逐一核对。" in text
    assert "延长后的答复期限为2027年1月12日（暂定，" in text


def test_an_organisation_is_spoken_to_as_one(make):
    firm = RequestFacts("1", date(2026, 3, 2), "甲", "某某公司", organisation=True)
    for made in ("receipt", "correction_notice", "R1"):
        text = "\n".join(make[made](request=firm).paragraphs)
        assert "你单位" in text and "您" not in text


def test_braces_of_users_fill_no_gap(make):
    odd = RequestFacts("{organ}", date(2026, 3, 2), "{you} {0} {content!r} }{", "{x}")
    assert "“{you} {0} {content!r} }{”" in make["R1"](request=odd).paragraphs[0]
