/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Signed tokens of Via, Record-Route and Route.
 */
#ifndef SF_DISSECT_SECTIONS_SIGNED_TOKEN_H
#define SF_DISSECT_SECTIONS_SIGNED_TOKEN_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_signatures_register(int proto);

/**
 * Shows a signature and, below it, the token that it holds.
 * @param hf     the field of the signature
 * @param text   as written; nothing is shown if absent
 * @param token  what was read from it; its mac_length is 0 if nothing could be
 */
void sf_signature_show(const sf_view *view, proto_tree *tree, int hf, sf_slice text, const sf_signed_token *token);

#endif
