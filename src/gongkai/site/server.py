"""The web server of an installation."""

from collections.abc import Callable


def serve(target: str, host: str, port: int, started: Callable[[], None] = lambda: None) -> None:
    """Serve a WSGI application (``module:name``) from a worker process of its own, until it is ended (Ctrl-C).

    ``started`` is called when the worker was started; it listens a moment later.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        target, address=host, port=port, interface=Interfaces.WSGI, log_access=False, log_level=LogLevels.error
    )
    server.on_startup(started)
    server.serve()
