#!/bin/sh
# The contracts of corpus/ with the shipped rules: what is found of NAME.expected.tsv, and how many
# of the fair sentences listed there are flagged.  Fails below the floors of corpus/floor.tsv.
set -u
cavillo=$1
cd "$(dirname "$0")/.." || exit 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for expected in corpus/*/*.expected.tsv; do
    contract=${expected%.expected.tsv}.txt
    name=${contract#corpus/}
    "$cavillo" check --exit-zero -f json="$tmp/json" "$contract" || echo "not ok corpus $name: not read"
    # One line a place: rule, its category, the other rules there, grade, text of the unit.
    jq -r '.documents[].findings[] | .category as $c | .places[]
        | [.rule, $c, (.others | join(" ")), .grade, .unit.text] | @tsv' "$tmp/json" >"$tmp/places"
    # shellcheck disable=SC1112 # the quotation marks of contracts are meant
    awk -F '\t' -v name="$name" -v verbose="${VERBOSE:-}" '
        function tidy(s) { gsub(/[«»“”"‘’\047]/, "", s); gsub(/[ \t]+/, " ", s); return s }
        FILENAME ~ /places$/ { n++; rule[n] = $1; cat[n] = $2; others[n] = " " $3 " "; grade[n] = $4; text[n] = tidy($5); next }
        FILENAME ~ /floor/ { if ($1 == name) { floor = $2; most = $3 } next }
        /^#/ || NF < 3 { next }
        {
            words = tidy($3); category = $1; sub(/\..*/, "", category)
            found = exact = 0
            for (i = 1; i <= n; i++) {
                if (!index(text[i], words)) continue
                if ($1 == "none" && grade[i] != "check") { found = 1; by = rule[i] }
                if (cat[i] == category) { found = 1; if (rule[i] == $1 || index(others[i], " " $1 " ")) exact = 1 }
            }
            if ($1 == "none") { fair++; flagged += found; if (found && verbose) print "  flagged by " by ": " $2 " " $3 }
            else { wanted++; hits += found; exacts += exact; if (!found && verbose) print "  missed " $1 ": " $2 " " $3 }
        }
        END {
            percent = wanted ? int(100 * hits / wanted) : 0
            line = "corpus " name ": " hits " of " wanted " found (" exacts " by the rule named), " flagged " of " fair " fair sentences flagged"
            print (percent >= floor && flagged <= most && wanted ? "ok " : "not ok ") line (percent < floor ? "; floor " floor " %" : "") (flagged > most ? "; at most " most : "")
        }' "$tmp/places" corpus/floor.tsv "$expected"
done
