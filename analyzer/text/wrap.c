/* Hard-wrapped text: line widths, and which line breaks stand inside a paragraph. */

#include "text/wrap.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/boxes.h"

enum {
    BLOCK_ROWS = 64, /* widths are taken from a block, if need be with its neighbours */
    WIDTH_MAX = 240, /* columns; a longer line was not wrapped */
    WIDTH_MIN = 20,
    WIDTH_FEW = 36, /* a few short lines are a list sooner than wrapped text */
    OPEN_FEW = 8,
    PAIRS_MANY = 30,
    PAIRS_FEW = 12, /* a stretch with less to tell follows the whole document */
    MARKER_GAP = 3, /* blank lines between a bullet and its text */
    COMPOUND_BITS_MIN = 16,
    COMPOUND_BITS_MAX = 26,
};

/* What the rows of a stretch tell. */
struct stretch {
    uint32_t pairs;      /* neighbours without a blank line between */
    uint32_t open;       /* of these, breaks in mid-sentence */
    uint32_t consistent; /* of these, the next word would not have fitted on the line */
    uint16_t width;
    bool wrapped;
};

struct wrap {
    const struct document *document;
    struct rows rows;
    struct stretch whole;
    struct stretch *blocks;
    uint32_t block_count;
    bool spaced_hyphens; /* " -" at a line's end parts a word */
    uint64_t *compounds; /* bit set over the hyphenated words that stand inside lines */
    unsigned compound_bits;
};

static bool
is_open(const struct row *row)
{
    return row->ending == ROW_OPEN || row->ending == ROW_COMMA;
}

static bool
all_capitals(const struct row *row, const struct row *next)
{
    return (row->flags & ROW_CAPITALS) && (next->flags & ROW_CAPITALS);
}

/* The next row that is no furniture and follows without a blank line or a new page. */
static const struct row *
neighbour(struct rows rows, uint32_t row)
{
    const struct row *next = &rows.items[row + 1];

    if (row + 1 >= rows.count || (next->flags & (ROW_PAGE | ROW_BLANK_BEFORE | ROW_CUT)) ||
        (rows.items[row].flags & (ROW_CUT | ROW_LABEL_ALONE)) || (next->flags & ROW_LABEL_ALONE))
        return NULL;
    return next;
}

static bool
breaks_open(const struct row *row, const struct row *next)
{
    return is_open(row) && (next->flags & ROW_LOWER) && row->edge <= WIDTH_MAX &&
           next->label == ROW_PLAIN;
}

/* Room for `percent` of the width is used when the next row's first word is added. */
static bool
fills(const struct row *row, const struct row *next, uint32_t width, uint32_t percent)
{
    return ((uint32_t)row->edge + 1 + next->first_word) * 100 > width * percent;
}

/* Median edge of the rows that break in mid-sentence; 0 = there are none. */
static uint16_t
median_width(struct rows rows, uint32_t begin, uint32_t end)
{
    uint32_t edges[WIDTH_MAX + 1] = {0};
    uint32_t count = 0;
    uint32_t sum = 0;

    for (uint32_t i = begin; i < end; i++) {
        const struct row *next = neighbour(rows, i);

        if (next && breaks_open(&rows.items[i], next)) {
            edges[rows.items[i].edge]++;
            count++;
        }
    }
    if (count == 0)
        return 0;
    for (uint16_t width = 0; width <= WIDTH_MAX; width++) {
        sum += edges[width];
        if (sum * 2 >= count)
            return width;
    }
    return WIDTH_MAX;
}

static bool
is_wrapped(const struct stretch *stretch)
{
    if (stretch->width < (stretch->open < OPEN_FEW ? WIDTH_FEW : WIDTH_MIN))
        return false;
    return stretch->open * 5 >= stretch->pairs && stretch->consistent * 4 >= stretch->open * 3;
}

/* Rows [begin, end) are counted against the width of the wider range [from, to). */
static void
count_pairs(struct stretch *stretch, struct rows rows, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        const struct row *row = &rows.items[i];
        const struct row *next = neighbour(rows, i);

        /* Capitals show no end of a sentence, and are wider: they tell neither way. */
        if (!next || all_capitals(row, next))
            continue;
        stretch->pairs++;
        if (!breaks_open(row, next))
            continue;
        stretch->open++;
        /* A long one holds several lines that the extraction has joined. */
        stretch->consistent += fills(row, next, stretch->width, 93);
    }
}

static struct stretch
measure_stretch(struct rows rows, uint32_t begin, uint32_t end)
{
    struct stretch stretch = {.width = median_width(rows, begin, end)};

    count_pairs(&stretch, rows, begin, end);
    stretch.wrapped = is_wrapped(&stretch);
    return stretch;
}

/* Of a block and `more` neighbours at either side. */
static struct stretch
measure_around(struct rows rows, uint32_t block, uint32_t more)
{
    uint32_t begin = (block < more ? 0 : block - more) * BLOCK_ROWS;
    uint32_t end = (block + more + 1) * BLOCK_ROWS;

    return measure_stretch(rows, begin, end < rows.count ? end : rows.count);
}

static void
measure_blocks(struct arena *arena, struct wrap *wrap)
{
    struct rows rows = wrap->rows;

    wrap->whole = measure_stretch(rows, 0, rows.count);
    wrap->block_count = rows.count / BLOCK_ROWS + 1;
    wrap->blocks = arena_new(arena, struct stretch, wrap->block_count);
    for (uint32_t i = 0; i < wrap->block_count; i++) {
        struct stretch *block = &wrap->blocks[i];

        /* The wider view only where the narrow one shows too little. */
        *block = measure_around(rows, i, 0);
        if (block->pairs < PAIRS_MANY)
            *block = measure_around(rows, i, 1);
        if (block->pairs < PAIRS_FEW)
            *block = wrap->whole;
    }
}

/* Lower-case hash of the letters before and behind a hyphen, so that a wrap changes nothing. */
static uint64_t
compound_hash(struct str left, struct str right)
{
    struct str parts[2] = {left, right};
    uint64_t hash = HASH_SEED;

    for (int i = 0; i < 2; i++) {
        for (size_t at = 0; at < parts[i].len;) {
            bool accent;

            hash = hash_more(hash, utf8_base(utf8_next(parts[i], &at), &accent));
        }
        hash = hash_more(hash, STR("-"));
    }
    return hash_end(hash);
}

enum {
    WORD_BYTES = 64, /* a longer one is no word; keeps the search around a hyphen short */
};

static struct str
letters_before(struct str text, size_t end)
{
    size_t begin = end;

    while (begin > 0 && end - begin < WORD_BYTES) {
        size_t at = begin - 1;
        size_t next;

        while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        next = at;
        if (!utf8_is_letter(utf8_next(text, &next)))
            break;
        begin = at;
    }
    return str_slice(text, begin, end);
}

static struct str
letters_behind(struct str text, size_t begin)
{
    size_t end = begin;

    while (end < text.len && end - begin < WORD_BYTES) {
        size_t next = end;

        if (!utf8_is_letter(utf8_next(text, &next)))
            break;
        end = next;
    }
    return str_slice(text, begin, end);
}

/* Walks the hyphens between letters; counts them, or sets their bits. */
static size_t
walk_compounds(struct wrap *wrap, bool set)
{
    struct str text = wrap->document->text;
    size_t count = 0;
    const char *found;

    for (size_t at = 0; at < text.len; at++) {
        struct str left;
        struct str right;

        found = memchr(text.data + at, '-', text.len - at);
        if (!found)
            break;
        at = (size_t)(found - text.data);
        right = letters_behind(text, at + 1);
        if (right.len == 0)
            continue;
        left = letters_before(text, at);
        if (left.len == 0)
            continue;
        count++;
        if (set) {
            uint64_t bit = compound_hash(left, right) >> (64 - wrap->compound_bits);

            wrap->compounds[bit / 64] |= UINT64_C(1) << bit % 64;
        }
    }
    return count;
}

/*
 * A bit set answers at constant memory; with 256 bits a word it is wrong for one word in 256,
 * which then keeps a hyphen too many.
 */
static void
collect_compounds(struct arena *arena, struct wrap *wrap)
{
    size_t wanted = walk_compounds(wrap, false) * 256;

    wrap->compound_bits = COMPOUND_BITS_MIN;
    while (wrap->compound_bits < COMPOUND_BITS_MAX && (size_t)1 << wrap->compound_bits < wanted)
        wrap->compound_bits++;
    wrap->compounds = arena_new(arena, uint64_t, ((size_t)1 << wrap->compound_bits) / 64);
    walk_compounds(wrap, true);
}

/* A dash between words as a parted one would have it: "Articolo 6 - Uso" is none. */
static bool
is_dash(struct str text, size_t at)
{
    size_t next = at + 3;

    return at > 0 && next < text.len && (unsigned char)text.data[at - 1] >= 'A' &&
           utf8_is_lower(utf8_next(text, &next));
}

/*
 * " -" at line ends is a parted word if it is more frequent there than inside lines: a dash would
 * stand inside lines far more often.
 */
static void
count_hyphens(struct arena *arena, struct wrap *wrap)
{
    struct str text = wrap->document->text;
    uint32_t tight = 0;
    uint32_t spaced = 0;
    uint32_t inside = 0;

    for (uint32_t i = 0; i + 1 < wrap->rows.count; i++) {
        bool letter = (wrap->rows.items[i + 1].flags & ROW_LETTER) != 0;

        tight += wrap->rows.items[i].hyphen == ROW_HYPHEN;
        spaced += wrap->rows.items[i].hyphen == ROW_HYPHEN_SPACED && letter;
    }
    if (spaced) {
        for (size_t at = 0; at < text.len; at += 3) {
            at += str_find(str_slice(text, at, text.len), STR(" - "));
            inside += is_dash(text, at);
        }
    }
    wrap->spaced_hyphens = spaced >= 3 && spaced > inside;
    if (tight || wrap->spaced_hyphens)
        collect_compounds(arena, wrap);
}

struct wrap *
wrap_measure(struct arena *arena, const struct document *document, struct rows rows)
{
    struct wrap *wrap = arena_new(arena, struct wrap, 1);

    wrap->document = document;
    wrap->rows = rows;
    if (document->laid.count == 0)
        measure_blocks(arena, wrap);
    count_hyphens(arena, wrap);
    return wrap;
}

/* The word parted by a hyphen at the row's end, and whether the hyphen is its own. */
static enum wrap_join
join_word(const struct wrap *wrap, const struct row *row, const struct row *next)
{
    struct str text = wrap->document->text;
    uint32_t hyphen = row->end - 1;
    uint64_t bit;

    while (((unsigned char)text.data[hyphen] & 0xC0) == 0x80)
        hyphen--;
    if (row->hyphen == ROW_HYPHEN_SOFT)
        return WRAP_WORD;
    if (row->hyphen == ROW_HYPHEN_SPACED)
        return wrap->spaced_hyphens ? WRAP_WORD : WRAP_END;
    bit = compound_hash(letters_before(text, hyphen), letters_behind(text, next->begin)) >>
          (64 - wrap->compound_bits);
    return wrap->compounds[bit / 64] >> bit % 64 & 1 ? WRAP_HYPHEN : WRAP_WORD;
}

static bool
label_begins(const struct row *row, const struct row *next, bool full)
{
    if (next->label == ROW_PLAIN)
        return false;
    if (next->label == ROW_LABEL_STRONG)
        return true;
    /* "art." + "6.1 del contratto" */
    if ((row->flags & ROW_ABBREVIATION) && full && (next->flags & ROW_LETTER) == 0)
        return true;
    return !is_open(row) || !full;
}

/* Inside wrapped text of that width. */
static bool
continues(const struct row *row, const struct row *next, uint32_t width, bool continued)
{
    /* A heading that stands alone is shorter than a line of its paragraph has to be. */
    bool full = fills(row, next, width, continued ? 82 : 93);

    if (row->ending == ROW_LEADER || label_begins(row, next, full))
        return false;
    /* Capitals are wide: fewer fit on a line.  Far too short a line ends even an open sentence. */
    if (is_open(row))
        return full || (((next->flags & ROW_LOWER) || all_capitals(row, next)) &&
                        fills(row, next, width, 60));
    /* "per es." + "la consegna", "24 ore:" + "la nostra assistenza" */
    if ((row->ending == ROW_STOP || row->ending == ROW_COLON) && (next->flags & ROW_LETTER))
        return fills(row, next, width, 82);
    /* Behind the end of a sentence: the same paragraph only if the line was used up. */
    if (!fills(row, next, width, 93) || row->edge > width + width / 4 ||
        next->indent > row->indent + 1)
        return false;
    if (row->ending == ROW_COLON)
        return false;
    return !(next->flags & ROW_CAPITALS) || all_capitals(row, next);
}

/* A paragraph that goes on in the next column: pdftotext puts a blank line between. */
static bool
crosses_blank(const struct row *row, const struct row *next, uint32_t width)
{
    return row->ending == ROW_OPEN && (next->flags & ROW_LETTER) && next->label == ROW_PLAIN &&
           row->edge <= width + width / 4 && fills(row, next, width, 93);
}

/* A bullet or number on a line of its own, as pdftotext often puts it. */
static bool
is_marker_of(struct rows rows, const struct document *document, uint32_t row, uint32_t next)
{
    uint32_t breaks = 0;

    if (!(rows.items[row].flags & ROW_LABEL_ALONE) || (rows.items[next].flags & ROW_LABEL_ALONE))
        return false;
    for (uint32_t at = rows.items[row].end; next == row + 1 && at < rows.items[next].begin; at++)
        breaks += document->text.data[at] == '\n';
    return breaks <= MARKER_GAP;
}

/* Is the letter before the hyphen as large as the one behind the break? */
static bool
capitals_meet(struct str text, const struct row *row, const struct row *next)
{
    uint32_t hyphen = row->end - 1, before;
    size_t at = next->begin;

    while (hyphen > row->begin && ((unsigned char)text.data[hyphen] & 0xC0) == 0x80)
        hyphen--;
    if (hyphen == row->begin)
        return false;
    before = hyphen - 1;
    while (before > row->begin && ((unsigned char)text.data[before] & 0xC0) == 0x80)
        before--;
    size_t last = before;
    return utf8_is_upper(utf8_next(text, &last)) && utf8_is_upper(utf8_next(text, &at));
}

static enum wrap_join
join_by_width(const struct wrap *wrap, uint32_t row_index, uint32_t next_index, bool continued)
{
    const struct row *row = &wrap->rows.items[row_index];
    const struct row *next = &wrap->rows.items[next_index];
    const struct stretch *stretch = &wrap->blocks[row_index / BLOCK_ROWS];
    bool page = next_index > row_index + 1 || (next->flags & ROW_PAGE);
    bool unwrapped = !stretch->wrapped && stretch->pairs >= PAIRS_FEW;

    bool parted = (next->flags & ROW_LETTER) != 0;
    if (row->hyphen == ROW_HYPHEN && !parted) /* "RESPONSA-" "BILE", but "Telecom-" "Italia" */
        parted = capitals_meet(wrap->document->text, row, next);
    if (row->hyphen != ROW_UNBROKEN && parted && (page || !unwrapped)) {
        enum wrap_join word = join_word(wrap, row, next);

        if (word != WRAP_END)
            return word;
    }
    if (next->flags & ROW_LABEL_ALONE)
        return WRAP_END;
    if (stretch->wrapped && is_marker_of(wrap->rows, wrap->document, row_index, next_index))
        return WRAP_BLANK;
    if (row->flags & ROW_LABEL_ALONE)
        return WRAP_END;
    if (page && is_open(row) && (next->flags & ROW_LOWER) && next->label == ROW_PLAIN)
        return WRAP_BLANK;
    if (!stretch->wrapped ||
        (!page && (next->flags & ROW_BLANK_BEFORE) && !crosses_blank(row, next, stretch->width)))
        return WRAP_END;
    return continues(row, next, stretch->width, continued) ? WRAP_BLANK : WRAP_END;
}

/* Lines of a PDF: whether they belong together is known, not what a hyphen between them is. */
static enum wrap_join
join_laid(const struct wrap *wrap, const struct row *row, const struct row *next)
{
    struct str text = wrap->document->text;
    enum wrap_join word = WRAP_END;

    if (!(boxes_flags(wrap->document, next->begin) & LAID_JOINS))
        return WRAP_END;
    if (row->hyphen == ROW_UNBROKEN)
        return WRAP_BLANK;
    if (next->flags & ROW_LETTER || row->hyphen == ROW_HYPHEN_SOFT)
        word = join_word(wrap, row, next);
    else if (row->hyphen == ROW_HYPHEN)
        word = capitals_meet(text, row, next) ? join_word(wrap, row, next) : WRAP_HYPHEN;
    return word == WRAP_END ? WRAP_BLANK : word;
}

enum wrap_join
wrap_join(const struct wrap *wrap, uint32_t row_index, uint32_t next_index, bool continued)
{
    const struct row *row = &wrap->rows.items[row_index];
    const struct row *next = &wrap->rows.items[next_index];

    if (wrap->document->laid.count)
        return join_laid(wrap, row, next);
    return join_by_width(wrap, row_index, next_index, continued);
}
