#ifndef SCAN_SUBJECT_H
#define SCAN_SUBJECT_H

#include "text/view.h"

/* Who acts, who bears, and whether it is negated, for the words first..last of a view. */
enum role subject_of(const struct view *view, uint32_t first, uint32_t last);
enum role bearer_of(const struct view *view, uint32_t first, uint32_t last);
bool negated_before(const struct view *view, uint32_t first);

#endif
