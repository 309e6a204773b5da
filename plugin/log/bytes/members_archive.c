/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files of an archive through libarchive.
 */
#include "limits.h"
#include "log/system/system.h"
#include "members.h"
#include "unpack.h"
#include "unpack_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* Where a tar archive has its mark. */
enum { TAR_MARK_AT = 257 };

#define DAMAGED "the archive is damaged or truncated"

/** An archive that is being unpacked. */
typedef struct {
    const char *path;
    struct archive *archive;
    GArray *members;
    uint64_t left; /* bytes that may still be unpacked */
    const volatile sig_atomic_t *is_stopped;
} unpacking;

static bool has_mark(sf_slice bytes, sf_slice mark)
{
    return sf_slice_equals(sf_slice_head(bytes, mark.length), mark);
}

/* True if a regular file can be an archive. */
static bool may_be_archive(int fd)
{
    char buffer[SF_LOG_PACKED_BYTES];
    sf_about about;
    bool is_regular = sf_system_look(fd, &about) && about.is_regular;
    int64_t count = is_regular ? sf_system_read_at(fd, buffer, sizeof buffer, 0) : 0;
    sf_slice first = { buffer, count > 0 ? (size_t)count : 0 };

    return has_mark(first, SF_LITERAL("PK\x03\x04")) || sf_log_packing_of(first) ||
           has_mark(sf_slice_skip(first, TAR_MARK_AT), SF_LITERAL("ustar"));
}

/* "ARCHIVE: NAME", with nothing that could do harm in a terminal. */
static char *member_name(const char *path, struct archive_entry *entry)
{
    const char *utf8 = archive_entry_pathname_utf8(entry);
    const char *bytes = utf8 ? utf8 : archive_entry_pathname(entry);
    char *name = g_utf8_make_valid(bytes ? bytes : "?", -1);
    char *whole = g_strdup_printf("%s: %s", path, name);

    for (char *p = whole + strlen(path); *p; p++) {
        if (g_ascii_iscntrl(*p)) {
            *p = '?';
        }
    }
    g_free(name);
    return whole;
}

static char *incomplete(const char *name, const char *why)
{
    return g_strdup_printf("cannot read all of %s: %s", name, why);
}

/* Unpacks one file. @return why that failed, or NULL */
static const char *copy(unpacking *u, struct archive_entry *entry, int fd)
{
    char buffer[SF_LOG_CHUNK];
    la_ssize_t count;
    int64_t offset = 0;

    if (archive_entry_is_encrypted(entry)) {
        return "it is protected by a password; unpack it first";
    }
    while (!*u->is_stopped && (count = archive_read_data(u->archive, buffer, sizeof buffer)) != 0) {
        if (count < 0) {
            return DAMAGED;
        }
        if ((uint64_t)count > u->left) {
            return "the archive is too big; unpack it first";
        }
        if (!sf_system_write_at(fd, buffer, (size_t)count, offset)) {
            return "there is no room for temporary files";
        }
        u->left -= (uint64_t)count;
        offset += count;
    }
    return NULL;
}

static void add_member(unpacking *u, struct archive_entry *entry)
{
    sf_log_member member = {
        .name = member_name(u->path, entry),
        .fd = sf_system_create_nameless(),
        .modified = archive_entry_mtime_is_set(entry) ? (int64_t)archive_entry_mtime(entry) : 0,
    };
    const char *why = copy(u, entry, member.fd);

    member.error = why ? incomplete(member.name, why) : NULL;
    g_array_append_val(u->members, member);
}

/* The message about the archive itself is that of an empty file. */
static void add_failure(unpacking *u, const char *why)
{
    sf_log_member member = { .name = g_strdup(u->path),
                             .fd = sf_system_create_nameless(),
                             .error = incomplete(u->path, why) };
    g_array_append_val(u->members, member);
}

/* Unpacks the file that `entry` announces, and all that follow. */
static void add_members(unpacking *u, struct archive_entry *entry, int result)
{
    while ((result == ARCHIVE_OK || result == ARCHIVE_WARN) && !*u->is_stopped) {
        if (u->members->len == SF_LOG_MAX_MEMBERS) {
            add_failure(u, "it has too many files; unpack it first");
            return;
        }
        if (archive_entry_filetype(entry) == AE_IFREG) {
            add_member(u, entry);
        }
        result = archive_read_next_header(u->archive, &entry);
    }
    if (result != ARCHIVE_EOF && !*u->is_stopped) {
        add_failure(u, DAMAGED);
    } else if (u->members->len == 0) {
        add_failure(u, "the archive has no files");
    }
}

static GArray *read_archive(const char *path, int fd, const volatile sig_atomic_t *is_stopped)
{
    unpacking u = { path, archive_read_new(), NULL, SF_LOG_MAX_UNPACKED, is_stopped };
    struct archive_entry *entry;

    sf_log_archive_support(u.archive);
    archive_read_support_format_zip(u.archive);
    archive_read_support_format_tar(u.archive);
    if (archive_read_open_fd(u.archive, fd, SF_LOG_CHUNK) == ARCHIVE_OK) {
        int result = archive_read_next_header(u.archive, &entry);
        /* Of any other file libarchive says that it is "raw": one log, perhaps compressed. A log may begin with zeros,
           as after a crash, which are the end of a tar archive. */
        if (archive_format(u.archive) != ARCHIVE_FORMAT_RAW && archive_format(u.archive) != 0 &&
            result != ARCHIVE_EOF) {
            u.members = g_array_new(FALSE, TRUE, sizeof(sf_log_member));
            add_members(&u, entry, result);
        }
    }
    archive_read_free(u.archive);
    return u.members;
}

GArray *sf_log_members(const char *path, const volatile sig_atomic_t *is_stopped)
{
    int fd = sf_system_open(path, false);
    GArray *members = NULL;

    if (fd >= 0) {
        members = may_be_archive(fd) ? read_archive(path, fd, is_stopped) : NULL;
        sf_system_close(fd);
    }
    return members;
}
