#ifndef SCAN_SPLIT_H
#define SCAN_SPLIT_H

#include "scan/finding.h"

/*
 * The findings of one paper out of the verdict on the whole contract (text/join.h), in the paper's
 * own offsets, units and clauses.  What lies in another paper says so.  Borrows `whole`.
 */
void verdict_split(const struct document *contract, const struct paper *paper,
                   const struct verdict *whole, struct arena *arena, struct verdict *verdict);

#endif
