/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing into a pipe that another program has made, as Wireshark does for a capture: it takes one writer.
 */
#include "log/system/system.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

/* The end of the other program. `name` is set to what the pipe is called, to be freed by the caller. */
typedef struct {
    char *name;
#ifdef _WIN32
    void *handle;
#else
    char *folder;
    int fd;
#endif
} reader;

#ifdef _WIN32
#include <windows.h>

static void make(reader *r, const char *pattern)
{
    r->name = g_strdup_printf(pattern, (unsigned)GetCurrentProcessId());
    r->handle = CreateNamedPipeA(r->name, PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 1,
                                 65536, 65536, 0, NULL);
    g_assert_true(r->handle != INVALID_HANDLE_VALUE);
}

static size_t take(reader *r, char *buffer, size_t size)
{
    DWORD count = 0;

    g_assert_true(ConnectNamedPipe(r->handle, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    g_assert_true(ReadFile(r->handle, buffer, (DWORD)size, &count, NULL));
    return count;
}

static void leave(reader *r)
{
    CloseHandle(r->handle);
}

static const char *const patterns[] = { "\\\\.\\pipe\\skypefed_%u", "//./pipe/skypefed_%u",
                                        "\\\\.\\PIPE\\skypefed_%u" };
#else
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static void make(reader *r, const char *pattern)
{
    r->folder = g_dir_make_tmp("skypefed-XXXXXX", NULL);
    g_assert_nonnull(r->folder);
    r->name = g_build_filename(r->folder, pattern, NULL);
    g_assert_cmpint(mkfifo(r->name, 0600), ==, 0);
    r->fd = open(r->name, O_RDONLY | O_NONBLOCK);
    g_assert_cmpint(r->fd, >=, 0);
    signal(SIGPIPE, SIG_IGN);
}

static size_t take(reader *r, char *buffer, size_t size)
{
    ssize_t count = read(r->fd, buffer, size);

    g_assert_cmpint(count, >=, 0);
    return (size_t)count;
}

static void leave(reader *r)
{
    close(r->fd);
    g_unlink(r->name);
    g_rmdir(r->folder);
    g_free(r->folder);
}

static const char *const patterns[] = { "fifo" };
#endif

static void test_pipe(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        reader r;
        sf_about about;
        char buffer[16] = "";

        make(&r, patterns[i]);
        /* To see whether the output is also an input. It must not take the place of the writer. */
        g_assert_true(sf_system_look_at(r.name, &about));
        g_assert_false(about.is_regular || about.is_directory);
        int fd = sf_system_create(r.name);
        g_assert_cmpint(fd, >=, 0);
        g_assert_false(sf_system_has_lost_reader(fd));
        g_assert_true(sf_system_write(fd, "a\nb", 3));
        g_assert_cmpuint(take(&r, buffer, sizeof buffer), ==, 3);
        g_assert_cmpstr(buffer, ==, "a\nb");
        leave(&r);
        g_assert_true(sf_system_has_lost_reader(fd));
        errno = 0;
        g_assert_false(sf_system_write(fd, "c", 1));
        g_assert_cmpint(errno, ==, EPIPE);
        g_assert_true(sf_system_close(fd));
        g_free(r.name);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/pipe", test_pipe);
    return g_test_run();
}
