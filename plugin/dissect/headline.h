/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message in one line: the title of our tree, and what we add to the Info
 * column.
 */
#ifndef SF_DISSECT_HEADLINE_H
#define SF_DISSECT_HEADLINE_H

#include "dissect/view/view.h"

/** Adds to the title of our tree which message it is, between whom, and why it failed. */
void sf_headline_title(const sf_view *view, proto_item *item);

/**
 * Adds to the Info column, after the text of Wireshark, why a message failed, what an answer agreed, and which network
 * a request that begins a dialog is from or for. Nothing if the column is not filled in this pass, or the user does
 * not want it.
 */
void sf_headline_column(const sf_view *view);

#endif
