/* Networks. Layout: forces between nodes (Fruchterman and Reingold 1991) from a circle, with a
 * fixed number of steps, so that nothing is random. Leaves out: more than 60 nodes (the table has
 * them). */
#include "serve/network.h"

#include <math.h>
#include <stdio.h>

static const double HEIGHT = 680;

typedef struct node {
    onr_sv uid, name;
    double x, y, dx, dy;
    int64_t n;
    bool named; /* its label has room */
} node;

typedef struct edge {
    uint32_t a, b, row;
    int64_t n;
    bool against;
} edge;

typedef struct graph {
    node nodes[NETWORK_NODES_MAX];
    edge edges[NETWORK_EDGES_MAX];
    uint32_t n_nodes, n_edges;
} graph;

static uint32_t node_of(graph *g, onr_sv uid, onr_sv name)
{
    for (uint32_t i = 0; i < g->n_nodes; i++)
        if (onri_eq(g->nodes[i].uid, uid)) return i;
    if (g->n_nodes == NETWORK_NODES_MAX) return ONR_NONE;
    g->nodes[g->n_nodes] = (node){ .uid = uid, .name = name };
    return g->n_nodes++;
}

static void take(graph *g, const ask_rows *rows)
{
    for (uint32_t i = 0; i < rows->rows.n && g->n_edges < NETWORK_EDGES_MAX; i++) {
        const onr_sv who = ask_sv(rows, i, "who_uid"), whom = ask_sv(rows, i, "whom_uid");
        if (!who.n || !whom.n || onri_eq(who, whom)) continue;
        const uint32_t a = node_of(g, who, ask_sv(rows, i, "who"));
        const uint32_t b = node_of(g, whom, ask_sv(rows, i, "whom"));
        if (a == ONR_NONE || b == ONR_NONE) continue;
        const int64_t n = ask_int(rows, i, "n");
        g->edges[g->n_edges++] = (edge){ a, b, i, n, onri_eqz(ask_sv(rows, i, "mood"), "against") };
        g->nodes[a].n += n;
        g->nodes[b].n += n;
    }
}

static void push(node *a, node *b, double k)
{
    double x = a->x - b->x, y = a->y - b->y, d = sqrt(x * x + y * y);
    if (d < 0.01) {
        x = 0.01;
        d = 0.01;
    }
    const double f = k * k / d / d;
    a->dx += x * f;
    a->dy += y * f;
    b->dx -= x * f;
    b->dy -= y * f;
}

static void pull(node *a, node *b, double k)
{
    const double x = a->x - b->x, y = a->y - b->y, f = sqrt(x * x + y * y) / k;
    a->dx -= x * f;
    a->dy -= y * f;
    b->dx += x * f;
    b->dy += y * f;
}

static onr_sv label_of(const node *v, bool *cut)
{
    size_t n = v->name.n < 32 ? v->name.n : 30;
    while (n < v->name.n && n > 0 && ((unsigned char)v->name.p[n] & 0xC0) == 0x80) n--;
    *cut = n < v->name.n;
    return onri_sub(v->name, 0, n);
}

static double half_label(const node *v)
{
    bool cut;
    return fmin(120, 3.9 * (double)onri_utf8_count(label_of(v, &cut)) + 8);
}

static void lay_out(graph *g)
{
    const double k = 0.85 * sqrt(960.0 * HEIGHT / (g->n_nodes + 1));
    for (uint32_t i = 0; i < g->n_nodes; i++) {
        const double turn = 6.283185307179586 * i / g->n_nodes;
        g->nodes[i].x = 480 + 320 * cos(turn);
        g->nodes[i].y = HEIGHT / 2 + 260 * sin(turn);
    }
    for (int step = 0; step < 300; step++) {
        const double heat = 60.0 * (1 - step / 300.0) + 0.5;
        for (uint32_t i = 0; i < g->n_nodes; i++) {
            node *v = &g->nodes[i];
            v->dx = (480 - v->x) * 1.1; /* parts that hang on nothing stay in the picture */
            v->dy = (HEIGHT / 2 - v->y) * 1.5;
            for (uint32_t j = 0; j < i; j++) push(v, &g->nodes[j], k);
        }
        for (uint32_t i = 0; i < g->n_edges; i++)
            pull(&g->nodes[g->edges[i].a], &g->nodes[g->edges[i].b], k);
        for (uint32_t i = 0; i < g->n_nodes; i++) {
            node *v = &g->nodes[i];
            const double d = sqrt(v->dx * v->dx + v->dy * v->dy) + 1e-9;
            const double move = d < heat ? d : heat;
            const double half = half_label(v);
            v->x = fmin(955 - half, fmax(5 + half, v->x + v->dx / d * move));
            v->y = fmin(HEIGHT - 25, fmax(30, v->y + v->dy / d * move));
        }
    }
}

static double radius(const node *v)
{
    return 4 + 2.2 * sqrt((double)v->n);
}

/* Labels of the nodes that have most to do first; one that would lie on another is left to the tip
 * and the table. */
static void label_all(graph *g)
{
    for (uint32_t round = 0; round < g->n_nodes; round++) {
        node *best = NULL;
        for (uint32_t i = 0; i < g->n_nodes; i++)
            if (g->nodes[i].dx >= 0 && (!best || g->nodes[i].n > best->n)) best = &g->nodes[i];
        if (!best) return;
        bool cut;
        best->dx = -1; /* seen */
        best->dy = 3.9 * (double)onri_utf8_count(label_of(best, &cut)) + 4;
        best->named = true;
        for (uint32_t i = 0; i < g->n_nodes; i++) {
            const node *o = &g->nodes[i];
            if (o == best || !o->named) continue;
            const double dy = fabs((o->y - radius(o)) - (best->y - radius(best)));
            if (dy < 15 && fabs(o->x - best->x) < o->dy + best->dy) best->named = false;
        }
    }
}

/* A line with a small arrow before the node it goes to. */
static void draw_edge(html *h, const graph *g, const edge *e, onr_sv url)
{
    const node *a = &g->nodes[e->a], *b = &g->nodes[e->b];
    const double x = b->x - a->x, y = b->y - a->y, d = sqrt(x * x + y * y) + 1e-9;
    const double wide = fmin(8, 0.8 + sqrt((double)e->n)), end = fmin(24, radius(b)) + 3;
    /* the two directions of a pair lie beside each other */
    const double aside = 2.5, ox = -y / d * aside, oy = x / d * aside;
    char points[160];
    html_open(h, "a");
    html_href(h, url);
    html_attrz(h, "class", e->against ? "edge against" : "edge");
    html_open(h, "line");
    html_num(h, "x1", a->x + ox);
    html_num(h, "y1", a->y + oy);
    html_num(h, "x2", b->x + ox - x / d * (end + 5));
    html_num(h, "y2", b->y + oy - y / d * (end + 5));
    html_num(h, "stroke-width", wide);
    html_close(h);
    const double tip_x = b->x + ox - x / d * end, tip_y = b->y + oy - y / d * end;
    const double back = 6 + wide, half = 2.5 + wide * 0.6;
    (void)snprintf(points, sizeof points, "%.1f,%.1f %.1f,%.1f %.1f,%.1f", tip_x, tip_y,
                   tip_x - x / d * back - y / d * half, tip_y - y / d * back + x / d * half,
                   tip_x - x / d * back + y / d * half, tip_y - y / d * back - x / d * half);
    html_open(h, "polygon");
    html_attrz(h, "points", points);
    html_close(h);
    html_open(h, "title");
    html_text(h, a->name);
    html_textz(h, " \xE2\x86\x92 ");
    html_text(h, b->name);
    html_textz(h, e->against ? ", against: " : ": ");
    html_uint(h, (uint64_t)e->n);
    html_close(h);
    html_close(h);
}

static void draw_node(html *h, const node *v)
{
    onri_buf b = onri_buf_make(8192);
    onri_buf_addz(&b, "/actor/");
    html_url_part(&b, v->uid);
    html_open(h, "a");
    html_href(h, onri_buf_sv(&b));
    html_open(h, "circle");
    html_num(h, "cx", v->x);
    html_num(h, "cy", v->y);
    html_num(h, "r", fmin(24, radius(v)));
    html_el(h, "title", NULL, v->name);
    html_close(h);
    if (v->named) {
        bool cut;
        html_open(h, "text");
        html_num(h, "x", v->x);
        html_num(h, "y", v->y - fmin(24, radius(v)) - 4);
        html_lit(h, "text-anchor", "middle");
        html_text(h, label_of(v, &cut));
        if (cut) html_textz(h, "\xE2\x80\xA6");
        html_close(h);
    }
    html_close(h);
    onri_buf_drop(&b);
}

void network_draw(html *h, onr_arena *mem, const ask_rows *rows, onr_sv label, network_link link,
                  const void *ctx)
{
    graph *g = onr_alloc(mem, sizeof *g);
    if (!g) return;
    take(g, rows);
    if (g->n_edges == 0) return;
    lay_out(g);
    for (uint32_t i = 0; i < g->n_nodes; i++) g->nodes[i].dx = 0;
    label_all(g);
    html_open(h, "div");
    html_lit(h, "class", "chart");
    html_open(h, "svg");
    html_lit(h, "viewBox", "0 0 960 680");
    html_lit(h, "class", "network");
    html_lit(h, "role", "group");
    html_attr(h, "aria-label", label);
    for (uint32_t i = 0; i < g->n_edges; i++)
        draw_edge(h, g, &g->edges[i], link(ctx, rows, g->edges[i].row));
    for (uint32_t i = 0; i < g->n_nodes; i++) draw_node(h, &g->nodes[i]);
    html_close(h);
    html_close(h);
}
