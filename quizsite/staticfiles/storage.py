"""Static files, compressed, with names that change with their content, so that caches keep them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>(?P<word>from|import)\s*["'](?P<url>\.{1,2}/[^"']+)["'])"""
REPLACED = '%(word)s "%(url)s"'


class HashedModules(CompressedManifestStaticFilesStorage):
    """Also renames the files that our JavaScript modules import from each other.

    Django's `support_js_module_import_aggregation` would do that for every package's scripts, and
    an import in a comment there stops the whole collection. Ours name "./file.js" or
    "../folder/file.js".

    Django's reference does not list `patterns`; if it ever changes,
    test_static_names_change_with_the_content_and_modules_find_each_other notices.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", ((IMPORT, REPLACED),)))
