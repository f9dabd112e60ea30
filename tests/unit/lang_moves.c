/* The transition systems and trees without scores: whatever the choices, every parse ends in a
 * forest, entities stay in their sentence, and arcs are put back as a plain search would. */
#include "test.h"

#include <stdlib.h>

#include "lang/arc_eager.h"
#include "lang/ner.h"
#include "lang/tree.h"

enum { MAX = 80 };

static uint64_t seed = 77;
static uint32_t below(uint32_t n)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(seed >> 33) % n;
}

/* ---- arc-eager ------------------------------------------------------------------------------ */

typedef struct arrays {
    uint32_t stack[MAX], back[MAX], head[MAX], left[MAX], right[MAX], before[MAX];
    uint16_t move[MAX];
    uint8_t flags[MAX];
} arrays;

/* The children of every token as two growing lists, as spaCy keeps them: the judge of L and R. */
typedef struct lists {
    uint32_t left[MAX][MAX], right[MAX][MAX], n_left[MAX], n_right[MAX];
} lists;

static void drop_last(uint32_t *list, uint32_t *n, uint32_t child)
{
    assert_true(*n > 0 && list[*n - 1] == child);
    --*n;
}

static void follow(lists *l, const onri_arc_state *s, onri_action action)
{
    uint32_t feats[ONRI_PARSER_FEATS];
    onri_arc_feats(s, feats);
    const uint32_t b0 = feats[0], s0 = feats[2];
    if (action == ONRI_ACT_LEFT) {
        if (s->head[s0] != ONR_NONE) drop_last(l->right[s->head[s0]], &l->n_right[s->head[s0]], s0);
        l->left[b0][l->n_left[b0]++] = s0;
    } else if (action == ONRI_ACT_RIGHT) {
        l->right[s0][l->n_right[s0]++] = b0;
    }
}

static uint32_t last(const uint32_t *list, uint32_t n)
{
    return n ? list[n - 1] : ONR_NONE;
}

static uint32_t choose(uint32_t valid, uint32_t taste)
{
    uint32_t n = 0, options[8];
    for (uint32_t a = 0; a < 5; a++)
        if (valid >> a & 1) options[n++] = a;
    assert_true(n > 0);
    if (taste < 5 && (valid >> taste & 1) && below(4))
        return taste; /* some parses love an action */
    return options[below(n)];
}

/* Parse n tokens by chance; returns the number of steps. */
static uint32_t parse_by_chance(uint32_t n, arrays *a, lists *l)
{
    onri_arc_state s = { .stack = a->stack,
                         .back = a->back,
                         .head = a->head,
                         .move = a->move,
                         .left = a->left,
                         .right = a->right,
                         .before = a->before,
                         .flags = a->flags };
    const uint32_t taste = below(8);
    uint32_t steps = 0;
    memset(l, 0, sizeof *l);
    onri_arc_begin(&s, n);
    while (!onri_arc_is_final(&s)) {
        uint32_t feats[ONRI_PARSER_FEATS];
        onri_arc_feats(&s, feats);
        for (uint32_t i = 0; i < ONRI_PARSER_FEATS; i++)
            assert_true(feats[i] < n || feats[i] == ONR_NONE);
        if (feats[0] != ONR_NONE) {
            assert_int_equal(feats[5], last(l->left[feats[0]], l->n_left[feats[0]]));
            assert_int_equal(a->head[feats[0]], ONR_NONE); /* the buffer has no heads */
        }
        if (feats[2] != ONR_NONE) {
            assert_int_equal(feats[6], last(l->left[feats[2]], l->n_left[feats[2]]));
            assert_int_equal(feats[7], last(l->right[feats[2]], l->n_right[feats[2]]));
        }
        onri_action action = (onri_action)choose(onri_arc_valid(&s), taste);
        follow(l, &s, action);
        onri_arc_apply(&s, action, steps % 100);
        assert_true(++steps <= 8 * n);
    }
    return steps;
}

static void arc_eager__ends_in_a_forest_whatever_the_choices(void **state)
{
    (void)state;
    static arrays a;
    static lists l;
    for (uint32_t trial = 0; trial < 20000; trial++) {
        uint32_t n = trial < 200 ? trial % 10 : below(MAX) + 1;
        parse_by_chance(n, &a, &l);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t at = i, up = 0;
            while (a.head[at] != ONR_NONE && up <= n) at = a.head[at], up++;
            assert_true(up < n || n == 0); /* no circle */
        }
    }
}

/* ---- trees ---------------------------------------------------------------------------------- */

/* A random forest, crossing arcs included: heads chosen along a random order of the tokens. */
static void random_forest(uint32_t n, uint32_t *head)
{
    uint32_t order[MAX];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = below(i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (uint32_t i = 0; i < n; i++)
        head[order[i]] = i == 0 || below(20) == 0 ? order[i] : order[below(i)];
}

static bool is_under(const uint32_t *head, uint32_t token, uint32_t top)
{
    while (token != top && head[token] != token) token = head[token];
    return token == top;
}

/* The trees a parser makes do not cross: their edges are the bounds of the subtree. Crossing ones
 * (after lowering) may be left too narrow, as in spaCy, never too wide. */
static void tree__edges_are_the_subtrees_bounds(void **state)
{
    (void)state;
    static arrays a;
    static lists kids;
    for (uint32_t trial = 0; trial < 4000; trial++) {
        uint32_t crossing[MAX], l[MAX], r[MAX], n = below(30) + 1;
        uint8_t start[MAX];
        const bool plain = trial % 2 == 0;
        if (plain)
            parse_by_chance(n, &a, &kids);
        else
            random_forest(n, crossing);
        uint32_t *head = plain ? a.head : crossing;
        for (uint32_t i = 0; i < n; i++)
            if (head[i] == ONR_NONE) head[i] = i;
        onri_tree t = { n, head, l, r, start };
        onri_tree_edges(&t);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t first = i, last_ = i;
            for (uint32_t j = 0; j < n; j++) {
                if (!is_under(head, j, i)) continue;
                if (j < first) first = j;
                if (j > last_) last_ = j;
            }
            assert_true(plain ? l[i] == first && r[i] == last_ : l[i] >= first && r[i] <= last_);
            assert_true(l[i] <= i && r[i] >= i);
            if (head[i] == i) assert_int_equal(start[l[i]], 1);
        }
    }
}

/* Lowering by a plain search over all tokens: the slow twin. */
static void lower_slowly(uint32_t n, uint32_t *head, const uint32_t *l, const uint32_t *r,
                         const uint8_t *dep, uint8_t *lifted, const uint8_t *space)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!lifted[i]) continue;
        uint32_t queue[MAX], beg = 0, end = 0, found = ONR_NONE;
        queue[end++] = head[i];
        while (beg < end && found == ONR_NONE) {
            uint32_t q = queue[beg++];
            for (uint32_t c = l[q]; c <= r[q] && found == ONR_NONE; c++) {
                if (head[c] != q || c == q || c == i || space[c]) continue;
                if (dep[c] == lifted[i] && !lifted[c])
                    found = c;
                else
                    queue[end++] = c;
            }
        }
        if (found != ONR_NONE) head[i] = found;
        lifted[i] = 0;
    }
}

static void tree__lowering_equals_a_plain_search(void **state)
{
    (void)state;
    uint32_t moved = 0;
    for (uint32_t trial = 0; trial < 5000; trial++) {
        uint32_t n = below(40) + 1, head[MAX], plain[MAX], l[MAX], r[MAX], first[MAX], next[MAX],
                 queue[MAX];
        uint8_t start[MAX], dep[MAX], lifted[MAX], lifted2[MAX], space[MAX];
        random_forest(n, head);
        onri_tree t = { n, head, l, r, start };
        onri_tree_edges(&t);
        for (uint32_t i = 0; i < n; i++) {
            plain[i] = head[i];
            dep[i] = (uint8_t)(1 + below(4));
            lifted[i] = lifted2[i] = head[i] != i && below(4) == 0 ? (uint8_t)(1 + below(4)) : 0;
            space[i] = below(8) == 0;
        }
        uint32_t before[MAX];
        memcpy(before, head, sizeof before);
        lower_slowly(n, plain, l, r, dep, lifted2, space);
        onri_tree_lower(&t, dep, lifted, space, first, next, queue);
        for (uint32_t i = 0; i < n; i++) {
            assert_int_equal(head[i], plain[i]);
            moved += head[i] != before[i];
            uint32_t at = i, up = 0;
            while (head[at] != at && up <= n) at = head[at], up++;
            assert_true(up <= n); /* still no circle */
        }
    }
    assert_true(moved > 1000); /* the trees do give something to do */
}

/* ---- entities ------------------------------------------------------------------------------- */

static void ner__entities_keep_to_their_sentence(void **state)
{
    (void)state;
    uint32_t found = 0;
    for (uint32_t trial = 0; trial < 20000; trial++) {
        const uint32_t n = below(30) + 1;
        uint8_t start[MAX + 1] = { 0 }, space[MAX];
        for (uint32_t i = 0; i < n; i++) start[i] = below(5) == 0, space[i] = below(6) == 0;
        onri_ner_state s = { 0, 0 };
        uint32_t free_from = 0;
        for (uint32_t i = 0; i < n; i++) {
            onri_ner_token t = { space[i], i + 1 == n, i + 1 < n && start[i + 1] };
            uint32_t valid = onri_ner_valid(&s, t), options[8], k = 0;
            assert_true((valid & ONRI_BIT(ONRI_BILOU_M)) == 0);
            for (uint32_t a = 0; a < 6; a++)
                if (valid >> a & 1) options[k++] = a;
            assert_true(k > 0);
            onri_move move = { (uint8_t)options[below(k)], 0, 0 };
            if (move.action != ONRI_BILOU_O) move.label = s.open ? s.open : (uint8_t)(1 + below(3));
            uint32_t beg = 0;
            uint8_t label = 0;
            if (!onri_ner_apply(&s, i, move, &beg, &label)) continue;
            found++;
            assert_int_equal(label, move.label);
            assert_true(beg >= free_from && beg <= i && !space[beg]);
            for (uint32_t j = beg + 1; j <= i; j++) assert_false(start[j]);
            free_from = i + 1;
        }
        assert_int_equal(s.open, 0); /* none is left open */
    }
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arc_eager__ends_in_a_forest_whatever_the_choices),
        cmocka_unit_test(tree__edges_are_the_subtrees_bounds),
        cmocka_unit_test(tree__lowering_equals_a_plain_search),
        cmocka_unit_test(ner__entities_keep_to_their_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
