/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info.
 */
#include "key_info.h"

#include "engine/text/base64.h"
#include "engine/text/bytes.h"

#include <glib.h>

enum { FRONT_BYTES = SF_KEY_INFO_KEY_AT, READ_BYTES = FRONT_BYTES + SF_KEY_BLOB_FRONT_BYTES };

/* Algorithms that encrypt, by their ALG_ID ([MS-EFSR] 2.2.13, [MC-DPL4CS], [MS-MQDMPR]). */
static const struct {
    uint32_t id;
    const char *name;
} algorithms[] = {
    { 0x6601, "DES" },     { 0x6602, "RC2" },     { 0x6603, "Triple DES" }, { 0x6604, "DESX" },
    { 0x660e, "AES-128" }, { 0x660f, "AES-192" }, { 0x6610, "AES-256" },    { 0x6801, "RC4" },
};

enum { RSA_KEY_EXCHANGE = 0xa400, MIN_RSA_BITS = 512, MAX_RSA_BITS = 16384 };

/** The top byte of a FILETIME is 1 from 1829 to 2057. */
static bool is_of_our_times(uint64_t filetime)
{
    return filetime >> 56 == 1;
}

/** What is wrong with a value whose bytes, or the first of them, are these; NULL if nothing is. */
static const char *fault_of(sf_slice text, sf_status decoded, size_t length)
{
    if (text.length > SF_MAX_BASE64) {
        return "is too long to be real";
    }
    if (decoded != SF_OK) {
        return "is not Microsoft base64";
    }
    return length < FRONT_BYTES ? "is shorter than 16 bytes" : NULL;
}

/** True if that many bytes fill the letters: Microsoft base64 pads with the letter A, others with = or not at all. */
static bool fills(size_t bytes, sf_slice text)
{
    while (text.length > 0 && text.text[text.length - 1] == '=') {
        text.length--;
    }
    return text.length == (bytes * 8 + 5) / 6 || text.length == (bytes + 2) / 3 * 4;
}

/** Reads the front of the key: blob type 1 (SIMPLEBLOB), version 2, two zeros, ALG_ID of key and of wrapping. */
static void read_blob(const uint8_t *key, sf_key_info *info)
{
    static const uint8_t simple_blob[] = { 1, 2, 0, 0 };
    unsigned bits = (info->key_length - (unsigned)SF_KEY_BLOB_FRONT_BYTES) * 8;

    if (memcmp(key, simple_blob, sizeof simple_blob) != 0 || sf_little_endian(key + 8, 4) != RSA_KEY_EXCHANGE ||
        bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || bits % 64 != 0) {
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++) {
        if (sf_little_endian(key + 4, 4) == algorithms[i].id) {
            info->algorithm = algorithms[i].name;
            info->wrapping_bits = bits;
        }
    }
}

void sf_key_info_read(sf_slice text, sf_slice element, sf_problems *problems, sf_key_info *info)
{
    uint8_t bytes[READ_BYTES];
    size_t length;

    *info = (sf_key_info){ .text = text };
    sf_status decoded = sf_base64_decode(text, bytes, sizeof bytes, &length);
    const char *fault = fault_of(text, decoded, length);
    if (fault) {
        sf_problems_malformed(problems, element, text, "ms-key-info", fault);
        return;
    }
    info->is_decoded = true;
    info->key_length = (uint16_t)sf_little_endian(bytes + SF_KEY_INFO_KEY_LENGTH_AT, sizeof info->key_length);
    info->signature_length = (uint16_t)sf_little_endian(bytes + SF_KEY_INFO_SIGNATURE_LENGTH_AT,
                                                        sizeof info->signature_length);
    info->is_complete = fills((size_t)FRONT_BYTES + info->key_length + info->signature_length, text);
    uint64_t created = sf_little_endian(bytes + SF_KEY_INFO_CREATED_AT, sizeof created);
    if (is_of_our_times(created)) {
        info->created = created;
    }
    if (!info->is_complete) {
        sf_problems_malformed(problems, element, text, "ms-key-info",
                              "is damaged: its total length does not match the two lengths that it states");
    } else if (info->created == 0) {
        sf_problems_malformed(problems, element, sf_base64_letters_of(text, SF_KEY_INFO_CREATED_AT, sizeof created),
                              "ms-key-info", "holds an impossible time");
    }
    if (info->is_complete && info->key_length > SF_KEY_BLOB_FRONT_BYTES) {
        read_blob(bytes + FRONT_BYTES, info);
    }
}
