#!/bin/sh
# Every option of the help stands in the manual page, and the page is well formed.
. tests/lib.sh
for command in check rules explain eval text; do
    "$cavillo" help $command | grep -o -e '--[a-z-]*' | sort -u
done | sort -u | sed 's/^--//' >"$tmp/options"
missing=
while read -r option; do
    grep -q -e "-$option\\b" analyzer/cavillo.1 || missing="$missing --$option"
done <"$tmp/options"
check "manual has every option:$missing" [ -z "$missing" ]
check "options were found" [ "$(wc -l <"$tmp/options")" -gt 15 ]
if command -v mandoc >/dev/null 2>&1; then
    check "manual is well formed" mandoc -Tlint -W warning analyzer/cavillo.1
fi
