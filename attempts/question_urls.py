"""Addresses of questions have the question's id: its slug would tell what it asks."""

from django.urls import path

from attempts.views.questions import keeping, question_list, question_page

urlpatterns = [
    path("", question_list.my_questions, name="my_questions"),
    path("prompts/", keeping.set_all_shown, name="show_prompts"),
    path("<int:pk>/", question_page.my_question, name="my_question"),
    path("<int:pk>/note/", keeping.save_note, name="question_note"),
    path("<int:pk>/bookmark/", keeping.set_bookmark, name="question_bookmark"),
    path("<int:pk>/prompt/", keeping.set_shown, name="question_prompt"),
]
