"""Runs `make run` as somebody would for the first time, and holds it to what the README says of it.

    python3 tools/first_run.py [SECONDS]

Each line is printed with the second at which it came: first the sum that fails, in words, then its correction, the
corrected files, an address. The address is opened, without an account, and must be the county's board. Exits 1 where
something is missing, or came later than SECONDS (90). Standard library alone: it runs in a bare Debian.
"""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

WANTED = (r"与本行各栏之和 3", r"2 → 3", r"build/\S+\.docx.*build/\S+\.pdf", r"http://127\.0\.0\.1:\d+/\S*")
BOARD = ("下级单位", "云岭县民政局", "云岭县水务局")


def main(seconds: float) -> int:
    """Run, read, open, end."""
    began = time.monotonic()
    run = subprocess.Popen(
        ["make", "run", "LANGUAGE="], stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    assert run.stdout is not None
    wanted, came, address = list(WANTED), 0.0, ""
    try:
        for line in run.stdout:
            came = time.monotonic() - began
            print(f"{came:6.1f}  {line}", end="", flush=True)
            while wanted and (found := re.search(wanted[0], line)):
                wanted.pop(0)
                address = found[0]
            if not wanted:
                break
        else:
            print(f"make run ended without {wanted[0]}", file=sys.stderr)
            return 1
        missing = [each for each in BOARD if each not in _opened(address)]
    finally:
        os.killpg(run.pid, signal.SIGTERM)
        run.wait()
    if missing:
        print(f"{address} does not show {', '.join(missing)}", file=sys.stderr)
    print(f"-- {came:.0f} s to {address}, where the board opens; at most {seconds:.0f}")
    return 1 if missing or came > seconds else 0


def _opened(address: str) -> str:
    """The page of an address, as a browser gets it that has never been there."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page: bytes = browser.open(address, timeout=30).read()
    return page.decode()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 90))
