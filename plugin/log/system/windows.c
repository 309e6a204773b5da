/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The operating system through Windows.
 */
#include "system.h"

#include "windows_errors.h"

#include <winsock2.h>

#include <windows.h>

#include <shellapi.h>
#include <winternl.h>
#include <ws2tcpip.h>

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <io.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STANDARD_INPUT = 0, STANDARD_OUTPUT = 1, STANDARD_ERROR = 2 };

/* How often a pipe is asked for data: Windows offers no way to wait for it. */
#define POLL_MS 10

/* How long the system lets a handler run when a console is closed. */
#define CLOSE_MS 5000

static volatile LONG is_stopped;
static UINT console_code_page;

static bool fail(void)
{
    errno = sf_windows_errno(GetLastError());
    return false;
}

static HANDLE handle_of(int fd)
{
    return (HANDLE)_get_osfhandle(fd);
}

/* Opens a path of the Windows interface. @return INVALID_HANDLE_VALUE on failure, with errno set */
static HANDLE open_handle(const char *path, DWORD access)
{
    wchar_t *wide = g_utf8_to_utf16(path, -1, NULL, NULL, NULL);
    HANDLE handle = INVALID_HANDLE_VALUE;

    if (!wide) {
        errno = ENOENT;
        return handle;
    }
    /* Whoever writes the log may rename or delete it. FILE_FLAG_BACKUP_SEMANTICS lets folders be opened too, so that
     * they can be told from files. */
    handle = CreateFileW(wide, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                         FILE_ATTRIBUTE_NORMAL | FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        fail();
    }
    g_free(wide);
    return handle;
}

static bool is_slash(char ch)
{
    return ch == '\\' || ch == '/';
}

/*
 * True for `\\.\pipe\NAME` and its other spellings. A pipe has one place for a writer. To open it, even to ask for its
 * attributes, takes that place, and the next attempt fails.
 */
static bool is_pipe(const char *path)
{
    static const char name[] = "pipe";

    if (!is_slash(path[0]) || !is_slash(path[1])) {
        return false;
    }
    for (path += 2; *path != '\0' && !is_slash(*path); path++) {
    }
    return is_slash(*path) && g_ascii_strncasecmp(path + 1, name, sizeof name - 1) == 0 && is_slash(path[sizeof name]);
}

/* Takes the handle over. */
static int descriptor_of(HANDLE handle, int flags)
{
    if (handle == INVALID_HANDLE_VALUE) {
        return -1;
    }
    int fd = _open_osfhandle((intptr_t)handle, flags | _O_BINARY);
    if (fd < 0) {
        CloseHandle(handle);
    }
    return fd;
}

int sf_system_open(const char *path, bool may_wait)
{
    (void)may_wait; /* opening a pipe never waits */
    return descriptor_of(open_handle(path, GENERIC_READ), _O_RDONLY);
}

int sf_system_create(const char *path)
{
    if (is_pipe(path)) {
        return descriptor_of(open_handle(path, GENERIC_WRITE), _O_WRONLY);
    }
    return g_open(path, _O_WRONLY | _O_CREAT | _O_TRUNC | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}

int sf_system_create_nameless(void)
{
    char *path = NULL;
    int fd = g_file_open_tmp("skypefed-XXXXXX", &path, NULL);

    if (fd >= 0) {
        /* An open file cannot be deleted, but it can be opened so that it goes when it is closed. */
        _close(fd);
        fd = g_open(path, _O_RDWR | _O_BINARY | _O_TEMPORARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
    }
    g_free(path);
    return fd;
}

static int duplicate(int standard)
{
    int fd = _dup(standard);

    if (fd >= 0) {
        _setmode(fd, _O_BINARY);
    }
    return fd;
}

int sf_system_standard_input(void)
{
    return duplicate(STANDARD_INPUT);
}

int sf_system_standard_output(void)
{
    return duplicate(STANDARD_OUTPUT);
}

bool sf_system_close(int fd)
{
    return _close(fd) == 0;
}

static uint64_t joined(DWORD high, DWORD low)
{
    return (uint64_t)high << 32 | low;
}

static bool look(HANDLE handle, sf_about *about)
{
    BY_HANDLE_FILE_INFORMATION found;

    memset(about, 0, sizeof *about);
    if (GetFileType(handle) != FILE_TYPE_DISK) {
        return handle != INVALID_HANDLE_VALUE;
    }
    if (!GetFileInformationByHandle(handle, &found)) {
        return fail();
    }
    about->is_directory = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    about->is_regular = !about->is_directory;
    about->size = joined(found.nFileSizeHigh, found.nFileSizeLow);
    about->volume = found.dwVolumeSerialNumber;
    about->index = joined(found.nFileIndexHigh, found.nFileIndexLow);
    about->changed = (int64_t)joined(found.ftLastWriteTime.dwHighDateTime, found.ftLastWriteTime.dwLowDateTime);
    /* Units of 100 ns since 1601. */
    about->modified = about->changed / 10000000 - INT64_C(11644473600);
    return true;
}

bool sf_system_look(int fd, sf_about *about)
{
    return look(handle_of(fd), about);
}

bool sf_system_look_at(const char *path, sf_about *about)
{
    if (strcmp(path, "-") == 0) {
        return look(handle_of(STANDARD_OUTPUT), about);
    }
    if (is_pipe(path)) {
        memset(about, 0, sizeof *about);
        return true;
    }
    HANDLE handle = open_handle(path, FILE_READ_ATTRIBUTES);
    bool is_known = handle != INVALID_HANDLE_VALUE && look(handle, about);
    if (handle != INVALID_HANDLE_VALUE) {
        CloseHandle(handle);
    }
    return is_known;
}

bool sf_system_look_at_error(sf_about *about)
{
    return look(handle_of(STANDARD_ERROR), about);
}

int64_t sf_system_read(int fd, void *buffer, size_t size)
{
    return _read(fd, buffer, (unsigned)MIN(size, (size_t)INT_MAX));
}

static OVERLAPPED place_of(int64_t offset)
{
    OVERLAPPED place = { 0 };

    place.Offset = (DWORD)offset;
    place.OffsetHigh = (DWORD)(offset >> 32);
    return place;
}

int64_t sf_system_read_at(int fd, void *buffer, size_t size, int64_t offset)
{
    OVERLAPPED place = place_of(offset);
    DWORD count = 0;

    if (!ReadFile(handle_of(fd), buffer, (DWORD)MIN(size, (size_t)INT_MAX), &count, &place) &&
        GetLastError() != ERROR_HANDLE_EOF) {
        fail();
        return -1;
    }
    return count;
}

/* Of the last call of the C library, which does not know all causes: a pipe without its reader can be EINVAL there. */
static int cause_of_failure(void)
{
    unsigned long code = ERROR_SUCCESS;
    int number = errno;

    _get_doserrno(&code);
    int known = sf_windows_errno(code);
    return known == EIO ? number : known;
}

bool sf_system_write(int fd, const void *bytes, size_t size)
{
    const char *from = bytes;

    for (size_t done = 0; done < size;) {
        int count = _write(fd, from + done, (unsigned)MIN(size - done, (size_t)INT_MAX));
        /* The disk is full if nothing was written. */
        if (count <= 0) {
            errno = count < 0 ? cause_of_failure() : ENOSPC;
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

bool sf_system_write_at(int fd, const void *bytes, size_t size, int64_t offset)
{
    const char *from = bytes;

    for (size_t done = 0; done < size;) {
        OVERLAPPED place = place_of(offset + (int64_t)done);
        DWORD count = 0;
        if (!WriteFile(handle_of(fd), from + done, (DWORD)MIN(size - done, (size_t)INT_MAX), &count, &place)) {
            return fail();
        }
        done += count;
    }
    return true;
}

bool sf_system_has_input(int fd, int milliseconds)
{
    HANDLE handle = handle_of(fd);

    if (GetFileType(handle) != FILE_TYPE_PIPE) {
        return WaitForSingleObject(handle, (DWORD)milliseconds) != WAIT_TIMEOUT;
    }
    for (int waited = 0;; waited += POLL_MS) {
        DWORD available = 0;
        /* That the pipe has ended, a read has to find out. */
        if (!PeekNamedPipe(handle, NULL, 0, NULL, &available, NULL) || available > 0) {
            return true;
        }
        if (waited >= milliseconds || is_stopped) {
            return false;
        }
        Sleep(POLL_MS);
    }
}

int64_t sf_system_write_offset(int fd)
{
    /* A file that is appended to begins with its position at the end, as `>>` of the command line opens it. */
    return _lseeki64(fd, 0, SEEK_CUR);
}

void sf_system_cut(int fd, int64_t length)
{
    if (_chsize_s(fd, length) == 0) {
        _lseeki64(fd, length, SEEK_SET);
    }
}

bool sf_system_wait_for_reader(int fd)
{
    if (GetFileType(handle_of(fd)) == FILE_TYPE_PIPE && !FlushFileBuffers(handle_of(fd))) {
        errno = sf_windows_errno(GetLastError());
        return false;
    }
    return true;
}

typedef NTSTATUS(NTAPI *query_file)(HANDLE, IO_STATUS_BLOCK *, void *, ULONG, int);

/*
 * Writing nothing would be a message to a reader that takes messages, as Wireshark does, and all documented functions
 * that give the state of a pipe need the right to read from it.
 */
bool sf_system_has_lost_reader(int fd)
{
    /* FILE_PIPE_LOCAL_INFORMATION, FilePipeLocalInformation and FILE_PIPE_CONNECTED_STATE of the driver kit. */
    enum { PIPE_LOCAL_INFORMATION = 24, NAMED_PIPE_STATE = 8, CONNECTED_STATE = 3 };
    ULONG information[10] = { 0 };
    IO_STATUS_BLOCK status;
    HMODULE library = GetModuleHandleW(L"ntdll.dll");
    FARPROC function = library ? GetProcAddress(library, "NtQueryInformationFile") : NULL;
    query_file query = NULL;

    if (!function || GetFileType(handle_of(fd)) != FILE_TYPE_PIPE) {
        return false;
    }
    memcpy(&query, &function, sizeof query);
    return query(handle_of(fd), &status, information, sizeof information, PIPE_LOCAL_INFORMATION) == 0 &&
           information[NAMED_PIPE_STATE] != CONNECTED_STATE;
}

bool sf_system_is_input_terminal(void)
{
    return _isatty(STANDARD_INPUT);
}

bool sf_system_is_output_terminal(void)
{
    return _isatty(STANDARD_OUTPUT);
}

bool sf_system_is_error_terminal(void)
{
    return _isatty(STANDARD_ERROR);
}

static void restore_console(void)
{
    SetConsoleOutputCP(console_code_page);
}

/* The arguments of main() are in a code page that may lack characters of the names of files. */
static void read_arguments(int *argc, char ***argv)
{
    int count = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);

    if (!wide) {
        return;
    }
    char **arguments = g_new0(char *, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        char *text = g_utf16_to_utf8(wide[i], -1, NULL, NULL, NULL);
        arguments[i] = text ? text : g_strdup("");
    }
    LocalFree(wide);
    *argc = count;
    *argv = arguments;
}

/* GLib's own way to print ends a program that has no console. */
static void print(const char *text)
{
    fputs(text, stdout);
}

void sf_system_start(int *argc, char ***argv)
{
    setlocale(LC_ALL, "");
    read_arguments(argc, argv);
    g_set_print_handler(print);
    console_code_page = GetConsoleOutputCP();
    if (console_code_page != 0 && SetConsoleOutputCP(CP_UTF8)) {
        atexit(restore_console);
    }
}

char *sf_system_error(int number)
{
    /* Not g_strerror(), which ends a program that has no console. */
    const wchar_t *text = _wcserror(number);
    char *utf8 = text ? g_utf16_to_utf8(text, -1, NULL, NULL, NULL) : NULL;

    return utf8 ? utf8 : g_strdup_printf("error %d", number);
}

static void (*stop_program)(void);

static BOOL WINAPI handle_event(DWORD event)
{
    is_stopped = 1;
    stop_program();
    /* When a console is closed, the program ends once its handler returns. */
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) {
        Sleep(CLOSE_MS);
    }
    return TRUE;
}

void sf_system_on_stop(void (*stop)(void))
{
    stop_program = stop;
    SetConsoleCtrlHandler(handle_event, TRUE);
}

void sf_system_pause(int milliseconds)
{
    if (!is_stopped) {
        Sleep((DWORD)milliseconds);
    }
}

unsigned sf_system_address(const char *text, uint8_t bytes[16])
{
    if (inet_pton(AF_INET, text, bytes) == 1) {
        return 4;
    }
    return inet_pton(AF_INET6, text, bytes) == 1 ? 16 : 0;
}
