#!/bin/sh
# What `make run` shows: the summary of one contract, and where its report lies.
set -eu
cavillo=$1 file=$2
if [ ! -f "$file" ]; then
    echo "make run: no file $file; give one with make run FILE=/path/contract.txt" >&2
    exit 2
fi
status=0
"$cavillo" check --exit-zero -f summary -f html=build/report.html "$file" || status=$?
[ "$status" -eq 0 ] || exit "$status"
echo
echo "Report: file://$(pwd)/build/report.html   (one file, opens offline)"
echo "Your own contract:   make run FILE=/path/contract.txt"
echo "In the terminal:     build/cavillo check FILE     Rules: build/cavillo rules list"
