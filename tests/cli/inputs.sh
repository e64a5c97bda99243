#!/bin/sh
# Inputs of every bad kind; the good ones are still reported.
. tests/lib.sh
cd "$tmp" || exit 2
cat >bad.txt <<'T'
Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti dall'Utente per
l'uso del servizio di posta elettronica, anche se avvisato della possibilità di tali danni.
T
cat >fair.txt <<'T'
Il Cliente può scrivere al servizio di assistenza in ogni momento, per posta o per telefono. La
risposta arriva di norma entro due giorni, e il Cliente riceve una copia del suo messaggio.
T
cat >deutsch.txt <<'T'
Der Anbieter haftet nicht für Schäden, die dem Nutzer durch die Verwendung des Dienstes entstehen,
es sei denn, sie beruhen auf Vorsatz oder grober Fahrlässigkeit. Die Haftung ist ausgeschlossen.
T
mkdir folder empty
cp bad.txt folder/a.txt
cp fair.txt folder/.hidden.txt
cp fair.txt folder/picture.png
: >zero.txt
printf 'ab\000cd\000\001\002' >binary.txt
printf '%%PDF-1.4\n...' >file.pdf
printf '   \n\n  \n' >blank.txt
head -c 3000 /dev/urandom >random.bin
printf '{\\rtf1 Il Gestore}' >file.rtf

expect finding 1 '' 'liability' -- "$cavillo" check -f line bad.txt
expect nothing-found 0 '' '' -- "$cavillo" check fair.txt
expect says-not-fair 0 '' 'non vuol dire\|not mean\|non significa' -- "$cavillo" check fair.txt
expect exit-zero 0 -- "$cavillo" check --exit-zero bad.txt
expect fail-never 0 -- "$cavillo" check --fail-on never bad.txt
expect missing 2 'nofile.txt' -- "$cavillo" check nofile.txt
expect empty 2 'empty' -- "$cavillo" check zero.txt
expect blank 2 'no text' -- "$cavillo" check blank.txt
expect binary 2 'binary.txt' -- "$cavillo" check binary.txt
expect random 2 'random.bin' -- "$cavillo" check random.bin
expect pdf 2 'damaged' -- "$cavillo" check file.pdf
expect rtf 2 'RTF' -- "$cavillo" check file.rtf
expect device 2 'null' -- "$cavillo" check /dev/null
expect too-large 2 'max-bytes' -- "$cavillo" check --max-bytes 10 bad.txt
expect language 2 'no supported language' -- "$cavillo" check deutsch.txt
expect others-go-on 2 '1 checked, 1 not' 'liability' -- "$cavillo" check -f line nofile.txt bad.txt
expect folder 1 'skipped' 'folder/a.txt' -- "$cavillo" check -f line folder
expect folder-quiet 1 '' 'folder/a.txt' -- "$cavillo" check -q -f line folder
expect folder-empty 2 'nothing to check' -- "$cavillo" check empty
printf 'bad.txt\nfair.txt\n' >list
expect files-from 1 '' 'bad.txt' -- "$cavillo" check -f line --files-from list
"$cavillo" check -f line --stdin-name posta.txt - <bad.txt >out 2>err
check stdin grep -q '^posta.txt:1' out
expect stdin-twice 2 'only once' -- "$cavillo" check - -
cp bad.txt secret.txt && chmod 000 secret.txt
[ "$(id -u)" = 0 ] || expect unreadable 2 'secret.txt' -- "$cavillo" check secret.txt

for enc in UTF-16LE ISO-8859-1 WINDOWS-1252; do
    iconv -f UTF-8 -t $enc bad.txt >enc.txt
    expect "encoding $enc" 1 '' 'enc.txt:1:' -- "$cavillo" check -f line enc.txt
done
sed 's/$/\r/' bad.txt >enc.txt
expect crlf 1 '' 'enc.txt:1:' -- "$cavillo" check -f line enc.txt

# Outputs
expect full-disk 2 'full\|No space' -- "$cavillo" check -f json=/dev/full bad.txt
expect unwritable 2 'nodir' -- "$cavillo" check -f json=nodir/x.json bad.txt
"$cavillo" check -f json bad.txt 2>err | head -c 1 >/dev/null
check closed-pipe [ ! -s err ]
"$cavillo" check -f sarif=a.sarif -f html=a.html -f json bad.txt >a.json 2>err
check three-outputs [ -s a.sarif -a -s a.html -a -s a.json ]
check no-leftover [ "$(find . -name '*.tmp*' -o -name '.a.*' | wc -l)" -eq 0 ]
check mode-0600 [ "$(stat -c %a a.sarif)" = 600 ]
"$cavillo" check -f sarif bad.txt >b.sarif 2>/dev/null
check same-bytes cmp -s a.sarif b.sarif
NO_COLOR=1 "$cavillo" check --color auto bad.txt >plain 2>&1
check no-color sh -c "! grep -q '$(printf '\033')' plain"
"$cavillo" check --color always bad.txt >colour 2>&1
check color grep -q "$(printf '\033')" colour
LC_ALL=C "$cavillo" check bad.txt >c 2>&1
LC_ALL=it_IT.UTF-8 "$cavillo" check bad.txt >it 2>&1
check locale-independent cmp -s c it
"$cavillo" check --ui-lang en bad.txt >en 2>&1
check ui-lang grep -q 'legal advice' en
