/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much of a log is kept in memory at a time. These numbers bound the memory use, whatever the size of the
 * log.
 */
#ifndef SF_LOG_BYTES_LIMITS_H
#define SF_LOG_BYTES_LIMITS_H

#define SF_LOG_MAX_LINE 1048576        /* bytes of one line; the rest of a longer one is dropped */
#define SF_LOG_MAX_TEXT 2097152        /* bytes kept of one record; holds at least one line */
#define SF_LOG_MAX_LINES 65536         /* lines kept of one record */
#define SF_LOG_MAX_PACKET 262144       /* bytes of one packet: the most that Wireshark reads */
#define SF_LOG_MAX_NAME 256            /* bytes of a host name or address, with its final NUL */
#define SF_LOG_MAX_WORD 64             /* bytes of a process, thread or correlation id, with its final NUL */
#define SF_LOG_MAX_SCHEME 8            /* bytes of the name of a transport, with its final NUL */
#define SF_LOG_MAX_NOTE 1024           /* bytes of one text of a diagnostic record */
#define SF_LOG_MAX_FOLDS 3             /* lines into which a web page may break one head line */
#define SF_LOG_MAX_PARTS 8             /* connections that wait for the rest of a message */
#define SF_LOG_PART_AGE 64             /* reads after which such a message is given up */
#define SF_LOG_MAX_PIECES 1024         /* reads that are joined to one message */
#define SF_LOG_WINDOW_MESSAGES 32      /* messages kept for a diagnostic record to follow */
#define SF_LOG_WINDOW_BYTES 1048576    /* their bytes together */
#define SF_LOG_WINDOW_DIAGNOSTICS 32   /* diagnostic records kept for their message to follow */
#define SF_LOG_MAX_HOSTS 65536         /* host names remembered as already in the capture */
#define SF_LOG_PREVIEW 4194304         /* bytes at the beginning of a log that are read before its first packet */
#define SF_LOG_MAX_MEMBERS 1024        /* files unpacked of one archive */
#define SF_LOG_MAX_UNPACKED 4294967296 /* their bytes together, on disk */
#define SF_LOG_CHUNK 65536             /* bytes read at a time */

#endif
