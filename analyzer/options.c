#include "options.h"

#include <getopt.h>
#include <stdlib.h>

#include "base/bounds.h"

/* The table: a row is an option; its text is the help. */

enum option_id {
    OPTION_FORMAT = 256,
    OPTION_OUTPUT,
    OPTION_RULES,
    OPTION_INPUT,
    OPTION_INPUT_LANG,
    OPTION_UI_LANG,
    OPTION_PARTY,
    OPTION_PAID,
    OPTION_SECTOR,
    OPTION_CONCLUDED,
    OPTION_AS_OF,
    OPTION_ENABLE,
    OPTION_DISABLE,
    OPTION_CATEGORY,
    OPTION_MIN_GRADE,
    OPTION_FAIL_ON,
    OPTION_EXIT_ZERO,
    OPTION_STDIN_NAME,
    OPTION_FILES_FROM,
    OPTION_MAX_BYTES,
    OPTION_COLOR,
    OPTION_AS_ONE,
    OPTION_STRICT_INPUT,
    OPTION_TRACE,
    OPTION_TAILORING,
    OPTION_RULE,
    OPTION_NORM,
    OPTION_GOLD,
    OPTION_LABELS,
    OPTION_ONLY,
    OPTION_EXCEPT,
    OPTION_ERRORS,
    OPTION_AGAINST,
    OPTION_CONFIDENCE,
    OPTION_FIT,
    OPTION_PRECISION,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_HELP,
    OPTION_VERSION,
};

#define ON(command) (1u << (command))
#define ON_ALL ((1u << COMMAND_COUNT) - 1)
/* Commands that judge contracts, and those that select rules. */
#define ON_JUDGING (ON(COMMAND_CHECK) | ON(COMMAND_EVAL))
#define ON_FACTS (ON_JUDGING | ON(COMMAND_EXPLAIN))
#define ON_RULES (ON_FACTS | ON(COMMAND_RULES))

struct option_row {
    enum option_id id;
    char letter; /* '\0' = none */
    const char *name;
    const char *value; /* NULL = takes none */
    unsigned commands; /* ON(...) */
    const char *help;
};

static const struct option_row rows[] = {
    {OPTION_FORMAT, 'f', "format", "NAME[=FILE]", ON(COMMAND_CHECK),
     "text summary line json sarif html, to FILE or stdout; may be repeated"},
    {OPTION_FORMAT, 'f', "format", "html|markdown", ON(COMMAND_RULES), "format of rules doc"},
    {OPTION_FORMAT, 'f', "format", "text|json", ON(COMMAND_EVAL),
     "tables to read (default), or all figures and places; =FILE may follow"},
    {OPTION_OUTPUT, 'o', "output", "FILE", ON_JUDGING | ON(COMMAND_RULES),
     "where the one format without =FILE goes"},
    {OPTION_RULES, 'r', "rules", "DIR", ON_ALL,
     "a folder of rules instead of the installed one; repeated: later ones add or override"},
    {OPTION_INPUT, '\0', "input", "KIND", ON_FACTS | ON(COMMAND_TEXT),
     "text html docx odt markdown pdf: what the inputs are (default: found out)"},
    {OPTION_INPUT_LANG, '\0', "input-lang", "auto|it|en", ON_FACTS | ON(COMMAND_TEXT),
     "language of the contract (default: found out)"},
    {OPTION_UI_LANG, '\0', "ui-lang", "it|en",
     ON(COMMAND_CHECK) | ON(COMMAND_RULES) | ON(COMMAND_EXPLAIN),
     "language of the report (default: that of the contract)"},
    {OPTION_PARTY, '\0', "party", "consumer|business|free", ON_FACTS,
     "who reads: a consumer (default), a business, or a consumer who pays nothing"},
    {OPTION_PAID, '\0', "paid", "yes|no|unknown", ON_FACTS, "is the service paid for?"},
    {OPTION_SECTOR, '\0', "sector", "NAME", ON_FACTS,
     "digital telecom transport goods finance other unknown"},
    {OPTION_CONCLUDED, '\0', "concluded", "distance|premises|unknown", ON_FACTS,
     "how the contract is concluded"},
    {OPTION_AS_OF, '\0', "as-of", "DATE", ON_FACTS,
     "the law of that day, like 2022-06-30 (default: the day the rules describe)"},
    {OPTION_ENABLE, '\0', "enable", "ID-GLOB", ON_JUDGING, "only these rules; may be repeated"},
    {OPTION_DISABLE, '\0', "disable", "ID-GLOB", ON_JUDGING, "not these rules; may be repeated"},
    {OPTION_CATEGORY, '\0', "category", "NAME", ON_JUDGING | ON(COMMAND_RULES),
     "only rules of this category; may be repeated"},
    {OPTION_MIN_GRADE, '\0', "min-grade", "GRADE", ON(COMMAND_CHECK),
     "show from this grade on: check potential grey black (default potential)"},
    {OPTION_FAIL_ON, '\0', "fail-on", "LEVEL", ON(COMMAND_CHECK),
     "exit 1 from this on: never note warning error, or a grade (default warning)"},
    {OPTION_EXIT_ZERO, '\0', "exit-zero", NULL, ON(COMMAND_CHECK),
     "exit 0 whatever is found (errors still exit 2)"},
    {OPTION_STDIN_NAME, '\0', "stdin-name", "NAME", ON(COMMAND_CHECK) | ON(COMMAND_TEXT),
     "what to call standard input in reports"},
    {OPTION_FILES_FROM, '\0', "files-from", "FILE", ON(COMMAND_CHECK),
     "read more file names from FILE, one a line (- = standard input)"},
    {OPTION_AS_ONE, '\0', "as-one", NULL, ON(COMMAND_CHECK),
     "the inputs are papers of one contract: look in all for what one leaves open"},
    {OPTION_STRICT_INPUT, '\0', "strict-input", NULL, ON(COMMAND_CHECK),
     "exit 2 when an input could not be read reliably; findings are still reported"},
    {OPTION_MAX_BYTES, '\0', "max-bytes", "N", ON(COMMAND_CHECK) | ON(COMMAND_TEXT),
     "refuse larger inputs; k, M may follow (default 64M)"},
    {OPTION_COLOR, '\0', "color", "auto|always|never", ON(COMMAND_CHECK),
     "colours in text (NO_COLOR and CLICOLOR_FORCE are respected)"},
    {OPTION_TRACE, '\0', "trace", NULL, ON(COMMAND_CHECK),
     "every place in JSON tells which conditions were asked and what they saw"},
    {OPTION_TAILORING, '\0', "tailoring", "FILE", ON_RULES,
     "grades and switches of your own for these rules (rules/README.md)"},
    {OPTION_RULE, '\0', "rule", "ID-GLOB", ON(COMMAND_RULES),
     "test, list, doc: only these rules; may be repeated"},
    {OPTION_RULE, '\0', "rule", "ID", ON(COMMAND_EXPLAIN),
     "why this rule did or did not fire at FILE:LINE"},
    {OPTION_NORM, '\0', "norm", "ID-GLOB", ON(COMMAND_RULES),
     "list: only rules that cite these norms, norm by norm; may be repeated"},
    {OPTION_GOLD, '\0', "gold", "DIR", ON(COMMAND_EVAL),
     "a folder of NAME.txt with NAME.gold; repeated: all (default: CAVILLO_TERMS/<lang>)"},
    {OPTION_LABELS, '\0', "labels", "gold|tags", ON(COMMAND_EVAL),
     "score against NAME.gold (default) or NAME.tags (rules/labels.xml tells their meaning)"},
    {OPTION_ONLY, '\0', "only", "FILE", ON(COMMAND_EVAL), "only the NAMEs listed in FILE"},
    {OPTION_EXCEPT, '\0', "except", "FILE", ON(COMMAND_EVAL), "not the NAMEs listed in FILE"},
    {OPTION_ERRORS, '\0', "errors", "FILE", ON(COMMAND_EVAL),
     "write what was missed or flagged wrongly there, with its text (TSV)"},
    {OPTION_AGAINST, '\0', "against", "RESULTS", ON(COMMAND_EVAL),
     "what was gained and lost since an earlier JSON or SARIF of check, or JSON of eval"},
    {OPTION_CONFIDENCE, '\0', "confidence", NULL, ON(COMMAND_EVAL),
     "print upheld=\"N\" of=\"M\" for every rule, ready for a rules tree"},
    {OPTION_FIT, '\0', "fit", NULL, ON(COMMAND_EVAL),
     "print weight=\"N\" and threshold=\"N\" for every <score>, learned from the labels"},
    {OPTION_PRECISION, '\0', "precision", "P", ON(COMMAND_EVAL),
     "--fit: share of what a score flags that shall be right (default 0.95)"},
    {OPTION_QUIET, 'q', "quiet", NULL, ON_JUDGING | ON(COMMAND_RULES),
     "nothing on stderr but errors"},
    {OPTION_VERBOSE, 'v', "verbose", NULL, ON(COMMAND_CHECK) | ON(COMMAND_RULES),
     "say on stderr what is read"},
    {OPTION_HELP, 'h', "help", NULL, ON_ALL, "this page"},
    {OPTION_VERSION, '\0', "version", NULL, ON_ALL, "versions of program and rules"},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct {
    const char *name;
    const char *operands;
    const char *help;
    const char *formats; /* of --format, the first by default; NULL = takes none */
} commands[COMMAND_COUNT] = {
    [COMMAND_CHECK] = {"check", "[FILE|DIR|-]...", "find the clauses worth a second look",
                       report_formats},
    [COMMAND_RULES] = {"rules", "list|test|lint|doc",
                       "list the rules, run their examples, check, describe them", "html markdown"},
    [COMMAND_EXPLAIN] = {"explain", "ID | FILE:LINE",
                         "a rule in plain words; why it did or did not fire", NULL},
    [COMMAND_EVAL] = {"eval", "[FILE|DIR]...",
                      "precision and recall on labelled contracts; what a change did", "text json"},
    [COMMAND_TEXT] = {"text", "FILE|-", "the text as cavillo reads it, with page and article marks",
                      NULL},
    [COMMAND_HELP] = {"help", "[COMMAND]", "this page, or that of a command", NULL},
    [COMMAND_VERSION] = {"version", "", "versions of program and rules", NULL},
};

static const char examples[] =
    "\nExamples:\n"
    "  cavillo check condizioni.txt\n"
    "  pdftotext contratto.pdf - | cavillo check --stdin-name contratto.pdf -\n"
    "  cavillo check -f sarif=cavillo.sarif -f html=report.html terms/*.txt\n"
    "\nExit status: 0 nothing at or above --fail-on, 1 something, 2 anything wrong.\n";

void
options_help(struct out *out, enum command command)
{
    if (command == COMMAND_COUNT) {
        out_str(out, STR("Usage: cavillo COMMAND [OPTION]... [FILE]...\n"
                         "Finds the clauses of a contract that resemble those the law names.\n\n"));
        for (enum command c = 0; c < COMMAND_COUNT; c++)
            out_format(out, "  %-8s %-18s %s\n", commands[c].name, commands[c].operands,
                       commands[c].help);
        out_str(out, STR("\ncavillo help COMMAND lists its options.\n"));
        out_str(out, str_of(examples));
        return;
    }
    out_format(out, "Usage: cavillo %s [OPTION]... %s\n%c%s.\n\n", commands[command].name,
               commands[command].operands, commands[command].help[0] - 'a' + 'A',
               commands[command].help + 1);
    for (size_t i = 0; i < ROWS; i++) {
        const struct option_row *row = &rows[i];
        if (!(row->commands & ON(command)))
            continue;
        char left[64];
        snprintf(left, sizeof left, "%s--%s%s%s",
                 row->letter ? (char[]){'-', row->letter, ',', ' ', '\0'} : "    ", row->name,
                 row->value ? " " : "", row->value ? row->value : "");
        out_format(out, "  %-38s %s\n", left, row->help);
    }
    if (command == COMMAND_CHECK)
        out_str(out, str_of(examples));
}

/* The word of a blank-separated list that is nearest to a mistyped one; empty = none is near. */
static struct str
nearest_word(struct str words, struct str typed)
{
    struct str word, best = {NULL, 0};
    size_t smallest = typed.len / 2 + 1;
    while (str_cut(&words, ' ', &word)) {
        size_t distance = str_distance(word, typed);
        if (distance < smallest) {
            smallest = distance;
            best = word;
        }
    }
    return best;
}

/* Index of a value in a blank-separated list, or -1 with the error said. */
static int
choice(const char *option, struct str words, const char *value, struct error *error)
{
    struct str rest = words, word, typed = str_of(value);
    for (int i = 0; str_cut(&rest, ' ', &word); i++)
        if (str_equal(word, typed))
            return i;
    struct str near = nearest_word(words, typed);
    error_set(error, "--%s: \"%s\" is none of: %.*s%s%.*s%s", option, value, STR_ARG(words),
              near.len ? "; did you mean \"" : "", STR_ARG(near), near.len ? "\"?" : "");
    return -1;
}

static bool
add_format(struct options *options, struct arena *arena, const char *value, struct error *error)
{
    struct str all = str_of(value);
    size_t equals = str_find(all, STR("="));
    struct output_choice output = {.format = str_slice(all, 0, equals)};
    struct str name = arena_str(arena, output.format);
    if (choice("format", str_of(commands[options->command].formats), name.data, error) < 0)
        return false;
    if (equals < all.len) {
        output.path = value + equals + 1;
        if (*output.path == '\0')
            return error_set(error, "--format %s: the file name behind = is missing", value);
    }
    array_push(arena, &options->outputs, output);
    return true;
}

static bool
set_fail_on(struct options *options, const char *value, struct error *error)
{
    static const enum level levels[] = {LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR};
    static const enum grade grades[] = {GRADE_CHECK, GRADE_POTENTIAL, GRADE_GREY, GRADE_BLACK};
    int n =
        choice("fail-on", STR("never note warning error check potential grey black"), value, error);
    if (n < 0)
        return false;
    options->fail_level = n < 4 ? levels[n] : LEVEL_NONE;
    options->fail_grade = n < 4 ? GRADE_NONE : grades[n - 4];
    return true;
}

static bool
set_max_bytes(struct options *options, const char *value, struct error *error)
{
    struct str s = str_of(value);
    int64_t number, factor = 1;
    if (str_ends(s, STR("k")) || str_ends(s, STR("K")))
        factor = 1 << 10;
    else if (str_ends(s, STR("M")))
        factor = 1 << 20;
    if (factor > 1)
        s.len--;
    if (!str_number(s, &number) || number < 1 || number > BOUND_INPUT_MOST / factor)
        return error_set(error, "--max-bytes: \"%s\" is no size from 1 to %dM", value,
                         BOUND_INPUT_MOST >> 20);
    options->max_bytes = (size_t)(number * factor);
    return true;
}

static bool
set_as_of(struct options *options, const char *value, struct error *error)
{
    options->facts.as_of = str_of(value);
    return str_is_date(options->facts.as_of) ||
           error_set(error, "--as-of: \"%s\" is no date like 2022-06-30", value);
}

static bool
set_precision(struct options *options, const char *value, struct error *error)
{
    char *end;
    options->precision = strtod(value, &end);
    return (*value >= '0' && *value <= '9' && *end == '\0' && options->precision > 0 &&
            options->precision <= 1) ||
           error_set(error, "--precision: \"%s\" is no share from 0 to 1, like 0.95", value);
}

static bool
set_choice(struct options *options, enum option_id id, const char *name, const char *value,
           struct error *error)
{
    static const struct {
        enum option_id id;
        const char *words;
    } choices[] = {
        {OPTION_INPUT, "auto text html docx odt markdown pdf"}, /* as enum format */
        {OPTION_INPUT_LANG, "auto it en"},
        {OPTION_UI_LANG, "it en"},
        {OPTION_PARTY, "consumer free business"},
        {OPTION_PAID, "yes no unknown"},
        {OPTION_SECTOR, "digital telecom transport goods finance other unknown"},
        {OPTION_CONCLUDED, "distance premises unknown"},
        {OPTION_MIN_GRADE, "check potential grey black"},
        {OPTION_COLOR, "auto never always"},
        {OPTION_LABELS, "gold tags"},
    };
    size_t c = 0;
    while (choices[c].id != id)
        c++;
    int n = choice(name, str_of(choices[c].words), value, error);
    if (n < 0)
        return false;
    if (id == OPTION_INPUT)
        options->input = (enum format)n;
    else if (id == OPTION_INPUT_LANG)
        options->input_lang = str_of(value);
    else if (id == OPTION_UI_LANG)
        options->ui = n == 0 ? UI_IT : UI_EN, options->ui_fixed = true;
    else if (id == OPTION_PARTY)
        options->facts.party = (enum party)n;
    else if (id == OPTION_PAID)
        options->facts.paid = str_of(value);
    else if (id == OPTION_SECTOR)
        options->facts.sector = str_of(value);
    else if (id == OPTION_CONCLUDED)
        options->facts.concluded = str_of(value);
    else if (id == OPTION_MIN_GRADE)
        options->min_grade = (enum grade)(GRADE_CHECK + n);
    else if (id == OPTION_LABELS)
        options->by_tags = n == 1;
    else
        options->color = n - 1;
    return true;
}

/* Options that may be repeated. */
static bool
add_to_list(struct options *options, struct arena *arena, enum option_id id, const char *value)
{
    struct str word = str_of(value);
    if (id == OPTION_RULES)
        array_push(arena, &options->rules, value);
    else if (id == OPTION_GOLD)
        array_push(arena, &options->gold, value);
    else if (id == OPTION_ENABLE)
        array_push(arena, &options->enable, word);
    else if (id == OPTION_DISABLE)
        array_push(arena, &options->disable, word);
    else if (id == OPTION_CATEGORY)
        array_push(arena, &options->categories, word);
    else if (id == OPTION_RULE)
        array_push(arena, &options->chosen, word);
    else if (id == OPTION_NORM)
        array_push(arena, &options->norms, word);
    else
        return false;
    return true;
}

/* Where the file name of an option goes; NULL = it takes none. */
static const char **
path_of(struct options *options, enum option_id id)
{
    switch (id) {
    case OPTION_FILES_FROM:
        return &options->files_from;
    case OPTION_TAILORING:
        return &options->tailoring;
    case OPTION_ONLY:
        return &options->only;
    case OPTION_EXCEPT:
        return &options->except;
    case OPTION_ERRORS:
        return &options->errors;
    case OPTION_AGAINST:
        return &options->against;
    default:
        return NULL;
    }
}

static bool
set_option(struct options *options, struct arena *arena, const struct option_row *row,
           const char *value, const char **output, struct error *error)
{
    const char **path = path_of(options, row->id);
    if (path && (*path = value))
        return true;
    if (add_to_list(options, arena, row->id, value))
        return true;
    switch (row->id) {
    case OPTION_FORMAT:
        return add_format(options, arena, value, error);
    case OPTION_OUTPUT:
        *output = value;
        return true;
    case OPTION_FAIL_ON:
        return set_fail_on(options, value, error);
    case OPTION_EXIT_ZERO:
        options->exit_zero = true;
        return true;
    case OPTION_STDIN_NAME:
        options->stdin_name = str_of(value);
        return true;
    case OPTION_MAX_BYTES:
        return set_max_bytes(options, value, error);
    case OPTION_AS_ONE:
        options->as_one = true;
        return true;
    case OPTION_STRICT_INPUT:
        options->strict_input = true;
        return true;
    case OPTION_TRACE:
        options->trace = true;
        return true;
    case OPTION_CONFIDENCE:
        options->confidence = true;
        return true;
    case OPTION_AS_OF:
        return set_as_of(options, value, error);
    case OPTION_FIT:
        options->fit = true;
        return true;
    case OPTION_PRECISION:
        return set_precision(options, value, error);
    case OPTION_QUIET:
        options->verbose = -1;
        return true;
    case OPTION_VERBOSE:
        options->verbose = 1;
        return true;
    case OPTION_HELP:
    case OPTION_VERSION:
        return true; /* asked for before parsing */
    default:
        return set_choice(options, row->id, row->name, value, error);
    }
}

static bool
unknown_option(const char *argument, unsigned command, struct error *error)
{
    struct str typed = str_of(argument);
    typed.len = str_find(typed, STR("="));
    struct str best = {NULL, 0};
    size_t smallest = typed.len / 2 + 1;
    for (size_t i = 0; i < ROWS && str_starts(typed, STR("--")); i++) {
        struct str name = str_of(rows[i].name);
        size_t distance = str_distance(name, str_slice(typed, 2, typed.len));
        if ((rows[i].commands & ON(command)) && distance < smallest) {
            smallest = distance;
            best = name;
        }
    }
    return error_set(error, "unknown option %.*s for \"cavillo %s\"%s%.*s%s", STR_ARG(typed),
                     commands[command].name, best.len ? "; did you mean --" : "", STR_ARG(best),
                     best.len ? "?" : "; see cavillo help");
}

/* Fills getopt's tables with the rows of a command. */
static void
getopt_tables(unsigned command, struct option *longs, char *shorts)
{
    *shorts++ = ':';
    for (size_t i = 0; i < ROWS; i++) {
        if (!(rows[i].commands & ON(command)))
            continue;
        *longs++ = (struct option){rows[i].name, rows[i].value ? required_argument : no_argument,
                                   NULL, (int)rows[i].id};
        if (rows[i].letter) {
            *shorts++ = rows[i].letter;
            if (rows[i].value)
                *shorts++ = ':';
        }
    }
    *longs = (struct option){0};
    *shorts = '\0';
}

static bool
parse_rows(struct options *options, struct arena *arena, int argc, char **argv, const char **output,
           struct error *error)
{
    struct option longs[ROWS + 1];
    char shorts[2 * ROWS + 2];
    getopt_tables(options->command, longs, shorts);
    opterr = 0;
    optind = 0; /* GNU: start afresh */
    for (;;) {
        int at = optind > 0 ? optind : 1;
        int got = getopt_long(argc, argv, shorts, longs, NULL);
        if (got == -1)
            break;
        const char *argument = argv[optind > 1 ? optind - 1 : at];
        if (got == ':')
            return error_set(error, "%s needs a value; see cavillo help %s", argument,
                             commands[options->command].name);
        if (got == '?') {
            char letter[3] = {'-', (char)optopt, '\0'};
            bool is_letter = optopt > 0 && optopt < 256;
            return unknown_option(is_letter ? letter : argument, options->command, error);
        }
        size_t r = 0;
        while ((int)rows[r].id != got && rows[r].letter != got)
            r++;
        if (!set_option(options, arena, &rows[r], optarg, output, error))
            return false;
    }
    for (int i = optind; i < argc; i++)
        array_push(arena, &options->operands, argv[i]);
    return true;
}

/* -o names the file of the one format that has none; at most one may go to stdout. */
static bool
settle_outputs(struct options *options, struct arena *arena, const char *output,
               struct error *error)
{
    const char *formats = commands[options->command].formats;
    if (options->outputs.count == 0 && formats) {
        struct str all = str_of(formats);
        struct str first = str_slice(all, 0, str_find(all, STR(" ")));
        array_push(arena, &options->outputs, (struct output_choice){.format = first});
    }
    uint32_t to_stdout = 0, last = 0;
    for (uint32_t i = 0; i < options->outputs.count; i++) {
        if (!options->outputs.items[i].path) {
            to_stdout++;
            last = i;
        }
    }
    if (to_stdout > 1)
        return error_set(error, "two formats cannot both go to %s; give files: -f sarif=FILE",
                         output ? output : "standard output");
    if (output && to_stdout == 0)
        return error_set(error, "--output: every format has its own file already");
    if (output && strcmp(output, "-") != 0)
        options->outputs.items[last].path = output;
    for (uint32_t i = 0; i < options->outputs.count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (options->outputs.items[i].path && options->outputs.items[k].path &&
                strcmp(options->outputs.items[i].path, options->outputs.items[k].path) == 0)
                return error_set(error, "two formats would both be written to %s",
                                 options->outputs.items[i].path);
    return true;
}

static bool
find_command(struct options *options, const char *word, struct error *error)
{
    struct arena scratch = {0};
    struct str names = {NULL, 0};
    for (enum command c = 0; c < COMMAND_COUNT; c++) {
        if (strcmp(word, commands[c].name) == 0) {
            options->command = c;
            arena_free(&scratch);
            return true;
        }
        names = arena_format(&scratch, "%.*s%s ", STR_ARG(names), commands[c].name);
    }
    struct str near = nearest_word(names, str_of(word));
    error_set(error, "\"%s\" is no command%s%.*s%s", word, near.len ? "; did you mean \"" : "",
              STR_ARG(near), near.len ? "\"?" : "; cavillo help lists them");
    arena_free(&scratch);
    return false;
}

bool
options_parse(struct options *options, struct arena *arena, int argc, char **argv,
              struct error *error)
{
    struct str unknown = STR("unknown");
    *options = (struct options){
        .input_lang = STR("auto"),
        .facts = {.party = PARTY_CONSUMER,
                  .paid = unknown,
                  .sector = unknown,
                  .concluded = unknown},
        .min_grade = GRADE_POTENTIAL,
        .fail_level = LEVEL_WARNING,
        .stdin_name = STR("<stdin>"),
        .max_bytes = BOUND_INPUT_BYTES,
        .color = -1,
        .precision = 0.95,
    };
    if (argc < 2)
        return error_set(error, "no command; try: cavillo check FILE, or cavillo help");
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool help = strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0;
        if (help || strcmp(argv[i], "--version") == 0) {
            options->command = help ? COMMAND_HELP : COMMAND_VERSION;
            if (i > 1)
                array_push(arena, &options->operands, argv[1]);
            return true;
        }
    }
    if (argv[1][0] == '-' && argv[1][1] != '\0')
        return error_set(error, "the command comes first: cavillo check %s ...", argv[1]);
    if (!find_command(options, argv[1], error))
        return false;
    const char *output = NULL;
    if (!parse_rows(options, arena, argc - 1, argv + 1, &output, error))
        return false;
    if (options->facts.party == PARTY_FREE && !str_equal(options->facts.paid, STR("yes")))
        options->facts.paid = STR("no");
    else if (options->facts.party == PARTY_FREE)
        return error_set(error, "--party free and --paid yes contradict each other");
    return settle_outputs(options, arena, output, error);
}

bool
options_command(const char *word, enum command *command, struct error *error)
{
    struct options options = {0};
    bool found = find_command(&options, word, error);
    *command = options.command;
    return found;
}
