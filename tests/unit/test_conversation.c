/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Ms-Conversation-ID: the thread index of Outlook, or any other string.
 */
#include "check.h"
#include "engine/sip/conversation.h"

/* 2017-03-23 09:24:56.343142 UTC: the FILETIME whose upper six bytes are 01 D2 A3 B7 55 F2. */
#define BEGUN G_GUINT64_CONSTANT(131347346963431424)
#define GUID "10111213-1415-1617-1819-1a1b1c1d1e1f"

typedef struct {
    const char *name;
    const char *value;
    bool decoded;
} conversation_row;

static const conversation_row conversations[] = {
    { "22-bytes", "AdKjt1XyEBESExQVFhcYGRobHB0eHw==", true },
    { "22-bytes-without-padding", "AdKjt1XyEBESExQVFhcYGRobHB0eHw", true },
    { "one-reply", "AdKjt1XyEBESExQVFhcYGRobHB0eHwAAAAAA", true },
    /* Bytes of another number are no thread index, nor is a time before 1829 or after 2057. */
    { "21-bytes", "AdKjt1XyEBESExQVFhcYGRobHB0e", false },
    { "26-bytes", "AdKjt1XyEBESExQVFhcYGRobHB0eHwAAAAA=", false },
    { "first-byte-not-1", "AtKjt1XyEBESExQVFhcYGRobHB0eHw==", false },
    /* What other stacks write. */
    { "guid", "dd1c8d2d-4b34-4c29-8e5a-0a1b2c3d4e5f", false },
    { "words", "this is any string", false },
    { "digits", "0123456789", false },
    { "one-letter", "A", false },
    { "padding-alone", "==", false },
    { "not-utf-8", "\xff\xfe\xfd", false },
    { "empty", "", false },
};

static void test_read(gconstpointer data)
{
    const conversation_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_conversation conversation = sf_conversation_read(input.text);

    g_assert_true(conversation.is_decoded == row->decoded);
    if (row->decoded) {
        g_assert_cmpuint(conversation.created, ==, BEGUN);
        SF_CHECK_GUID(conversation.guid, GUID);
    }
}

/** 64 replies are read; a longer value is shown as it is, whatever its length. */
static void test_length(void)
{
    static const struct {
        unsigned replies;
        bool decoded;
    } rows[] = { { 1, true }, { 64, true }, { 65, false }, { 4000, false } };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        static const guint8 header[22] = { 0x01, 0xd2, 0xa3, 0xb7, 0x55, 0xf2, 0x10, 0x11, 0x12, 0x13, 0x14,
                                           0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f };
        static const guint8 reply[5] = { 0x80, 1, 2, 3, 4 };

        g_byte_array_append(bytes, header, sizeof header);
        for (unsigned j = 0; j < rows[i].replies; j++) {
            g_byte_array_append(bytes, reply, sizeof reply);
        }
        g_autofree char *text = g_base64_encode(bytes->data, bytes->len);
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
        sf_conversation conversation = sf_conversation_read(input.text);
        g_assert_true(conversation.is_decoded == rows[i].decoded);
        g_assert_cmpuint(conversation.created, ==, rows[i].decoded ? BEGUN : 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/conversation/read", conversations, test_read);
    g_test_add_func("/conversation/length", test_length);
    return g_test_run();
}
