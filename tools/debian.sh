#!/bin/sh
# What the tests need from Debian: second programs that make documents for us to read, and open those that we wrote.
# As root it installs what is missing; otherwise it names it and fails.
set -eu

missing=
need() { # need COMMAND-OR-FILE PACKAGE
    command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || missing="$missing $2"
}
office=$(dirname "$(readlink -f "$(command -v soffice || echo /usr/lib/libreoffice/program/soffice)")")
need "$office/libswlo.so" libreoffice-writer-nogui
need "$office/libsclo.so" libreoffice-calc-nogui
need catdoc catdoc
need antiword antiword
need chromium-headless-shell chromium-headless-shell
need pdftotext poppler-utils

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing for the tests:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "The tests need these programs. Run: sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
