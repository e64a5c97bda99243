#ifndef RULE_MESSAGES_H
#define RULE_MESSAGES_H

#include "rule/ruleset.h"

/*
 * Every text a report shows that does not come from a family: rules/messages.xml.
 * message_text never fails: an unknown id gives the id itself.
 */
struct messages;
struct messages *messages_load(struct arena *arena, const char *rules_dir,
                               struct diagnostics *diagnostics, struct error *error);
struct str message_text(const struct messages *messages, const char *id, enum ui ui);

#endif
