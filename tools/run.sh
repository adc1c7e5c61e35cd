#!/bin/sh
# What to see first: a broken report, its failing sum and its smallest correction; then the county at an address.
# LANGUAGE=en says it in English. ONCE=1 ends before the county. A finding is the point here, so exit code 1 is no failure.
set -eu
report=examples/reports/yunling-culture-2025.xlsx
corrected=build/$(basename "$report" .xlsx)
case ${LANGUAGE:-} in
en*)
    lang=en
    said="The corrected report:" others="All three invented reports:" county="An invented county is being made, half a minute"
    elsewhere="The invented county lies in build/county; GONGKAI_DATA stays untouched."
    ;;
*)
    lang=zh
    said="更正后的报告：" others="三份虚构的报告：" county="正在建立虚构的演示县，约半分钟"
    elsewhere="虚构的演示县在 build/county，GONGKAI_DATA 中的内容不会改动。"
    ;;
esac
gongkai() { command gongkai "$@" --lang "$lang"; }
found() { [ $? = 1 ]; } # found: whether the command before it ended because there are mistakes

mkdir -p build
making=
if [ -z "${ONCE:-}" ] && [ ! -e build/county ]; then # while the report is read
    rm -rf build/county.new
    GONGKAI_DATA="$PWD/build/county.new" gongkai demo >build/county.log 2>&1 &
    making=$!
    trap 'kill "$making" 2>/dev/null || true' EXIT
    trap 'exit 130' INT TERM
fi

gongkai report check "$report" || found
for suffix in docx pdf; do
    gongkai report repair "$report" -o "$corrected.$suffix" >/dev/null
done
echo
echo "$said  $corrected.docx  $corrected.pdf"
echo "$others  $(gongkai report check examples/reports --previous examples/previous 2>/dev/null | tail -n 1)"
[ -z "${ONCE:-}" ] || exit 0
[ -z "${GONGKAI_DATA:-}" ] || echo "$elsewhere"

if [ -n "$making" ]; then
    printf '%s ' "$county"
    while kill -0 "$making" 2>/dev/null; do
        printf .
        sleep 1
    done
    echo
    wait "$making" || { cat build/county.log >&2; exit 1; }
    trap - EXIT
    mv build/county.new build/county
fi
export GONGKAI_DATA="$PWD/build/county"
exec gongkai serve --lang "$lang"
