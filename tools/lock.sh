#!/bin/sh
# Writes requirements.lock, of it the part that `make run` needs, and tools/uv.txt: every version with its hashes, no address in them, for any system
# and any Python that the project supports.
set -eu
cd "$(dirname "$0")/.."
compile="env -u UV_INDEX -u UV_DEFAULT_INDEX .uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
$compile --all-extras pyproject.toml --output-file requirements.lock
$compile --extra web --extra office --extra pdf --extra build --constraint requirements.lock pyproject.toml \
    --output-file requirements-run.lock
echo uv | $compile --no-deps - --output-file tools/uv.txt
