/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line grammars of logs: one pattern for each kind of line, and what it captures.
 *
 * A pattern is text. A blank matches any number of blanks and tabs, even none, because copies from web pages
 * collapse them. `{...}` is optional (it does not nest). All other characters match themselves, except these:
 *
 *   %D  date MM/DD/YYYY        %p  process id, hexadecimal      %L  own address[:port]
 *   %E  date DD/MM/YYYY        %t  thread id, hexadecimal       %R  the peer's address[:port]
 *   %I  date YYYY-MM-DD        %c  correlation ID               %l  own port
 *       or with / or .       %m  machine, up to the next      %r  the peer's port
 *   %B  date `Mar  6`              character of the pattern     %n  number of bytes
 *   %b  date DD-MM             %i  name of an interface, as %m  %k  transport: UDP, TCP, TLS, ...
 *   %N  date MMDDYYYY          %w  a word of letters, digits and _
 *   %T  time HH:MM:SS[.nnn]    %x  a hexadecimal number, ignored
 *   %Q  time HHMMSS[.nnn]      %g  a group in parentheses, which nest
 *   %Z  zone: Z or +HH:MM      %-  a row of dashes
 *   %H  a date with a time in any usual form among the first words of the line, and what is before it; or nothing
 *   %h  as %H, but a time without a date is taken too
 *   %q  number of the record   %s  session, up to the next character of the pattern
 *   %u  milliseconds since the device was started
 *   %S  anything but blanks, at least one byte                  %_  one blank or none
 *   %.  anything up to the next text of the pattern
 *   %+  the rest of the line, captured                          %*  the rest of the line, ignored
 *
 * A pattern must match the whole line; trailing blanks do not matter.
 */
#ifndef SF_LOG_GRAMMAR_PATTERN_H
#define SF_LOG_GRAMMAR_PATTERN_H

#include "head.h"

/**
 * Matches a line with a pattern.
 * @param head  cleared, then filled with what the pattern captures; undefined if it does not match
 */
bool sf_log_match(const char *pattern, sf_slice line, sf_log_head *head);

#endif
