#ifndef TEXT_SEGMENT_SHAPE_H
#define TEXT_SEGMENT_SHAPE_H

#include "text/document.h"
#include "text/language.h"

/*
 * The outward look of a stretch of text: how long, how it begins and ends, whether it could be a
 * heading.  Of a long stretch only both ends are read.
 */
enum shape_end {
    END_NONE,
    END_STOP, /* . ! or an ellipsis */
    END_QUESTION,
    END_SEMICOLON, /* also "; and" */
    END_COMMA,     /* also ", and" */
    END_COLON,
    END_DASH,
};

enum shape_flag {
    SHAPE_LOWER = 1,          /* its first letter is lower-case */
    SHAPE_CAPITALS = 2,       /* nearly all letters are capitals */
    SHAPE_ADDRESS = 4,        /* postal or web address, telephone number */
    SHAPE_FORM = 8,           /* underscores to write upon */
    SHAPE_VERB = 16,          /* a finite verb, negation or first person plural: a sentence */
    SHAPE_OPEN_WORD = 32,     /* its last word cannot end a phrase: "di", "or" */
    SHAPE_ABBREVIATION = 64,  /* its last word is an abbreviation with its full stop */
    SHAPE_FINAL = 128,        /* ... that may end a sentence too */
    SHAPE_QUOTE = 256,        /* begins with a quotation mark */
    SHAPE_BRACKET = 512,      /* a bracket that opened near the end is not closed */
    SHAPE_UPPER = 1024,       /* its first letter is a capital */
    SHAPE_CONJUNCTION = 2048, /* its last word is "e", "or": another item comes */
    SHAPE_STOPWORD = 4096,    /* its first word is a stop word */
    SHAPE_OPENED = 8192,      /* ends with an opening bracket or quotation mark */
};

enum {
    SHAPE_LONG = 0xFFFF, /* words of a stretch too long to be counted */
    SHAPE_HASH = 5381,   /* where the hash of folded letters begins */
};

/* One letter more. */
static inline uint32_t
shape_hash(uint32_t hash, char letter)
{
    return (hash ^ (unsigned char)letter) * UINT32_C(16777619);
}

struct shape {
    uint16_t words;
    uint16_t flags;
    enum shape_end end;
    uint32_t hash;   /* of the folded letters; 0 for long stretches */
    uint32_t first;  /* hash of the first word */
    uint16_t ending; /* last two letters of the first word, 0 if it is short or a stop word */
};

void shape_measure(const struct document *document, const struct language *language,
                   struct span span, struct shape *shape);

/* Does a finite verb, negation or first person plural stand in the first bytes of a stretch? */
bool shape_has_verb(const struct document *document, const struct language *language,
                    struct span span);

enum abbreviation {
    ABBREVIATION_NONE,
    ABBREVIATION_PLAIN, /* "art": no sentence ends here */
    ABBREVIATION_FINAL, /* "ecc", "s.p.a": one may */
};
/* A folded word without its last full stop. */
enum abbreviation abbreviation_of(const struct language *language, struct str word);
/* Finite verb, negation or first person plural. */
bool is_sentence_word(const struct language *language, struct str word);

bool is_closing_sign(uint32_t code_point);
bool is_quotation_mark(uint32_t code_point);

#endif
