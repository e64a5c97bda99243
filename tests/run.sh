#!/bin/sh
# All tests of a build folder: unit, layers, rule examples, command line, goldens, corpus, hostile.
# Every script prints "ok NAME" or "not ok NAME: why" lines; the last line counts them.
set -u
cd "$(dirname "$0")/.." || exit 2
B=${1:-build}
log=$B/tests.log
: >"$log"

run() { # NAME COMMAND...: one script of ok lines
    name=$1
    shift
    "$@" >"$log.part" 2>&1
    status=$?
    grep -q '^not ok\|^ok' "$log.part" || echo "not ok $name: printed no result" >>"$log.part"
    if [ $status -ne 0 ] && ! grep -q '^not ok' "$log.part"; then
        echo "not ok $name: exit status $status" >>"$log.part"
    fi
    cat "$log.part" >>"$log"
    if grep -q '^not ok' "$log.part"; then
        echo "--- $name"
        grep -v '^ok' "$log.part"
    fi
}

unit() { # cmocka: one line a test
    "$1" 2>&1 | awk -v name="$(basename "$1")" '
        /^\[       OK \]/ { print "ok " name " " $NF; next }
        /^\[  FAILED  \] / && !/test\(s\)/ { if (!seen[$NF]++) print "not ok " name " " $NF; next }
        !/^\[(=|-| RUN|  PASS)/ && NF && !/FAILED TEST/ { print }'
}

for test in "$B"/tests/test_*; do
    case $test in *.d) continue ;; esac
    [ -x "$test" ] && run "$(basename "$test")" unit "$test"
done
for script in tests/layers.sh tests/rules.sh tests/cli/*.sh tests/golden/run.sh tests/corpus.sh tests/clauses.sh \
    tests/hostile/*.sh tests/browser/*.sh; do
    [ -f "$script" ] && run "$script" sh "$script" "$B/cavillo"
done
rm -f "$log.part"
passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
