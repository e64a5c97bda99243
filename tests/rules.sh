#!/bin/sh
# Every rule's own examples, and the checks of the rule files beyond their schema.
set -u
cavillo=$1
if out=$("$cavillo" rules test 2>&1); then
    echo "ok rules test"
else
    echo "not ok rules test: $out"
fi
if out=$("$cavillo" rules lint 2>&1); then
    echo "ok rules lint"
else
    echo "not ok rules lint: $out"
fi
