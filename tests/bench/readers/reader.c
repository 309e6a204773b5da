/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Loading the message.
 */
#include "reader.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

static const char blank_line[] = "\r\n\r\n";

static bench_text copy_of(const char *text, size_t length)
{
    return (bench_text){ g_strndup(text, length), length };
}

/** Copies the SDP bodies: each begins after a blank line and ends at a boundary, or with the message. */
static void find_sdps(bench_input *input)
{
    const char *at = input->message.text;

    while (input->sdp_count < BENCH_MAX_SDPS && (at = strstr(at, "\r\n\r\nv=0")) != NULL) {
        at += strlen(blank_line);
        const char *end = strstr(at, "\r\n--");
        size_t length = end ? (size_t)(end - at) + strlen("\r\n") : strlen(at);
        input->sdps[input->sdp_count++] = copy_of(at, length);
    }
}

/** Leaves the header block. */
static void cut_bodies(bench_input *input)
{
    char *end = strstr(input->message.text, blank_line);

    if (end) {
        input->message.length = (size_t)(end - input->message.text) + strlen(blank_line);
        input->message.text[input->message.length] = '\0';
    }
}

int bench_main(int argc, char **argv, bench_read *read)
{
    bench_input input = { .sdp_count = 0 };

    if (argc != 4 || !g_file_get_contents(argv[1], &input.message.text, &input.message.length, NULL)) {
        fprintf(stderr, "usage: %s FILE COUNT all|call|headers\n", argv[0]);
        return 2;
    }
    input.what = argv[3];
    if (strcmp(input.what, "headers") == 0) {
        cut_bodies(&input);
    } else {
        find_sdps(&input);
    }
    for (guint64 count = g_ascii_strtoull(argv[2], NULL, 10); count > 0; count--) {
        if (!read(&input)) {
            fprintf(stderr, "%s cannot read the message\n", argv[0]);
            return 1;
        }
    }
    return 0;
}
