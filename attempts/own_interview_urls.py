from django.urls import path

from attempts.views.own_interviews import build, interview

app_name = "own"
urlpatterns = [
    path("", build.build, name="build"),
    path("<uuid:pk>/", interview.interview, name="interview"),
    path("<uuid:pk>/change/", build.change, name="change"),
    path("<uuid:pk>/delete/", interview.delete, name="delete"),
]
