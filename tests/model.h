/* Where tests find the real language models, if they are installed: as the program does. */
#ifndef ONR_TESTS_MODEL_H
#define ONR_TESTS_MODEL_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "onrecord/lang.h"

/* The installed model of this name ("en-sm"), or NULL and a line that says so. */
static inline onr_model *open_model(const char *name)
{
    char path[4096];
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    const bool own = data && data[0] == '/';
    (void)snprintf(path, sizeof path, "%s%s/onrecord/models/%s.onrm",
                   own    ? data
                   : home ? home
                          : "",
                   own ? "" : "/.local/share", name);
    onr_model *model = NULL;
    onr_error err = ONR_ERROR_INIT;
    if (onr_model_open(path, &model, &err) == ONR_OK) return model;
    print_message("SKIPPED: model %s cannot be opened: %s (onrecord model get %s)\n", name, err.msg,
                  name);
    return NULL;
}

#endif
