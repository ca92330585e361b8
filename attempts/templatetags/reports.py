"""The form with which a candidate reports a question, as it is before anything was sent."""

from django import template

from attempts.reports.form import ReportForm

register = template.Library()


@register.simple_tag
def new_report() -> ReportForm:
    return ReportForm()
