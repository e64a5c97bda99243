#ifndef BASE_BOUNDS_H
#define BASE_BOUNDS_H

/* Every limit of the program, with its reason. */
enum {
    BOUND_INPUT_BYTES = 64 << 20, /* default of --max-bytes; spans are 32 bits */
    BOUND_INPUT_MOST = 1 << 30,   /* what --max-bytes may allow: offsets stay below 2^32 */
    BOUND_UNIT_VIEW = 16 << 10, /* bytes of one unit's view: keeps every match linear in practice */
    BOUND_LEADIN_LEVELS = 3,    /* nesting of lists whose lead-ins an item inherits */
    BOUND_LEADIN_BYTES = 600,   /* of one lead-in: its last sentence */
    BOUND_COMPOSED_FACTOR = 4,  /* composed text of items at most this times the document */
    BOUND_HITS_PER_UNIT = 100,  /* of one atom in one unit */
    BOUND_PARTY_NAMES = 64,     /* of one document */
    BOUND_PARTY_WORDS = 8,      /* of one name */
    BOUND_CLASSES = 8192,       /* classes, and kinds of words, of a language; a code has 14 bits */
    BOUND_GAP = 12,             /* words a {..n} gap may hold; longer distances are `near` */
    BOUND_PATTERN_BYTES = 2000, /* source of one pattern */
    BOUND_PATTERN_REGEX = 60000,    /* PCRE2 text of one pattern with its sets expanded */
    BOUND_PATTERN_DEPTH = 40,       /* groups within groups, sets within sets */
    BOUND_CONDITION_DEPTH = 16,     /* all, any, not within each other */
    BOUND_MATCH_LIMIT = 200000,     /* PCRE2 match limit: a bait stops in about a millisecond */
    BOUND_JIT_STACK = 1 << 20,      /* bytes: a 16 KB unit never needs it all */
    BOUND_NUMBER_DEPTH = 8,         /* components of an article number 1.2.3... */
    BOUND_QUOTE_PARTS = 16,         /* page feet that one quote may step over */
    BOUND_REPORT_CLAUSE = 4096,     /* bytes of a clause given with a finding in JSON, SARIF */
    BOUND_SARIF_LOCATIONS = 1000,   /* of one result: code scanning refuses more */
    BOUND_SARIF_TEXT = 1024,        /* bytes of a rule's descriptions: likewise */
    BOUND_FOLDER_DEPTH = 32,        /* of folders within folders given to check */
    BOUND_FURNITURE_PAGES = 20000,  /* searched for running headers; more is no contract */
    BOUND_SUSPECT_BYTES = 4096,     /* head of an input searched for NUL bytes */
    BOUND_XML_BYTES = 8 << 20,      /* of one rule file: a hundred times the largest of ours */
    BOUND_RULE_FILES = 1000,        /* of one folder of rules */
    BOUND_RULE_IDS = 10000,         /* rules, sets, norms of one load: compared one by one */
    BOUND_FORMS_BYTES = 32 << 20,   /* of a form table */
    BOUND_MARKUP_DEPTH = 512,       /* elements within elements: as deep as browsers go */
    BOUND_MARKDOWN_BYTES = 4 << 20, /* of Markdown: its parser takes a hundred times as much */
    BOUND_ZIP_ENTRIES = 10000,      /* files in a DOCX or ODT: one a picture, and some */
    BOUND_ZIP_PART = 64 << 20,      /* bytes of one file in it, unpacked: a book has 10 MB */
    BOUND_ZIP_RATIO = 200,          /* ... for each packed byte of all: contracts have 5 to 30 */
    BOUND_XML_ATTRIBUTES = 256,     /* of an element: libxml2 compares each with all others */
    BOUND_XML_DEPTH = 250,          /* elements within elements: libxml2 stops at 256 */
    BOUND_LIST_LEVELS = 10,         /* of numbered lists in word processors */
    BOUND_LIST_STYLES = 20000,      /* ... and of lists and styles in one file */
    BOUND_PDF_PAGES = 5000,         /* of one PDF: ten times the longest contract */
    BOUND_PDF_GLYPHS = 16 << 20,    /* characters of one PDF: what 1 GiB of memory holds */
    BOUND_PDF_SEGMENTS = 4096,      /* of a page that is searched for columns: a full one has 300 */
    BOUND_PDF_MEMORY = 1 << 30,     /* bytes the PDF helper may use */
    BOUND_PDF_OUTPUT = 256 << 20,   /* bytes it may write: 16 a character */
    BOUND_PDF_SECONDS = 60,         /* of processor time; a page takes 3 ms */
    BOUND_PDF_WAIT = 120,           /* seconds before it is killed */
    BOUND_MEND_WORDS = 2 << 20,     /* longer texts are not mended: a book has a tenth of that */
    BOUND_MEND_GUESSES = 20000,     /* words nobody knows that are looked at, and that are joined */
    BOUND_RECTANGLES = 256,         /* of one quotation, one a line: a unit has 16 KB at most */
};

#endif
