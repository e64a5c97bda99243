#!/bin/sh
# The HTML report in a headless browser: it opens from disk, shows every finding and mark, and asks
# for nothing.  Without Chromium the structure alone is checked.
. tests/lib.sh
"$cavillo" check --exit-zero -f html="$tmp/r.html" -f json="$tmp/r.json" corpus/it/posta.txt 2>"$tmp/err"
check well-formed sh -c "xmllint --html --noout '$tmp/r.html' 2>&1 | grep -v 'Tag .* invalid' | grep -q 'parser error' && exit 1 || exit 0"
check no-request sh -c "! grep -qE '(src|href)=\"(https?:)?//' '$tmp/r.html'"
check no-script sh -c "! grep -qi '<script' '$tmp/r.html'"
check content-policy grep -q "default-src 'none'" "$tmp/r.html"
check says-whole-contract grep -q 'contiene tutto il contratto' "$tmp/r.html"
check disclaimer grep -q 'non parere legale' "$tmp/r.html"
if ! command -v chromium >/dev/null 2>&1; then
    echo "ok browser (no chromium here: not opened)"
    exit 0
fi
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$tmp/profile" --dump-dom "file://$tmp/r.html" >"$tmp/dom" 2>"$tmp/chromium"
marks=$(grep -o '<mark' "$tmp/dom" | wc -l)
places=$(jq '[.documents[].findings[] | select(.grade != "check") | .places[]] | length' "$tmp/r.json")
check "browser opens it" [ "$marks" -gt 0 ]
check "browser shows a mark for each place ($marks, $places)" [ "$marks" -ge "$places" ]
check "browser has one headline" [ "$(grep -o '<h1' "$tmp/dom" | wc -l)" -eq 1 ]
