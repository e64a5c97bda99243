/* Parts of DOCX and ODT files. */

#include "text/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/bounds.h"

enum {
    CHUNK_BYTES = 64 << 10,
    RATIO_FROM = 4 << 20, /* parts up to here may be packed as tight as they like */
};

bool
zip_is(struct str bytes)
{
    return str_starts(bytes, STR("PK\3\4"));
}

static struct archive *
open_archive(struct str bytes)
{
    struct archive *archive = archive_read_new();

    if (!archive)
        arena_exhausted();
    archive_read_support_format_zip_seekable(archive);
    if (archive_read_open_memory(archive, bytes.data, bytes.len) != ARCHIVE_OK) {
        archive_read_free(archive);
        return NULL;
    }
    return archive;
}

/* The next file, by name; .data is NULL: there is none.  *entries bounds the work. */
static struct str
next_entry(struct archive *archive, struct archive_entry **entry, uint32_t *entries)
{
    while (++*entries <= BOUND_ZIP_ENTRIES) {
        int status = archive_read_next_header(archive, entry);
        const char *name;

        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            break;
        name = archive_entry_pathname(*entry);
        if (name)
            return str_of(name);
    }
    return (struct str){NULL, 0};
}

bool
zip_has(struct str bytes, const char *glob)
{
    struct archive *archive = open_archive(bytes);
    struct archive_entry *entry;
    struct str name = {"", 0};
    uint32_t entries = 0;
    bool found = false;

    while (archive && !found && name.data) {
        name = next_entry(archive, &entry, &entries);
        found = name.data && str_glob(str_of(glob), name);
    }
    archive_read_free(archive);
    return found;
}

/* One file in full, or as much of it as is allowed. */
struct unpacking {
    struct archive *archive;
    char *data;
    size_t len;
    size_t capacity;
    size_t most;
};

/* False: damaged; too large: len > most. */
static bool
unpack(struct unpacking *u)
{
    for (;;) {
        la_ssize_t got;

        if (u->capacity - u->len < CHUNK_BYTES) {
            u->capacity = u->capacity * 2 + CHUNK_BYTES;
            u->data = realloc(u->data, u->capacity);
            if (!u->data)
                arena_exhausted();
        }
        got = archive_read_data(u->archive, u->data + u->len, CHUNK_BYTES);
        if (got < 0)
            return false;
        u->len += (size_t)got;
        if (got == 0 || u->len > u->most)
            return true;
    }
}

static bool
read_entry(struct arena *arena, struct archive *archive, struct str bytes, struct str name,
           struct zip_part *part, struct error *error)
{
    struct unpacking u = {.archive = archive, .most = BOUND_ZIP_PART};
    bool done;

    if (bytes.len < BOUND_ZIP_PART / BOUND_ZIP_RATIO)
        u.most = bytes.len * BOUND_ZIP_RATIO;
    if (u.most < RATIO_FROM)
        u.most = RATIO_FROM;
    done = unpack(&u);
    if (!done) {
        error_set(error, "%.*s: \"%s\" inside cannot be unpacked (%s); mend or convert the file",
                  STR_ARG(name), part->name, archive_error_string(archive));
    } else if (u.len > u.most) {
        done = error_set(error,
                         "%.*s: \"%s\" inside unpacks to more than %zu MB, as no contract does; "
                         "convert it to plain text first",
                         STR_ARG(name), part->name, u.most >> 20);
    } else {
        part->bytes = arena_str(arena, (struct str){u.data, u.len});
    }
    free(u.data);
    return done;
}

bool
zip_read(struct arena *arena, struct str bytes, struct str name, struct zip_part *parts,
         size_t count, struct error *error)
{
    struct archive *archive = open_archive(bytes);
    struct archive_entry *entry;
    struct str found = {"", 0};
    uint32_t entries = 0;
    bool done = archive || error_set(error, "%.*s: is a damaged archive", STR_ARG(name));

    while (archive && done && found.data) {
        found = next_entry(archive, &entry, &entries);
        for (size_t i = 0; found.data && done && i < count; i++) {
            if (parts[i].bytes.data || !str_equal(found, str_of(parts[i].name)))
                continue;
            if (archive_entry_is_encrypted(entry))
                done = error_set(error, "%.*s: is encrypted; save it without a password",
                                 STR_ARG(name));
            else
                done = read_entry(arena, archive, bytes, name, &parts[i], error);
            break; /* a file can be read once */
        }
    }
    if (done && entries > BOUND_ZIP_ENTRIES)
        done = error_set(error, "%.*s: holds more than %d files; convert it to plain text first",
                         STR_ARG(name), BOUND_ZIP_ENTRIES);
    archive_read_free(archive);
    return done;
}
