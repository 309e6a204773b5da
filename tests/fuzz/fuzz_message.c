/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: any bytes as a SIP message and as an SDP body. The copies
 * are of the input's exact size, so that the address sanitizer sees a read of
 * one byte too many; then every slice of the facts is read.
 */
#include "facts/facts.h"
#include "facts/key_leak.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(const char *fault, const char *reader)
{
    if (fault) {
        fprintf(stderr, "%s: %s\n", reader, fault);
        abort();
    }
}

/** The facts are kept between inputs, as the dissector keeps them: nothing may be left of the one before. */
static void read_as_message(sf_slice input, const sf_key_places *places)
{
    static sf_message message, brief;
    const sf_slice own_domain = SF_LITERAL("example.com");
    const sf_knowledge knowledge = { sf_default_providers, sf_default_provider_count, &own_domain, 1 };

    if (sf_message_read(input, &knowledge, SF_READ_ALL, &message) != SF_OK) {
        return;
    }
    demand(sf_facts_fault(input, places, &message), "sf_message_read");
    demand(sf_key_leak(input, places, &message.media, &message.problems), "key shown by sf_message_read");
    demand(sf_alone_fault(&knowledge, &message, &brief), "sf_message_read");
    demand(sf_extent_fault(input, &knowledge, &message, &brief), "sf_message_read");
    demand(sf_facts_fault(input, places, &brief), "sf_message_read for the call");
    demand(sf_key_leak(input, places, &brief.media, &brief.problems), "key shown by sf_message_read for the call");
    demand(sf_glance_fault(input, &knowledge, &message, &brief), "sf_glance_is_plain");
}

static void read_as_sdp(sf_slice input, const sf_key_places *places)
{
    static sf_media media;
    static sf_problems problems;

    sf_media_clear(&media);
    sf_problems_clear(&problems);
    if (!sf_sdp_read(input, SF_READ_ALL, false, &problems, &media)) {
        demand("gave no body", "sf_sdp_read");
    }
    demand(sf_media_fault(input, places, &media, &problems), "sf_sdp_read");
    demand(sf_key_leak(input, places, &media, &problems), "key shown by sf_sdp_read");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size ? size : 1);

    if (!copy) {
        return 0;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    sf_slice input = { copy, size };
    sf_key_places places = sf_key_places_of(input);
    read_as_message(input, &places);
    read_as_sdp(input, &places);
    free(copy);
    return 0;
}
