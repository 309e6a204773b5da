/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the programs share that read one message again and again, each with another library. test_readers.py counts
 * their instructions.
 */
#ifndef SF_TESTS_BENCH_READER_H
#define SF_TESTS_BENCH_READER_H

#include <stdbool.h>
#include <stddef.h>

enum { BENCH_MAX_SDPS = 4 };

/** A text, with a NUL after it. */
typedef struct {
    char *text;
    size_t length;
} bench_text;

/** A message, and its SDP bodies, since most libraries leave a multipart body whole. */
typedef struct {
    const char *what; /**< of it to read: `all`, `call` or `headers` */
    bench_text message;
    bench_text sdps[BENCH_MAX_SDPS];
    unsigned sdp_count;
} bench_input;

/** Reads the message once. @return false if it could not be read */
typedef bool bench_read(const bench_input *input);

/**
 * Reads the message of a file as often as the arguments say: FILE COUNT WHAT.
 * Of `headers`, the message is its header block, and has no bodies.
 * @return exit code of the program
 */
int bench_main(int argc, char **argv, bench_read *read);

#endif
