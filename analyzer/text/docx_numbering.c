/* Lists, their levels and counters, and the styles that number paragraphs. */

#include "text/docx_numbering.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/bounds.h"
#include "text/numbering.h"
#include "text/xml_stream.h"

#define NOT_SET UINT32_MAX

enum {
    LEVELS = 9, /* of a list in Word */
    LABEL_BYTES = 128,
    STYLE_CHAIN = 16, /* styles based on styles */
};

struct level {
    struct str text; /* "%1.%2" */
    struct str paragraph_style;
    uint32_t start;
    uint32_t restart; /* level after which it starts again; NOT_SET: any higher one */
    enum number_style style;
    bool legal; /* all numbers decimal */
    bool set;
};

/* "abstractNum" */
struct list {
    uint32_t id;
    struct str style_link; /* the real list is that of this style */
    struct level levels[LEVELS];
    uint32_t counters[LEVELS]; /* NOT_SET: not counted yet */
};

/* "num": what paragraphs refer to. */
struct use {
    uint32_t id;
    uint32_t list_id;
    uint32_t starts[LEVELS]; /* NOT_SET: as the list says */
    uint32_t started;        /* bits: levels whose start was used */
    struct level *levels;    /* LEVELS that replace those of the list; NULL = none */
};

struct style {
    struct str id;
    struct str based_on;
    uint32_t list; /* NOT_SET: as the style it is based on */
    uint32_t level;
    bool contents;
};

struct docx_numbering {
    struct arena *arena;
    ARRAY(struct list) lists;
    ARRAY(struct use) uses;
    ARRAY(struct style) styles;
    char label[LABEL_BYTES];
    /* while a part is being read */
    struct list *list;
    struct use *use;
    struct level *level;
    struct style *style;
    uint32_t override;
};

struct docx_numbering *
docx_numbering_new(struct arena *arena)
{
    struct docx_numbering *numbering = arena_new(arena, struct docx_numbering, 1);

    numbering->arena = arena;
    return numbering;
}

/* --- numbering.xml ------------------------------------------------------------------------- */

static enum number_style
style_of(struct str format)
{
    static const struct {
        const char *name;
        enum number_style style;
    } formats[] = {
        {"bullet", NUMBER_BULLET},
        {"none", NUMBER_NONE},
        {"decimalZero", NUMBER_ZERO},
        {"lowerLetter", NUMBER_LETTER},
        {"upperLetter", NUMBER_LETTER_UPPER},
        {"lowerRoman", NUMBER_ROMAN},
        {"upperRoman", NUMBER_ROMAN_UPPER},
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_equal(format, str_of(formats[i].name)))
            return formats[i].style;
    return NUMBER_DECIMAL; /* ordinals, number words, other scripts */
}

static void
open_list(struct docx_numbering *n, const struct xml_attributes *attributes)
{
    struct list list = {.id = NOT_SET};

    xml_number(attributes, "abstractNumId", &list.id);
    for (uint32_t i = 0; i < LEVELS; i++)
        list.counters[i] = NOT_SET;
    n->use = NULL;
    n->level = NULL;
    n->list = NULL;
    if (n->lists.count >= BOUND_LIST_STYLES)
        return;
    array_push(n->arena, &n->lists, list);
    n->list = &n->lists.items[n->lists.count - 1];
}

static void
open_use(struct docx_numbering *n, const struct xml_attributes *attributes)
{
    struct use use = {.id = NOT_SET, .list_id = NOT_SET};

    xml_number(attributes, "numId", &use.id);
    for (uint32_t i = 0; i < LEVELS; i++)
        use.starts[i] = NOT_SET;
    n->list = NULL;
    n->level = NULL;
    n->use = NULL;
    n->override = NOT_SET;
    if (n->uses.count >= BOUND_LIST_STYLES)
        return;
    array_push(n->arena, &n->uses, use);
    n->use = &n->uses.items[n->uses.count - 1];
}

static void
open_level(struct docx_numbering *n, const struct xml_attributes *attributes)
{
    uint32_t level;

    n->level = NULL;
    if (!xml_number(attributes, "ilvl", &level) || level >= LEVELS)
        return;
    if (n->use && !n->use->levels)
        n->use->levels = arena_new(n->arena, struct level, LEVELS);
    if (n->use)
        n->level = &n->use->levels[level];
    else if (n->list)
        n->level = &n->list->levels[level];
    if (n->level)
        *n->level =
            (struct level){.start = 1, .restart = NOT_SET, .set = true, .style = NUMBER_DECIMAL};
}

static void
level_property(struct docx_numbering *n, struct str name, const struct xml_attributes *attributes)
{
    struct str value = xml_value(attributes, "val");
    struct level *level = n->level;

    if (str_equal(name, STR("start")))
        xml_number(attributes, "val", &level->start);
    else if (str_equal(name, STR("numFmt")))
        level->style = style_of(value);
    else if (str_equal(name, STR("lvlText")))
        level->text = arena_str(n->arena, value);
    else if (str_equal(name, STR("lvlRestart")))
        xml_number(attributes, "val", &level->restart);
    else if (str_equal(name, STR("isLgl")))
        level->legal = !str_equal(value, STR("0")) && !str_equal(value, STR("false"));
    else if (str_equal(name, STR("pStyle")))
        level->paragraph_style = arena_str(n->arena, value);
}

static void
numbering_open(void *user, struct str name, const struct xml_attributes *attributes)
{
    struct docx_numbering *n = user;

    if (str_equal(name, STR("abstractNum"))) {
        open_list(n, attributes);
    } else if (str_equal(name, STR("num"))) {
        open_use(n, attributes);
    } else if (str_equal(name, STR("lvl"))) {
        open_level(n, attributes);
    } else if (n->level) {
        level_property(n, name, attributes);
    } else if (n->list && str_equal(name, STR("numStyleLink"))) {
        n->list->style_link = arena_str(n->arena, xml_value(attributes, "val"));
    } else if (n->use && str_equal(name, STR("abstractNumId"))) {
        xml_number(attributes, "val", &n->use->list_id);
    } else if (n->use && str_equal(name, STR("lvlOverride"))) {
        if (!xml_number(attributes, "ilvl", &n->override) || n->override >= LEVELS)
            n->override = NOT_SET;
    } else if (n->use && n->override != NOT_SET && str_equal(name, STR("startOverride"))) {
        xml_number(attributes, "val", &n->use->starts[n->override]);
    }
}

static void
numbering_close(void *user, struct str name)
{
    struct docx_numbering *n = user;

    if (str_equal(name, STR("lvl")))
        n->level = NULL;
}

static void
no_text(void *user, struct str text)
{
    (void)user;
    (void)text;
}

static int
compare_lists(const void *a, const void *b)
{
    uint32_t x = ((const struct list *)a)->id;
    uint32_t y = ((const struct list *)b)->id;

    return x < y ? -1 : x > y;
}

static int
compare_uses(const void *a, const void *b)
{
    uint32_t x = ((const struct use *)a)->id;
    uint32_t y = ((const struct use *)b)->id;

    return x < y ? -1 : x > y;
}

bool
docx_numbering_read(struct docx_numbering *n, struct str part, struct str name, struct error *error)
{
    static const struct xml_events events = {numbering_open, numbering_close, no_text};

    if (!xml_stream(part, name, &events, n, error))
        return false;
    if (n->lists.count > 0)
        qsort(n->lists.items, n->lists.count, sizeof *n->lists.items, compare_lists);
    if (n->uses.count > 0)
        qsort(n->uses.items, n->uses.count, sizeof *n->uses.items, compare_uses);
    return true;
}

/* --- styles.xml ---------------------------------------------------------------------------- */

static void
styles_open(void *user, struct str name, const struct xml_attributes *attributes)
{
    struct docx_numbering *n = user;
    struct str value = xml_value(attributes, "val");
    struct style *style = n->style;

    if (str_equal(name, STR("style"))) {
        struct style fresh = {.list = NOT_SET, .level = NOT_SET};

        fresh.id = arena_str(n->arena, xml_value(attributes, "styleId"));
        n->style = NULL;
        if (n->styles.count >= BOUND_LIST_STYLES)
            return;
        array_push(n->arena, &n->styles, fresh);
        n->style = &n->styles.items[n->styles.count - 1];
    } else if (!style) {
        return;
    } else if (str_equal(name, STR("basedOn"))) {
        style->based_on = arena_str(n->arena, value);
    } else if (str_equal(name, STR("name"))) {
        style->contents = str_starts(value, STR("toc ")) || str_starts(value, STR("TOC "));
    } else if (str_equal(name, STR("numId"))) {
        xml_number(attributes, "val", &style->list);
    } else if (str_equal(name, STR("ilvl"))) {
        xml_number(attributes, "val", &style->level);
    }
}

static void
styles_close(void *user, struct str name)
{
    struct docx_numbering *n = user;

    if (str_equal(name, STR("style")))
        n->style = NULL;
}

static int
compare_styles(const void *a, const void *b)
{
    return str_compare(((const struct style *)a)->id, ((const struct style *)b)->id);
}

bool
docx_styles_read(struct docx_numbering *n, struct str part, struct str name, struct error *error)
{
    static const struct xml_events events = {styles_open, styles_close, no_text};

    if (!xml_stream(part, name, &events, n, error))
        return false;
    if (n->styles.count > 0)
        qsort(n->styles.items, n->styles.count, sizeof *n->styles.items, compare_styles);
    return true;
}

static const struct style *
find_style(const struct docx_numbering *n, struct str id)
{
    struct style wanted = {.id = id};

    if (id.len == 0 || n->styles.count == 0)
        return NULL;
    return bsearch(&wanted, n->styles.items, n->styles.count, sizeof *n->styles.items,
                   compare_styles);
}

bool
docx_is_contents(const struct docx_numbering *n, struct str id)
{
    const struct style *style = find_style(n, id);

    return style && style->contents;
}

/* List and level that a style gives; NOT_SET: it gives none. */
static void
style_list(const struct docx_numbering *n, struct str id, uint32_t *list, uint32_t *level)
{
    const struct style *style = find_style(n, id);

    *list = *level = NOT_SET;
    for (int i = 0; style && i < STYLE_CHAIN; i++) {
        if (*level == NOT_SET)
            *level = style->level;
        if (style->list != NOT_SET) {
            *list = style->list;
            return;
        }
        style = find_style(n, style->based_on);
    }
}

/* --- counting ------------------------------------------------------------------------------ */

static struct use *
find_use(const struct docx_numbering *n, uint32_t id)
{
    struct use wanted = {.id = id};

    return n->uses.count == 0 ? NULL
                              : bsearch(&wanted, n->uses.items, n->uses.count,
                                        sizeof *n->uses.items, compare_uses);
}

static struct list *
find_list(const struct docx_numbering *n, const struct use *use)
{
    struct list wanted = {.id = use->list_id};

    return n->lists.count == 0 ? NULL
                               : bsearch(&wanted, n->lists.items, n->lists.count,
                                         sizeof *n->lists.items, compare_lists);
}

/* The list of a use; one that only points to a style is that of the style. */
static struct list *
real_list(const struct docx_numbering *n, const struct use *use)
{
    struct list *list = find_list(n, use);

    if (list && list->style_link.len > 0) {
        uint32_t id;
        uint32_t level;
        const struct use *other;

        style_list(n, list->style_link, &id, &level);
        other = find_use(n, id);
        list = other ? find_list(n, other) : NULL;
    }
    return list;
}

static const struct level *
level_of(const struct use *use, const struct list *list, uint32_t level)
{
    if (use->levels && use->levels[level].set)
        return &use->levels[level];
    return &list->levels[level];
}

/* The level that a list reserves for a style; else the first. */
static uint32_t
level_of_style(const struct use *use, const struct list *list, struct str style)
{
    for (uint32_t i = 0; i < LEVELS && style.len > 0; i++)
        if (str_equal(level_of(use, list, i)->paragraph_style, style))
            return i;
    return 0;
}

static void
count_item(struct use *use, struct list *list, uint32_t level)
{
    for (uint32_t i = 0; i <= level; i++) {
        uint32_t start = level_of(use, list, i)->start;
        bool fresh = use->starts[i] != NOT_SET && !(use->started & 1u << i);

        if (fresh) {
            start = use->starts[i];
            use->started |= 1u << i;
        }
        if (fresh || list->counters[i] == NOT_SET)
            list->counters[i] = start;
        else if (i == level)
            list->counters[i]++;
    }
    for (uint32_t i = level + 1; i < LEVELS; i++) {
        uint32_t restart = level_of(use, list, i)->restart;

        if (restart == NOT_SET || level < restart)
            list->counters[i] = NOT_SET;
    }
}

static struct str
write_label(struct docx_numbering *n, const struct use *use, const struct list *list,
            uint32_t level)
{
    const struct level *own = level_of(use, list, level);
    size_t len = 0;

    if (own->style == NUMBER_BULLET)
        return number_bullet(level);
    for (size_t i = 0; i < own->text.len && len + NUMBER_BYTES < LABEL_BYTES; i++) {
        char c = own->text.data[i];
        uint32_t other = NOT_SET;
        char number[NUMBER_BYTES];
        struct str digits;

        if (c == '%' && i + 1 < own->text.len)
            other = (uint32_t)(own->text.data[i + 1] - '1');
        if (other >= LEVELS) {
            n->label[len++] = c;
            continue;
        }
        i++;
        if (list->counters[other] == NOT_SET)
            continue;
        digits = number_write(own->legal ? NUMBER_DECIMAL : level_of(use, list, other)->style,
                              list->counters[other], number);
        memcpy(n->label + len, digits.data, digits.len);
        len += digits.len;
    }
    return str_trim((struct str){n->label, len});
}

struct str
docx_label(struct docx_numbering *n, const struct docx_paragraph *paragraph)
{
    struct use *use;
    struct list *list;
    uint32_t id;
    uint32_t level;

    style_list(n, paragraph->style, &id, &level);
    if (paragraph->has_list)
        id = paragraph->list;
    if (paragraph->has_level)
        level = paragraph->level;
    use = id == NOT_SET || id == 0 ? NULL : find_use(n, id);
    list = use ? real_list(n, use) : NULL;
    if (!list)
        return STR("");
    if (level == NOT_SET)
        level = level_of_style(use, list, paragraph->style);
    if (level >= LEVELS || !level_of(use, list, level)->set)
        return STR("");
    count_item(use, list, level);
    return write_label(n, use, list, level);
}
