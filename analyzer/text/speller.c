#include "text/speller.h"

#include <hunspell/hunspell.h>
#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

#ifndef CAVILLO_DICTIONARIES
#define CAVILLO_DICTIONARIES "/usr/share/hunspell"
#endif

enum { WORD_BYTES = 127 }; /* longer ones are no words */

struct speller {
    Hunhandle *hunspell;
    iconv_t convert; /* from UTF-8; (iconv_t)-1: the dictionary is in UTF-8 */
};

/* hunspell itself opens whatever it is given and complains of nothing. */
static bool
open_dictionary(struct speller *speller, struct str name, struct error *error)
{
    char affixes[256];
    char words[256];
    struct str encoding;

    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_' && c != '-')
            return error_set(error, "\"%.*s\" is no name of a dictionary", STR_ARG(name));
    }
    if (name.len > 64)
        return error_set(error, "\"%.*s\" is no name of a dictionary", STR_ARG(name));
    snprintf(affixes, sizeof affixes, CAVILLO_DICTIONARIES "/%.*s.aff", STR_ARG(name));
    snprintf(words, sizeof words, CAVILLO_DICTIONARIES "/%.*s.dic", STR_ARG(name));
    if (access(affixes, R_OK) != 0 || access(words, R_OK) != 0)
        return error_set(error, "%s: no such dictionary; install the hunspell package for %.*s",
                         words, STR_ARG(name));
    speller->hunspell = Hunspell_create(affixes, words);
    if (!speller->hunspell)
        return error_set(error, "%s: hunspell cannot read it", words);
    encoding = str_of(Hunspell_get_dic_encoding(speller->hunspell));
    if (str_equal(encoding, STR("UTF-8")))
        return true;
    speller->convert = iconv_open(encoding.data, "UTF-8");
    if (speller->convert == (iconv_t)-1)
        return error_set(error, "%s: encoding %s is unknown here", words, encoding.data);
    return true;
}

struct speller *
speller_open(struct str dictionary, struct error *error)
{
    struct speller *speller = calloc(1, sizeof *speller);

    if (!speller)
        arena_exhausted();
    speller->convert = (iconv_t)-1;
    if (!open_dictionary(speller, dictionary, error)) {
        speller_close(speller);
        return NULL;
    }
    return speller;
}

void
speller_close(struct speller *speller)
{
    if (!speller)
        return;
    if (speller->convert != (iconv_t)-1)
        iconv_close(speller->convert);
    if (speller->hunspell)
        Hunspell_destroy(speller->hunspell);
    free(speller);
}

bool
speller_knows(struct speller *speller, struct str word)
{
    char given[WORD_BYTES + 1];
    char encoded[WORD_BYTES + 1];
    char *in = given;
    char *out = encoded;
    size_t in_left = word.len;
    size_t out_left = WORD_BYTES;

    if (word.len == 0 || word.len > WORD_BYTES)
        return false;
    memcpy(given, word.data, word.len);
    given[word.len] = '\0';
    if (speller->convert == (iconv_t)-1)
        return Hunspell_spell(speller->hunspell, given) != 0;
    iconv(speller->convert, NULL, NULL, NULL, NULL);
    if (iconv(speller->convert, &in, &in_left, &out, &out_left) == (size_t)-1)
        return false; /* a letter that dictionary cannot hold */
    *out = '\0';
    return Hunspell_spell(speller->hunspell, encoded) != 0;
}
