"""Static files as production serves them: named by their content, compressed, our own without comments."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHORTENED = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
OWN = ("site/", "embed/")  # what a library ships is served as it came


class SmallStaticFiles(CompressedManifestStaticFilesStorage):
    def save(self, name, content, max_length=None):
        """Keep a file, shortened if it is a style sheet or script of ours."""
        shorten = SHORTENED.get(PurePath(name).suffix) if name.startswith(OWN) else None
        if shorten:
            content = ContentFile(shorten(content.read().decode()).encode())
        return super().save(name, content, max_length=max_length)

    def post_process(self, paths, dry_run=False, **options):
        """Name and compress the files by what was kept; by itself, Django would read their sources again."""
        kept = {name: (self, name) for name in paths}
        yield from super().post_process(paths if dry_run else kept, dry_run, **options)

    def integrity(self, name: str) -> str:
        """What a browser holds the file to, `sha256-…` (Subresource Integrity, 3.5), so that nothing between it and
        the server, a cache or another host of the files, can put a script of its own in its place."""
        return _integrity(self.path(self.stored_name(name)))


@cache  # The name of a file tells its content.
def _integrity(path: str) -> str:
    return f"sha256-{b64encode(sha256(Path(path).read_bytes()).digest()).decode()}"
