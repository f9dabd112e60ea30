/* A model file with bytes changed. The input is a flag and a list of edits (section, offset, byte)
 * to a tiny model's file. Without new checksums a changed file must be refused. With them (flag 1)
 * it is refused, or what opened keeps every promise: each string and list of it can be read, and
 * (flag 2) it can be written and opened again. */
#include "fuzz.h"

#include "../tests/model_seal.h"
#include "../tests/tiny_model.h"

static char *file; /* 64-byte aligned, unchanged between runs */
static size_t n_file;

static void make_file(void)
{
    onr_arena mem = onr_arena_make((size_t)64 * ONR_MIB);
    onri_buf b = onri_buf_make(ONR_MODEL_MAX);
    onr_model m;
    void *p = NULL;
    tiny_model_make(&mem, 7, true, &m);
    if (onri_model_pack(&m, &b, NULL) != ONR_OK || posix_memalign(&p, 64, b.n) != 0) abort();
    memcpy(p, b.p, b.n);
    file = p;
    n_file = b.n;
    onri_buf_drop(&b);
    onr_arena_drop(&mem);
}

static size_t read_words(const onr_model *m)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < m->n_exceptions; i++) {
        const onr_sv s = onri_model_str(m, m->exceptions[i].text);
        for (size_t k = 0; k < s.n; k++) sum += (unsigned char)s.p[k];
    }
    for (uint32_t i = 0; i < m->norms.n; i++)
        sum += onri_model_str(m, m->norm_words[m->norms.vals[i]]).n;
    for (uint32_t i = 0; i < m->n_lemma; i++)
        for (uint32_t k = 0; k < m->lemma[i].exc.n; k++) {
            const uint32_t *list = m->lemma_lists + m->lemma[i].exc.vals[k];
            for (uint32_t w = 1; w <= list[0]; w++)
                sum += onri_model_str(m, m->lemma_words[list[w]]).n;
        }
    for (uint32_t i = 0; i < m->n_ruler_alts; i++)
        for (uint32_t s = 0; s < m->ruler_alts[i].n; s++) {
            const onri_ruler_spec spec = m->ruler_specs[m->ruler_alts[i].first + s];
            for (uint32_t c = 0; c < spec.n; c++) sum += m->ruler_conds[spec.first + c].n;
        }
    return sum;
}

/* Buffers are kept between runs: a fresh 4 MB each time would cost more than the check. */
static void check_opened(const onr_model *m, bool pack)
{
    static onri_buf b;
    static void *room;
    onr_model again = { 0 };
    if (read_words(m) == SIZE_MAX) abort();
    if (!pack) return;
    if (!room) {
        b = onri_buf_make(ONR_MODEL_MAX);
        if (posix_memalign(&room, 64, 2 * n_file) != 0) abort();
    }
    if (onri_model_pack(m, &b, NULL) != ONR_OK || b.n > 2 * n_file) abort();
    memcpy(room, b.p, b.n);
    if (onri_model_unpack(&again, onri_sv(room, b.n), NULL) != ONR_OK) abort();
}

typedef struct edit {
    size_t at;
    char was;
} edit;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { EDITS_MAX = 64, EDIT_BYTES = 4 };
    if (!file) make_file();
    if (size < 1) return 0;
    const bool seal = data[0] & 1;
    char front[MODEL_FRONT];
    edit done[EDITS_MAX];
    size_t n = 0;
    bool changed = false;
    memcpy(front, file, sizeof front);
    for (size_t i = 1; i + EDIT_BYTES <= size && n < EDITS_MAX; i += EDIT_BYTES, n++) {
        /* Section 255 is the front; offsets count from a section's start, large ones from its end.
         */
        size_t at = 0, bytes = MODEL_FRONT;
        if (data[i] != 255) {
            onri_model_section s;
            memcpy(&s, front + sizeof(onri_model_header) + data[i] % ONRI_SEC__COUNT * sizeof s,
                   sizeof s);
            at = (size_t)s.at;
            bytes = (size_t)s.bytes;
        }
        const size_t off = (size_t)data[i + 1] | (size_t)data[i + 2] << 8;
        at += off < 0x8000 || bytes < 0x10000 ? off % (bytes + 1) : bytes - (0x10000 - off);
        if (at >= n_file) at = n_file - 1;
        done[n] = (edit){ at, file[at] };
        changed = changed || file[at] != (char)data[i + 3];
        file[at] = (char)data[i + 3];
    }
    if (seal) model_seal(file, n_file);
    onr_model m = { 0 };
    onr_error err = ONR_ERROR_INIT;
    const onr_status st = onri_model_unpack(&m, onri_sv(file, n_file), &err);
    if (st == ONR_OK && changed && !seal) { /* two edits may have cancelled each other */
        changed = false;
        for (size_t i = n; i-- > 0;) {
            bool first = true;
            for (size_t k = 0; k < i; k++) first = first && done[k].at != done[i].at;
            changed = changed || (first && file[done[i].at] != done[i].was);
        }
        if (changed) abort();
    }
    if (st == ONR_OK)
        check_opened(&m, data[0] & 2);
    else if (st != ONR_E_MODEL || err.msg[0] == 0)
        abort();
    while (n-- > 0) file[done[n].at] = done[n].was;
    memcpy(file, front, sizeof front);
    return 0;
}
