"""Addresses of questions have the question's id: its slug would tell what it asks."""

from django.urls import path

from attempts.views.questions import question_list, question_page

urlpatterns = [
    path("", question_list.my_questions, name="my_questions"),
    path("<int:pk>/", question_page.my_question, name="my_question"),
]
