/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the program asks of the operating system. posix.c and windows.c answer; no other file of skypefed-log or of
 * the file reader knows which system it runs on.
 *
 * A file is a descriptor of the C library, always in binary mode. Functions that fail set errno.
 */
#ifndef SF_LOG_SYSTEM_SYSTEM_H
#define SF_LOG_SYSTEM_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is known about an open file. */
typedef struct {
    bool is_regular, is_directory;
    uint64_t size;          /**< in bytes */
    uint64_t volume, index; /**< together they identify the file */
    int64_t modified;       /**< time of the last change in seconds since 1970 */
    int64_t changed;        /**< time of the last change; the unit and the epoch are the system's */
} sf_about;

/**
 * Opens a file for reading. Others may go on writing, renaming and deleting it.
 * @param may_wait  opening a named pipe may wait for its writer
 * @return a descriptor, or -1
 */
int sf_system_open(const char *path, bool may_wait);

/** Makes a file, or empties one that exists, or opens a pipe for writing. @return a descriptor, or -1 */
int sf_system_create(const char *path);

/** Makes a file without a name, which is gone once it is closed. @return a descriptor, or -1 */
int sf_system_create_nameless(void);

/** Another descriptor of standard input. @return -1 on failure */
int sf_system_standard_input(void);

/** Another descriptor of standard output. @return -1 on failure */
int sf_system_standard_output(void);

/** Closes a descriptor. @return false if data written before could not be kept */
bool sf_system_close(int fd);

/** Fills `about`. @return false on failure */
bool sf_system_look(int fd, sf_about *about);

/** As sf_system_look(), for a path, or for standard output if the path is `-`. */
bool sf_system_look_at(const char *path, sf_about *about);

/** As sf_system_look(), for standard error. */
bool sf_system_look_at_error(sf_about *about);

/** Reads at most `size` bytes. @return their number, 0 at the end, or -1; a signal sets EINTR */
int64_t sf_system_read(int fd, void *buffer, size_t size);

/** As sf_system_read(), at an offset of a regular file. */
int64_t sf_system_read_at(int fd, void *buffer, size_t size, int64_t offset);

/** Writes all bytes. @return false on failure; EPIPE if a pipe has lost its reader */
bool sf_system_write(int fd, const void *bytes, size_t size);

/** As sf_system_write(), at an offset of a regular file. */
bool sf_system_write_at(int fd, const void *bytes, size_t size, int64_t offset);

/**
 * To be called before a pipe that was opened by its name is closed, if all was written: waits until the reader has it,
 * where it would lose it otherwise. Wireshark for Windows takes a pipe down as soon as the writer has ended.
 * @return false on failure; EPIPE if the pipe has lost its reader
 */
bool sf_system_wait_for_reader(int fd);

/** True if a pipe or a device has data, or has ended, within so many milliseconds; false too if a signal came. */
bool sf_system_has_input(int fd, int milliseconds);

/** Where the next byte written to a regular file goes: its end if the file is appended to. */
int64_t sf_system_write_offset(int fd);

/** Cuts a regular file to this length and goes on writing there. */
void sf_system_cut(int fd, int64_t length);

/** True if the descriptor is a pipe whose reader has gone away. */
bool sf_system_has_lost_reader(int fd);

bool sf_system_is_input_terminal(void);
bool sf_system_is_output_terminal(void);
bool sf_system_is_error_terminal(void);

/**
 * To be called first in main(): sets the locale, makes the arguments UTF-8 where the system has them otherwise, and
 * prepares what GLib prints. The arguments are valid as long as the program runs.
 */
void sf_system_start(int *argc, char ***argv);

/** The text of an error number, in UTF-8, to be freed by the caller. */
char *sf_system_error(int number);

/** Calls `stop` when the user or the system wants the program to end; it may run in another thread. */
void sf_system_on_stop(void (*stop)(void));

/** Sleeps, but not longer than until the program is asked to end. */
void sf_system_pause(int milliseconds);

/** Reads an IPv4 or IPv6 address. @return its length, 4 or 16, or 0 if the text is none */
unsigned sf_system_address(const char *text, uint8_t bytes[16]);

#endif
