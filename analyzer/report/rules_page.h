#ifndef REPORT_RULES_PAGE_H
#define REPORT_RULES_PAGE_H

#include "report/report.h"

/* All rules on one page, as people read them: HTML (self-contained) or Markdown. */
struct rules_page {
    const struct report_run *run;    /* law, messages, language of the page */
    const struct ruleset **rulesets; /* the wording of every language */
    uint32_t ruleset_count;
    const struct family **families; /* those to show, in order */
    uint32_t family_count;
    bool html;
};
void rules_page_write(const struct rules_page *page, struct out *out);

#endif
