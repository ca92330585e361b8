"""Among the pages of an account: what somebody has here, to download or to delete."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attempts.owners import Owner
from attempts.views.own_data.deleting import counts_of


@require_safe
@login_required
def your_data(request: HttpRequest) -> HttpResponse:
    counts = counts_of(Owner(user_id=request.user.pk))
    return render(request, "attempts/own_data/your_data.html", counts)
