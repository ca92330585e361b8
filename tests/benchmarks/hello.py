"""The least WSGI application: what it costs is what its server costs."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    environ["wsgi.input"].read()
    return [b"ok\n"]
