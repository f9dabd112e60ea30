/* Pages over the store that are no chart: the tables, an article kept, SQL. Source: own. */
#include "serve/page_article.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/view.h"

void page_table(const site *s, request *r, reply *out)
{
    const view *v = view_find(r->segments[0]);
    ONR_ASSERT(v);
    view_show(s, r, out, v);
}

void page_article(const site *s, request *r, reply *out)
{
    onr_sv json = { NULL, 0 };
    onr_error err = ONR_ERROR_INIT;
    const onr_sv uid = r->segments[1];
    const onr_status st = onr_store_record_json(r->store, r->mem, uid, &json, &err);
    if (st != ONR_OK) {
        page_error(s, r, out, 500, "This article cannot be read from the store", onri_svz(err.msg));
        return;
    }
    if (!json.p) {
        page_error(s, r, out, 404, "No such article", uid);
        return;
    }
    onri_buf b = onri_buf_make(8192);
    onri_buf_addz(&b, "/article/");
    html_url_part(&b, uid);
    const onr_sv base = onri_dup(r->mem, onri_buf_sv(&b));
    onri_buf_drop(&b);
    article_show(s, r, out, json, base, true);
}
