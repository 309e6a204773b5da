/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the plugin shows of a frame, as text to compare and to look for keys in.
 */
#ifndef SF_TESTS_FUZZ_SHOWN_FIELDS_H
#define SF_TESTS_FUZZ_SHOWN_FIELDS_H

#include "engine/text/slice.h"

#include <epan/epan_dissect.h>

/** Collects the fields of the plugin. Called once, after epan_init(). */
void shown_fields_init(void);

/** Asks for all of them. */
void shown_fields_prime(epan_dissect_t *edt);

/** Adds a line for each field: its name, its bytes and its value. Left out is what only a later frame shows. */
void shown_fields_add(epan_dissect_t *edt, GString *text);

/** Aborts if a label of ours has a key of the message. */
void shown_labels_check(epan_dissect_t *edt, sf_slice message);

#endif
