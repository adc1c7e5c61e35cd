#!/bin/sh
# The main job on the reports named: what is wrong in them, then each one corrected, in two formats, under build/.
# Findings are the point here, so an exit code of 1 (mistakes found) is no failure. Then the demonstration county is served;
# with ONCE=1 it ends before.
set -u
exec 3>&1
told=
show() { # show COMMAND …: prints it, runs it, lets 0 and 1 pass; what concerns files is said once, for the first of them
    echo "\$ $*"
    notes=$("$@" 2>&1 >&3) && status=0 || status=$?
    while read -r line; do
        said=${line#*：}
        case $said in --previous*) said=--previous ;; esac
        case $told in *"<$said>"*) continue ;; esac
        told="$told<$said>"
        echo "$line" >&2
    done <<END
$notes
END
    [ "$status" -le 1 ] || exit "$status"
    echo
}
show gongkai report check "$@" --previous examples/previous
mkdir -p build
written=
for report in "$@"; do
    name=$(basename "${report%.*}")
    for suffix in docx pdf; do
        show gongkai report repair "$report" -o "build/$name.$suffix" --history examples/previous
        written="$written  build/$name.$suffix
"
    done
done
command=gongkai
[ -x .venv/bin/gongkai ] && command=.venv/bin/gongkai
echo "上面是核对结果，更正后的报告在（the corrected reports are in）："
printf '%s' "$written"
echo "接下来可以试试（what to try next; --lang en for English）："
echo "  $command report check 您的报告.docx"
echo "  $command report repair 您的报告.docx -o 更正后.pdf"
echo "  $command --help"
[ -z "${ONCE:-}" ] || exit 0
echo
export GONGKAI_DATA="$PWD/build/county"
[ -e "$GONGKAI_DATA/demo" ] || gongkai demo || exit
exec gongkai serve
