"""Serves the specimen at a free port, which it prints, until it is ended."""

import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.pages.specimen.settings"

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    """A browser asks for several files at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Tells nothing."""

    def log_message(self, *args):
        """No line a request."""


if __name__ == "__main__":
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Silent) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
