#!/bin/sh
# Goldens: each case folder's input.txt with the frozen rules of golden/rules, every format.
# UPDATE=1 rewrites want.*; read the diff before committing it.
set -u
cavillo=$1
case $cavillo in /*) ;; *) cavillo=$(pwd)/$cavillo ;; esac
cd "$(dirname "$0")" || exit 2
for case in */input.txt; do
    name=${case%/input.txt}
    for format in text line json sarif html; do
        # The hash of the rules changes with every word of the shared message file.
        got=$(cd "$name" && "$cavillo" check --exit-zero --rules ../rules -f $format input.txt 2>&1 |
            sed -E 's/("hash": ?")[0-9a-f]{64}"/\1HASH"/; s/("rulesHash": ?")[0-9a-f]+"/\1HASH"/')
        want=$name/want.$format
        if [ -n "${UPDATE:-}" ]; then
            printf '%s\n' "$got" >"$want"
            echo "ok golden $name $format (written)"
        elif [ "$got" = "$(cat "$want" 2>/dev/null)" ]; then
            echo "ok golden $name $format"
        else
            echo "not ok golden $name $format: $(printf '%s\n' "$got" | diff "$want" - | head -n 6)"
        fi
    done
done
