#!/bin/sh
# Makes .uv/bin/uv and with it .venv, exactly as locked. `tools/setup.sh uv` stops after uv.
# `tools/setup.sh run` makes .venv with what `make run` needs alone, by pip: fewer bytes to wait for, uv among them.
# Follows this machine's pip settings (index, certificate …): uv does not read them by itself.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "gongkai needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2
    exit 1
}

# Debian keeps the module that makes environments in a package of its own.
if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing python3-venv"
        apt-get update -qq -o Acquire::Languages=none
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    else
        echo "Python's module for environments is missing. Run: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi

if [ "${1:-}" = run ]; then
    [ -x .venv/bin/pip ] || "$PYTHON" -m venv --clear .venv
    pip="$PWD/.venv/bin/python -m pip -qq --disable-pip-version-check install --no-deps"
    $pip --no-compile --require-hashes -r requirements-run.lock
    $pip --no-build-isolation --no-index --editable .
    exit 0
fi

if ! cmp -s tools/uv.txt .uv/uv.txt; then
    rm -rf .uv
    "$PYTHON" -m venv .uv
    .uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tools/uv.txt
    cp tools/uv.txt .uv/
fi
[ "${1:-}" != uv ] || exit 0

# One of pip's settings, its environment before its files, blanks for line ends; nothing where it is not set.
setting() {
    .uv/bin/python -m pip config list | sed -n "s/^\(:env:\.\|global\.\|install\.\)$1='\(.*\)'\$/\2/p" |
        sed 's/\\n/ /g' | head -n 1
}
# Those of the addresses and folders in $1 that can be there: pip passes over a missing folder, uv does not.
present() {
    for place in $1; do
        case $place in
            file://*) [ -e "${place#file://}" ] || continue ;;
            *://*) ;;
            *) [ -e "$place" ] || continue ;;
        esac
        printf '%s ' "$place"
    done | sed 's/ $//'
}
# Sets and exports $1 to $2 unless the user has set it or $2 is empty.
default() {
    eval "[ -n \"\${$1:-}\" ]" || [ -z "$2" ] || export "$1=$2"
}
default UV_DEFAULT_INDEX "$(setting index-url)"
default UV_INDEX "$(present "$(setting extra-index-url)")"
default UV_FIND_LINKS "$(present "$(setting find-links)" | tr ' ' ,)"
default UV_INSECURE_HOST "$(setting trusted-host)"
default UV_HTTP_TIMEOUT "$(setting default-timeout)"
default SSL_CERT_FILE "$(setting cert)"
# pip takes all indexes for one; the hashes in the lock make that safe.
default UV_INDEX_STRATEGY unsafe-best-match
export UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv VIRTUAL_ENV="$PWD/.venv"

.venv/bin/python -c '' 2>/dev/null || .uv/bin/uv venv --quiet --clear --python "$PYTHON" .venv
.uv/bin/uv pip sync --quiet --require-hashes --link-mode=copy requirements.lock
.uv/bin/uv pip install --quiet --no-deps --no-build-isolation --offline --editable .
echo "ready: .venv/bin/gongkai"
