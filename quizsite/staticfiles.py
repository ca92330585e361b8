"""Static files with names that change with their content, compressed, for ever cacheable."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """Also renames the files that one JavaScript module of ours imports from another.

    Only ours: the files of other packages import nothing that the pages load, and an import in
    the words of a comment there would stop the whole collection.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
