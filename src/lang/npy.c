/* NumPy's .npy: header and shape of a float32 matrix.
 * Source: numpy.lib.format, versions 1.0 and 2.0. Leaves out: every other type and order. */
#include "lang/package.h"

static onr_status bad(onr_error *err, const char *what)
{
    return onri_fail(err, ONR_E_MODEL, "npy", "vocab/vectors: %s", what);
}

/* The text after 'key': in the header, blanks skipped; .p NULL if it is not there. */
static onr_sv value_of(onr_sv header, const char *key)
{
    const onr_sv k = onri_svz(key);
    const size_t at = onri_find(header, k, 0);
    if (at == SIZE_MAX) return (onr_sv){ NULL, 0 };
    return onri_trim(onri_sub(header, at + k.n, header.n));
}

/* A decimal off the front of *s. */
static bool cut_number(onr_sv *s, uint32_t *out)
{
    uint64_t v;
    size_t n = 0;
    *s = onri_trim(*s);
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9') n++;
    if (!onri_parse_u64(onri_sub(*s, 0, n), &v) || v >= UINT32_MAX) return false;
    *out = (uint32_t)v;
    *s = onri_trim(onri_sub(*s, n, s->n));
    return true;
}

static bool cut_char(onr_sv *s, char c)
{
    if (s->n == 0 || s->p[0] != c) return false;
    *s = onri_sub(*s, 1, s->n);
    return true;
}

onr_status onri_npy_read(onr_sv bytes, onri_npy *out, onr_error *err)
{
    if (bytes.n < 12 || memcmp(bytes.p, "\x93NUMPY", 6) != 0) return bad(err, "not a .npy file");
    const unsigned char *u = (const unsigned char *)bytes.p;
    size_t at = 10, n = (size_t)u[8] | (size_t)u[9] << 8;
    if (u[6] == 2) {
        at = 12;
        n |= (size_t)u[10] << 16 | (size_t)u[11] << 24;
    } else if (u[6] != 1) {
        return bad(err, "a .npy version that is not read");
    }
    if (n > bytes.n - at) return bad(err, "cut in its header");
    const onr_sv header = onri_sub(bytes, at, at + n);
    if (!onri_starts(value_of(header, "'descr':"), ONR_SV("'<f4'")))
        return bad(err, "not little-endian float32");
    if (!onri_starts(value_of(header, "'fortran_order':"), ONR_SV("False")))
        return bad(err, "not in C order");
    onr_sv shape = value_of(header, "'shape':");
    onri_npy npy;
    if (!cut_char(&shape, '(') || !cut_number(&shape, &npy.rows) || !cut_char(&shape, ',') ||
        !cut_number(&shape, &npy.cols))
        return bad(err, "not a matrix");
    (void)cut_char(&shape, ',');
    shape = onri_trim(shape);
    if (!cut_char(&shape, ')')) return bad(err, "not a matrix");
    size_t cells, size;
    npy.data = onri_sub(bytes, at + n, bytes.n);
    if (!onr_mul(npy.rows, npy.cols, &cells) || !onr_mul(cells, 4, &size) || size != npy.data.n)
        return bad(err, "shape and size do not fit");
    *out = npy;
    return ONR_OK;
}
