#ifndef SCAN_FINGERPRINT_H
#define SCAN_FINGERPRINT_H

#include "scan/finding.h"

/*
 * Sets the fingerprint of every finding: category, words of its units without list labels and
 * article numbers referred to, ordinal among equals.  Neither rule nor clause nor line enter, so
 * an edit elsewhere, a renumbering or a better rule reopens nothing.
 */
void fingerprint_findings(const struct document *document, const struct language *language,
                          struct verdict *verdict);

#endif
