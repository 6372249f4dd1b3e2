"""Static files as production serves them: named by their content, compressed, our own without comments."""

from pathlib import PurePath

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
