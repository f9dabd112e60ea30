/* Every ceiling of the library in one place. Each is tested at n-1, n and n+1. */
#ifndef ONR_LIMITS_H
#define ONR_LIMITS_H

#define ONR_MIB ((size_t)1 << 20)

#define ONR_TEXT_MAX        (64 * ONR_MIB)   /* bytes of one article's text */
#define ONR_WHOLE_MAX       (4 * ONR_MIB)    /* bytes of a text parsed as one */
#define ONR_PARAGRAPH_MAX   (256 * 1024)     /* bytes of a line; longer ones are parsed in pieces */
#define ONR_ARTICLE_MEM_MAX (4096 * ONR_MIB) /* arena of one article with its parse and record */
#define ONR_JSON_LINE_MAX   (128 * ONR_MIB)  /* bytes of one JSON line */
#define ONR_JSON_DEPTH_MAX  64               /* nesting of JSON input */
#define ONR_HTML_DEPTH_MAX  256              /* nesting of HTML elements */
#define ONR_NEST_MAX        16               /* statements inside statements */
#define ONR_SENTENCE_MAX    1000             /* tokens of a sentence that facts are read from */
#define ONR_WARC_HEADER_MAX (64 * 1024)      /* bytes of one WARC header block */
#define ONR_MODEL_MAX       (1024 * ONR_MIB) /* bytes of a model file */

#endif
