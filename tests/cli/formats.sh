#!/bin/sh
# Web pages, office files and Markdown: told by content, --input, places in the file, limits.
. tests/lib.sh
cd "$tmp" || exit 2
sentence="Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti dall'Utente per l'uso del servizio di posta elettronica, anche se avvisato della possibilità di tali danni."
fair="Il Cliente può scrivere al servizio di assistenza in ogni momento, per posta o per telefono. La risposta arriva di norma entro due giorni, e il Cliente riceve una copia del suo messaggio."

page() { # BODY: a web page
    printf '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>T</title></head><body>%s</body></html>\n' "$1"
}
W='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
docx() { # NAME BODY [NUMBERING]
    rm -rf pack "$1"
    mkdir -p pack/word
    printf '<w:document %s><w:body>%s</w:body></w:document>' "$W" "$2" >pack/word/document.xml
    [ $# -lt 3 ] || printf '<w:numbering %s>%s</w:numbering>' "$W" "$3" >pack/word/numbering.xml
    pack "$1" word
}
pack() { # NAME FOLDER: a zip archive of a folder in pack/
    rm -f "$1"
    (cd pack && zip -q -r "../$1" "$2")
}
paragraph() { # TEXT [PROPERTIES]
    printf '<w:p><w:pPr>%s</w:pPr><w:r><w:t>%s</w:t></w:r></w:p>' "${2-}" "$1"
}

# --- HTML: findings, and where they stand in the file -------------------------------------------
page "<main><h1>Condizioni</h1><ol><li>$fair</li><li>Il Gestore non &egrave; <b>in alcun  caso</b> responsabile dei danni di qualsiasi natura subiti dall'Utente per l'uso del servizio.</li></ol></main>" >page.html
expect html 1 '' 'liability' -- "$cavillo" check -f line page.html
"$cavillo" check -f json page.html >page.json 2>err
raw=$(jq -r '.documents[0].findings[0].places[0].raw | map(tostring) | join(" ")' page.json)
tail -c "+$((${raw% *} + 1))" page.html | head -c "$((${raw#* } - ${raw% *}))" >quote
check html-raw-bytes grep -q '^non &egrave; <b>in alcun' quote
check html-quote sh -c "jq -r '.documents[0].findings[0].places[0].quote' page.json | grep -q '^non è in alcun caso'"
"$cavillo" text page.html >out 2>err
check html-number grep -q '^2. Il Gestore' out
page "<script>var a='$sentence';</script><!-- $sentence --><p hidden>$sentence</p><nav><a href=/>$sentence</a></nav><p>$fair</p>" >hidden.html
expect html-hidden 0 '' '' -- "$cavillo" check hidden.html
page "<p>$fair</p><div style='display:none'>$(for i in 1 2 3 4 5 6 7 8; do echo "$sentence"; done)</div>" >concealed.html
expect html-concealed 0 '' 'non mostrato' -- "$cavillo" check concealed.html
page "<p>$sentence</p>" | iconv -f UTF-8 -t ISO-8859-1 | sed 's/utf-8/iso-8859-1/' >latin.html
expect html-latin1 1 '' 'liability' -- "$cavillo" check -f line latin.html
page "<p>$sentence</p>" | iconv -f UTF-8 -t UTF-16 >wide.html
expect html-utf16 1 '' 'liability' -- "$cavillo" check -f line wide.html
page "<pre>$(echo "$sentence" | fold -s -w 60)</pre>" >pre.html
expect html-pre 1 '' 'liability' -- "$cavillo" check -f line pre.html
page '<div id=root></div><script>draw()</script>' >empty.html
expect html-without-text 2 'without text' -- "$cavillo" check empty.html

# --- Markdown: lines are those of the file --------------------------------------------------------
printf -- '---\ntitle: x\n---\n\n# Condizioni\n\n%s\n\n1. Il **Gestore** non è in\n   alcun caso [responsabile](http://example.org) dei danni\n   di qualsiasi natura.\n' "$fair" >terms.md
expect markdown 1 '' '^terms.md:9:' -- "$cavillo" check -f line terms.md
"$cavillo" check -f json terms.md >md.json 2>err
raw=$(jq -r '.documents[0].findings[0].places[0].raw | map(tostring) | join(" ")' md.json)
tail -c "+$((${raw% *} + 1))" terms.md | head -c "$((${raw#* } - ${raw% *}))" | tr -d '\n' >quote
check markdown-raw-bytes grep -q '^non è in   alcun caso \[responsabile' quote

# --- wrong names, --input --------------------------------------------------------------------------
cp page.html page.txt
expect wrong-extension 1 '' '^page.txt:' -- "$cavillo" check -f line page.txt
cp terms.md terms.html
expect text-named-html 1 '' 'liability' -- "$cavillo" check -f line terms.html
"$cavillo" text --input text page.html >out 2>err
check input-text grep -q '<!DOCTYPE' out
expect input-docx 2 'no DOCX' -- "$cavillo" check --input docx page.html
expect input-unknown 2 'did you mean "html"' -- "$cavillo" check --input htm page.html
"$cavillo" check -f line --input html - <page.html >out 2>err
check input-stdin grep -q liability out
mkdir folder
cp page.html folder/A.HTML
cp terms.md folder/b.md
cp page.html folder/c.png
"$cavillo" check -f line folder >out 2>err
check folder-kinds [ "$(cut -d: -f1 out | sort -u | tr '\n' ' ')" = "folder/A.HTML folder/b.md " ]

# --- DOCX ------------------------------------------------------------------------------------------
item='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
docx terms.docx "$(paragraph "$fair" "$item")$(paragraph "$sentence" "$item")" \
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="6"/></w:lvl><w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
expect docx 1 '' 'liability' -- "$cavillo" check -f line terms.docx
"$cavillo" check -f json terms.docx >docx.json 2>err
check docx-article [ "$(jq -r '.documents[0].findings[0].clause.article' docx.json)" = 6.2 ]
check docx-no-raw-bytes [ "$(jq '[.. | objects | select(has("raw"))] | length' docx.json)" -eq 0 ]
cp terms.docx terms.txt
expect docx-named-txt 1 '' 'liability' -- "$cavillo" check -f line terms.txt
expect docx-as-text 2 'is DOCX, not text' -- "$cavillo" check --input text terms.docx
head -c 300 terms.docx >cut.docx
expect docx-cut 2 'damaged' -- "$cavillo" check cut.docx
docx laughs.docx ''
printf '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>' >pack/word/document.xml
pack laughs.docx word
expect docx-entities 2 'document type' -- "$cavillo" check laughs.docx
head -c 300000000 /dev/zero | tr '\0' ' ' >pack/word/document.xml
pack bomb.docx word
expect docx-bomb 2 'unpacks to more than' -- "$cavillo" check bomb.docx
rm -f pack/word/document.xml
mkdir pack/xl && echo '<a/>' >pack/xl/workbook.xml
pack book.xlsx xl
expect other-archive 2 'no DOCX or ODT' -- "$cavillo" check book.xlsx
