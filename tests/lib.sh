# shellcheck shell=sh
# Sourced by tests of the command line: expect NAME STATUS [GREP-ON-STDERR [GREP-ON-STDOUT]] -- COMMAND...
set -u
cavillo=$1
case $cavillo in /*) ;; *) cavillo=$(pwd)/$cavillo ;; esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

expect() {
    name=$1 want=$2 err='' out=''
    shift 2
    if [ "$1" != -- ]; then err=$1; shift; fi
    if [ "$1" != -- ]; then out=$1; shift; fi
    shift
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ $got -ne "$want" ]; then
        echo "not ok $name: exit status $got, not $want: $(head -c 300 "$tmp/err")"
    elif [ -n "$err" ] && ! grep -qe "$err" "$tmp/err"; then
        echo "not ok $name: stderr lacks \"$err\": $(head -c 300 "$tmp/err")"
    elif [ -n "$out" ] && ! grep -qe "$out" "$tmp/out"; then
        echo "not ok $name: stdout lacks \"$out\": $(head -c 300 "$tmp/out")"
    elif [ -z "$err" ] && [ -s "$tmp/err" ] && [ "$want" -lt 2 ]; then
        echo "not ok $name: unexpected on stderr: $(head -c 300 "$tmp/err")"
    else
        echo "ok $name"
    fi
}

check() { # NAME CONDITION...: a shell condition
    name=$1
    shift
    if "$@"; then echo "ok $name"; else echo "not ok $name: $*"; fi
}
