#!/bin/sh
# Inputs made to hurt: bounded time, no crash, a clear end.
. tests/lib.sh
cd "$tmp" || exit 2
sentence="Il Gestore non risponde dei danni subiti dall'Utente per l'uso del servizio. "

# The sanitizers make everything many times slower.
case $cavillo in
*asan*) limit=240 size=1500000 ;;
*) limit=60 size=5000000 ;;
esac

bounded() { # NAME COMMAND...: ends by itself within $limit seconds with 0, 1 or 2
    name=$1
    shift
    timeout $limit "$@" >out 2>err </dev/null
    got=$?
    if [ $got -le 2 ] && ! grep -q 'Sanitizer\|runtime error' err; then
        echo "ok $name"
    else
        echo "not ok $name: exit status $got: $(head -c 300 err)"
    fi
}

yes "$sentence" | head -n 300000 | tr -d '\n' | head -c $size >line.txt
bounded one-huge-line "$cavillo" check -f sarif=x.sarif line.txt
head -c 67108865 /dev/zero | tr '\000' 'a' >huge.txt
expect over-the-limit 2 'max-bytes' -- "$cavillo" check huge.txt
head -c 67108864 huge.txt >line.txt
bounded line-of-64-mb "$cavillo" check --input-lang it -f line line.txt
rm huge.txt line.txt
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

# Web pages, Markdown, office files
head='<!doctype html><p>Il Gestore non risponde dei danni subiti dall'"'"'Utente per il servizio.</p>'
awk -v h="$head" 'BEGIN { printf "%s<a ", h; for (i = 0; i < 400000; i++) printf "a%d=b ", i; print ">x" }' >attributes.html
bounded many-attributes "$cavillo" check --input-lang it -f line attributes.html
awk -v h="$head" 'BEGIN { printf "%s", h; for (i = 0; i < 100000; i++) printf "<div>"; print "x" }' >depth.html
bounded nested-elements "$cavillo" check --input-lang it -f line depth.html
check nested-elements-said grep -q 'nested deeper' err
awk -v h="$head" 'BEGIN { printf "%s", h; for (i = 0; i < 400; i++) printf "<div>"; for (i = 0; i < 500000; i++) printf "</i></td>" }' >stray.html
bounded stray-end-tags "$cavillo" check --input-lang it -f line stray.html
awk -v h="$head" 'BEGIN { printf "%s<table><tr>", h; for (i = 0; i < 300000; i++) printf "<td>a<nav class=menu><ol><li>&egrave;" }' >cells.html
bounded many-cells "$cavillo" check --input-lang it -f line cells.html
awk -v h="$head" 'BEGIN { printf "%s", h; for (i = 0; i < 300000; i++) printf "<!--<a b=\"<script></scr&am" }' >open.html
bounded never-closed "$cavillo" check --input-lang it -f line open.html
awk 'BEGIN { for (i = 0; i < 30000; i++) printf "> "; print "a"; for (i = 0; i < 100000; i++) printf "[*_`![a](b\\"; print ""; for (i = 0; i < 30000; i++) print "   - aaaa *aaaa*" }' >bait.md
bounded markdown-bait "$cavillo" check --input-lang it -f line bait.md
mkdir -p pack/word
awk 'BEGIN { printf "<w:document xmlns:w=\"w\"><w:p "; for (i = 0; i < 300000; i++) printf "a%d=\"b\" ", i; print "/></w:document>" }' >pack/word/document.xml
(cd pack && zip -q -r ../attributes.docx word)
bounded office-attributes "$cavillo" check --input-lang it -f line attributes.docx
awk 'BEGIN { printf "<w:document xmlns:w=\"w\">"; for (i = 0; i < 100000; i++) printf "<w:tbl>" }' >pack/word/document.xml
(cd pack && zip -q -r ../depth.docx word)
bounded office-depth "$cavillo" check --input-lang it -f line depth.docx

# Lists and numbers that ask for more than a contract can have.
docx() { # NAME: what pack/word holds
    (cd pack && rm -f "../$1" && zip -q -r "../$1" word)
}
paragraph="<w:r><w:t>$sentence</w:t></w:r></w:p>"
awk -v p="$paragraph" 'BEGIN { printf "<w:document xmlns:w=\"w\"><w:body>"
    for (i = 0; i < 1000; i++) printf "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr></w:pPr>%s", i % 12, i + 1, p
    print "</w:body></w:document>" }' >pack/word/document.xml
awk 'BEGIN { printf "<w:numbering xmlns:w=\"w\">"
    for (i = 0; i < 30000; i++) printf "<w:abstractNum w:abstractNumId=\"%d\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%%1%%1%%1%%1%%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", i, i + 1, i
    printf "<w:abstractNum w:abstractNumId=\"30000\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\""
    for (i = 0; i < 100000; i++) printf "%%1"
    print "\"/></w:lvl></w:abstractNum></w:numbering>" }' >pack/word/numbering.xml
docx numbering.docx
bounded office-numbering "$cavillo" check --input-lang it -f line numbering.docx
rm pack/word/numbering.xml
awk 'BEGIN { printf "<w:styles xmlns:w=\"w\">"
    for (i = 0; i < 20000; i++) printf "<w:style w:type=\"paragraph\" w:styleId=\"s%d\"><w:basedOn w:val=\"s%d\"/></w:style>", i, (i + 1) % 20000
    print "</w:styles>" }' >pack/word/styles.xml
awk -v p="$paragraph" 'BEGIN { printf "<w:document xmlns:w=\"w\"><w:body>"
    for (i = 0; i < 1000; i++) printf "<w:p><w:pPr><w:pStyle w:val=\"s%d\"/></w:pPr>%s", i * 20, p
    print "</w:body></w:document>" }' >pack/word/document.xml
docx styles.docx
bounded office-style-circle "$cavillo" check --input-lang it -f line styles.docx
odt() { # NAME: content.xml from standard input
    { printf '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        cat
        printf '</office:text></office:body></office:document-content>'; } >content.xml
    printf application/vnd.oasis.opendocument.text >mimetype
    rm -f "$1"
    zip -q "$1" mimetype content.xml
}
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<text:list><text:list-item>" }' | odt lists.odt
bounded office-lists "$cavillo" check --input-lang it -f line lists.odt
check office-lists-said grep -q 'nested too deep' err
{ printf '<text:p>%s' "$sentence"
    awk 'BEGIN { for (i = 0; i < 100; i++) printf "<text:s text:c=\"2000000000\"/>" }'
    printf '</text:p>'; } | odt blanks.odt
bounded office-blanks "$cavillo" check --input-lang it -f line blanks.odt
awk -v h="$head" 'BEGIN { printf "%s", h; for (i = 0; i < 100000; i++) printf "<ol><li>" }' >lists.html
bounded html-lists "$cavillo" check --input-lang it -f line lists.html
awk -v h="$head" 'BEGIN { printf "%s<table><tr>", h; for (i = 0; i < 20000; i++) printf "<td colspan=1000000 rowspan=65000>a"
    printf "</table>"; for (i = 1; i < 400; i++) printf "<ol start=%d%0*d type=i reversed><li>b</ol>", i, i % 40, 9 }' >spans.html
bounded html-spans-and-starts "$cavillo" check --input-lang it -f line spans.html
awk -v h="$head" 'BEGIN { printf "%s<a href=\"", h; for (i = 0; i < 4000000; i++) printf "%s", "xxxxxxxxxx"; print "\">x</a>" }' >tag.html
bounded one-huge-tag "$cavillo" check --input-lang it -f line tag.html
