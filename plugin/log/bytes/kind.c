/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of first bytes.
 */
#include "kind.h"

#define FIRST(bytes) SF_LITERAL_INIT(bytes)

static const struct {
    sf_slice first;
    const char *kind;
} kinds[] = {
    { FIRST("\x0A\x0D\x0D\x0A"), "is a capture already; open it in Wireshark" },
    { FIRST("\xD4\xC3\xB2\xA1"), "is a capture already; open it in Wireshark" },
    { FIRST("\xA1\xB2\xC3\xD4"), "is a capture already; open it in Wireshark" },
    { FIRST("\x4D\x3C\xB2\xA1"), "is a capture already; open it in Wireshark" },
    { FIRST("\xA1\xB2\x3C\x4D"), "is a capture already; open it in Wireshark" },
    { FIRST("snoop\0\0\0"), "is a capture already; open it in Wireshark" },
    { FIRST("GMBU"), "is a capture already; open it in Wireshark" },
    { FIRST("\x1F\x8B"), "is compressed with gzip; unpack it first" },
    { FIRST("PK\x03\x04"), "is a zip archive; unpack it first" },
    { FIRST("PK\x05\x06"), "is an empty zip archive" },
    { FIRST("BZh"), "is compressed with bzip2; unpack it first" },
    { FIRST("\xFD"
            "7zXZ"),
      "is compressed with xz; unpack it first" },
    { FIRST("\x28\xB5\x2F\xFD"), "is compressed with zstd; unpack it first" },
    { FIRST("7z\xBC\xAF"), "is a 7-Zip archive; unpack it first" },
    { FIRST("Rar!"), "is a RAR archive; unpack it first" },
    { FIRST("MSCF"), "is a cabinet file; unpack it first" },
    { FIRST("ElfFile"), "is an event log of Windows, which has no SIP" },
    { FIRST("%PDF-"), "is a PDF; copy its text into a file" },
    { FIRST("\x7F"
            "ELF"),
      "is a program" },
    { FIRST("MZ"), "is a program" },
    { FIRST("SQLite format 3"), "is a database" },
};

/*
 * An ETL file begins with a buffer of Event Tracing for Windows: its size, a multiple of 1,024, then other sizes and
 * times. What follows has the names of the trace and of the file in UTF-16.
 */
enum { ETL_NAMES_AT = 64, ETL_NAMES_LENGTH = 8 };

static bool is_etl(sf_slice first)
{
    bool has_size = first.length > ETL_NAMES_AT + ETL_NAMES_LENGTH && first.text[0] == 0 && (first.text[1] & 3) == 0 &&
                    first.text[3] == 0 && (first.text[1] != 0 || first.text[2] != 0);
    size_t letters = 0;

    for (size_t i = ETL_NAMES_AT; has_size && i + 1 < first.length; i += 2) {
        letters += first.text[i] >= ' ' && first.text[i] < 0x7F && first.text[i + 1] == 0;
    }
    return letters >= 4;
}

static bool has_nul(sf_slice first)
{
    return sf_slice_find(first, '\0') < first.length;
}

/* No text begins with first bytes of this length by chance. */
#define SURE_LENGTH 5

/* A text can begin with the letters of a program or an archive, but not with bytes that are not text. */
static bool has_control(sf_slice first)
{
    for (size_t i = 0; i < first.length; i++) {
        unsigned char c = (unsigned char)first.text[i];
        if (c < ' ' && c != '\t' && c != '\r' && c != '\n') {
            return true;
        }
    }
    return false;
}

/* UTF-16 in which not each second byte is zero would be unreadable anyway. */
static bool is_utf16(sf_slice first)
{
    sf_slice mark = sf_slice_head(first, 2);
    return sf_slice_equals(mark, SF_LITERAL("\xFF\xFE")) || sf_slice_equals(mark, SF_LITERAL("\xFE\xFF")) ||
           (first.length >= 4 && (first.text[0] == 0) != (first.text[1] == 0) &&
            (first.text[2] == 0) == (first.text[0] == 0) && (first.text[3] == 0) == (first.text[1] == 0));
}

const char *sf_log_kind(sf_slice first, bool *is_sure)
{
    bool is_binary = has_control(first);

    *is_sure = false;
    if (first.length == 0) {
        return "is empty";
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if ((is_binary || kinds[i].first.length >= SURE_LENGTH) &&
            sf_slice_equals(sf_slice_head(first, kinds[i].first.length), kinds[i].first)) {
            *is_sure = true;
            return kinds[i].kind;
        }
    }
    if (is_etl(first)) {
        *is_sure = true;
        return "is a binary trace (ETL) of OCSLogger or CLS; convert it first, with Search-CsClsLogging "
               "-OutputFilePath or with Analyze Log Files in OCSLogger";
    }
    return has_nul(first) && !is_utf16(first) ? "is not text" : NULL;
}

bool sf_log_kind_is_open(sf_slice first)
{
    /* No text but one in UTF-16 begins with a zero, and that is longer. */
    if (first.length > 0 && first.text[0] == 0 && first.length < SF_LOG_KIND_BYTES) {
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (first.length < kinds[i].first.length &&
            sf_slice_equals(first, sf_slice_head(kinds[i].first, first.length))) {
            return true;
        }
    }
    return false;
}
