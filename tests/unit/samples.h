/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sample messages, from the folder that SKYPEFED_MESSAGES names.
 */
#ifndef SF_TESTS_SAMPLES_H
#define SF_TESTS_SAMPLES_H

#include "engine/text/slice.h"

#include <glib.h>

typedef struct {
    char *path;    /**< below the folder; owned */
    sf_slice text; /**< owned */
} sf_sample;

/** All *.sip files below the folder, by path; the caller unrefs the array. Aborts when there are none. */
GPtrArray *sf_samples_load(void);

/** One sample by its path below the folder; aborts when it cannot be read. */
sf_sample *sf_sample_load(const char *path);

/** Frees a sample of sf_sample_load. */
void sf_sample_free(sf_sample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sf_sample, sf_sample_free)

#endif
