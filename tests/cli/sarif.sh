#!/bin/sh
# What GitHub code scanning requires of SARIF, field by field, on every contract of corpus/; and
# that JSON and SARIF tell of the same findings.
. tests/lib.sh

# True when every one-line region is the text at its line and columns (jq counts code points).
positions_hold() { # CONTRACT REGIONS.json
    jq -n --rawfile text "$1" --slurpfile regions "$2" '($text | split("\n")) as $lines |
        [$regions[0][] | select(.startLine == .endLine) |
         $lines[.startLine - 1][.startColumn - 1:.endColumn - 1] == .snippet.text] |
        length > 0 and all' | grep -q true
}

for contract in corpus/*/*.txt; do
    name=$(basename "$contract" .txt)
    "$cavillo" check --exit-zero -f sarif="$tmp/s.json" -f json="$tmp/j.json" "$contract" 2>"$tmp/err"
    holds() { # WHAT FILTER: jq filter is true
        if jq -e "$2" "$tmp/s.json" >/dev/null 2>"$tmp/jq"; then
            echo "ok sarif $name $1"
        else
            echo "not ok sarif $name $1: $(head -c 200 "$tmp/jq")"
        fi
    }
    holds log '.version == "2.1.0" and (."$schema" | length > 0) and (.runs | length == 1)'
    holds driver '.runs[0].tool.driver | .name == "cavillo" and (.rules | length > 50)'
    holds rules '[.runs[0].tool.driver.rules[] | (.id | length > 0) and
        (.shortDescription.text | length > 0 and length <= 1024) and
        (.fullDescription.text | length > 0 and length <= 1024) and (.help.text | length > 0) and
        (.properties.tags | length <= 20) and
        (.defaultConfiguration.level | IN("note", "warning", "error"))] | all'
    holds results '.runs[0].tool.driver.rules as $rules | [.runs[0].results[] |
        $rules[.ruleIndex].id == .ruleId and (.message.text | length > 0) and
        (.level | IN("note", "warning", "error")) and (has("kind") | not) and
        (.locations | length > 0) and
        (.partialFingerprints."cavilloClause/v1" | test("^[0-9a-f]{16}$"))] | all and length > 0'
    holds regions '[.runs[0].results[].locations[].physicalLocation |
        (.artifactLocation.uri | startswith("corpus/")) and .region.startLine >= 1 and
        .region.startColumn >= 1 and .region.endLine >= .region.startLine and
        (.region.endLine > .region.startLine or .region.endColumn > .region.startColumn) and
        (.region.snippet.text | length > 0) and .contextRegion.startLine <= .region.startLine] | all'
    holds success '.runs[0].invocations[0].executionSuccessful'
    holds columns '.runs[0].columnKind == "unicodeCodePoints"'
    holds no-security '[.. | objects | has("security-severity")] | any | not'
    holds unique '[.runs[0].results[].partialFingerprints."cavilloClause/v1"] | length == (unique | length)'
    jq -r '.runs[0].results[] | .partialFingerprints."cavilloClause/v1" + " " + .ruleId' "$tmp/s.json" | sort >"$tmp/a"
    jq -r '.documents[0].findings[] | .fingerprint + " " + .rule' "$tmp/j.json" | sort >"$tmp/b"
    check "sarif $name same as json" cmp -s "$tmp/a" "$tmp/b"
    jq '[.runs[0].results[].locations[].physicalLocation.region]' "$tmp/s.json" >"$tmp/regions"
    check "sarif $name positions" positions_hold "$contract" "$tmp/regions"
done
