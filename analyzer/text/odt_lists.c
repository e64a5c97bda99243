/* List styles of OpenDocument, and counting. */

#include "text/odt_lists.h"

#include "base/array.h"
#include "base/bounds.h"
#include "base/hash.h"
#include "text/numbering.h"

#define NOT_SET UINT32_MAX

enum {
    LABEL_BYTES = 160,
    AFFIX_BYTES = 40,  /* of what stands before or behind a number */
    STYLE_CHAIN = 16,  /* styles based on styles */
    STYLE_BYTES = 256, /* of the name of a style of words; a longer one hides nothing */
    SLOTS = 65536,     /* of the table of styles: a power of two, over twice BOUND_LIST_STYLES */
};

struct level {
    enum number_style style;
    struct str prefix;
    struct str suffix;
    uint32_t start;
    uint32_t display; /* numbers shown: its own and those of so many levels above less one */
};

/* A list style and how far its items were counted. */
struct list_style {
    struct str name;
    struct level *levels;                 /* BOUND_LIST_LEVELS */
    uint32_t counters[BOUND_LIST_LEVELS]; /* NOT_SET: no item yet */
};

/* Of a paragraph, or of words: then a '/' stands before its name. */
struct text_style {
    struct str name;
    struct str parent;
    bool unnumbered; /* says that it is in no list */
    bool hidden;
};

struct open_list {
    struct list_style *style;
    bool pending; /* its item has had no paragraph yet */
    bool started; /* the item says its own number */
    uint32_t number;
};

struct odt_lists {
    struct arena *arena;
    ARRAY(struct list_style *) lists;
    ARRAY(struct text_style) styles;
    uint32_t list_slots[SLOTS]; /* index + 1, by the hash of the name */
    uint32_t style_slots[SLOTS];
    struct list_style *current; /* while styles are read */
    struct text_style *style;   /* likewise; NULL: one that is not kept */
    struct list_style *outline;
    struct open_list open[BOUND_LIST_LEVELS];
    uint32_t depth; /* may exceed the levels that are kept */
    char label[LABEL_BYTES];
};

struct odt_lists *
odt_lists_new(struct arena *arena)
{
    struct odt_lists *lists = arena_new(arena, struct odt_lists, 1);

    lists->arena = arena;
    return lists;
}

/* --- styles -------------------------------------------------------------------------------- */

static uint32_t *
list_slot(struct odt_lists *lists, struct str name)
{
    uint32_t at = (uint32_t)hash_str(name) % SLOTS;

    while (lists->list_slots[at] &&
           !str_equal(lists->lists.items[lists->list_slots[at] - 1]->name, name))
        at = (at + 1) % SLOTS;
    return &lists->list_slots[at];
}

static uint32_t *
style_slot(struct odt_lists *lists, struct str name)
{
    uint32_t at = (uint32_t)hash_str(name) % SLOTS;

    while (lists->style_slots[at] &&
           !str_equal(lists->styles.items[lists->style_slots[at] - 1].name, name))
        at = (at + 1) % SLOTS;
    return &lists->style_slots[at];
}

static struct list_style *
new_list(struct odt_lists *lists, struct str name)
{
    struct list_style *list = arena_new(lists->arena, struct list_style, 1);

    list->name = arena_str(lists->arena, name);
    list->levels = arena_new(lists->arena, struct level, BOUND_LIST_LEVELS);
    for (uint32_t i = 0; i < BOUND_LIST_LEVELS; i++)
        list->counters[i] = NOT_SET;
    return list;
}

static void
add_list(struct odt_lists *lists, struct str name)
{
    uint32_t *slot = list_slot(lists, name);

    lists->current = NULL;
    if (*slot || lists->lists.count >= BOUND_LIST_STYLES)
        return;
    lists->current = new_list(lists, name);
    array_push(lists->arena, &lists->lists, lists->current);
    *slot = lists->lists.count;
}

static struct str
style_name(struct arena *arena, bool words, struct str name)
{
    return words && name.len > 0 ? arena_format(arena, "/%.*s", STR_ARG(name))
                                 : arena_str(arena, name);
}

static void
add_style(struct odt_lists *lists, bool words, const struct xml_attributes *attributes)
{
    struct str list = xml_value(attributes, "list-style-name");
    struct text_style style = {.unnumbered = list.data && list.len == 0};
    uint32_t *slot;

    style.name = style_name(lists->arena, words, xml_value(attributes, "name"));
    style.parent = style_name(lists->arena, words, xml_value(attributes, "parent-style-name"));
    slot = style_slot(lists, style.name);
    if (*slot || lists->styles.count >= BOUND_LIST_STYLES)
        return;
    array_push(lists->arena, &lists->styles, style);
    *slot = lists->styles.count;
    lists->style = &lists->styles.items[lists->styles.count - 1];
}

static enum number_style
style_of(struct str format)
{
    static const struct {
        const char *format;
        enum number_style style;
    } formats[] = {
        {"1", NUMBER_DECIMAL},
        {"a", NUMBER_LETTER},
        {"A", NUMBER_LETTER_UPPER},
        {"i", NUMBER_ROMAN},
        {"I", NUMBER_ROMAN_UPPER},
        {"", NUMBER_NONE},
        {"01, 02, 03, ...", NUMBER_ZERO},
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_equal(format, str_of(formats[i].format)))
            return formats[i].style;
    return NUMBER_DECIMAL;
}

static struct str
affix(struct odt_lists *lists, const struct xml_attributes *attributes, const char *name)
{
    struct str value = xml_value(attributes, name);

    return value.len > AFFIX_BYTES ? STR("") : arena_str(lists->arena, value);
}

static void
add_level(struct odt_lists *lists, const struct xml_attributes *attributes, bool bullet)
{
    struct level level = {.style = NUMBER_BULLET, .start = 1, .display = 1};
    uint32_t number;

    if (!lists->current || !xml_number(attributes, "level", &number) || number == 0 ||
        number > BOUND_LIST_LEVELS)
        return;
    if (!bullet) {
        level.style = style_of(xml_value(attributes, "num-format"));
        level.prefix = affix(lists, attributes, "num-prefix");
        level.suffix = affix(lists, attributes, "num-suffix");
        xml_number(attributes, "start-value", &level.start);
        xml_number(attributes, "display-levels", &level.display);
    }
    lists->current->levels[number - 1] = level;
}

void
odt_style_open(struct odt_lists *lists, struct str name, const struct xml_attributes *attributes)
{
    if (str_ends(name, STR("style")))
        lists->style = NULL;
    if (str_equal(name, STR("list-style"))) {
        add_list(lists, xml_value(attributes, "name"));
    } else if (str_equal(name, STR("outline-style"))) {
        lists->current = lists->outline = new_list(lists, STR(""));
    } else if (str_equal(name, STR("list-level-style-number")) ||
               str_equal(name, STR("outline-level-style"))) {
        add_level(lists, attributes, false);
    } else if (str_equal(name, STR("list-level-style-bullet")) ||
               str_equal(name, STR("list-level-style-image"))) {
        add_level(lists, attributes, true);
    } else if (str_equal(name, STR("style"))) {
        struct str family = xml_value(attributes, "family");
        bool words = str_equal(family, STR("text"));

        if (words || str_equal(family, STR("paragraph")))
            add_style(lists, words, attributes);
    } else if (str_equal(name, STR("text-properties")) && lists->style) {
        lists->style->hidden = str_equal(xml_value(attributes, "display"), STR("none"));
    }
}

bool
odt_is_hidden(struct odt_lists *lists, bool words, struct str name)
{
    char bytes[STYLE_BYTES];

    if (words && name.len > 0 && name.len < sizeof bytes) {
        bytes[0] = '/';
        memcpy(bytes + 1, name.data, name.len);
        name = (struct str){bytes, name.len + 1};
    }
    for (int i = 0; name.len > 0 && i < STYLE_CHAIN; i++) {
        uint32_t slot = *style_slot(lists, name);

        if (slot == 0)
            return false;
        if (lists->styles.items[slot - 1].hidden)
            return true;
        name = lists->styles.items[slot - 1].parent;
    }
    return false;
}

/* Does the style, or one it is based on, take a heading out of the outline's numbers? */
static bool
is_unnumbered(struct odt_lists *lists, struct str name)
{
    for (int i = 0; name.len > 0 && i < STYLE_CHAIN; i++) {
        uint32_t slot = *style_slot(lists, name);

        if (slot == 0)
            return false;
        if (lists->styles.items[slot - 1].unnumbered)
            return true;
        name = lists->styles.items[slot - 1].parent;
    }
    return false;
}

/* --- lists of the text --------------------------------------------------------------------- */

static struct open_list *
innermost(struct odt_lists *lists)
{
    return lists->depth > 0 && lists->depth <= BOUND_LIST_LEVELS ? &lists->open[lists->depth - 1]
                                                                 : NULL;
}

static void
restart(struct list_style *style, uint32_t level)
{
    for (uint32_t i = level; i < BOUND_LIST_LEVELS; i++)
        style->counters[i] = NOT_SET;
}

void
odt_list_close(struct odt_lists *lists)
{
    if (lists->depth > 0)
        lists->depth--;
}

void
odt_item_open(struct odt_lists *lists, const struct xml_attributes *attributes, bool header)
{
    struct open_list *list = innermost(lists);

    if (!list)
        return;
    list->pending = !header;
    list->started = xml_number(attributes, "start-value", &list->number);
}

/* --- counting ------------------------------------------------------------------------------ */

static void
add_to_label(struct odt_lists *lists, size_t *len, struct str s)
{
    if (s.len == 0 || s.len > LABEL_BYTES - *len)
        return;
    memcpy(lists->label + *len, s.data, s.len);
    *len += s.len;
}

static struct str
write_label(struct odt_lists *lists, const struct list_style *style, uint32_t level)
{
    const struct level *own = &style->levels[level];
    uint32_t first = own->display > level ? 0 : level + 1 - own->display;
    bool any = false;
    size_t len = 0;

    if (own->style == NUMBER_BULLET)
        return number_bullet(level);
    add_to_label(lists, &len, own->prefix);
    for (uint32_t i = own->style == NUMBER_NONE ? level + 1 : first; i <= level; i++) {
        char number[NUMBER_BYTES];
        uint32_t start = style->levels[i].start;
        /* A level that nothing has been counted on shows the number before its first. */
        uint32_t counter = style->counters[i] != NOT_SET ? style->counters[i] : start - (start > 0);
        struct str digits = number_write(style->levels[i].style, counter, number);

        if (digits.len == 0)
            continue;
        if (any)
            add_to_label(lists, &len, STR("."));
        add_to_label(lists, &len, digits);
        any = true;
    }
    add_to_label(lists, &len, own->suffix);
    return str_trim((struct str){lists->label, len});
}

static struct str
count_item(struct odt_lists *lists, struct list_style *style, uint32_t level, const uint32_t *start)
{
    uint32_t *counter = &style->counters[level];

    if (start)
        *counter = *start;
    else if (*counter == NOT_SET)
        *counter = style->levels[level].start;
    else
        ++*counter;
    restart(style, level + 1);
    return write_label(lists, style, level);
}

void
odt_list_open(struct odt_lists *lists, const struct xml_attributes *attributes)
{
    struct open_list *outer = innermost(lists);
    struct open_list list = {.style = outer ? outer->style : NULL};
    struct str name = xml_value(attributes, "style-name");
    bool goes_on = str_equal(xml_value(attributes, "continue-numbering"), STR("true")) ||
                   xml_value(attributes, "continue-list").data;

    if (outer && outer->pending && outer->style) { /* an item of nothing but a list counts */
        outer->pending = false;
        count_item(lists, outer->style, lists->depth - 1, outer->started ? &outer->number : NULL);
    }
    if (name.len > 0 && *list_slot(lists, name))
        list.style = lists->lists.items[*list_slot(lists, name) - 1];
    if (++lists->depth > BOUND_LIST_LEVELS)
        return;
    if (list.style && !goes_on && !(outer && outer->style == list.style))
        restart(list.style, lists->depth - 1);
    lists->open[lists->depth - 1] = list;
}

static struct str
outline_label(struct odt_lists *lists, const struct xml_attributes *attributes)
{
    uint32_t level;
    uint32_t start;
    bool started = xml_number(attributes, "start-value", &start);

    if (!lists->outline || !xml_number(attributes, "outline-level", &level) || level == 0 ||
        level > BOUND_LIST_LEVELS ||
        str_equal(xml_value(attributes, "is-list-header"), STR("true")) ||
        is_unnumbered(lists, xml_value(attributes, "style-name")))
        return STR("");
    if (str_equal(xml_value(attributes, "restart-numbering"), STR("true")))
        lists->outline->counters[level - 1] = NOT_SET;
    return count_item(lists, lists->outline, level - 1, started ? &start : NULL);
}

struct str
odt_label(struct odt_lists *lists, bool heading, const struct xml_attributes *attributes)
{
    struct open_list *list = innermost(lists);

    if (!list)
        return heading && lists->depth == 0 ? outline_label(lists, attributes) : STR("");
    if (!list->pending || !list->style)
        return STR("");
    list->pending = false;
    return count_item(lists, list->style, lists->depth - 1, list->started ? &list->number : NULL);
}
