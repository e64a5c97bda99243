#!/bin/sh
# What `make run` shows: the summary of one contract, and where its report lies.
set -eu
cavillo=$1 file=$2
if [ ! -f "$file" ]; then
    echo "make run: no file $file; give one with make run FILE=/path/contract.pdf" >&2
    exit 2
fi
case $file in
corpus/*) echo "Read $file, a contract we wrote:" ;;
*) echo "Read $file:" ;;
esac
"$cavillo" check --exit-zero -f summary -f html=build/report.html "$file" # 2 if it cannot be read
echo "Report: file://$(pwd)/build/report.html   (one file, opens offline)"
echo "Your own contract:   make run FILE=/path/contract.pdf"
echo "In the terminal:     $cavillo check FILE     Rules: $cavillo rules list"
