#!/bin/sh
# Usage errors: one clear line, the nearest name, status 2.
. tests/lib.sh
cd "$tmp" || exit 2
cat >bad.txt <<'T'
Il Gestore non è in alcun caso responsabile dei danni di qualsiasi natura subiti dall'Utente per
l'uso del servizio di posta elettronica, anche se avvisato della possibilità di tali danni.
T
expect no-command 2 'no command' -- "$cavillo"
expect unknown-command 2 'did you mean "check"' -- "$cavillo" chek bad.txt
expect file-without-command 2 'is no command' -- "$cavillo" bad.txt
expect option-first 2 'the command comes first' -- "$cavillo" -q check
expect unknown-option 2 'did you mean --format' -- "$cavillo" check --fromat line bad.txt
expect unknown-letter 2 'unknown option -Z' -- "$cavillo" check -Z bad.txt
expect missing-value 2 'needs a value' -- "$cavillo" check bad.txt --format
expect unknown-format 2 'did you mean "sarif"' -- "$cavillo" check -f sarf bad.txt
expect format-without-file 2 'file name behind' -- "$cavillo" check -f sarif= bad.txt
expect two-on-stdout 2 'two formats' -- "$cavillo" check -f json -f line bad.txt
expect same-output 2 'both be written' -- "$cavillo" check -f json=x -f line=x bad.txt
expect output-is-input 2 'is an input' -- "$cavillo" check -f json=bad.txt bad.txt
expect unknown-rule 2 'did you mean' -- "$cavillo" check --enable liability.exclude-al bad.txt
expect unknown-category 2 'no category' -- "$cavillo" check --category liabilty bad.txt
expect bad-level 2 'none of' -- "$cavillo" check --fail-on grave bad.txt
expect bad-size 2 'no size' -- "$cavillo" check --max-bytes 12x bad.txt
expect contradiction 2 'contradict' -- "$cavillo" check --party free --paid yes bad.txt
expect nothing-given 2 'check what' -- "$cavillo" check
expect no-rules 2 'no such folder' -- "$cavillo" check --rules /nonexistent bad.txt
expect explain-unknown 2 'did you mean "liability.exclude-all"' -- "$cavillo" explain liability.exclude-al
expect help 0 '' 'Usage: cavillo COMMAND' -- "$cavillo" help
expect help-check 0 '' 'fail-on' -- "$cavillo" help check
expect help-option 0 '' 'fail-on' -- "$cavillo" check --help
expect version 0 '' '^cavillo [0-9]' -- "$cavillo" --version
expect explain 0 '' 'liability.exclude-all' -- "$cavillo" explain liability.exclude-all
expect rules-list 0 '' 'liability.exclude-all' -- "$cavillo" rules list
mkdir -p rules && cp -RL "$(dirname "$cavillo")/../rules/." rules/ 2>/dev/null || cp -RL "$(dirname "$cavillo")/../../rules/." rules/
printf '<wording lang="it">\n<rule id="liability.exclude-all">\n<when><match>non {..99} responsabil*</match></when>\n<exmple/>\n</rule></wording>\n' >rules/it/liability.xml
expect bad-rules 2 'liability.xml:3:.*error: .*{..1} to {..12}' -- "$cavillo" check --rules rules bad.txt
expect bad-rules-all-at-once 2 'liability.xml:4:.*has no meaning' -- "$cavillo" check --rules rules bad.txt
