#!/bin/sh
# For those who write rules: explain --rule, --trace, rules doc, list, test, tailoring.
. tests/lib.sh
frozen=$(pwd)/tests/golden/rules
cd "$tmp" || exit 2
cp -RL "$frozen" rules
cat >terms.txt <<'T2'
6. Responsabilità

Il Gestore non risponde di:
a) danni al computer dell'Utente;
b) perdita di dati, salvo dolo.

L'Utente non risponde dei ritardi del Gestore.

Le condizioni restano uguali per il Cliente.
T2
explain() { "$cavillo" explain --rules rules --rule liability.exclude-all "$1"; }
expect fires 0 '' 'fires, grade grey' -- explain terms.txt:3
expect lead-in 0 '' 'the words stand in the lead-in' -- explain terms.txt:4
expect article 0 '' 'art. 6' -- explain terms.txt:3
expect unless 0 '' 'an unless holds' -- explain terms.txt:7
expect subject 0 '' 'saw "non risponde" (subject user' -- explain terms.txt:7
expect no-anchor 0 '' 'no anchor' -- explain terms.txt:9
expect mitigator 0 '' 'lower by M1 in=clause: found "salvo dolo"' -- explain terms.txt:3
expect no-sentence 2 'no sentence on line 2' -- explain terms.txt:2
expect no-line 2 'has no line 99' -- explain terms.txt:99
expect no-place 2 'FILE:LINE' -- explain terms.txt
expect no-file 2 'nofile' -- explain nofile.txt:1
expect place-unknown-rule 2 'did you mean "liability.exclude-all"' -- \
    "$cavillo" explain --rules rules --rule liability.exclude-al terms.txt:3
expect other-language 2 'no wording in language "en"' -- \
    "$cavillo" explain --rules rules --input-lang en --rule change.terms-unilateral terms.txt:3

# A score is summed by hand, and marks the words of its weightiest child.
cp -r rules scored
cat >scored/it/liability.xml <<'T2'
<wording lang="it">
  <rule id="liability.exclude-all">
    <when><score threshold="4">
      <match>danni</match>
      <match weight="3">non {..2} {rispondere}</match>
      <match weight="2" in="heading">responsabilità</match>
      <match weight="-3">salvo</match>
    </score></when>
    <example kind="match">Il Gestore <mark>non risponde</mark> dei danni.</example>
    <example kind="match">Responsabilità
Il Gestore <mark>non risponde</mark> dei furti.</example>
    <example kind="match">Dei danni il Gestore <mark>non risponde</mark>.</example>
    <example kind="no-match">Il Gestore non risponde dei furti.</example>
    <example kind="no-match">Il Gestore non risponde dei danni, salvo dolo.</example>
    <example kind="no-match">Il Gestore paga i danni.</example>
  </rule>
</wording>
T2
summed() { "$cavillo" explain --rules scored --rule liability.exclude-all terms.txt:"$1"; }
expect score-tests 0 '' ' 0 failed' -- "$cavillo" rules test --rules scored --rule 'liability.*'
expect score-sum 0 '' 'saw 1 + 3 + 2 = 6, 4 is needed' -- summed 4
expect score-weight 0 '' 'yes   match weight=2 in=heading  responsabilità' -- summed 4
check score-against-marks-nothing sh -c '! grep -q "matches  salvo" out'
expect score-explained 0 '' 'sum that is enough: 4' -- \
    "$cavillo" explain --rules scored --ui-lang en liability.exclude-all
check score-weights grep -q '^  -3$' out
echo 'Il Gestore non risponde dei danni, salvo dolo.' >>scored.txt
expect score-less 0 '' 'saw 1 + 3 - 3 = 1, 4 is needed' -- \
    "$cavillo" explain --rules scored --input-lang it --rule liability.exclude-all scored.txt:1
"$cavillo" check --rules scored --exit-zero --trace -f json terms.txt >scored.json
check score-trace [ "$(jq -c '[.. | .trace? | select(.) | .conditions[0] | [.sum, .threshold]] | max' scored.json)" = '[6,4]' ]

echo 'Il Gestore non risponde dei danni, anche in caso di dolo o colpa grave.' >denied.txt
expect denied-told 1 '' 'esclusi espressamente: .*dolo' -- "$cavillo" check -q --rules rules --input-lang it denied.txt
"$cavillo" check -q --rules rules --input-lang it --exit-zero -f json denied.txt >denied.json
check denied-json [ "$(jq -c '.documents[0].findings[0].places[0] | [.aggravated, .mitigators.denied[].id]' denied.json)" = '[true,"M1"]' ]
"$cavillo" check --rules rules --exit-zero --trace -f json terms.txt >traced.json
"$cavillo" check --rules rules --exit-zero -f json terms.txt >plain.json
trace_holds() { jq -e "$1" traced.json >jq.out; }
check trace trace_holds '.documents[0].findings[0].places[0].trace.conditions[0] |
    .holds and .condition == "match" and .saw.quote == "non risponde"'
check trace-changes-nothing-else sh -c '
    jq "del(.. | .trace?)" traced.json >a; jq . plain.json >b; cmp -s a b'
expect trace-needs-json 2 'add -f json' -- "$cavillo" check --trace terms.txt

# Lists
expect list-norm 0 '' '^n.1' -- "$cavillo" rules list --rules rules --norm n.1
check list-norm-only sh -c '! grep -q change.terms out' # stdout of the command before
expect list-category 0 '' 'change.terms' -- "$cavillo" rules list --rules rules --category change
expect list-norm-unknown 2 'no norm' -- "$cavillo" rules list --norm cod-cons.33.2.bb
expect list-norm-near 2 'did you mean "cod-cons.33.2.b"' -- "$cavillo" rules list --norm cod-cons.33.2.bb
expect list-rule-unknown 2 'did you mean' -- "$cavillo" rules list --rule liability.exclude-al
expect test-rule 0 '' '^2 rules, 12 examples: 0 failed' -- \
    "$cavillo" rules test --rules rules --rule 'liability.*'
expect test-costliest 0 '' '^costliest pattern: [0-9]* of at most [0-9]* steps, .*liability.xml:' -- \
    "$cavillo" rules test --rules rules --rule 'liability.*'
cp -r rules slow
awk '/<match name="denied">/ { sub(/<match name="denied">.*<\/match><\/when>/,
    "<any><match>non {..4} (responsabil* | {rispondere})</match><match>(a | e) {..12} {..12} {..12} {..12} {..12} {..12} {..12} quindi</match></any></when>") }
    { print }' rules/it/liability.xml >slow/it/liability.xml
sed -i 's|Il Gestore è responsabile dei danni.|a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a Il Gestore è responsabile dei danni a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a quindi a a a.|' slow/it/liability.xml
expect slow-rule 1 'stops at the limit' 'of at most' -- "$cavillo" rules test --rules slow --rule 'liability.*'
# On a contract it is said, with the place; the findings of all others stand, and the exit is 2.
{ printf 'Il Gestore %s vuole; e quindi.\n\n' "$(printf 'a %.0s' $(seq 300))"; cat terms.txt; } >slow.txt
expect slow-contract 2 'slow.txt:1:1: error: a limit stopped this pattern' 'slow.txt:5:' -- \
    "$cavillo" check -q --rules slow --input-lang it -f line slow.txt
expect slow-last-line 2 'a limit was hit$' -- "$cavillo" check -q --rules slow --input-lang it -f line slow.txt

# The page
"$cavillo" rules doc --rules rules --ui-lang en -o page.html
check doc-title grep -q '<title>The rules of cavillo' page.html
check doc-no-request sh -c '! grep -q "src=\|https*://" page.html'
check doc-example grep -q 'Il Gestore <mark>non è responsabile</mark>' page.html
check doc-balanced sh -c '[ $(grep -o "<li>" page.html | wc -l) -eq $(grep -o "</li>" page.html | wc -l) ]'
"$cavillo" rules doc -f markdown --ui-lang it --rules rules --rule 'liability.*' >page.md
check doc-markdown grep -q '^# Le regole' page.md
check doc-mark grep -qF '> Il Gestore **non è responsabile** dei danni.' page.md
check doc-chosen sh -c '! grep -q change.terms page.md'
expect doc-format 2 'none of: html markdown' -- "$cavillo" rules doc -f json
sed -i 's|<title lang="en">[^<]*|<title lang="en">A \&lt;script\&gt; \&amp; more|' rules/families/liability.xml
expect doc-escaped 0 '' 'A &lt;script&gt; &amp; more' -- "$cavillo" rules doc --rules rules --ui-lang en

# The law of a day
cp -r rules dated
sed -i 's/checked="2023-01-01"/& as-of="2024-05-01"/; s/<norm id="n.1"/& from="2024-01-01"/; s/<norm id="n.2"/& to="2020-12-31"/' \
    dated/norms.xml
dated() { "$cavillo" check -q --rules dated --exit-zero -f json "$@" terms.txt | jq -c '[.facts.as_of, .documents[0].findings[0].norms[].id]'; }
check as-of-default [ "$(dated)" = '["2024-05-01","n.1"]' ]
check as-of-first-day [ "$(dated --as-of 2024-01-01)" = '["2024-01-01","n.1"]' ]
check as-of-between [ "$(dated --as-of 2023-12-31)" = '["2023-12-31"]' ]
check as-of-last-day [ "$(dated --as-of 2020-12-31 --sector digital)" = '["2020-12-31","n.2"]' ]
echo 'Il Gestore non risponde dei danni.' >plain.txt
capped() { "$cavillo" explain --rules dated --input-lang it --rule liability.exclude-all --as-of "$1" plain.txt:1; }
expect as-of-uncapped 0 '' 'fires, grade black' -- capped 2024-01-01
expect as-of-capped 0 '' 'fires, grade grey' -- capped 2023-12-31
expect as-of-told 0 '' 'norme in vigore al 2023-12-31' -- \
    "$cavillo" check -q --rules dated --exit-zero --as-of 2023-12-31 terms.txt
check as-of-default-not-told sh -c '"$1" check -q --rules dated --exit-zero terms.txt | grep -qv "in vigore al"' - "$cavillo"
expect as-of-explain 0 '' 'norm one' -- "$cavillo" explain --rules dated --ui-lang en liability.exclude-all
check as-of-explain-only sh -c '! grep -q "norm two" out'
check as-of-sarif sh -c '"$1" check -q --rules dated --exit-zero --as-of 2020-12-31 -f sarif terms.txt |
    jq -e ".runs[0].tool.driver | .properties.asOf == \"2020-12-31\" and (.rules[0].help.text | test(\"norma due|norm two\")) and (.rules[0].help.text | test(\"norma uno|norm one\") | not)" >jq.out' - "$cavillo"
for date in 2022-02-30 2022-13-01 2022-1-1 yesterday ''; do
    expect "as-of-bad $date" 2 'is no date like' -- "$cavillo" check --as-of "$date" terms.txt
done
sed -i 's/from="2024-01-01"/from="2024-01-32"/' dated/norms.xml
expect norm-bad-date 2 'has to be a date' -- "$cavillo" rules list --rules dated
sed -i 's/from="2024-01-32"/from="2024-01-02" to="2024-01-01"/' dated/norms.xml
expect norm-never 2 'never in force' -- "$cavillo" rules list --rules dated

# Who is the subject: brackets are passed over, a list that the provider leads is the provider.
cat >who.txt <<'T2'
Il Gestore (che paga i corrieri; l'Utente lo sa) non risponde dei danni.
Il Gestore non sarà (salvo quanto il Cliente sa e quanto poi scrive nel modulo) responsabile.
Né il Gestore né i corrieri, i partner o altri saranno responsabili.
Quando il pacco arriva, i corrieri non sono responsabili.
T2
who() { "$cavillo" explain --rules whose --input-lang it --rule liability.exclude-all who.txt:"$1"; }
cp -r rules whose
sed -i 's|<match name="denied">.*</match></when>|<match name="denied">(responsabil* \| {rispondere})</match></when>|' whose/it/liability.xml
expect who-brackets 0 '' 'saw "risponde" (subject provider, bearer none, negated)' -- who 1
expect who-negated 0 '' 'saw "responsabile" (subject provider, bearer none, negated)' -- who 2
expect who-list 0 '' 'saw "responsabili" (subject provider' -- who 3
expect who-third 0 '' 'saw "responsabili" (subject third' -- who 4
sed -i 's|<match name="denied">|<match name="denied" subject="!user">|' whose/it/liability.xml
expect who-not-user 0 '' 'but subject does not fit' -- who 4

# A mark of one word is shown with what else its rule saw; examples mark the anchor alone.
cp -r rules short
cat >short/it/liability.xml <<'T2'
<wording lang="it">
  <rule id="liability.exclude-all">
    <when><all><match>danni</match><match near="30">non {..2} {rispondere}</match></all></when>
    <example kind="match">Il Gestore non risponde dei <mark>danni</mark>.</example>
    <example kind="match">Dei <mark>danni</mark> il Gestore non risponde.</example>
    <example kind="match">Di <mark>danni</mark> non risponde.</example>
    <example kind="no-match">Il Gestore non risponde.</example>
    <example kind="no-match">I danni sono pagati.</example>
    <example kind="no-match">Il Gestore risponde dei danni.</example>
  </rule>
</wording>
T2
expect short-examples 0 '' ' 0 failed' -- "$cavillo" rules test --rules short --rule 'liability.*'
far=$(printf 'parola %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26)
printf 'Il Gestore non risponde dei danni.\n\nIl Gestore non risponde %sdei danni.\n' "$far" >short.txt
"$cavillo" check -q --rules short --input-lang it --exit-zero -f json short.txt >short.json
check short-mark [ "$(jq -c '[.documents[0].findings[].places[0].quote]' short.json)" = '["non risponde dei danni","danni"]' ]

# Values are told as what they are.
cp -r rules valued
cat >valued.txt <<'T2'
Entro 10 giorni il Gestore può modificare le condizioni.
Fino a 50 euro il Gestore non risponde.
T2
sed -i 's|<match>{provider}.*</match></when>|<all><match>{duration:term}</match><value of="term" max="15 days"/></all></when>|' valued/it/change.xml
sed -i 's|<match name="denied">.*</match></when>|<all><match name="denied">{money:cap}</match><value of="cap" min="100 eur"/></all></when>|' valued/it/liability.xml
valued() { "$cavillo" explain --rules valued --input-lang it --rule "$1" valued.txt:"$2"; }
expect value-duration 0 '' 'saw 10 days, at most 15 days' -- valued change.terms-unilateral 1
expect value-money 0 '' 'saw 50.00, at least 100.00' -- valued liability.exclude-all 2

# What a sentence speaks of is shown beside it: the article it names, or the sentence before.
cat >refs.txt <<'T2'
6.1 Il Gestore non risponde dei danni.

9.1 Il servizio è chiuso a Natale.

9.2 Ai sensi dell'art. 6.1 il Gestore non risponde dei ritardi.

10.1 Il Gestore può sospendere il servizio quando lo ritiene opportuno.

10.2 Nei casi di cui sopra il Gestore non risponde dei costi.

11.1 Secondo l'art. 6.1 del codice il Gestore non risponde dei furti.

11.2 Inoltre il Gestore non risponde delle perdite.
T2
"$cavillo" check -q --rules rules --exit-zero -f json refs.txt >refs.json
related() { jq -r --arg a "$1" '.documents[0].findings[] | select(.clause.article == $a) | .places[0].related.quote // "none"' refs.json; }
check related-article [ "$(related 9.2)" = '6.1 Il Gestore non risponde dei danni.' ]
check related-before [ "$(related 10.2)" = '10.1 Il Gestore può sospendere il servizio quando lo ritiene opportuno.' ]
check related-law [ "$(related 11.1)" = none ]
check related-joiner [ "$(related 11.2)" = none ]
check related-self [ "$(related 6.1)" = none ]

# Every report says what was looked for and what is never judged.
scoped() { "$cavillo" check -q --rules rules --exit-zero --ui-lang en --category change "$@" terms.txt; }
expect scope-text 0 '' '^Looked for: Changes 1\.$' -- scoped
check scope-norms grep -q '^1 norms cited' out
check scope-not-judged grep -q 'Not judged: whether price' out
expect scope-html 0 '' 'Looked for: Changes 1\.</summary>' -- scoped -f html
check scope-html-norms grep -q '<li>norm two</li>' out
check scope-html-not sh -c '! grep -q "<li>norm one</li>" out'
scoped -f json >scope.json
check scope-json [ "$(jq -c '.documents[0].scope | [.searched, .of, .not_covered, .norms]' scope.json)" = '[1,2,["liability.exclude-all"],["n.2"]]' ]
check scope-json-not [ "$(jq -r '.documents[0].scope.not_judged.en' scope.json | cut -c1-11)" = 'Not judged:' ]
scoped -f sarif >scope.sarif
check scope-sarif [ "$(jq -c '.runs[0] | [.tool.driver.properties.families, .artifacts[0].properties.familiesSearched, .artifacts[0].properties.normsSearched]' scope.sarif)" = '[2,1,1]' ]
check scope-sarif-not [ "$(jq -r '.runs[0].tool.driver.properties.notJudged' scope.sarif | cut -c1-11)" = 'Not judged:' ]

# Tailoring
tailored() {
    printf '<tailoring>%s</tailoring>\n' "$1" >tailoring.xml
    "$cavillo" check -q --rules rules --tailoring tailoring.xml --min-grade check -f line terms.txt
}
expect tailored-grade 0 '' 'note: .liability' -- tailored '<rule id="liability.*" grade="check"/>'
expect tailored-party 1 '' 'liability' -- tailored '<rule id="liability.*" grade="check" party="business"/>'
expect tailored-none 0 -- tailored '<rule id="*" grade="none"/>'
check tailored-none-is-nothing [ ! -s out ]
expect tailored-off 0 -- tailored '<disable id="liability.*" reason="not ours"/>'
check tailored-off-is-nothing [ ! -s out ]
expect tailored-unknown 2 'tailoring.xml:1:.*did you mean "liability.exclude-all"' -- \
    tailored '<rule id="liability.exclude-al" grade="check"/>'
expect tailored-bad-grade 2 'grade="gray" is unknown; did you mean "grey"' -- \
    tailored '<rule id="liability.*" grade="gray"/>'
expect tailored-no-reason 2 'needs reason' -- tailored '<disable id="liability.*"/>'
expect tailored-element 2 'has no meaning' -- tailored '<rul id="liability.*"/>'
expect tailored-no-file 2 'nofile.xml' -- "$cavillo" check --tailoring nofile.xml terms.txt
printf '<tailoring><disable id="liability.*" reason="x"/></tailoring>' >tailoring.xml
expect tailored-list 0 '' 'liability.exclude-all *off' -- "$cavillo" rules list --rules rules --tailoring tailoring.xml
"$cavillo" check -q --exit-zero --rules rules --tailoring tailoring.xml -f json terms.txt >tailored.json
check tailored-said [ "$(jq -r .rules.tailoring tailored.json)" = tailoring.xml ]
check tailored-hash [ "$(jq -r .rules.hash tailored.json)" != "$(jq -r .rules.hash plain.json)" ]
expect tailored-schema 0 validates -- xmllint --noout --relaxng "$frozen/cavillo.rng" tailoring.xml
