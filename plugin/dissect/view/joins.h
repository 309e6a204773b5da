/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What joins the calls of a conversation, in words.
 */
#ifndef SF_DISSECT_VIEW_JOINS_H
#define SF_DISSECT_VIEW_JOINS_H

#include "call/conversations.h"

/** The name of the id or header. @param bit  which bit of sf_join it is, below SF_JOINS */
const char *sf_join_name(unsigned bit);

#endif
