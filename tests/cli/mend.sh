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
