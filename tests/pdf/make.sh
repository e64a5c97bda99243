#!/bin/sh
# make.sh <DESCRIPTION >FILE.pdf: small PDFs for tests, written from lines of
#   page [picture]        an A4 page, perhaps filled by a picture
#   font bold|plain SIZE
#   at X Y [LEADING]      where the next line of text goes, points from the upper left corner
#   | TEXT                a line of text; the next one stands LEADING below
#   turn N                pages are displayed turned clockwise by N degrees
#   encrypt | pages N     a locked file; a page tree that claims N pages
# Text is UTF-8 that Windows-1252 has too.
set -eu
iconv -f UTF-8 -t WINDOWS-1252 | LC_ALL=C awk '
function out(s) { printf "%s\n", s; offset += length(s) + 1 }
function object(n) { where[n] = offset; out(n " 0 obj") }
function add(s) { body[pages] = body[pages] s "\n"; }
BEGIN { pages = 0; size = 10; font = "F1"; x = 60; y = 60; leading = 12; claimed = 0 }
$1 == "page" { picture[++pages] = $2 == "picture"; next }
$1 == "font" { font = $2 == "bold" ? "F2" : "F1"; size = $3; next }
$1 == "at" { x = $2; y = $3; if (NF > 3) leading = $4; next }
$1 == "encrypt" { locked = 1; next }
$1 == "turn" { turned = " /Rotate " $2; next }
$1 == "pages" { claimed = $2; next }
$1 == "|" {
    text = substr($0, 3)
    gsub(/[\\()]/, "\\\\&", text)
    add("BT /" font " " size " Tf 1 0 0 1 " x " " 842 - y " Tm (" text ") Tj ET")
    y += leading
}
END {
    offset = 0
    out("%PDF-1.4")
    object(1); out("<< /Type /Catalog /Pages 2 0 R >>"); out("endobj")
    kids = ""
    for (i = 1; i <= pages; i++) kids = kids " " 5 + 2 * i " 0 R"
    object(2); out("<< /Type /Pages /Count " (claimed ? claimed : pages) " /Kids [" kids " ] >>"); out("endobj")
    for (i = 3; i <= 4; i++) {
        object(i)
        out("<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Helvetica" (i == 4 ? "-Bold" : "") " >>")
        out("endobj")
    }
    object(5); out("<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>")
    out("stream"); out("x"); out("endstream"); out("endobj")
    object(6); out("<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O (00000000000000000000000000000000) /U (11111111111111111111111111111111) >>"); out("endobj")
    for (i = 1; i <= pages; i++) {
        object(5 + 2 * i)
        out("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]" turned " /Contents " 6 + 2 * i " 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 5 0 R >> >> >>")
        out("endobj")
        if (picture[i]) body[i] = "q 595 0 0 842 0 0 cm /I Do Q\n" body[i]
        object(6 + 2 * i)
        out("<< /Length " length(body[i]) " >>"); out("stream")
        printf "%s", body[i]; offset += length(body[i])
        out("endstream"); out("endobj")
    }
    start = offset
    last = 6 + 2 * pages
    out("xref"); out("0 " last + 1); out("0000000000 65535 f ")
    for (i = 1; i <= last; i++) out(sprintf("%010d 00000 n ", where[i]))
    out("trailer << /Size " last + 1 " /Root 1 0 R" (locked ? " /Encrypt 6 0 R /ID [<00> <00>]" : "") " >>")
    out("startxref"); out(start); out("%%EOF")
}'
