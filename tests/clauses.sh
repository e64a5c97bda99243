#!/bin/sh
# Single clauses of corpus/*/clauses*.tsv (FAMILY, yes|no, TEXT): of how many `yes` rows is the
# category found, and on how many `no` rows is it found wrongly.  Fails below corpus/floor.tsv.
# VERBOSE=1 lists the rows that come out wrong.
set -u
cavillo=$1
cd "$(dirname "$0")/.." || exit 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for table in corpus/*/clauses*.tsv; do
    name=${table#corpus/}
    lang=${name%%/*}
    rm -rf "$tmp/rows"
    mkdir "$tmp/rows"
    # One document a row; " / " parts a lead-in from its items.
    awk -F '\t' -v dir="$tmp/rows" '!/^#/ && NF == 3 {
        file = sprintf("%s/%05d.txt", dir, NR); gsub(/ \/ /, "\n", $3); print $3 > file; close(file) }' "$table"
    "$cavillo" check -q --exit-zero --input-lang "$lang" -f line "$tmp/rows" >"$tmp/found" 2>"$tmp/err" ||
        echo "not ok clauses $name: $(tail -n 1 "$tmp/err")"
    awk -F '\t' -v name="$name" -v verbose="${VERBOSE:-}" '
        FILENAME ~ /found$/ {
            match($0, /[0-9]+\.txt:/); row = substr($0, RSTART, 5) + 0
            match($0, /\[[a-z.-]+\]/); id = substr($0, RSTART + 1, RLENGTH - 2)
            found[row] = found[row] " " id; next
        }
        FILENAME ~ /floor/ { if ($1 == name) { floor = $2; most = $3 } next }
        /^#/ || NF != 3 { next }
        {
            category = $1; sub(/\..*/, "", category)
            hit = index(found[FNR], " " category ".") > 0
            if ($2 == "yes") { yes++; hits += hit; cyes[category]++; chits[category] += hit }
            else { no++; wrong += hit; cno[category]++; cwrong[category] += hit }
            if (verbose && hit != ($2 == "yes")) print "  " ($2 == "yes" ? "missed " : "flagged ") $1 ": " $3 " [" found[FNR] " ]"
        }
        END {
            if (verbose) for (c in cyes) printf "  %-13s %3d of %3d found, %2d of %2d flagged\n", c, chits[c], cyes[c], cwrong[c], cno[c]
            percent = yes ? int(100 * hits / yes) : 0
            print (yes && percent >= floor && wrong <= most ? "ok " : "not ok ") "clauses " name ": " hits " of " yes " found (" percent " %, floor " floor + 0 "), " wrong " of " no " others flagged (at most " most + 0 ")"
        }' "$tmp/found" corpus/floor.tsv "$table"
done
