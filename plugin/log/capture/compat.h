/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The parts of libwiretap that changed between Wireshark 4.0 and 4.6, under one name.
 */
#ifndef SF_LOG_CAPTURE_COMPAT_H
#define SF_LOG_CAPTURE_COMPAT_H

#include <glib.h>
#include <stdbool.h>

#include <wireshark.h>

#include <wiretap/wtap.h>
#include <ws_version.h>
#include <wsutil/buffer.h>
#include <wsutil/wslog.h>

#define SF_LOG_WIRESHARK(major, minor) \
    (WIRESHARK_VERSION_MAJOR > (major) || (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/* gboolean became bool in 4.4. */
#if SF_LOG_WIRESHARK(4, 4)
typedef bool sf_log_wtap_bool;
#else
typedef gboolean sf_log_wtap_bool;
#endif

/* Otherwise debug messages of libwiretap go to standard error. */
static inline void sf_log_compat_init_logging(const char *program)
{
#if SF_LOG_WIRESHARK(4, 6)
    (void)program;
    ws_log_init(NULL);
#else
    ws_log_init(program, NULL);
#endif
}

/* In 4.6, the data of a record moved into the record. */
static inline void sf_log_compat_rec_init(wtap_rec *rec)
{
#if SF_LOG_WIRESHARK(4, 6)
    wtap_rec_init(rec, 2048);
#else
    wtap_rec_init(rec);
#endif
}

static inline bool sf_log_compat_dump(wtap_dumper *dumper, wtap_rec *rec, const uint8_t *data, size_t length, int *err,
                                      char **err_info)
{
#if SF_LOG_WIRESHARK(4, 6)
    ws_buffer_clean(&rec->data);
    ws_buffer_append(&rec->data, data, length);
    return wtap_dump(dumper, rec, err, err_info);
#else
    (void)length;
    return wtap_dump(dumper, rec, data, err, err_info);
#endif
}

#endif
