"""Static files with names that change with their content, compressed, for ever cacheable."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """Also renames the files that one JavaScript module imports from another."""

    support_js_module_import_aggregation = True
