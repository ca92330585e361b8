from django.urls import path

from attempts.views.practice import starting, ways_in

app_name = "practice"
urlpatterns = [
    path("", ways_in.choose, name="choose"),
    path("start/", starting.start, name="start"),
    path("<uuid:pk>/next/", starting.ask_next, name="next"),
]
