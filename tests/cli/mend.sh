#!/bin/sh
# Damaged words are read as what they seem to be; a note says so.
. tests/lib.sh
cd "$tmp" || exit 2
cat >spaced.txt <<'T'
Il Gestore non è in alcun caso r e s p o n s a b i l e dei danni di qualsiasi natura subiti
dall'Utente per l'uso del servizio di posta elettronica.
T
cat >digits.txt <<'T'
Il Gestore non è in alcun caso resp0nsabi1e dei danni di qualsiasi natura subiti
dall'Utente per l'uso del servizio di posta elettronica.
T
cat >clean.txt <<'T'
Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti
dall'Utente per l'uso del servizio di posta elettronica.
T
expect spaced 1 '' 'liability' -- "$cavillo" check -f line spaced.txt
expect digits 1 '' 'liability' -- "$cavillo" check -f line digits.txt
expect noted 1 '' 'note.mended' -- "$cavillo" check -f json digits.txt
"$cavillo" check -f json clean.txt >clean.json
check clean-not-noted test "$(grep -c 'note.mended' clean.json)" = 0

# --strict-input: what was not read reliably is an error, and still reported.
expect strict-clean 1 '' 'liability' -- "$cavillo" check -f line --strict-input clean.txt
expect strict-damaged 2 'digits.txt: not read reliably: words damaged: 1 of about 22' \
    'liability' -- "$cavillo" check -f line --strict-input digits.txt
expect strict-reason 2 '1 checked, 0 not: --strict-input' -- \
    "$cavillo" check -f line --strict-input digits.txt
{ printf '\357\273\277'; cat clean.txt; printf '\303( \342( \303( \342( \303(\n'; } >bytes.txt
expect bytes-noted 1 '' 'caratteri validi' -- "$cavillo" check bytes.txt
expect strict-bytes 2 'bytes.txt: not read reliably: bytes that are no characters: ' 'liability' -- \
    "$cavillo" check -f line --strict-input bytes.txt
# Text of which hardly a word is one.
awk 'function word(n,  w) { for (w = ""; length(w) < 7; n = int(n * 5 / 3) + 11) w = w substr("bcdfghklmnpqrstv", 1 + n % 16, 1); return w }
    BEGIN { for (i = 0; i < 60; i++) printf "Il %s %s non %s %s è di %s e la %s %s.\n", word(i * 7), word(i * 7 + 1),
        word(i * 7 + 2), word(i * 7 + 3), word(i * 7 + 4), word(i * 7 + 5), word(i * 7 + 6) }' >garbled.txt
expect strange-noted 0 '' 'delle parole non è noto' -- "$cavillo" check garbled.txt
expect strict-strange 2 'garbled.txt: not read reliably: .* of its words are unknown' -- \
    "$cavillo" check --strict-input garbled.txt
for format in text summary json sarif html; do
    expect "note in $format" 1 '' 'rovinat\|note.mended' -- "$cavillo" check -f $format digits.txt
done
"$cavillo" text digits.txt >shown 2>/dev/null
check text-unmended grep -q 'resp0nsabi1e' shown

# No text at all is an error whatever the format.
printf '<html><head><script>var a = "Il Gestore";</script></head><body></body></html>' >s.html
expect html-of-scripts 2 's.html' -- "$cavillo" check s.html
mkdir -p word
printf '<?xml version="1.0"?><w:document xmlns:w="%s"><w:body><w:p/></w:body></w:document>' \
    http://schemas.openxmlformats.org/wordprocessingml/2006/main >word/document.xml
zip -q e.docx word/document.xml
expect docx-without-text 2 'e.docx' -- "$cavillo" check e.docx
