#ifndef FIT_H
#define FIT_H

#include <stdbool.h>
#include <stdint.h>

/* Weights of a score from labelled examples: numbers only, the same on every run. */

enum { FIT_MOST = 64 }; /* children of a score */

/* One asking of a score: which of its children hold.  A sentence may be asked at several places. */
struct fit_row {
    uint64_t holds;
    uint32_t document;
    uint32_t unit; /* rows of one document and unit are neighbours */
    bool positive; /* of its unit */
};

struct fit {
    int32_t weights[FIT_MOST];
    int32_t threshold;
    uint32_t right, wrong, missed; /* units, over the rows it was measured on */
};

/*
 * Logistic regression with an L2 penalty, rounded to small integers; of all scales and thresholds
 * the one that finds most at the precision wanted, or, when none reaches it, the best balance
 * (F0.5).  False: no row is positive, or nothing tells the positive ones.
 */
bool fit_rows(const struct fit_row *rows, uint32_t count, uint32_t children, double precision,
              struct fit *fit);
/* Sets right, wrong and missed: a unit is found when one of its rows reaches the threshold. */
void fit_measure(const struct fit_row *rows, uint32_t count, struct fit *fit);
double fit_precision(const struct fit *fit);
double fit_recall(const struct fit *fit);

#endif
