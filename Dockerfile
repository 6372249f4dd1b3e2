# syntax=docker/dockerfile:1
# The tracker as an image. It was not built where it was written, for there was no Docker daemon there: a test reads this
# file and runs its steps as a script in a folder (tests/deploy/test_dockerfile.py).
#
#     docker build --tag usmca-review-tracker .
#
# deploy/compose.yaml runs it with a database, a store and nginx. Nothing of a site is within it: settings and key come with
# the start (docs/environment.md). Only /var/lib/tracker and /tmp are written to, so the rest may be read-only.

FROM python:3.13-slim-bookworm AS build
# Compiled here, since nothing may be written there later.
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /srv/tracker
# First what changes seldom: the packages, each by its digest. What installs them is not left behind.
COPY bin bin
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache \
    sh bin/environment .venv requirements.txt && .venv/bin/python -m pip uninstall --quiet --yes uv
COPY VERSION manage.py ./
COPY locale locale
COPY static static
COPY templates templates
COPY tracker tracker
COPY timeline timeline
# Translations and static files. The key is made for this step and forgotten with it.
RUN .venv/bin/python -m compileall -q tracker timeline && \
    TRACKER_MODE=production SECRET_KEY="$(od -An -N48 -tx1 /dev/urandom | tr -d ' \n')" \
    ALLOWED_HOSTS=localhost SITE_URL=http://localhost .venv/bin/python manage.py prepare --only files

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="USMCA Review Tracker" \
      org.opencontainers.image.description="A public, sourced, trilingual record of the joint review of the USMCA"
# By number, so that whoever runs it can see that it is not root.
RUN groupadd --system --gid 10001 tracker && \
    useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tracker && \
    install -d -o 10001 -g 10001 -m 0700 /var/lib/tracker
WORKDIR /srv/tracker
COPY --from=build /srv/tracker /srv/tracker
ENV PATH=/srv/tracker/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRACKER_MODE=production \
    TRACKER_VAR=/var/lib/tracker \
    STATIC_FOLDER=/srv/tracker/var/static \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001:10001
VOLUME /var/lib/tracker
EXPOSE 8000
STOPSIGNAL SIGTERM
# Alive, not ready: while the database is away, pages seen before are answered, and a restart would mend nothing.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "tracker.management.healthy", "http://127.0.0.1:8000/health/live"]
ENTRYPOINT ["sh", "bin/production"]
CMD ["python", "-m", "tracker.management.serve"]
