#!/bin/sh
# Measuring on labelled contracts: figures counted by hand in tests/eval, changes, mistakes.
. tests/lib.sh
gold=$(pwd)/tests/eval
frozen=$(pwd)/tests/golden/rules
shipped=$(pwd)/rules
cd "$tmp" || exit 2
eval_frozen() { "$cavillo" eval --rules "$frozen" "$@"; }

row() { # NAME CATEGORY WANTED: columns of a category in the file `table`
    got=$(awk -v c="$2" '$1 == c { $1 = ""; print; exit }' table)
    check "$1" [ "$got" = " $3" ]
}
eval_frozen --gold "$gold/it" --errors errors.tsv >table
#                      P     R     F1    gold TP FP FN maybe
row liability liability '0.667 0.667 0.667 3 2 1 1 1'
row change change '0.500 1.000 0.667 1 1 1 0 1'
row micro micro '0.600 0.750 0.667 4 3 2 1 2'
row any any '0.600 0.750 0.667 4 3 2 1 2'
row rule-lines liability.exclude-all '4 3 75% 4'
printf 'FP\tliability\tnegozio.txt:6\tliability.exclude-all\t' >want
check false-positive grep -qf want errors.tsv
printf 'FN\tliability\tnegozio.txt:5\t-\tLa Società' >want
check missed grep -qf want errors.tsv
check nothing-else [ "$(wc -l <errors.tsv)" -eq 3 ]
eval_frozen --gold "$gold/it" --labels tags >table
row tags-liability liability '0.500 0.667 0.571 3 2 2 1 0'
row tags-change change '0.667 1.000 0.800 2 2 1 0 0'
echo posta >names
eval_frozen --gold "$gold/it" --only names >table
row only liability '1.000 1.000 1.000 1 1 0 0 0'
eval_frozen --gold "$gold/it" --except names >table
row except liability '0.500 0.500 0.500 2 1 1 1 1'
CAVILLO_TERMS=$gold eval_frozen >table
row terms liability '0.750 0.750 0.750 4 3 1 1 1'
check terms-languages grep -q '^3 contracts' table

eval_frozen --gold "$gold/it" -f json -o before.json
check json-schema [ "$(jq -r .schema before.json)" = cavillo-eval/1 ]
check json-counts [ "$(jq '.categories[0].tp, .micro.fp' before.json | tr '\n' ' ')" = '2 2 ' ]
eval_frozen --gold "$gold/it" --confidence >confidence
check confidence grep -q '<family id="liability.exclude-all" upheld="3" of="4"/>' confidence
check own-label-missing [ "$("$cavillo" eval --rules "$shipped" --gold "$gold/it" --category renewal --confidence |
    grep -c 'id="renewal[^"]*" upheld="1" of="1"')" = 1 ]
check no-label-at-all [ -z "$("$cavillo" eval -q --rules "$shipped" --gold "$gold/it" --category renewal \
    --labels tags --confidence)" ]

# A rule gone, then back again; against eval JSON, check JSON and SARIF.
sed 's/"counts":true/"counts":false/g' before.json >other.json
expect unchanged 0 '' '^0 gained; 0 lost; 0 moved; 0 raised; 0 lowered' -- \
    "$cavillo" eval --rules "$frozen" --gold "$gold/it" --against before.json
expect lost 0 '' 'lost.right.negozio.txt:4.change.terms-unilateral.Il Gestore' -- \
    "$cavillo" eval --rules "$frozen" --gold "$gold/it" --disable 'change.*' --against before.json
expect raised 0 '' '7 raised' -- \
    "$cavillo" eval --rules "$frozen" --gold "$gold/it" --against other.json
(cd "$gold/it" && "$cavillo" check -q --exit-zero --rules "$frozen" --disable 'change.*' \
    -f json="$tmp/check.json" -f sarif="$tmp/check.sarif" negozio.txt posta.txt)
for results in check.json check.sarif; do
    expect "gained $results" 0 '' '^3 gained (1 right, 1 wrong); 0 lost; 0 moved' -- \
        "$cavillo" eval --rules "$frozen" --gold "$gold/it" --against $results
done
expect files-only 0 '' 'gained.-.*negozio.txt:4' -- \
    "$cavillo" eval -q --rules "$frozen" --against check.json "$gold/it/negozio.txt"

# Weights: "domande" speaks against a finding, and nothing of that is known before.
cp -RL "$frozen" scored
cat >scored/it/liability.xml <<'T'
<wording lang="it">
  <rule id="liability.exclude-all">
    <when><score threshold="1">
      <match>non {..4} (responsabil* | {rispondere})</match>
      <match>declina*</match>
      <match>domande</match>
    </score></when>
    <example kind="match">Il Gestore <mark>non è responsabile</mark> dei danni.</example>
    <example kind="match">Il Gestore <mark>non risponde</mark> dei ritardi.</example>
    <example kind="match">La Società <mark>declina</mark> ogni colpa.</example>
    <example kind="no-match">Il Gestore è responsabile dei danni.</example>
    <example kind="no-match">Il Gestore risponde.</example>
    <example kind="no-match">Il Gestore è lieto.</example>
  </rule>
</wording>
T
fit() { "$cavillo" eval --rules scored --gold "$gold/it" --fit "$@"; }
fit >fitted 2>fit.err
for line in '^# before *0.750 *1.000 *3 *1 *0$' '^# after *1.000 *1.000 *3 *0 *0$' '^# held out ' \
    'it/liability.xml:3: score threshold="[1-9]' 'liability.xml:4:   match weight="[1-9]' \
    'liability.xml:6:   match weight="-[0-9]*"  domande$' 'at 4 places that labels are sure of, 1 that'; do
    check "fit: $line" grep -q "$line" fitted
done
check fit-silent [ ! -s fit.err ]
fit >again
check fit-twice cmp -s fitted again
# What it proposes does what it says.
sed -n 's/.*liability.xml:\([0-9]*\):   *[a-z]* *\([a-z]*="[-0-9]*"\).*/\1 \2/p' fitted >proposed
while read -r line attribute; do
    sed -i "${line}s/<match>/<match $attribute>/; ${line}s/threshold=\"1\"/$attribute/" scored/it/liability.xml
done <proposed
check fit-applied [ "$(grep -c 'weight="' scored/it/liability.xml)" = 3 ]
fit >again
check fit-holds grep -q '^# before *1.000 *1.000 *3 *0 *0$' again
expect fit-rules 0 '' ', 0 failed\|: 0 failed' -- "$cavillo" rules test --rules scored --rule 'liability.*'
expect fit-no-score 2 'no enabled rule holds a <score' -- eval_frozen --gold "$gold/it" --fit
expect fit-other-language 2 'no score could be fitted' -- \
    "$cavillo" eval --rules scored --gold "$gold/en" --fit
expect fit-and-confidence 2 'one at a time' -- fit --confidence
expect fit-json 2 'as text only' -- fit -f json
expect fit-precision 2 'no share from 0 to 1' -- fit --precision 95
expect fit-precision-word 2 'no share from 0 to 1' -- fit --precision nan

# Mistakes
cp -r "$gold/it" bad
expect no-folder 2 'measure on what' -- env -u CAVILLO_TERMS "$cavillo" eval
expect terms-without-language 2 'CAVILLO_TERMS' -- env CAVILLO_TERMS=/proc "$cavillo" eval
expect empty-folder 2 'holds no NAME.gold' -- "$cavillo" eval --gold .
echo nobody >nobody
expect unknown-name 2 'no labelled contract "nobody"' -- "$cavillo" eval --gold bad --only nobody
expect files-without-results 2 'only compared' -- "$cavillo" eval bad/posta.txt
expect json-and-against 2 'as text only' -- "$cavillo" eval --gold bad --against before.json -f json
printf '1\tliabilty\tyes\t\n' >bad/posta.gold
expect unknown-label 2 'posta.gold:1: no label.*did you mean "liability"' -- "$cavillo" eval --gold bad
printf '1\tliability\tperhaps\t\n' >bad/posta.gold
expect unsure-label 2 'neither yes nor maybe' -- "$cavillo" eval --gold bad
printf '99\tliability\tyes\t\n' >bad/posta.gold
expect no-such-line 2 'no line 99' -- "$cavillo" eval --gold bad
printf 'liability yes\n' >bad/posta.gold
expect no-row 2 'posta.gold:1: not LINE' -- "$cavillo" eval --gold bad
rm bad/posta.txt
printf '1\tliability\tyes\t\n' >bad/posta.gold
expect no-text 2 '1 of 2 contracts could not be measured' -- "$cavillo" eval --gold bad
echo '{"documents": [' >broken.json
expect broken-results 2 'no JSON' -- "$cavillo" eval --gold "$gold/it" --against broken.json
echo '{"documents": []}' >foreign.json
expect foreign-results 2 'neither JSON nor SARIF' -- "$cavillo" eval --gold "$gold/it" --against foreign.json
echo '{"schema": "cavillo/1", "documents": [{"name": 3, "findings": [{"places": [7, {"lines": "x"}]}]}]}' >odd.json
expect odd-results 2 'none of these contracts' -- "$cavillo" eval --gold "$gold/it" --against odd.json
