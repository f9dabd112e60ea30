/* Streams of the article room: unpacked bytes of a file through a window, and the readers that cut
 * documents out of them. */
#ifndef ONRI_STREAM_H
#define ONRI_STREAM_H

#include "article/article_i.h"
#include "onrecord/limits.h"

/* ---- unpacked bytes (stream.c) -------------------------------------------------------------- */

#define ONRI_RATIO_MAX   250 /* unpacked bytes for one packed, beyond the first 16 MiB */
#define ONRI_STR_(x)     #x
#define ONRI_STR(x)      ONRI_STR_(x)
#define ONRI_STREAM_STEP ((size_t)1 << 16)

typedef enum onri_packing { ONRI_PLAIN, ONRI_GZIP, ONRI_ZSTD } onri_packing;

typedef struct onri_stream {
    int fd;         /* -1: closed */
    bool open, eof; /* eof: no more unpacked bytes will come */
    onri_packing packing;
    void *codec;  /* z_stream or ZSTD_DCtx */
    uint8_t *raw; /* packed bytes as read: [raw_beg, raw_end) are unread */
    size_t raw_beg, raw_end;
    char *p; /* window: [beg, end) are unread unpacked bytes */
    size_t beg, end, cap;
    uint64_t at;        /* offset of p[beg] in the unpacked file */
    uint64_t raw_bytes; /* read from the file */
    uint64_t out_bytes; /* unpacked so far */
    bool member_end;    /* gzip: the last fill ended a member */
    onr_error error;    /* what broke the stream, kept until told */
    bool told;          /* the error was given to the user */
} onri_stream;

ONR_CHECK onr_status onri_stream_open(onri_stream *s, const char *path, onr_error *err);
void onri_stream_close(onri_stream *s);
/* Make at least want bytes stand in the window, or all there are. Status of the stream if it broke
 * (bytes before the break stay readable). want <= ceiling of the window. */
ONR_CHECK onr_status onri_stream_fill(onri_stream *s, size_t want, onr_error *err);
/* Unread bytes of the window. */
onr_sv onri_stream_peek(const onri_stream *s);
void onri_stream_skip(onri_stream *s, size_t n); /* n <= peek.n */
/* The rest as one piece in mem; LIMIT over max. */
ONR_CHECK onr_status onri_stream_all(onri_stream *s, onr_arena *mem, uint64_t max, onr_sv *out,
                                     onr_error *err);
/* The next line without its end, in mem (over max: LIMIT, and the line is skipped); false: no more.
 * *st and err say whether it could be read. */
bool onri_stream_line(onri_stream *s, onr_arena *mem, size_t max, onr_sv *line, onr_status *st,
                      onr_error *err);

/* Behind damaged gzip data, go on at the next member. False: there is none, or nothing broke. */
bool onri_stream_resync(onri_stream *s);
/* A gzip, zlib or raw deflate body in memory; what comes before damage is kept. LIMIT over max. */
ONR_CHECK onr_status onri_inflate(onr_arena *mem, onr_sv packed, uint64_t max, onr_sv *out,
                                  onr_error *err);

/* Kind by the first bytes. Pure. */
onr_input_kind onri_kind_of(onr_sv head);
ONR_CHECK onr_status onri_kind_of_stream(onri_stream *s, onr_input_kind *out, onr_error *err);

/* ---- JSON fields (jsonl.c) ------------------------------------------------------------------ */

typedef enum onri_field {
    ONRI_FIELD_TEXT,
    ONRI_FIELD_HTML,
    ONRI_FIELD_ID,
    ONRI_FIELD_URI,
    ONRI_FIELD_TITLE,
    ONRI_FIELD_DATE,
    ONRI_FIELD_PUBLISHER,
    ONRI_FIELD_AUTHOR,
    ONRI_FIELD_LANG,
    ONRI_FIELD__COUNT
} onri_field;

/* The user's own names; NULL: the usual ones (data/article/fields.tsv). */
typedef struct onri_fields {
    const char *name[ONRI_FIELD__COUNT];
} onri_fields;

/* "text=body,date=published"; RANGE for an unknown field. */
ONR_CHECK onr_status onri_fields_parse(onr_arena *mem, onr_sv s, onri_fields *out, onr_error *err);

/* ---- the input ------------------------------------------------------------------------------ */

typedef struct onri_path {
    const char *path;
} onri_path;

struct onr_input {
    onr_arena mem; /* names of files, the user's fields */
    onr_input_opts opts;
    onri_fields fields;
    ONRI_VEC(onri_path) files;
    uint32_t next; /* file */
    const char *file;
    onr_input_kind kind; /* of the open file; AUTO: none is open */
    onri_stream stream;
    uint32_t line;
    onr_input_counts counts;
    bool total_known;
    onr_arena feed_mem;     /* the feed or JSON document that is being read */
    struct onri_feed *feed; /* NULL: none */
    const onri_json *json;  /* a JSON document: the next of its objects */
};

/* Next item of the open file; false: no more. */
bool onri_jsonl_next(onr_input *in, onr_arena *mem, onr_input_item *item);
bool onri_warc_next(onr_input *in, onr_arena *mem, onr_input_item *item);
bool onri_feed_next(onr_input *in, onr_arena *mem, onr_input_item *item);

#endif
