#ifndef SCAN_GRADE_H
#define SCAN_GRADE_H

#include "scan/finding.h"

/* Grades from facts, mitigators and measured confidence (DESIGN 3, 10; legal scale there). */

/* On the day of the facts. */
bool norm_in_force(const struct norm *norm, const struct facts *facts);
/* The norms in force that hold for the evidence seen and the facts known; unknown facts make them
 * conditional.  Returns how many were written. */
uint32_t norms_of(const struct family *family, const struct facts *facts,
                  const struct evidence *evidence, uint32_t evidence_count,
                  struct finding_norm *norms);
/* A black grade needs at least one norm that does not hang on an unknown fact. */
enum grade grade_with_norms(enum grade grade, const struct finding_norm *norms, uint32_t count);
enum level level_of(const struct family *family, enum grade grade);

#endif
