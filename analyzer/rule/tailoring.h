#ifndef RULE_TAILORING_H
#define RULE_TAILORING_H

#include "rule/ruleset.h"

/*
 * A user's own grades and switches for the rules there are:
 *   <tailoring>
 *     <rule id="liability.*" grade="check" party="business"/>
 *     <disable id="privacy.*" reason="..."/>
 *   </tailoring>
 * Changes the families of a law that is loaded and no wording yet; later lines win.  False, with
 * diagnostics, when anything in the file has no meaning: then nothing may be run.
 */
bool tailoring_load(struct ruleset *law, const char *path, struct diagnostics *diagnostics,
                    struct error *error);

#endif
