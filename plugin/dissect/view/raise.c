/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Wireshark takes long to raise an expert info, whoever reads it. For the status bar one of a kind is enough.
 */
#include "raise.h"

#include <epan/column-utils.h>

enum { KINDS = 64 };

/** The kinds that were raised in this capture, each at a place that others may take: then it is raised once more. */
static int raised[KINDS];

static void forget(void)
{
    for (unsigned i = 0; i < KINDS; i++) {
        raised[i] = -1;
    }
}

void sf_raise_register(void)
{
    register_init_routine(forget);
}

void sf_raise(const sf_view *view, expert_field *info)
{
    int *known = &raised[(unsigned)info->ei % KINDS];

    if (*known != info->ei || col_get_writable(view->pinfo->cinfo, COL_EXPERT)) {
        *known = info->ei;
        expert_add_info(view->pinfo, NULL, info);
    }
}
