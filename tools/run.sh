#!/bin/sh
# The main job on the reports named: what is wrong in them, then each one corrected, in two formats, under build/.
# Findings are the point here, so an exit code of 1 (mistakes found) is no failure.
set -u
show() { # show COMMAND …: prints it, runs it, lets 0 and 1 pass
    echo "\$ $*"
    "$@" || [ $? = 1 ] || exit
    echo
}
show gongkai report check "$@" --previous examples/previous
mkdir -p build
for report in "$@"; do
    name=$(basename "${report%.*}")
    for suffix in docx pdf; do
        show gongkai report repair "$report" -o "build/$name.$suffix" --history examples/previous
    done
done
ls build/*.docx build/*.pdf
