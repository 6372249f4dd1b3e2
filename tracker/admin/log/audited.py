"""Every change at the desk goes into our log, with old and new values, in the transaction of the change itself."""

from typing import Any

from tracker.admin.log.object_history import Historical
from tracker.auditing import difference, note
from tracker.signing.address import address_of
from tracker.snapshot import snapshot
from tracker.vocabulary import LogAction


class Audited(Historical):
    """For a page: its adding, changing and deleting are logged here and not in Django's own log.

    What Django calls the message of a change is here the list of what changed, as `LogRow.changes` has it.
    """

    def log_deed(self, request, obj, action: LogAction, *, reason: str = "", changes=()) -> None:
        """Log an act on the object by whoever sent the request. Call it in the transaction of the act."""
        note(action, by=request.user, about=obj, reason=reason, changes=changes, address=address_of(request))

    def save_form(self, request, form, change):
        # By now the form is valid, and holds the lock on the row if it takes one.
        form.before = snapshot(form.instance) if change else {}
        return super().save_form(request, form, change)

    def construct_change_message(self, request, form, formsets, add=False) -> list[dict]:
        return difference(form.before, snapshot(form.instance))

    def log_addition(self, request, obj, message: list[dict]) -> Any:
        self.log_deed(request, obj, LogAction.ADDED, changes=message)

    def log_change(self, request, obj, message: list[dict]) -> Any:
        # A form that was sent as it came changed nothing.
        if message:
            self.log_deed(request, obj, LogAction.CHANGED, changes=message)

    def log_deletions(self, request, queryset) -> Any:
        for obj in queryset:
            self.log_deed(request, obj, LogAction.DELETED, changes=difference(snapshot(obj), {}))
