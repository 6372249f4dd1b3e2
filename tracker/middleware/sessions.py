"""Sessions for the desk and for signing in, and for nothing else: a public face neither reads a cookie nor sets one,
and so cannot even answer a broken one by its deletion."""

from django.contrib.sessions.middleware import SessionMiddleware

from tracker.middleware.language import DESK


class DeskSessions(SessionMiddleware):
    def process_request(self, request):
        if request.path_info.startswith(DESK):
            super().process_request(request)
        else:
            # Others that stand below want one to be there; it is never saved.
            request.session = self.SessionStore(None)

    def process_response(self, request, response):
        return super().process_response(request, response) if request.path_info.startswith(DESK) else response
