/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Stands in for libintl when GLib is built for Windows: no text is translated.
 */
#ifndef SKYPEFED_LIBINTL_H
#define SKYPEFED_LIBINTL_H

static inline char *gettext(const char *text)
{
    return (char *)text;
}

static inline char *dgettext(const char *domain, const char *text)
{
    (void)domain;
    return (char *)text;
}

static inline char *dcgettext(const char *domain, const char *text, int category)
{
    (void)domain;
    (void)category;
    return (char *)text;
}

static inline char *ngettext(const char *one, const char *many, unsigned long number)
{
    return (char *)(number == 1 ? one : many);
}

static inline char *dngettext(const char *domain, const char *one, const char *many, unsigned long number)
{
    (void)domain;
    return (char *)(number == 1 ? one : many);
}

static inline char *textdomain(const char *domain)
{
    return (char *)domain;
}

static inline char *bindtextdomain(const char *domain, const char *folder)
{
    (void)domain;
    return (char *)folder;
}

static inline char *bind_textdomain_codeset(const char *domain, const char *codeset)
{
    (void)domain;
    return (char *)codeset;
}

#endif
