/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Addresses of people, for labels.
 */
#include "identity.h"

#include "engine/text/token.h"

const char *sf_view_identity(const sf_view *view, const sf_identity *identity)
{
    if (!sf_slice_present(identity->text)) {
        return "an unreadable address";
    }
    char *local = (char *)wmem_alloc(view->pinfo->pool, identity->local.length + 1);
    size_t local_length = sf_unescape(identity->local, false, local);
    const char *local_text = sf_view_string(view, (sf_slice){ local, local_length });

    if (identity->domain.length == 0) {
        return local_text;
    }
    const char *domain = sf_view_string(view, identity->domain);
    if (strchr(domain, ':')) {
        domain = wmem_strdup_printf(view->pinfo->pool, "[%s]", domain); /* IPv6 */
    }
    return local_length ? wmem_strdup_printf(view->pinfo->pool, "%s@%s", local_text, domain) : domain;
}
