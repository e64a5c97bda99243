#ifndef TEXT_ZIP_H
#define TEXT_ZIP_H

#include "base/arena.h"
#include "base/error.h"

/*
 * Files inside a zip archive, by libarchive, with an eye on archives made to hurt.  Sizes that the
 * archive tells are not trusted.
 */
bool zip_is(struct str bytes);
/* Is there a file whose name matches the glob? */
bool zip_has(struct str archive, const char *glob);

struct zip_part {
    const char *name;
    struct str bytes; /* .data is NULL: there is none */
};
/* Fills the parts found.  False: damaged, encrypted or too large; `name` is the archive's. */
bool zip_read(struct arena *arena, struct str archive, struct str name, struct zip_part *parts,
              size_t count, struct error *error);

#endif
