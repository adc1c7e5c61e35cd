#!/bin/bash
# Proves the two commands where nothing is installed: makes a bare Debian with debootstrap, lays the committed state
# in it and runs `make run`, as tools/first_run.py watches it, and `make test` there, timed. Root only; takes minutes and about 3 GB while it runs.
#
#   tools/clean-root.sh [COMMAND …]      commands to run instead, e.g. "make setup" ".venv/bin/gongkai --version"
#
# Of this machine only what lets it reach its registries goes along: the certificate file, pip's settings with
# the folders that they name, apt's proxy settings, the resolver. Nothing is left behind, whatever happens.
set -euo pipefail
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || { echo "debootstrap and chroot need root: sudo make clean-root" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >/dev/null

root=$(realpath "$(mktemp -d "${TMPDIR:-/tmp}/gongkai-root.XXXXXX")")
chmod 755 "$root" # apt fetches as a user of its own
mounted=()
bring() { # bring FOLDER: shows a folder of this machine in the root, read-only
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    mounted+=("$root$1")
    mount -o remount,bind,ro "$root$1"
}
leave() {
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do umount -l "${mounted[i]}"; done
    # Only an unmounted root may be deleted: /proc and the machine's folders stand behind the mounts.
    if grep -q " $root/" /proc/mounts; then
        echo "still mounted, left in place: $root" >&2
    else
        rm -rf --one-file-system "$root"
    fi
}
trap leave EXIT
trap 'exit 130' INT TERM

seconds() { # seconds LABEL COMMAND …: runs it and says how long it took, also when it fails
    local label=$1 begin=$EPOCHSECONDS code=0
    shift
    "$@" || code=$?
    echo "-- $label: $((EPOCHSECONDS - begin)) s, exit $code"
    return "$code"
}
size() { echo "-- size: $(du -xsm "${mounted[@]/#/--exclude=}" "$root" | cut -f1) MB"; }

seconds "bare Debian" debootstrap --variant=minbase --include=python3,make,ca-certificates bookworm "$root" >"$root.log" ||
    { tail -n 20 "$root.log"; exit 1; }
tail -n 1 "$root.log"
rm -f "$root.log"
size

mount -t proc proc "$root/proc"
mounted+=("$root/proc")
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
mounted+=("$root/dev")
cp -L /etc/resolv.conf "$root/etc/resolv.conf"

# The certificate file, under its own name.
settings=()
for name in SSL_CERT_FILE PIP_CERT REQUESTS_CA_BUNDLE CURL_CA_BUNDLE; do
    if [ -f "${!name:-}" ]; then
        mkdir -p "$root$(dirname "${!name}")"
        cp -L "${!name}" "$root${!name}"
        settings+=("$name=${!name}")
    fi
done
# pip's settings, and the folders that they name.
for each in /etc/pip.conf /etc/xdg/pip; do
    if [ -e "$each" ]; then mkdir -p "$root$(dirname "$each")" && cp -rL "$each" "$root$each"; fi
done
while read -r line; do settings+=("$line"); done < <(env | grep -E '^(PIP_|UV_|(https?|no)_proxy=|(HTTPS?|NO)_PROXY=)' || true)
for folder in $(python3 -m pip config list 2>/dev/null | grep -oE "(file://)?/[^'\\\\ ]+" | sed 's,^file://,,' | sort -u); do
    # A simple index stands beside the files that it points to.
    [ "${folder%/simple}" = "$folder" ] || folder=${folder%/simple}
    if [ -d "$folder" ]; then bring "$folder"; fi
done
# apt: proxies and what this machine says of its mirror's dates, nothing else.
apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::Proxy|Check-)' >"$root/etc/apt/apt.conf.d/50machine" || true

mkdir "$root/gongkai"
git archive HEAD | tar -xf - -C "$root/gongkai"

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" \
        sh -ec "cd /gongkai; $1" </dev/null
}
if [ $# = 0 ]; then set -- "python3 tools/first_run.py" "make test"; fi
for command; do
    echo "== $command"
    seconds "$command" inside "$command"
    size
done
echo "-- proved in a bare Debian: $*"
