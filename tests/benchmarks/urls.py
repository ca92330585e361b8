"""The site, and the views on bare Django to compare it with."""

from django.urls import include, path

from quizsite.urls import urlpatterns as site

urlpatterns = [path("bare/", include("tests.benchmarks.bare.views")), *site]
