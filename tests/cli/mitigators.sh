#!/bin/sh
# What softens a clause: every mitigator found, not found, or found and denied, on one-line examples.
. tests/lib.sh
tables=$(pwd)/tests/mitigators
rules=$(pwd)/rules
cd "$tmp" || exit 2
# One rule that fires on a word and asks for all of them.
ask() { # LANGUAGE
    mkdir -p "asking/$1"
    cat >"asking/$1/language-terms.xml" <<T
<wording lang="$1">
  <rule id="language.vague">
    <when><match>zanzibar</match></when>
    <lower by="M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18"/>
    <example kind="match"><mark>Zanzibar</mark>.</example>
    <example kind="match">A <mark>Zanzibar</mark>.</example>
    <example kind="match">O <mark>Zanzibar</mark>.</example>
    <example kind="no-match">Uno.</example>
    <example kind="no-match">Due.</example>
    <example kind="no-match">Tre.</example>
  </rule>
</wording>
T
}
word() {
    case $1 in
    it) echo 'Questa parola è zanzibar.' ;;
    en) echo 'This word is zanzibar.' ;;
    esac
}
for language in it en; do
    ask $language
    # One clause a row, so that none sees its neighbours.
    awk -F '\t' -v word="$(word $language)" '{ printf "%d. %s %s\n\n", NR, word, $3 }' "$tables/$language.tsv" >"$language.txt"
    "$cavillo" check --rules "$rules" --rules asking --input-lang $language --enable language.vague \
        --trace -q --exit-zero --min-grade check -f json "$language.txt" >"$language.json"
    jq -r '.documents[0].findings[] | .clause.article as $a | .places[0].trace.mitigators[] |
        [$a, .id, {"not found": "no", "found": "yes", "denied": "denied"}[.answer]] | @tsv' \
        "$language.json" >"$language.got"
    awk -F '\t' -v language=$language '
        NR == FNR { got[$1, $2] = $3; next }
        { name = language " " $1 " " $2 ": " $3
          if (got[FNR, $1] == $2) print "ok " name
          else print "not ok " name " (is: " got[FNR, $1] ")" }' "$language.got" "$tables/$language.tsv"
done
