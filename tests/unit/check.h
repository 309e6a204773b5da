/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the unit tests share: tables whose rows are test cases, and assertions
 * on slices, problems and bytes that say what they got.
 */
#ifndef SF_TESTS_CHECK_H
#define SF_TESTS_CHECK_H

#include "engine/sip/network.h"
#include "engine/text/guid.h"
#include "engine/text/problem.h"
#include "guarded.h"

#include <glib.h>

/** Adds one test case for each row; `name` is the member that completes its path, `run` gets the row. */
#define SF_ADD_ROWS(path, rows, run)                                 \
    do {                                                             \
        for (size_t row_ = 0; row_ < G_N_ELEMENTS(rows); row_++) {   \
            sf_add_row(path, (rows)[row_].name, &(rows)[row_], run); \
        }                                                            \
    } while (0)

/** Adds the test case `path`/`name`. The row must outlive the run. */
void sf_add_row(const char *path, const char *name, gconstpointer row, GTestDataFunc run);

/** The slice over a C string; an absent one for NULL. */
sf_slice sf_text(const char *text);

/** Asserts that a slice holds exactly this text; NULL means an absent slice, "" for an empty one. */
#define SF_CHECK_SLICE(got, expected) sf_check_slice(__FILE__, __LINE__, G_STRFUNC, #got, got, expected)

/** Like SF_CHECK_SLICE, but an absent slice and an empty one count as the same. */
#define SF_CHECK_TEXT(got, expected) sf_check_text(__FILE__, __LINE__, G_STRFUNC, #got, got, expected)

/** Asserts that the list holds one problem, about `what`, or none if that is NULL. */
#define SF_CHECK_PROBLEM(problems, what) sf_check_problem(__FILE__, __LINE__, G_STRFUNC, problems, what)

/** Asserts that bytes are those of a string of hexadecimal digits. */
#define SF_CHECK_BYTES(bytes, length, hex) sf_check_bytes(__FILE__, __LINE__, G_STRFUNC, bytes, length, hex)

/** Asserts that a GUID prints like this. */
#define SF_CHECK_GUID(guid, printed) sf_check_guid(__FILE__, __LINE__, G_STRFUNC, guid, printed)

void sf_check_slice(const char *file, int line, const char *function, const char *expression, sf_slice got,
                    const char *expected);
void sf_check_text(const char *file, int line, const char *function, const char *expression, sf_slice got,
                   const char *expected);
void sf_check_problem(const char *file, int line, const char *function, const sf_problems *problems, const char *what);
void sf_check_bytes(const char *file, int line, const char *function, const uint8_t *bytes, size_t length,
                    const char *hex);
void sf_check_guid(const char *file, int line, const char *function, sf_guid guid, const char *printed);

/** The default providers and no domain of one's own: what a user has who has set nothing. */
sf_knowledge sf_default_knowledge(void);

#endif
