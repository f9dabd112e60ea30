/* Runs a fuzz target without libFuzzer: every file of a folder as it is, then seeded mutations of
 * them (bytes flipped, cut, doubled, spliced), so that the plain test suite meets hostile input
 * with any compiler. Same seed, same inputs. driver FOLDER [ROUNDS [SEED]]. Source: own; the
 * generator is xorshift64*. Leaves out coverage feedback: that is libFuzzer's work (preset fuzz).
 */
#include "fuzz.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>

enum { INPUT_MAX = 1 << 20, MUTANT_MAX = 1 << 14 };

static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}

/* The target sees its input in a block of exactly its size, so that ASan and valgrind notice one
 * byte too many. */
static void feed(onr_sv input)
{
    uint8_t *exact = malloc(input.n ? input.n : 1);
    if (!exact) abort();
    if (input.n) memcpy(exact, input.p, input.n);
    (void)LLVMFuzzerTestOneInput(exact, input.n);
    free(exact);
}

static onr_sv mutate(char *room, onr_sv from, onr_sv other, uint64_t *rng)
{
    size_t n = from.n < MUTANT_MAX ? from.n : MUTANT_MAX;
    if (n) memcpy(room, from.p, n);
    for (uint64_t left = 1 + next(rng) % 4; left > 0; left--) {
        const size_t at = n ? (size_t)(next(rng) % n) : 0;
        switch (next(rng) % 6) {
        case 0: /* any byte */
            if (n) room[at] = (char)next(rng);
            break;
        case 1: /* one bit */
            if (n) room[at] = (char)(room[at] ^ (1 << next(rng) % 8));
            break;
        case 2: /* cut */
            n = at;
            break;
        case 3: { /* leave a stretch out */
            const size_t len = n > at ? (size_t)(next(rng) % (n - at)) : 0;
            memmove(room + at, room + at + len, n - at - len);
            n -= len;
            break;
        }
        case 4: { /* repeat a stretch */
            size_t len = n - at < 64 ? n - at : 64;
            if (len > MUTANT_MAX - n) len = MUTANT_MAX - n;
            memmove(room + at + len, room + at, n - at);
            n += len;
            break;
        }
        default: { /* the tail of another input */
            const size_t cut = other.n ? (size_t)(next(rng) % other.n) : 0;
            size_t len = other.n - cut;
            if (len > MUTANT_MAX - at) len = MUTANT_MAX - at;
            if (len) memcpy(room + at, other.p + cut, len);
            n = at + len;
        }
        }
    }
    return onri_sv(room, n);
}

static int by_name(const void *a, const void *b)
{
    return onri_cmp(*(const onr_sv *)a, *(const onr_sv *)b);
}

/* Contents of the folder's files in order of their names. */
static uint32_t load(onr_arena *mem, const char *folder, onr_sv **out)
{
    ONRI_VEC(onr_sv) files = { 0 };
    DIR *dir = opendir(folder);
    for (const struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.') continue;
        char path[4096];
        const int n = snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        onr_sv *slot = n > 0 && (size_t)n < sizeof path ? ONRI_PUSH(mem, &files) : NULL;
        if (!slot) abort();
        *slot = onri_dup(mem, onri_svz(path));
    }
    if (dir) closedir(dir);
    if (files.n) qsort(files.at, files.n, sizeof *files.at, by_name);
    for (uint32_t i = 0; i < files.n; i++) {
        onr_error err = ONR_ERROR_INIT;
        onr_sv bytes;
        if (onri_file_read(mem, files.at[i].p, INPUT_MAX, &bytes, &err) != ONR_OK) {
            fprintf(stderr, "driver: %s\n", err.msg);
            exit(2);
        }
        files.at[i] = bytes;
    }
    *out = files.at;
    return files.n;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER [ROUNDS [SEED]]\n", argv[0]);
        return 2;
    }
    uint64_t rounds = 2000, seed = 20180713;
    if ((argc > 2 && !onri_parse_u64(onri_svz(argv[2]), &rounds)) ||
        (argc > 3 && !onri_parse_u64(onri_svz(argv[3]), &seed)) || seed == 0) {
        fprintf(stderr, "driver: rounds and seed are numbers, the seed not 0\n");
        return 2;
    }
    onr_arena mem = onr_arena_make((size_t)256 * ONR_MIB);
    onr_sv *input = NULL;
    const uint32_t n = load(&mem, argv[1], &input);
    if (n == 0) {
        fprintf(stderr, "driver: no inputs in %s\n", argv[1]);
        return 2;
    }
    for (uint32_t i = 0; i < n; i++) feed(input[i]);
    printf("%" PRIu32 " inputs; %" PRIu64 " mutations, seed %" PRIu64 "\n", n, rounds, seed);
    fflush(stdout);
    char *room = malloc((size_t)2 * MUTANT_MAX);
    if (!room) abort();
    for (uint64_t r = 0; r < rounds; r++) {
        const onr_sv from = input[next(&seed) % n], other = input[next(&seed) % n];
        feed(mutate(room, from, other, &seed));
    }
    free(room);
    onr_arena_drop(&mem);
    return 0;
}
