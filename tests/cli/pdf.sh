#!/bin/sh
# PDFs that tests/pdf/make.sh writes: layout, pages, rectangles, and what cannot be read.
. tests/lib.sh
make=$(pwd)/tests/pdf/make.sh
cd "$tmp" || exit 2
helper=$(dirname "$cavillo")/cavillo-pdf

pdf() { # NAME: a description on standard input
    "$make" >"$1"
}
lines() { # FILE: the text as it is read, page and clause marks left out
    "$cavillo" text --input-lang it "$1" 2>/dev/null | grep -v '^\[' | grep .
}
reads() { # NAME FILE LINE...: these lines, in this order, among those read
    name=$1 file=$2
    shift 2
    lines "$file" >got
    printf '%s\n' "$@" >want
    grep -Fx -f want got >both
    if cmp -s want both; then echo "ok $name"; else echo "not ok $name: $(tr '\n' '|' <got | head -c 600)"; fi
}

# --- a page, its rectangles --------------------------------------------------------------------
cat >plain.txt <<'T'
page
font bold 14
at 60 80
| Condizioni generali
font plain 10
at 60 110 12
| Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura che l'Utente su-
| bisca per l'uso del servizio di posta elettronica, anche se avvisato del pericolo. Il
| Gestore risponde alle domande in due giorni.
at 60 158
| L'Utente può scrivere al servizio di assistenza per posta o per telefono.
T
pdf plain.pdf <plain.txt
"$cavillo" check -f json plain.pdf >plain.json 2>err
check finding [ "$(jq '.documents[0].findings | length' plain.json)" -ge 1 ]
check no-raw-bytes [ "$(jq '[.. | objects | select(has("raw"))] | length' plain.json)" -eq 0 ]
check page [ "$(jq '.documents[0].pages' plain.json)" -eq 1 ]
check rectangles [ "$(jq '[.documents[0].findings[].places[] | .rectangles[] |
    select(.page == 1 and .x0 >= 59 and .x1 < 540 and .y0 > 95 and .y1 < 140 and
           .y1 - .y0 > 8 and .y1 - .y0 < 16)] | length' plain.json)" -ge 1 ]
"$cavillo" check -f sarif plain.pdf >plain.sarif 2>err
check sarif-rectangles [ "$(jq '[.runs[0].results[].locations[].properties.rectangles[]] | length' plain.sarif)" -ge 1 ]
reads paragraphs plain.pdf 'Condizioni generali' \
    "Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura che l'Utente subisca per l'uso del servizio di posta elettronica, anche se avvisato del pericolo." \
    "L'Utente può scrivere al servizio di assistenza per posta o per telefono."
"$cavillo" check -f json - --stdin-name contratto.pdf <plain.pdf >stdin.json 2>err
check stdin [ "$(jq -r '.documents[0].name' stdin.json)" = contratto.pdf ]

# --- pages that are displayed sideways or upside down ----------------------------------------------
rectangles() { # FILE.json FILTER: of the places found, in whole points
    jq -c "[.documents[0].findings[].places[].rectangles[] | $2 | map(round)]" "$1"
}
turned() { # DEGREES FILTER: where the rectangles of the upright page have gone
    { echo "turn $1"; cat plain.txt; } | pdf turned.pdf
    "$cavillo" check -f json turned.pdf >turned.json 2>err
    check "turned-$1" [ "$(jq -c '[.. | .quote? // empty]' turned.json)" = \
        "$(jq -c '[.. | .quote? // empty]' plain.json)" ]
    check "turned-$1-rectangles" [ "$(rectangles turned.json '[.x0, .y0, .x1, .y1]')" = \
        "$(rectangles plain.json "$2")" ]
}
turned 90 '[842 - .y1, .x0, 842 - .y0, .x1]'
turned 180 '[595 - .x1, 842 - .y1, 595 - .x0, 842 - .y0]'
turned 270 '[.y0, 595 - .x1, .y1, 595 - .x0]'

# --- two columns below a title, the second shorter ------------------------------------------------
pdf columns.pdf <<'T'
page
font bold 12
at 150 60
| Un titolo che sta sopra le due colonne
font plain 9
at 50 90 11
| La prima colonna comincia con una fra-
| se che va a capo più volte e che non si
| ferma in fondo alla riga, perché il testo
| va avanti fino alla fine della colonna e
| poi passa alla seconda, dove si trova an-
| che il verbo che la chiude e il Gestore
| non è in alcun caso responsabile dei
at 315 93 11
| danni di qualsiasi natura subiti dagli
| utenti per l'uso del servizio di posta.
| Il secondo periodo sta tutto nella se-
| conda colonna e parla del Cliente, che
| può scrivere quando vuole al Gestore.
T
reads columns columns.pdf 'Un titolo che sta sopra le due colonne' \
    "La prima colonna comincia con una frase che va a capo più volte e che non si ferma in fondo alla riga, perché il testo va avanti fino alla fine della colonna e poi passa alla seconda, dove si trova anche il verbo che la chiude e il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti dagli utenti per l'uso del servizio di posta." \
    'Il secondo periodo sta tutto nella seconda colonna e parla del Cliente, che può scrivere quando vuole al Gestore.'

# --- running headers, footers, footnotes, over three pages ----------------------------------------
for n in 1 2 3; do
    printf 'page\nfont plain 8\nat 200 30\n| Posta S.p.A. - Condizioni\nat 270 810\n| Pagina %s di 3\nfont plain 10\nat 60 80 12\n' $n
    case $n in
    1) cat <<'T' ;;
| Il servizio di posta si usa secondo queste condizioni, che il Cliente legge prima di scrivere
| il suo nome nel modulo di adesione e che valgono per tutta la durata del rapporto con lui.
at 60 700 12
| Per i guasti che si sono detti sopra in nessun caso il Gestore, i suoi fornitori e soci (1) sono
font plain 7
at 60 760 9
| (1) Per danni si intendono quelli diretti e quelli indiretti, anche se il Gestore ne è
| stato avvisato.
T
    2) cat <<'T' ;;
| responsabili dei danni di qualsiasi natura che il Cliente o terzi possano subire per l'uso del servizio di posta.
at 60 104 12
| a) la prima voce di un elenco, che occupa più di una riga della pagina e va quindi a capo
| prima della fine;
| b) la seconda voce.
T
    3) cat <<'T' ;;
| Il Cliente può recedere quando vuole.
T
    esac
done | pdf running.pdf
"$cavillo" check -f json running.pdf >running.json 2>err
check over-pages [ "$(jq -c '[.documents[0].findings[].places[] | select(.rectangles | length > 1) |
    [.rectangles[].page] | unique] | index([[1, 2]]) != null' running.json)" = true ]
reads running running.pdf \
    "Per i guasti che si sono detti sopra in nessun caso il Gestore, i suoi fornitori e soci (1) sono responsabili dei danni di qualsiasi natura che il Cliente o terzi possano subire per l'uso del servizio di posta." \
    '(1) Per danni si intendono quelli diretti e quelli indiretti, anche se il Gestore ne è stato avvisato.' \
    'a) la prima voce di un elenco, che occupa più di una riga della pagina e va quindi a capo prima della fine;' \
    'b) la seconda voce.' 'Il Cliente può recedere quando vuole.'
lines running.pdf >got
check no-furniture sh -c "! grep -q 'Pagina\|S.p.A. - Cond' got"

# --- a table, row by row --------------------------------------------------------------------------
pdf table.pdf <<'T'
page
font plain 10
at 60 60 12
| Il Cliente paga al Gestore i prezzi della tabella che segue, e nessun altro prezzo o costo.
at 60 100 20
| Canone mensile
| Attivazione
| Spedizione
| Disdetta
at 300 100 20
| 10 euro
| gratuita
| 5 euro
| gratuita
T
reads table table.pdf 'Canone mensile 10 euro' 'Attivazione gratuita' 'Spedizione 5 euro' 'Disdetta gratuita'

pdf cells.pdf <<'T'
page
font plain 10
at 60 60 12
| Il Cliente paga al Gestore i prezzi della tabella che segue, e nessun altro prezzo o costo.
at 60 100 12
| Canone mensile
| di abbonamento
at 60 136
| Attivazione
at 60 172
| Penale
at 220 100 12
| Comprende la casella di posta e la
| assistenza nei giorni feriali.
at 220 136
| Una sola volta, alla firma: non si
| rimborsa nel caso di recesso.
at 220 172
| Il dieci per cento della somma che
| non è stata pagata.
T
reads cells cells.pdf 'Canone mensile di abbonamento' \
    'Comprende la casella di posta e la assistenza nei giorni feriali.' 'Attivazione' \
    'Una sola volta, alla firma: non si rimborsa nel caso di recesso.' 'Penale' \
    'Il dieci per cento della somma che non è stata pagata.'

# --- scans, and other PDFs without text -------------------------------------------------------------
{ echo 'page picture'; sed 's/^page$/page/' <<'T'; } | pdf mixed.pdf
page
at 60 60 12
| Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti dall'Utente
| per l'uso del servizio di posta elettronica.
T
expect mixed 1 '' 'ocrmypdf' -- "$cavillo" check mixed.pdf
expect mixed-strict 2 'mixed.pdf: not read reliably: pages .*: 1; .*ocrmypdf -l ita' 'liability' -- \
    "$cavillo" check -f line --strict-input mixed.pdf
echo 'page picture' | pdf scan.pdf
expect scan 2 'ocrmypdf -l ita' -- "$cavillo" check scan.pdf
echo page | pdf blank.pdf
expect blank 2 'no text' -- "$cavillo" check blank.pdf
{ echo encrypt; echo page; } | pdf locked.pdf
expect locked 2 'password' -- "$cavillo" check locked.pdf
head -c 300 plain.pdf >cut.pdf
expect damaged 2 'damaged' -- "$cavillo" check cut.pdf
printf '%%PDF-1.7\n' >head.pdf
expect head-only 2 'damaged' -- "$cavillo" check head.pdf
echo 'pages 0' | pdf none.pdf
expect no-pages 2 'has no pages' -- "$cavillo" check none.pdf
{ echo page; echo 'pages 2000000000'; } | pdf lying.pdf
expect lying-count 2 'lying.pdf: ' -- "$cavillo" check lying.pdf
sed 's/Kids \[.*\]/Kids [2 0 R 2 0 R 2 0 R]/' none.pdf >loop.pdf
expect looping-pages 2 'loop.pdf: ' -- "$cavillo" check loop.pdf
awk 'BEGIN { for (i = 0; i < 5001; i++) print "page" }' | pdf many.pdf
expect many-pages 2 '5001 pages' -- "$cavillo" check many.pdf
expect others-go-on 2 '1 checked, 2 not' 'liability' -- "$cavillo" check -f line cut.pdf plain.pdf scan.pdf

# --- a helper that is missing, crashes, lies --------------------------------------------------------
mkdir own
cp "$cavillo" own/
CAVILLO_RULES=${CAVILLO_RULES:-$(dirname "$cavillo")/../rules}
[ -d "$CAVILLO_RULES" ] || CAVILLO_RULES=$OLDPWD/rules
export CAVILLO_RULES
expect no-helper 2 'cavillo-pdf' -- own/cavillo check plain.pdf
fake() { # a shell script in the helper's place
    printf '#!/bin/sh\n%s\n' "$1" >own/cavillo-pdf
    chmod +x own/cavillo-pdf
}
# shellcheck disable=SC2016
fake 'kill -SEGV $$'
expect crash 2 'crashed' -- own/cavillo check plain.pdf
expect crash-others 2 '1 checked, 1 not' -- own/cavillo check -f line plain.pdf "$OLDPWD/corpus/it/palestra.txt"
fake 'exit 1'
expect gives-up 2 'gave up' -- own/cavillo check plain.pdf
fake 'echo hello'
expect senseless 2 'no sense' -- own/cavillo check plain.pdf
fake 'exec cat /dev/zero'
expect endless 2 'plain.pdf' -- own/cavillo check plain.pdf
fake "\"$helper\" | head -c 500"
expect cut-answer 2 'no sense' -- own/cavillo check plain.pdf
