#!/bin/sh
# Include directions: base <- text <- rule <- scan <- report <- (files of analyzer/ itself), and
# foreign headers each in their few files.
set -u
cd "$(dirname "$0")/../analyzer" || exit 2

allowed() {
    case $1 in
    base) echo base ;;
    text) echo 'base|text' ;;
    rule) echo 'base|text|rule' ;;
    scan) echo 'base|text|rule|scan' ;;
    report) echo 'base|text|rule|scan|report' ;;
    pdf) echo 'base|pdf|text/pdf_protocol.h' ;;
    esac
}

for layer in base text rule scan report pdf; do
    wrong=$(grep -nE '^#include "' "$layer"/*.[ch] | grep -vE "#include \"($(allowed $layer))[/\"]")
    if [ -n "$wrong" ]; then
        echo "not ok layers $layer: $wrong"
    else
        echo "ok layers $layer"
    fi
done

foreign() { # HEADER-PATTERN NAME FILES...: only these files may include it
    pattern=$1 name=$2
    shift 2
    others=$(grep -lE "#include <($pattern)" ./*.[ch] ./*/*.[ch])
    for file in "$@"; do
        others=$(printf '%s\n' "$others" | grep -vx "./$file")
    done
    if [ -n "$others" ]; then
        echo "not ok foreign $name: $others"
    else
        echo "ok foreign $name"
    fi
}
foreign 'pcre2' pcre2 scan/scan.c
foreign 'hunspell' hunspell text/speller.c
foreign 'libxml' libxml2 text/xml.c text/xml_stream.c
foreign 'archive' libarchive text/zip.c
foreign 'cmark' cmark text/markdown.c
foreign 'utf8proc' utf8proc base/utf8.c
foreign 'json' json-c report/json.c
foreign 'poppler|glib' poppler pdf/extract.c
