"""A page with every component, its strips from real histories."""

from datetime import date

from django import forms
from django.shortcuts import render

from gongkai.core.law.clock import reckon
from gongkai.core.law.strip import strip
from gongkai.core.ledger import events
from gongkai.pages.language import speaking
from gongkai.pages.shapes import Answer, Badge, Cell, Column, Link, Moment, Table
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law

D = date.fromisoformat

SPRING = [
    events.Received(D("2026-02-06"), "natural_person", "online"),
    events.ConsultationSent(D("2026-03-02"), "third_party", "c"),
    events.ConsultationReceived(D("2026-03-04"), "c"),
    events.ConsultationAnswered(D("2026-03-11"), "c"),
    events.ExtensionNotified(D("2026-03-12"), 20),
]
CORRECTED = [
    events.Received(D("2026-09-14"), "business", "in_person"),
    events.CorrectionNoticeSent(D("2026-09-18")),
    events.CorrectionReceived(D("2026-09-28")),
]
NEXT_YEAR = [events.Received(D("2026-12-14"), "natural_person", "post_signed")]


def strict(answer):
    """The policy that the product sends: nothing inline."""

    def answered(request):
        response = answer(request)
        response["Content-Security-Policy"] = "default-src 'self'"
        return response

    return answered


class Filing(forms.Form):
    """A field of each sort."""

    applicant = forms.ChoiceField(
        label="申请人类别", choices=[("natural_person", "公民"), ("business", "商业企业")], widget=forms.RadioSelect
    )
    name = forms.CharField(label="姓名", help_text="与身份证件一致。")
    wanted = forms.CharField(label="所需政府信息", widget=forms.Textarea(attrs={"rows": 4}))
    channel = forms.ChoiceField(label="获取方式", choices=[("post", "邮寄"), ("online", "网上")])
    on = forms.DateField(label="收到日期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    true = forms.BooleanField(label="以上内容属实")
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


def deadline(history, today, days_left):
    """What the component of a deadline shows."""
    known = {"calendar": calendar(), "values": law()}
    return {
        "reckoning": reckon(history, **known, provisional=True),
        "days": strip(history, calendar=calendar().provisional(), values=law()),
        "days_left": days_left,
        "today": today,
    }


def specimen(request):
    """The page, in the language and the mode that the address asks for."""
    wanted = request.GET
    with speaking("en" if wanted.get("lang") == "en" else "zh"):
        return render(request, "specimen.html", context(wanted))


def context(wanted):
    """Everything on the page."""
    return {
        "agency": "云岭市文化和旅游局",
        "nav": [
            Link("指南", "#guide"),
            Link("制度", "#rules"),
            Link("法定主动公开内容", "#items"),
            Link("年报", "#reports"),
            Link("依申请公开", "#requests", here=True),
        ],
        "preferences": {"url": "/", "large": "large" in wanted, "contrast": "contrast" in wanted},
        "search": {"url": "/", "query": "预算"},
        "form": Filing(),
        "wrong": Filing({"name": "", "wanted": "x", "channel": "post"}, auto_id="wrong_%s"),
        "steps": ["哪个机关", "您是谁", "要什么信息", "核对并提交"],
        "deadlines": [
            deadline(SPRING, D("2026-03-18"), 22),
            deadline(CORRECTED, D("2026-11-02"), -1),
            deadline(NEXT_YEAR, None, None),
            deadline(CORRECTED[:2], None, None),
        ],
        "answers": [
            Answer("申请人", "公民 张某", "#name"),
            Answer("所需政府信息", "2025年度公共文化服务专项资金的分配方案\n纸质，邮寄", "#wanted"),
            Answer("收到日期", "2026年3月5日（周四）"),
        ],
        "moments": [
            Moment(D("2026-03-12"), "我们告知您延期 20 个工作日", "《条例》第三十三条第二款"),
            Moment(D("2026-03-02"), "我们向第三方征求了意见"),
            Moment(D("2026-02-06"), "我们收到了您的申请"),
        ],
        "cases": Table(
            "今天要办",
            [Column("编号"), Column("事项"), Column("状态"), Column("期限"), Column("计入天数", numeric=True)],
            [
                case("2026-0012", "专项资金分配方案", Badge("逾期", "due"), "2026年3月5日（周四）", "20"),
                case("2026-0013", "景区评定结果", Badge("等第三方", "warning"), "2026年4月1日（周三）", "9"),
                case("2026-0014", "演出许可目录", Badge("在办", "primary"), "2026年4月8日（周三）", "4"),
                case("2026-0009", "会议纪要", Badge("办结", "done"), "2026年2月27日（周五）", "1,012"),
                case("2026-0015", "机构职能", Badge("待登记"), "—", "0"),
            ],
        ),
        "others": [Link("保存草稿", "#draft"), Link("返回", "#back")],
        "count": 12345,
        "beside": deadline(SPRING, None, 22) if "beside" in wanted else None,
    }


def case(number, matter, badge, due, days):
    """A row of the table."""
    return [Cell(number, url=f"#{number}"), Cell(matter), Cell("", badge=badge), Cell(due), Cell(days)]
