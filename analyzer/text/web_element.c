/* Tables of HTML: elements, roles, and the names that pages give to their menus and banners. */

#include "text/web_element.h"

#include <stdlib.h>

enum {
    NAME_MOST = 16,      /* letters of the longest name in the tables, and one */
    NUMBER_MOST = 99999, /* where a list may begin */
    MENU_MOST = 600,     /* bytes of a menu with some words between its links */
    LINKS_MOST = 4000,   /* ... made of links */
    LINKS_SHARE = 60,    /* percent of its bytes in links, then */
    LIST_SHARE = 80,     /* ... of a list that is a menu by nothing but its links */
    POPUP_MOST = 1500,   /* bytes of a cookie banner */
    ICON_MOST = 300,     /* bytes of what screen readers skip */
    NOTE_MOST = 4,       /* bytes of a number that refers to a note */
};

/* Sorted by name. */
static const struct web_element elements[] = {
    {"a", WEB_INLINE, WEB_LINK},
    {"address", WEB_BLOCK, 0},
    {"area", WEB_VOID, 0},
    {"article", WEB_MAIN, 0},
    {"aside", WEB_PAGE, 0},
    {"audio", WEB_GONE, 0},
    {"base", WEB_VOID, 0},
    {"blockquote", WEB_BLOCK, 0},
    {"body", WEB_VOID, 0},
    {"br", WEB_BREAK, 0},
    {"button", WEB_GONE, WEB_CONTROL},
    {"canvas", WEB_GONE, 0},
    {"caption", WEB_LINE, WEB_SCOPE},
    {"center", WEB_BLOCK, 0},
    {"col", WEB_VOID, 0},
    {"datalist", WEB_GONE, 0},
    {"dd", WEB_LINE, WEB_TERM},
    {"del", WEB_GONE, 0},
    {"details", WEB_BLOCK, 0},
    {"dialog", WEB_BLOCK, WEB_CLOSED},
    {"dir", WEB_LIST, 0},
    {"div", WEB_BLOCK, 0},
    {"dl", WEB_BLOCK, 0},
    {"dt", WEB_LINE, WEB_TERM},
    {"embed", WEB_VOID, 0},
    {"fieldset", WEB_BLOCK, 0},
    {"figcaption", WEB_BLOCK, 0},
    {"figure", WEB_BLOCK, 0},
    {"footer", WEB_PAGE, 0},
    {"form", WEB_BLOCK, 0},
    {"frame", WEB_VOID, 0},
    {"h1", WEB_HEADING, 0},
    {"h2", WEB_HEADING, 0},
    {"h3", WEB_HEADING, 0},
    {"h4", WEB_HEADING, 0},
    {"h5", WEB_HEADING, 0},
    {"h6", WEB_HEADING, 0},
    {"head", WEB_VOID, 0},
    {"header", WEB_PAGE, 0},
    {"hgroup", WEB_BLOCK, 0},
    {"hr", WEB_RULE, 0},
    {"html", WEB_VOID, 0},
    {"iframe", WEB_RAW, 0},
    {"img", WEB_VOID, 0},
    {"input", WEB_VOID, WEB_CONTROL},
    {"legend", WEB_BLOCK, 0},
    {"li", WEB_ITEM, 0},
    {"link", WEB_VOID, 0},
    {"main", WEB_MAIN, 0},
    {"menu", WEB_LIST, 0},
    {"meta", WEB_VOID, 0},
    {"meter", WEB_GONE, 0},
    {"nav", WEB_GONE, 0},
    {"noembed", WEB_RAW, 0},
    {"noframes", WEB_RAW, 0},
    {"noscript", WEB_RAW, 0},
    {"object", WEB_GONE, 0},
    {"ol", WEB_LIST, WEB_ORDERED},
    {"option", WEB_LINE, 0},
    {"p", WEB_BLOCK, WEB_PARAGRAPH},
    {"param", WEB_VOID, 0},
    {"pre", WEB_BLOCK, WEB_PRE},
    {"progress", WEB_GONE, 0},
    {"s", WEB_GONE, 0},
    {"script", WEB_RAW, 0},
    {"section", WEB_BLOCK, 0},
    {"select", WEB_GONE, WEB_CONTROL},
    {"source", WEB_VOID, 0},
    {"strike", WEB_GONE, 0},
    {"style", WEB_RAW, 0},
    {"summary", WEB_HEADING, 0},
    {"sup", WEB_INLINE, WEB_SUP},
    {"svg", WEB_GONE, 0},
    {"table", WEB_TABLE, WEB_SCOPE},
    {"tbody", WEB_SECTION, 0},
    {"td", WEB_CELL, WEB_SCOPE},
    {"template", WEB_GONE, 0},
    {"textarea", WEB_RAW, WEB_CONTROL},
    {"tfoot", WEB_SECTION, 0},
    {"th", WEB_CELL, WEB_SCOPE | WEB_TITLE},
    {"thead", WEB_SECTION, 0},
    {"title", WEB_RAW, 0},
    {"tr", WEB_ROW, 0},
    {"track", WEB_VOID, 0},
    {"ul", WEB_LIST, 0},
    {"video", WEB_GONE, 0},
    {"wbr", WEB_VOID, 0},
};

static const struct web_element unknown = {"", WEB_INLINE, 0};

/* A lower-case copy with a NUL; false: longer than any name here. */
static bool
lower_name(struct str name, char lower[NAME_MOST])
{
    if (name.len >= NAME_MOST)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];

        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    lower[name.len] = '\0';
    return true;
}

static int
compare_element(const void *name, const void *element)
{
    return strcmp(name, ((const struct web_element *)element)->name);
}

const struct web_element *
web_element(struct str name)
{
    const struct web_element *found = NULL;
    char lower[NAME_MOST];

    if (lower_name(name, lower))
        found = bsearch(lower, elements, sizeof elements / sizeof *elements, sizeof *elements,
                        compare_element);
    return found ? found : &unknown;
}

/* --- doubts -------------------------------------------------------------------------------- */

struct meaning {
    const char *name;
    enum web_doubt doubt;
};

static const struct meaning roles[] = {
    {"alertdialog", WEB_POPUP}, {"banner", WEB_MENU},       {"complementary", WEB_MENU},
    {"contentinfo", WEB_MENU},  {"dialog", WEB_POPUP},      {"menu", WEB_HIDDEN},
    {"menubar", WEB_HIDDEN},    {"navigation", WEB_HIDDEN}, {"search", WEB_HIDDEN},
    {"tooltip", WEB_HIDDEN},
};

/* Words of id and class, as pages of all countries use them. */
static const struct meaning names[] = {
    {"breadcrumb", WEB_MENU},  {"breadcrumbs", WEB_MENU}, {"consent", WEB_POPUP},
    {"cookie", WEB_POPUP},     {"cookiebar", WEB_POPUP},  {"cookies", WEB_POPUP},
    {"foot", WEB_MENU},        {"footer", WEB_MENU},      {"gdpr", WEB_POPUP},
    {"header", WEB_MENU},      {"menu", WEB_MENU},        {"modal", WEB_POPUP},
    {"nav", WEB_MENU},         {"navbar", WEB_MENU},      {"navigation", WEB_MENU},
    {"newsletter", WEB_POPUP}, {"popup", WEB_POPUP},      {"share", WEB_MENU},
    {"sidebar", WEB_MENU},     {"skip", WEB_MENU},        {"social", WEB_MENU},
    {"toolbar", WEB_MENU},     {"topbar", WEB_MENU},
};

static enum web_doubt
look_up(struct str word, const struct meaning *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (markup_same(word, str_of(table[i].name)))
            return table[i].doubt;
    return WEB_SHOWN;
}

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The words of "cookie-banner top_nav". */
static enum web_doubt
doubt_by_words(struct str value, const struct meaning *table, size_t count)
{
    enum web_doubt found = WEB_SHOWN;

    for (size_t at = 0; at < value.len && found == WEB_SHOWN;) {
        size_t begin = at;

        while (at < value.len && is_word_byte(value.data[at]))
            at++;
        if (at > begin && at - begin < NAME_MOST)
            found = look_up(str_slice(value, begin, at), table, count);
        at++;
    }
    return found;
}

struct str
web_style(const struct markup_token *token, const char *property)
{
    struct str name = str_of(property);
    struct str style;
    struct str part;

    if (!markup_attribute(token, "style", &style))
        return STR("");
    while (str_cut(&style, ';', &part)) {
        size_t colon = str_find(part, STR(":"));
        struct str value;

        if (colon == part.len || !markup_same(str_trim(str_slice(part, 0, colon)), name))
            continue;
        value = str_trim(str_slice(part, colon + 1, part.len));
        value.len = str_find(value, STR("!"));
        return str_trim(value);
    }
    return STR("");
}

static bool
is_not_displayed(const struct markup_token *token)
{
    struct str value;

    if (markup_attribute(token, "hidden", &value) && !markup_same(value, STR("until-found")))
        return true;
    return markup_same(web_style(token, "display"), STR("none")) ||
           markup_same(web_style(token, "visibility"), STR("hidden"));
}

static bool
is_closed_dialog(const struct markup_token *token, const struct web_element *element)
{
    struct str value;

    return (element->flags & WEB_CLOSED) && !markup_attribute(token, "open", &value);
}

enum web_doubt
web_doubt(const struct markup_token *token, const struct web_element *element, bool outside)
{
    enum web_doubt doubt;
    struct str value;

    if (element->flags & WEB_SUP)
        return WEB_NOTE;
    if (token->attributes.len == 0 && !(element->flags & WEB_CLOSED))
        return outside && element->kind == WEB_PAGE ? WEB_MENU : WEB_SHOWN;
    if (is_not_displayed(token) || is_closed_dialog(token, element))
        return WEB_HIDDEN;
    markup_attribute(token, "role", &value);
    doubt = doubt_by_words(value, roles, sizeof roles / sizeof *roles);
    if (doubt == WEB_HIDDEN || (outside && doubt != WEB_SHOWN))
        return doubt;
    if (markup_attribute(token, "aria-hidden", &value) && markup_same(value, STR("true")))
        return WEB_ICON;
    if (!outside)
        return WEB_SHOWN;
    if (element->kind == WEB_PAGE)
        return WEB_MENU;
    if (element->kind != WEB_BLOCK && element->kind != WEB_LIST)
        return WEB_SHOWN;
    markup_attribute(token, "class", &value);
    doubt = doubt_by_words(value, names, sizeof names / sizeof *names);
    if (doubt != WEB_SHOWN)
        return doubt;
    markup_attribute(token, "id", &value);
    return doubt_by_words(value, names, sizeof names / sizeof *names);
}

static bool
is_short(const struct web_look *look, uint32_t share)
{
    return look->text.len <= LINKS_MOST && (uint64_t)look->links * 100 >= look->text.len * share;
}

/* "1", "[2]", "*" */
static bool
is_note(struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789[]()*", text.data[i]))
            return false;
    return text.len <= NOTE_MOST;
}

bool
web_is_dropped(enum web_doubt doubt, const struct web_look *look)
{
    switch (doubt) {
    case WEB_SHOWN: /* one behind a colon belongs to a sentence */
        return look->links > 0 && look->before != ':' && is_short(look, LIST_SHARE);
    case WEB_HIDDEN:
        return true;
    case WEB_MENU:
        return (look->links > 0 || look->controls > 0) &&
               (look->text.len <= MENU_MOST || is_short(look, LINKS_SHARE));
    case WEB_POPUP:
        return look->text.len <= POPUP_MOST;
    case WEB_ICON:
        return look->text.len <= ICON_MOST || is_short(look, LINKS_SHARE);
    case WEB_NOTE:
        return is_note(look->text);
    }
    return false;
}

/* --- lists --------------------------------------------------------------------------------- */

enum number_style
web_list_style(const struct markup_token *token, enum number_style otherwise)
{
    static const struct {
        const char *name;
        enum number_style style;
    } styles[] = {
        {"1", NUMBER_DECIMAL},
        {"decimal", NUMBER_DECIMAL},
        {"lower-alpha", NUMBER_LETTER},
        {"lower-latin", NUMBER_LETTER},
        {"upper-alpha", NUMBER_LETTER_UPPER},
        {"upper-latin", NUMBER_LETTER_UPPER},
        {"lower-roman", NUMBER_ROMAN},
        {"upper-roman", NUMBER_ROMAN_UPPER},
        {"disc", NUMBER_BULLET},
        {"circle", NUMBER_BULLET},
        {"square", NUMBER_BULLET},
        {"none", NUMBER_NONE},
        {"decimal-leading-zero", NUMBER_ZERO},
    };
    struct str value = web_style(token, "list-style-type");
    struct str word;

    if (value.len == 0)
        value = web_style(token, "list-style");
    if (value.len == 0 && markup_attribute(token, "type", &value) && value.len == 1) {
        const char *letters = "aAiI"; /* here case counts */
        const char *found = strchr(letters, value.data[0]);

        if (found)
            return (enum number_style)(NUMBER_LETTER + (found - letters));
    }
    while (str_cut(&value, ' ', &word))
        for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
            if (markup_same(word, str_of(styles[i].name)))
                return styles[i].style;
    return otherwise;
}

bool
web_number(const struct markup_token *token, const char *name, uint32_t *number)
{
    struct str value;
    int64_t found;

    if (!markup_attribute(token, name, &value) || !str_number(str_trim(value), &found) ||
        found < 0 || found > NUMBER_MOST)
        return false;
    *number = (uint32_t)found;
    return true;
}
