"""The addresses of the desk."""

from django.urls import path

from gongkai.desk.views import act, answer, below, case, entrance, items, letters, log, outbox, register, reports, work

urlpatterns = [
    path("", work.work, name="desk"),
    path("enter/", entrance.enter, name="enter"),
    path("demo/", entrance.demonstration, name="demonstration"),
    path("leave/", entrance.leave, name="leave"),
    path("register/", register.register, name="register"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/answer/", answer.answer, name="answer"),
    path("cases/<str:number>/letters/<str:which>.<str:format>", letters.letter, name="letter"),
    path("cases/<str:number>/<slug:act_name>/", act.act, name="act"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("log/", log.log, name="log"),
    path("reports/", reports.years, name="reports"),
    path("reports/<str:year>/", reports.report, name="report"),
    path("reports/<str:year>/cell/", reports.cell, name="report-cell"),
    path("reports/<str:year>/differences/", reports.differences, name="report-differences"),
    path("reports/<str:year>/file.<str:format>", reports.file, name="report-file"),
    path("reports/<str:year>/<slug:act_name>/", reports.act, name="report-act"),
    path("below/", below.board, name="below"),
    path("below/<str:agency_id>/", below.agency, name="below-agency"),
    path("below/<str:agency_id>/reports/<int:year>/", below.report, name="below-report"),
    path("below/<str:agency_id>/reports/<int:year>/cell/", below.cell, name="below-cell"),
    path("below/<str:agency_id>/cases/<str:number>/", below.case, name="below-case"),
    path("items/", items.items, name="items"),
    path("items/new/", items.new, name="item-new"),
    path("items/<str:number>/", items.item, name="desk-item"),
    path("items/<str:number>/<slug:act_name>/", items.act, name="item-act"),
]
