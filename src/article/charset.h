/* Encodings: bytes to UTF-8 with the place of every character. */
#ifndef ONRI_CHARSET_H
#define ONRI_CHARSET_H

#include "article/article_i.h"

/* From decoded offset `at` on, bytes came from raw offset `raw`. same: byte for byte until the next
 * place; else one piece of raw_len bytes. */
typedef struct onri_place {
    uint32_t at, raw, raw_len;
    bool same;
} onri_place;

typedef struct onri_decoded {
    onr_sv text;    /* valid UTF-8, without a byte order mark */
    char name[32];  /* encoding it was read as */
    uint32_t shift; /* no places: raw offset is decoded offset + shift */
    ONRI_VEC(onri_place) places;
    uint32_t bad; /* pieces that became U+FFFD */
    uint64_t bad_first;
} onri_decoded;

/* Encoding of the bytes; *bom: length of a byte order mark. */
void onri_charset_of(onr_sv bytes, onr_sv declared, char out[32], size_t *bom);
ONR_CHECK onr_status onri_decode(onr_arena *mem, onr_sv bytes, onr_sv declared, onri_decoded *out,
                                 onr_error *err);
/* Raw bytes that say decoded [beg, end). */
void onri_decoded_place(const onri_decoded *d, uint32_t beg, uint32_t end, uint32_t *raw_beg,
                        uint32_t *raw_end);

/* How many bytes from decoded offset `at` on, at most max, came from one place. */
uint32_t onri_decoded_run(const onri_decoded *d, uint32_t at, uint32_t max);

/* Characters that are UTF-8 read as windows-1252; *first: offset of the first. */
uint32_t onri_mojibake_count(onr_sv text, size_t *first);
onr_sv onri_mojibake_repair(onr_arena *mem, onr_sv text);

#endif
