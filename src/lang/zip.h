/* Zip archives in memory: list the members, read one. For model packages (wheels). */
#ifndef ONRI_LANG_ZIP_H
#define ONRI_LANG_ZIP_H

#include "base/base.h"

enum {
    ONRI_ZIP_RATIO_MAX = 250,      /* bytes a packed byte may become, in members over ... */
    ONRI_ZIP_RATIO_FREE = 1 << 20, /* ... this many bytes: smaller ones do no harm */
    ONRI_ZIP_ENTRIES_MAX = 20000
};

typedef struct onri_zip_entry {
    onr_sv name; /* view of the archive; any bytes */
    uint32_t at; /* offset of its local header */
    uint32_t size, packed, crc;
    uint16_t method, flags;
} onri_zip_entry;

typedef struct onri_zip {
    onr_sv file;
    const onri_zip_entry *entries; /* [n] in the order of the central directory */
    uint32_t n;
} onri_zip;

/* List the members. E_MODEL: no zip, damaged, or of a kind not read (zip64, several disks).
 * `file` must live as long as the listing. */
ONR_CHECK onr_status onri_zip_open(onr_arena *mem, onr_sv file, onri_zip *out, onr_error *err);
/* The bytes of member i, in mem; CRC checked. E_LIMIT: more than max bytes, or packed too tightly
 * to be honest. E_MODEL: damaged, encrypted, another method than stored and deflated. */
ONR_CHECK onr_status onri_zip_read(onr_arena *mem, const onri_zip *zip, uint32_t i, size_t max,
                                   onr_sv *out, onr_error *err);

/* A tar archive packed by gzip, unpacked into mem: entries are views. At most max bytes unpacked.
 * E_LIMIT, E_MODEL (damaged). Reads ustar, GNU long names and pax paths; ignores all but files. */
typedef struct onri_tar_entry {
    onr_sv name, bytes;
} onri_tar_entry;
typedef struct onri_tar {
    const onri_tar_entry *entries;
    uint32_t n;
} onri_tar;
ONR_CHECK onr_status onri_targz_open(onr_arena *mem, onr_sv file, size_t max, onri_tar *out,
                                     onr_error *err);

#endif
