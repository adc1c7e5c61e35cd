"""The addresses of the desk."""

from django.urls import path

from gongkai.desk.views import act, answer, case, entrance, letters, register, work

urlpatterns = [
    path("", work.work, name="desk"),
    path("enter/", entrance.enter, name="enter"),
    path("leave/", entrance.leave, name="leave"),
    path("register/", register.register, name="register"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/answer/", answer.answer, name="answer"),
    path("cases/<str:number>/reply.<str:format>", letters.letter, name="letter"),
    path("cases/<str:number>/<slug:act_name>/", act.act, name="act"),
]
