/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines of a stream.
 */
#ifndef SF_DISSECT_SECTIONS_CRYPTO_H
#define SF_DISSECT_SECTIONS_CRYPTO_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_keys_register(int proto, expert_module_t *expert);

/** Shows those of a stream. */
void sf_keys_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Tells of a k= line, and warns at the item if anybody could read it. The line may be absent. */
void sf_keys_show_field(const sf_view *view, proto_tree *tree, proto_item *item, sf_slice line);

/** Warns of a tag that the offer does not have (crypto_tag). */
void sf_keys_warn_of_tag(const sf_view *view, proto_item *item, const char *text);

/** Warns of a cipher suite that the offer does not have (crypto_suite). */
void sf_keys_warn_of_suite(const sf_view *view, proto_item *item, const char *text);

/** Notes a master key that both sides use (key_reused). */
void sf_keys_warn_of_reuse(const sf_view *view, proto_item *item, const char *text);

#endif
