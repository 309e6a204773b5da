/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The message read by libre (libre-dev). It reads From, To, CSeq and the first Via by itself, the other addresses when
 * asked to.
 */
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <re.h>

#include "reader.h"

static bool read_addresses(const struct sip_msg *message)
{
    bool is_read = true;

    for (struct le *le = list_head(&message->hdrl); le && is_read; le = le->next) {
        const struct sip_hdr *header = le->data;
        struct sip_via via;
        struct sip_addr address;
        if (header->id == SIP_HDR_VIA) {
            is_read = sip_via_decode(&via, &header->val) == 0;
        } else if (header->id == SIP_HDR_RECORD_ROUTE || header->id == SIP_HDR_CONTACT) {
            is_read = sip_addr_decode(&address, &header->val) == 0;
        }
    }
    return is_read;
}

static bool read_sdp(const bench_text *text)
{
    struct mbuf buffer = { .buf = (uint8_t *)text->text, .size = text->length, .end = text->length };
    struct sdp_session *session;
    struct sdp_media *media;
    struct sa local;

    sa_set_str(&local, "127.0.0.1", 0);
    bool is_read = sdp_session_alloc(&session, &local) == 0 &&
                   sdp_media_add(&media, session, "audio", 4000, "RTP/AVP") == 0 &&
                   sdp_decode(session, &buffer, true) == 0;
    mem_deref(session);
    return is_read;
}

static bool read_message(const bench_input *input)
{
    struct mbuf *buffer = mbuf_alloc(input->message.length);
    struct sip_msg *message = NULL;

    mbuf_write_mem(buffer, (const uint8_t *)input->message.text, input->message.length);
    mbuf_set_pos(buffer, 0);
    bool is_read = sip_msg_decode(&message, buffer) == 0 && read_addresses(message);
    for (unsigned i = 0; is_read && i < input->sdp_count; i++) {
        is_read = read_sdp(&input->sdps[i]);
    }
    mem_deref(message);
    mem_deref(buffer);
    return is_read;
}

int main(int argc, char **argv)
{
    libre_init();
    return bench_main(argc, argv, read_message);
}
