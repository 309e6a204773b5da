/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading the command line with GLib.
 */
#include "options.h"

#include "extcap.h"
#include "log/system/system.h"

#include <stdio.h>

#ifndef SKYPEFED_VERSION
#define SKYPEFED_VERSION "unknown"
#endif

/* Filled by GLib. */
typedef struct {
    char *output, *format, *zone;
    char **inputs;
    gboolean follow, quiet, version, list;
    gboolean interfaces, dlts, config, capture;
    char *extcap_version, *interface, *fifo, *filter, *file;
} arguments;

static char *format_list(void)
{
    GString *text = g_string_new("Formats:\n");

    for (const sf_log_format *format = sf_log_formats; format->title; format++) {
        g_string_append_printf(text, "  %-12s %s\n", sf_log_format_name(format), format->title);
    }
    g_string_append(text,
                    "\nWithout LOG, or if LOG is -, standard input is read. The format is recognized by content and\n"
                    "the encoding by the first bytes. Compressed logs (gzip, xz, bzip2, zstd) and archives of logs\n"
                    "(zip, tar) are unpacked. The messages of several logs are merged by time.\n"
                    "\nExit codes:\n"
                    "  0            Messages were written\n"
                    "  1            No message was found\n"
                    "  2            Wrong usage, or a log or the capture could not be read or written completely\n"
                    "\nExamples:\n"
                    "  skypefed-log Lync-UccApi-0.UccApilog | wireshark -k -i -\n"
                    "  skypefed-log server.txt | tshark -r - -Y skypefed\n"
                    "  skypefed-log -o calls.pcapng edge.txt frontend.txt");
    return g_string_free(text, FALSE);
}

static char *format_sources(void)
{
    GString *text = g_string_new(NULL);

    for (const sf_log_format *format = sf_log_formats; format->title; format++) {
        g_string_append_printf(text, "%-11s %s\n            %s\n", sf_log_format_name(format), format->title,
                               format->source);
    }
    return g_string_free(text, FALSE);
}

static bool is_from_wireshark(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (g_str_has_prefix(argv[i], "--extcap-")) {
            return true;
        }
    }
    return false;
}

static void parse(arguments *a, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[] = {
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a->output,
          "Write the capture to FILE; - is standard output (default)", "FILE" },
        { "format", 'f', 0, G_OPTION_ARG_STRING, &a->format,
          "Read this format only (default: recognize the format by content)", "FORMAT" },
        { "utc-offset", 0, 0, G_OPTION_ARG_STRING, &a->zone,
          "Time zone of logs that use local time: auto (default; that of Date headers, else local), local (that of this "
          "machine), or an offset",
          "+HH:MM|local|auto" },
        { "follow", 0, 0, G_OPTION_ARG_NONE, &a->follow, "Keep reading as the logs grow, until interrupted", NULL },
        { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a->quiet, "Print no summary", NULL },
        { "list-formats", 0, 0, G_OPTION_ARG_NONE, &a->list, "List the formats and where such logs come from", NULL },
        { "version", 'v', 0, G_OPTION_ARG_NONE, &a->version, "Print the version", NULL },
        { "extcap-interfaces", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &a->interfaces, NULL, NULL },
        { "extcap-dlts", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &a->dlts, NULL, NULL },
        { "extcap-config", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &a->config, NULL, NULL },
        { "extcap-version", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &a->extcap_version, NULL, NULL },
        { "extcap-interface", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &a->interface, NULL, NULL },
        { "extcap-capture-filter", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &a->filter, NULL, NULL },
        { "capture", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &a->capture, NULL, NULL },
        { "fifo", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &a->fifo, NULL, NULL },
        { "file", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &a->file, NULL, NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &a->inputs, NULL, "[LOG...]" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    GOptionContext *context = g_option_context_new(
        "- convert the SIP messages in Lync and Skype for Business logs to a capture");
    char *formats = format_list();

    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_description(context, formats);
    /* Later versions of Wireshark may add options. */
    g_option_context_set_ignore_unknown_options(context, is_from_wireshark(argc, argv));
    /* Unlike g_option_context_parse(), this takes UTF-8 on every system. It changes the array. */
    char **copy = g_strdupv(argv);
    g_option_context_parse_strv(context, &copy, error);
    g_strfreev(copy);
    g_option_context_free(context);
    g_free(formats);
}

static void clear(arguments *a)
{
    g_free(a->output);
    g_free(a->format);
    g_free(a->zone);
    g_strfreev(a->inputs);
    g_free(a->extcap_version);
    g_free(a->interface);
    g_free(a->fifo);
    g_free(a->filter);
    g_free(a->file);
}

static sf_log_run run_of(const arguments *a)
{
    if (a->interfaces) {
        return SF_LOG_RUN_EXTCAP_INTERFACES;
    }
    if (a->dlts) {
        return SF_LOG_RUN_EXTCAP_DLTS;
    }
    return a->config ? SF_LOG_RUN_EXTCAP_CONFIG : SF_LOG_RUN_CONVERT;
}

static bool read_reading(const arguments *a, sf_log_reading *reading, char **error)
{
    const char *zone = a->zone && a->zone[0] ? a->zone : "auto";

    reading->follows = a->follow;
    if (!sf_log_clock_init(&reading->clock, zone)) {
        *error = g_strdup_printf("'%s' is neither 'local' nor an offset from UTC such as +02:00", zone);
        return false;
    }
    if (a->format && g_ascii_strcasecmp(a->format, SF_LOG_ANY_FORMAT) != 0) {
        reading->format = sf_log_format_find((sf_slice){ a->format, strlen(a->format) });
        if (!reading->format) {
            *error = g_strdup_printf("unknown format '%s'; --help lists the formats", a->format);
            return false;
        }
    }
    return true;
}

/* Users give logs and an output; Wireshark gives one log and a pipe. */
static bool read_files(arguments *a, sf_log_options *options, char **error)
{
    if (a->capture) {
        if (!a->fifo || !a->file || !a->file[0]) {
            *error = g_strdup(a->fifo ? "no log file was chosen" : "--capture needs --fifo");
            return false;
        }
        options->output = g_steal_pointer(&a->fifo);
        options->inputs = g_new0(char *, 2);
        options->inputs[0] = g_steal_pointer(&a->file);
        options->is_quiet = true;
        return true;
    }
    if (!a->inputs) {
        if (sf_system_is_input_terminal()) {
            *error = g_strdup("no log given; see --help");
            return false;
        }
        a->inputs = g_new0(char *, 2);
        a->inputs[0] = g_strdup("-");
    }
    if (!a->output && sf_system_is_output_terminal()) {
        *error = g_strdup("not writing a capture to the terminal; use -o FILE, or pipe the output to another program");
        return false;
    }
    options->inputs = g_steal_pointer(&a->inputs);
    options->output = a->output ? g_steal_pointer(&a->output) : g_strdup("-");
    return true;
}

bool sf_log_options_read(sf_log_options *options, int argc, char **argv, char **error)
{
    arguments a = { 0 };
    GError *parse_error = NULL;
    bool succeeded = true;

    memset(options, 0, sizeof *options);
    parse(&a, argc, argv, &parse_error);
    if (parse_error) {
        *error = g_strdup(parse_error->message);
        g_error_free(parse_error);
        succeeded = false;
    } else if (a.list) {
        char *list = format_sources();
        fputs(list, stdout);
        g_free(list);
        options->run = SF_LOG_RUN_NOTHING;
    } else if (a.version) {
        printf("skypefed-log %s\n", SKYPEFED_VERSION);
        options->run = SF_LOG_RUN_NOTHING;
    } else {
        options->run = run_of(&a);
        options->is_quiet = a.quiet;
        if (options->run == SF_LOG_RUN_CONVERT) {
            succeeded = read_reading(&a, &options->reading, error) && read_files(&a, options, error);
        }
    }
    clear(&a);
    return succeeded;
}

void sf_log_options_clear(sf_log_options *options)
{
    g_clear_pointer(&options->output, g_free);
    g_clear_pointer(&options->inputs, g_strfreev);
}
