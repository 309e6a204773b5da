/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The temporary file of packets.
 */
#include "spool.h"

#include "log/system/system.h"
#include "pdu.h"

#include <errno.h>

/* What precedes each packet in the file. */
typedef struct {
    int64_t time;
    uint32_t length, full_length, comments_length;
    uint8_t has_time, direction;
} entry;

struct sf_log_spool {
    int fd;
    int64_t end;
    GByteArray *out; /* the entry that was written or read last */
    GByteArray *pdu;
};

sf_log_spool *sf_log_spool_new(void)
{
    int fd = sf_system_create_nameless();

    if (fd < 0) {
        return NULL;
    }
    sf_log_spool *spool = g_new0(sf_log_spool, 1);
    spool->fd = fd;
    spool->out = g_byte_array_new();
    spool->pdu = g_byte_array_new();
    return spool;
}

void sf_log_spool_free(sf_log_spool *spool)
{
    sf_system_close(spool->fd);
    g_byte_array_unref(spool->out);
    g_byte_array_unref(spool->pdu);
    g_free(spool);
}

int64_t sf_log_spool_put(sf_log_spool *spool, const sf_log_packet *packet)
{
    entry head = { .time = packet->time, .has_time = packet->has_time, .direction = (uint8_t)packet->direction };
    int64_t offset = spool->end;

    sf_log_pdu_write(packet, spool->pdu);
    head.length = spool->pdu->len;
    head.full_length = spool->pdu->len + (uint32_t)(packet->text_length - packet->text->len);
    for (guint i = 0; i < packet->comments->len; i++) {
        head.comments_length += (uint32_t)strlen(g_ptr_array_index(packet->comments, i)) + 1;
    }
    g_byte_array_set_size(spool->out, 0);
    g_byte_array_append(spool->out, (const guint8 *)&head, sizeof head);
    g_byte_array_append(spool->out, spool->pdu->data, spool->pdu->len);
    for (guint i = 0; i < packet->comments->len; i++) {
        const char *comment = g_ptr_array_index(packet->comments, i);
        g_byte_array_append(spool->out, (const guint8 *)comment, (guint)strlen(comment) + 1);
    }
    if (!sf_system_write_at(spool->fd, spool->out->data, spool->out->len, offset)) {
        return -1;
    }
    spool->end += spool->out->len;
    return offset;
}

static bool read_all(int fd, void *buffer, size_t length, int64_t offset)
{
    char *bytes = buffer;

    for (size_t done = 0; done < length;) {
        int64_t count = sf_system_read_at(fd, bytes + done, length - done, offset + (int64_t)done);
        if (count == 0) {
            errno = EIO;
        }
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return false;
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

bool sf_log_spool_get(sf_log_spool *spool, int64_t offset, sf_log_spooled *spooled)
{
    entry head;

    if (!read_all(spool->fd, &head, sizeof head, offset)) {
        return false;
    }
    g_byte_array_set_size(spool->out, head.length + head.comments_length);
    if (!read_all(spool->fd, spool->out->data, spool->out->len, offset + (int64_t)sizeof head)) {
        return false;
    }
    *spooled = (sf_log_spooled){
        .has_time = head.has_time,
        .time = head.time,
        .direction = head.direction,
        .bytes = spool->out->data,
        .length = head.length,
        .full_length = head.full_length,
        .comments = (const char *)spool->out->data + head.length,
        .comments_length = head.comments_length,
    };
    return true;
}
