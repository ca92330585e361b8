"""Groups in the admin. Two people at one group see each other's changes before they save."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.forms import NoOverwriteForm

admin.site.unregister(Group)


class GroupForm(NoOverwriteForm):
    class Meta:
        model = Group
        fields = ["name", "permissions"]


@admin.register(Group)
class NamedGroupAdmin(NoUnseenDelete, GroupAdmin):
    form = GroupForm
