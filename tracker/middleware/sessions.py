"""Sessions for the desk and for signing in, and for nothing else: a public face neither reads a cookie nor sets one,
and so cannot even answer a broken one by its deletion."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError

from tracker.database.lost import is_full, is_read_only, lost_database
from tracker.middleware.language import DESK


class DeskSessions(SessionMiddleware):
    def process_request(self, request):
        if request.path_info.startswith(DESK):
            super().process_request(request)
        else:
            # Others that stand below want one to be there; it is never saved. Nor do they see a cookie: a broken one
            # would be answered by a new one.
            request.session = self.SessionStore(None)
            request.COOKIES = {}

    def process_response(self, request, response):
        if not request.path_info.startswith(DESK):
            return response
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            # Django takes every error of the database for a session that somebody ended. Of a page that is only read,
            # no more is lost than the mark of when it was.
            fault = lost_database(error)
            if request.method in ("GET", "HEAD") and fault and (is_read_only(fault) or is_full(fault)):
                return response
            raise
