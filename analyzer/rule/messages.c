#include "rule/messages.h"

#include <stdlib.h>

#include "rule/loader.h"

/* messages.xml as an array sorted by id. */

struct message {
    struct str id;
    struct bilingual text;
};

struct messages {
    ARRAY(struct message) list;
};

static const char kind_message[] = "message";

static bool
is_placeholder(char c)
{
    return (c >= '1' && c <= '9') || c == 'u' || c == 's';
}

/* %1 %u and the like of one text that the other lacks. */
static bool
lacks_placeholder(struct str from, struct str in)
{
    for (size_t i = 0; i + 1 < from.len; i++) {
        struct str number = str_slice(from, i, i + 2);
        if (from.data[i] == '%' && is_placeholder(from.data[i + 1]) &&
            str_find(in, number) == in.len)
            return true;
    }
    return false;
}

static void
add_message(struct loader *loader, const struct xml_node *node, struct messages *messages)
{
    loader_attributes(loader, node, "id");
    loader_no_text(loader, node);
    struct message made = {.id = loader_need(loader, node, "id")};
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next)) {
        if (!loader_child(loader, child, "it en"))
            continue;
        loader_attributes(loader, child, "");
        enum ui ui = xml_is(child, "it") ? UI_IT : UI_EN;
        if (made.text.in[ui].len > 0)
            loader_error(loader, child, "a second text in this language");
        made.text.in[ui] = xml_words(loader->arena, child);
    }
    struct str it = made.text.in[UI_IT];
    struct str en = made.text.in[UI_EN];
    if (it.len == 0 || en.len == 0)
        loader_error(loader, node, "message \"%.*s\" has no <%s>", STR_ARG(made.id),
                     it.len == 0 ? "it" : "en");
    else if (lacks_placeholder(it, en) || lacks_placeholder(en, it))
        loader_error(loader, node,
                     "message \"%.*s\": both languages have to use the same parts "
                     "(%%1, %%u ...)",
                     STR_ARG(made.id));
    if (made.id.len > 0 && loader_id(loader, node, kind_message, made.id))
        array_push(loader->arena, &messages->list, made);
}

static int
compare_messages(const void *a, const void *b)
{
    return str_compare(((const struct message *)a)->id, ((const struct message *)b)->id);
}

struct messages *
messages_load(struct arena *arena, const char *rules_dir, struct diagnostics *diagnostics,
              struct error *error)
{
    struct messages *messages = arena_new(arena, struct messages, 1);
    struct loader loader = {.arena = arena, .diagnostics = diagnostics};
    struct loader_files files = {0};
    uint32_t errors = diagnostics->errors;
    if (!loader_single(&loader, &rules_dir, 1, "messages.xml", &files, error))
        return NULL;
    if (files.list.count == 0) {
        error_set(error, "%s/messages.xml: no such file", rules_dir);
        return NULL;
    }
    const struct xml_node *root = loader_enter(&loader, &files.list.items[0], "messages");
    for (const struct xml_node *node = root ? xml_element(root->children) : NULL; node;
         node = xml_element(node->next)) {
        if (loader_child(&loader, node, "message"))
            add_message(&loader, node, messages);
    }
    if (diagnostics->errors > errors) {
        error_set(error, "%s/messages.xml has mistakes", rules_dir);
        return NULL;
    }
    if (messages->list.count > 1)
        qsort(messages->list.items, messages->list.count, sizeof *messages->list.items,
              compare_messages);
    return messages;
}

struct str
message_text(const struct messages *messages, const char *id, enum ui ui)
{
    struct message wanted = {.id = str_of(id)};
    const struct message *found = NULL;
    if (messages && messages->list.count > 0)
        found = bsearch(&wanted, messages->list.items, messages->list.count,
                        sizeof *messages->list.items, compare_messages);
    return found ? found->text.in[ui] : wanted.id;
}
