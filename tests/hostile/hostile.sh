#!/bin/sh
# Inputs made to hurt: bounded time, no crash, a clear end.
. tests/lib.sh
cd "$tmp" || exit 2
sentence="Il Gestore non risponde dei danni subiti dall'Utente per l'uso del servizio. "

bounded() { # NAME COMMAND...: ends by itself within 60 s with 0, 1 or 2
    name=$1
    shift
    timeout 60 "$@" >out 2>err </dev/null
    got=$?
    if [ $got -le 2 ] && ! grep -q 'Sanitizer\|runtime error' err; then
        echo "ok $name"
    else
        echo "not ok $name: exit status $got: $(head -c 300 err)"
    fi
}

yes "$sentence" | head -n 200000 | tr -d '\n' | head -c 16000000 >line.txt
bounded one-huge-line "$cavillo" check -f sarif=x.sarif line.txt
yes 'responsabile danni non e la di il ' | tr -d '\n' | head -c 4000000 >words.txt
bounded one-huge-sentence "$cavillo" check -f json=x.json words.txt
awk 'BEGIN { for (i = 1; i < 60000; i++) { s = s (i > 1 && length(s) < 400 ? "." : "") (length(s) < 400 ? i : ""); print s " Il Gestore non risponde dei danni." } }' >deep.txt
bounded deep-numbering "$cavillo" check -f line deep.txt
awk 'BEGIN { print "Il Gestore non risponde di:"; for (i = 0; i < 60000; i++) print "a) danni che:" }' >nested.txt
bounded nested-lists "$cavillo" check -f line nested.txt
awk 'BEGIN { for (i = 0; i < 40000; i++) print "il danno; " }' >items.txt
bounded many-items "$cavillo" check -f html=x.html items.txt
yes "$sentence" | head -n 20000 | awk '{ printf "%s%c", $0, 12 }' >pages.txt
bounded many-pages "$cavillo" check -f html=x.html pages.txt
{ cat pages.txt; head -c 100000 /dev/urandom; } | tr -d '\000' >broken.txt
bounded bad-utf8 "$cavillo" check -f json=x.json broken.txt
printf '%s' "$sentence" >one.txt
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "non non non responsabile per il danno, "; print "." }' >bait.txt
bounded backtracking-bait "$cavillo" check -f line bait.txt
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "\302\253"; for (i = 0; i < 100000; i++) printf "("; print " il danno di noi." }' >quotes.txt
bounded quotes "$cavillo" check --input-lang it -f line quotes.txt
awk 'BEGIN { for (i = 0; i < 20000; i++) print "Alfa" i " S.p.A. (di seguito \"Nome" i "\") non risponde dei danni." }' >names.txt
bounded many-parties "$cavillo" check -f line names.txt
printf '<script>alert(1)</script> Il Gestore non \303\250 in alcun caso responsabile dei danni & "perdite" <b> subiti dall'"'"'Utente per il servizio della posta.\n' >markup.txt
"$cavillo" check --exit-zero -f html=x.html markup.txt
check html-escapes sh -c "! grep -q '<script>alert' x.html && grep -q '&lt;script&gt;alert' x.html"
printf 'Il Gestore non \303\250 in alcun caso responsabile dei danni \033[31m subiti dall'"'"'Utente per il servizio della posta.\n' >escape.txt
"$cavillo" check --exit-zero --color never escape.txt >out 2>&1
check terminal-escapes sh -c "! grep -q '$(printf '\033')' out"
