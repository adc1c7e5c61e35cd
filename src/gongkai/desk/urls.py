"""The addresses of the desk."""

from django.urls import path

from gongkai.desk.views import act, answer, case, entrance, errors, files, items, letters, log, register, reports, work

urlpatterns = [
    path("", work.work, name="desk"),
    path("enter/", entrance.enter, name="enter"),
    path("leave/", entrance.leave, name="leave"),
    path("register/", register.register, name="register"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/answer/", answer.answer, name="answer"),
    path("cases/<str:number>/reply.<str:format>", letters.letter, name="letter"),
    path("cases/<str:number>/<slug:act_name>/", act.act, name="act"),
    path("log/", log.log, name="log"),
    path("reports/", reports.years, name="reports"),
    path("reports/<str:year>/", reports.report, name="report"),
    path("reports/<str:year>/cell/", reports.cell, name="report-cell"),
    path("reports/<str:year>/file.<str:format>", reports.file, name="report-file"),
    path("reports/<str:year>/<slug:act_name>/", reports.act, name="report-act"),
    path("below/", reports.below, name="below"),
    path("errors/", errors.errors, name="errors"),
    path("errors/<int:id>/", errors.error, name="error"),
    path("items/", items.items, name="items"),
    path("items/new/", items.new, name="item-new"),
    path("items/new/from-file/", files.text, name="item-new-text"),
    path("items/<str:number>/", items.item, name="desk-item"),
    path("items/<str:number>/from-file/", files.text, name="item-text"),
    path("items/<str:number>/attach_files/", files.attach, name="item-attach"),
    path("items/<str:number>/files/<slug:hash>/", files.file, name="item-file"),
    path("items/<str:number>/<slug:act_name>/", items.act, name="item-act"),
]
