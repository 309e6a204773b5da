/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A run of rows in a table that several records share.
 */
#ifndef SF_ENGINE_TEXT_RUN_H
#define SF_ENGINE_TEXT_RUN_H

typedef struct {
    unsigned first;
    unsigned count;
} sf_run;

#endif
