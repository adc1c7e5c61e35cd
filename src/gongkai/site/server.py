"""The web server of an installation."""


def serve(target: str, host: str, port: int) -> None:
    """Serve a WSGI application (``module:name``) from a worker process of its own, until it is ended (Ctrl-C)."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(target, address=host, port=port, interface=Interfaces.WSGI, log_access=False).serve()
