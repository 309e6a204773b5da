/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The message read by our engine: all of it, or what its call needs.
 */
#include <string.h>

#include "engine/message.h"
#include "reader.h"

static bool read_message(const bench_input *input)
{
    static const sf_knowledge nothing_of_the_user = { .provider_count = 0 };
    static sf_message message;
    sf_knowledge knowledge = nothing_of_the_user;
    sf_extent extent = strcmp(input->what, "call") == 0 ? SF_READ_FOR_CALL : SF_READ_ALL;

    knowledge.providers = sf_default_providers;
    knowledge.provider_count = sf_default_provider_count;
    return sf_message_read((sf_slice){ input->message.text, input->message.length }, &knowledge, extent, &message) ==
               SF_OK &&
           message.media.sdp_count == input->sdp_count;
}

int main(int argc, char **argv)
{
    return bench_main(argc, argv, read_message);
}
