#!/bin/sh
# check --as-one: papers of one contract are looked at together, and each finding stays in its own.
. tests/lib.sh
cp -rL tests/golden/rules "$tmp/rules"
cd "$tmp" || exit 2
cat >conditions.txt <<'T'
CONDIZIONI GENERALI

Le presenti condizioni regolano il servizio offerto da Lumaria S.r.l. (di seguito, il «Melograno»)
alla persona che lo attiva (di seguito, il «Girasole»).

2. Responsabilità

2.1 Il Melograno non risponde in alcun caso dei danni subiti dal Girasole per l'uso del servizio.
T
cat >charter.txt <<'T'
CARTA DEI SERVIZI

1. Tempi

1.1 Il servizio è attivo tutti i giorni, salvo guasti della rete elettrica.

1.2 Il Melograno può modificare le condizioni della carta in qualsiasi momento.

1.3 Il Girasole può modificare le condizioni indicate in questa carta.

2. Limiti

2.1 Il Melograno non risponde dei ritardi nella posta che il servizio riceve da altri.
T
cat >sheet.txt <<'T'
APPROVAZIONE SPECIFICA

Ai sensi e per gli effetti degli artt. 1341 e 1342 del codice civile il Girasole dichiara di
approvare specificamente i seguenti articoli: 1.2 (Tempi).
T
cat >limits.txt <<'T'
ALLEGATO

Le limitazioni indicate nelle condizioni valgono salvo i casi di dolo o colpa grave del Melograno.
T
cat >english.txt <<'T'
The Provider shall not be liable for any damage suffered by the User through the use of the service,
and the User accepts these terms by using the service that is described in the annex.
T
sed -i 's/<lower by="M1"/& in="document"/' rules/it/liability.xml

as_one() { # RESULT PAPERS...: JSON as one contract
    result=$1
    shift
    "$cavillo" check --rules rules --as-one -f json "$@" >"$result" 2>err
}
of() { # RESULT PAPER: rule, grade, approval of its findings
    jq -r --arg paper "$2" '.documents[] | select(.name == $paper) | .findings[] |
        "\(.rule) \(.grade) \(.approval)"' "$1"
}

# Names defined in one paper count in all: what the provider may do, and not what the user may.
expect apart 1 '' '' -- "$cavillo" check --rules rules -f line conditions.txt charter.txt
check apart-no-names [ "$(grep -c change.terms "$tmp/out")" = 0 ]
as_one one.json conditions.txt charter.txt
check names [ "$(of one.json charter.txt | grep -c change.terms-unilateral)" = 1 ]
check own-line [ "$(jq -r '.documents[1].findings[0].places[0].lines[0]' one.json)" = 7 ]
check own-quote [ "$(jq -r '.documents[1].findings[0].places[0].quote' one.json)" = \
    'Melograno può modificare le condizioni' ]

# The words of a finding, not its company, make its fingerprint.
"$cavillo" check --rules rules -f json conditions.txt charter.txt >two.json 2>err
prints() { jq -c '[.documents[].findings[] | select(.category == "liability") | .fingerprint]' "$1"; }
check fingerprints [ "$(prints one.json)" = "$(prints two.json)" ]

# Exceptions anywhere in the contract; an annex too short to tell its language has the contract's.
check no-exception [ "$(of one.json conditions.txt | cut -d' ' -f2)" = black ]
as_one one.json conditions.txt limits.txt
check exception [ "$(of one.json conditions.txt | cut -d' ' -f2)" = grey ]
expect missing-in-all 1 '' 'in tutti i documenti del contratto: «salvo dolo' -- \
    "$cavillo" check --rules rules --as-one conditions.txt charter.txt
expect missing-in-one 1 '' 'in tutto il documento: «salvo dolo' -- \
    "$cavillo" check --rules rules conditions.txt

# A list of approvals on its own sheet names articles of the other papers; one's own list its own.
as_one one.json conditions.txt charter.txt sheet.txt
check listed [ "$(of one.json charter.txt | grep change | cut -d' ' -f3)" = listed ]
check not-listed [ "$(of one.json conditions.txt | cut -d' ' -f3)" = not-listed ]
expect list-named 1 '' 'sheet.txt, riga 3' -- \
    "$cavillo" check --rules rules --as-one conditions.txt charter.txt sheet.txt
cat charter.txt >both.txt
sed 's/1\.2 (Tempi)/2.1 (Limiti)/' sheet.txt >>both.txt
as_one one.json conditions.txt both.txt
check own-listed [ "$(of one.json both.txt | grep liability | cut -d' ' -f3)" = listed ]
check other-not-listed [ "$(of one.json conditions.txt | cut -d' ' -f3)" = not-listed ]

for format in text summary line sarif html; do
    expect "format $format" 1 -- \
        "$cavillo" check --rules rules --as-one -f $format conditions.txt charter.txt sheet.txt
done

expect one-file 2 'there is only conditions.txt' -- "$cavillo" check --as-one conditions.txt
expect none 2 'check what' -- "$cavillo" check --as-one
expect trace 2 'as-one' -- "$cavillo" check --as-one --trace -f json conditions.txt charter.txt
expect languages 2 'english.txt: its language is "en"' 'conditions.txt' -- \
    "$cavillo" check --rules rules --as-one -f line conditions.txt english.txt
expect unreadable 2 '2 checked, 1 not' 'charter.txt:7' -- \
    "$cavillo" check --rules rules --as-one -f line conditions.txt none.txt charter.txt
"$cavillo" check --rules rules --as-one -f line --stdin-name charter.txt conditions.txt - \
    <charter.txt >out 2>err
check stdin grep -q '^charter.txt:7' out
