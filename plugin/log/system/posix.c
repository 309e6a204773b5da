/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The operating system through POSIX.
 */
#include "system.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Not g_open(), which in some versions begins again after a signal: nobody could stop the wait for a named pipe. */
int sf_system_open(const char *path, bool may_wait)
{
    return open(path, O_RDONLY | O_CLOEXEC | (may_wait ? 0 : O_NONBLOCK));
}

int sf_system_create(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

int sf_system_create_nameless(void)
{
    char *path = NULL;
    int fd = g_file_open_tmp("skypefed-XXXXXX", &path, NULL);

    if (fd >= 0) {
        g_unlink(path);
    }
    g_free(path);
    return fd;
}

int sf_system_standard_input(void)
{
    return dup(STDIN_FILENO);
}

int sf_system_standard_output(void)
{
    return dup(STDOUT_FILENO);
}

bool sf_system_close(int fd)
{
    return close(fd) == 0;
}

static bool fill(sf_about *about, int result, const struct stat *found)
{
    if (result != 0) {
        return false;
    }
    *about = (sf_about){
        .is_regular = S_ISREG(found->st_mode),
        .is_directory = S_ISDIR(found->st_mode),
        .size = (uint64_t)found->st_size,
        .volume = (uint64_t)found->st_dev,
        .index = (uint64_t)found->st_ino,
        .modified = (int64_t)found->st_mtime,
#ifdef __APPLE__
        .changed = found->st_mtimespec.tv_sec * INT64_C(1000000000) + found->st_mtimespec.tv_nsec,
#else
        .changed = found->st_mtim.tv_sec * INT64_C(1000000000) + found->st_mtim.tv_nsec,
#endif
    };
    return true;
}

bool sf_system_look(int fd, sf_about *about)
{
    struct stat found;

    return fill(about, fstat(fd, &found), &found);
}

bool sf_system_look_at(const char *path, sf_about *about)
{
    struct stat found;
    int result = strcmp(path, "-") == 0 ? fstat(STDOUT_FILENO, &found) : stat(path, &found);

    return fill(about, result, &found);
}

bool sf_system_look_at_error(sf_about *about)
{
    return sf_system_look(STDERR_FILENO, about);
}

int64_t sf_system_read(int fd, void *buffer, size_t size)
{
    return read(fd, buffer, size);
}

int64_t sf_system_read_at(int fd, void *buffer, size_t size, int64_t offset)
{
    return pread(fd, buffer, size, offset);
}

/* Writes to the end of the file, or at `offset` if that is not negative. */
static bool write_all(int fd, const void *bytes, size_t size, int64_t offset)
{
    const char *from = bytes;

    for (size_t done = 0; done < size;) {
        ssize_t count = offset < 0 ? write(fd, from + done, size - done)
                                   : pwrite(fd, from + done, size - done, offset + (int64_t)done);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

bool sf_system_write(int fd, const void *bytes, size_t size)
{
    return write_all(fd, bytes, size, -1);
}

bool sf_system_write_at(int fd, const void *bytes, size_t size, int64_t offset)
{
    return write_all(fd, bytes, size, offset);
}

bool sf_system_has_input(int fd, int milliseconds)
{
    struct pollfd descriptor = { .fd = fd, .events = POLLIN };

    return poll(&descriptor, 1, milliseconds) > 0;
}

int64_t sf_system_write_offset(int fd)
{
    struct stat about;
    bool is_appended = (fcntl(fd, F_GETFL) & O_APPEND) != 0;

    return is_appended && fstat(fd, &about) == 0 ? about.st_size : lseek(fd, 0, SEEK_CUR);
}

void sf_system_cut(int fd, int64_t length)
{
    if (ftruncate(fd, length) == 0) {
        lseek(fd, length, SEEK_SET);
    }
}

bool sf_system_wait_for_reader(int fd)
{
    (void)fd; /* what is in a pipe stays there for its reader */
    return true;
}

bool sf_system_has_lost_reader(int fd)
{
    struct pollfd descriptor = { .fd = fd };

    return poll(&descriptor, 1, 0) > 0 && (descriptor.revents & POLLERR) != 0;
}

bool sf_system_is_input_terminal(void)
{
    return isatty(STDIN_FILENO);
}

bool sf_system_is_output_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

bool sf_system_is_error_terminal(void)
{
    return isatty(STDERR_FILENO);
}

/* Each log that is merged stays open. Many shells allow 1,024 files, and many more when asked. */
static void allow_many_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
#ifdef __APPLE__
        limit.rlim_cur = MIN(limit.rlim_cur, OPEN_MAX);
#endif
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/*
 * A standard descriptor that is closed would be given to the first file that is opened: what is printed would end up in
 * the capture. Reading standard input, and writing to the others, still fails.
 */
static void hold_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* the lowest number that is free */
        }
    }
}

void sf_system_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    hold_standard_descriptors();
    setlocale(LC_ALL, "");
    allow_many_files();
}

char *sf_system_error(int number)
{
    return g_strdup(g_strerror(number));
}

static void (*stop_program)(void);

static void handle_signal(int number)
{
    (void)number;
    stop_program();
}

void sf_system_on_stop(void (*stop)(void))
{
    struct sigaction action = { .sa_handler = handle_signal };

    stop_program = stop;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    /* Writing then fails with EPIPE or EFBIG. */
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
}

void sf_system_pause(int milliseconds)
{
    const struct timespec interval = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

    /* Unlike g_usleep(), it is interrupted by signals. */
    nanosleep(&interval, NULL);
}

unsigned sf_system_address(const char *text, uint8_t bytes[16])
{
    if (inet_pton(AF_INET, text, bytes) == 1) {
        return 4;
    }
    return inet_pton(AF_INET6, text, bytes) == 1 ? 16 : 0;
}
