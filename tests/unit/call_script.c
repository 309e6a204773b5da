/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From steps to messages, and from messages to notes.
 */
#include "call_script.h"

#include "check.h"

struct sf_stage {
    GHashTable *blocks; /**< of the model -> their size */
    size_t bytes;
    sf_calls *calls;
    sf_message *message;
    GPtrArray *notes;
    guint waited;     /**< seconds beyond one for each frame */
    GPtrArray *texts; /**< of the messages, until the stage ends */
};

static void *allocate(void *context, size_t size)
{
    sf_stage *stage = context;
    void *block = g_malloc(size);

    memset(block, 0xa5, size); /* the model must not count on zeros */
    g_hash_table_insert(stage->blocks, block, GSIZE_TO_POINTER(size));
    stage->bytes += size;
    return block;
}

static void release(void *context, void *block)
{
    sf_stage *stage = context;

    g_assert_true(g_hash_table_contains(stage->blocks, block));
    stage->bytes -= GPOINTER_TO_SIZE(g_hash_table_lookup(stage->blocks, block));
    g_hash_table_remove(stage->blocks, block);
}

sf_stage *sf_stage_new(void)
{
    static const sf_hash_key key = { { 1, 2 } };
    sf_stage *stage = g_new0(sf_stage, 1);
    const sf_memory memory = { allocate, release, stage };

    stage->blocks = g_hash_table_new_full(g_direct_hash, g_direct_equal, g_free, NULL);
    stage->message = g_new0(sf_message, 1);
    stage->notes = g_ptr_array_new_with_free_func(g_free);
    stage->texts = g_ptr_array_new_with_free_func(g_free);
    stage->calls = sf_calls_new(&memory, &key);
    return stage;
}

void sf_stage_free(sf_stage *stage)
{
    g_hash_table_destroy(stage->blocks);
    g_ptr_array_free(stage->notes, TRUE);
    g_ptr_array_free(stage->texts, TRUE);
    g_free(stage->message);
    g_free(stage);
}

size_t sf_stage_bytes(const sf_stage *stage)
{
    return stage->bytes;
}

/* ---- sessions ---- */

static const char *const profiles[][2] = {
    { "AVP", "RTP/AVP" },
    { "SAVP", "RTP/SAVP" },
    { "SAVPF", "RTP/SAVPF" },
    { "TAVP", "TCP/RTP/AVP" },
    { "TSAVP", "TCP/RTP/SAVP" },
    { "TLS", "UDP/TLS/RTP/SAVP" },
    { "sip", "sip" },
    { "TLSRTP", "TCP/TLS/RTP/AVP" },
    { "fax", "udptl" },
    { "dfax", "UDP/TLS/UDPTL" },
    { "sctp", "UDP/DTLS/SCTP" },
    { "msrp", "TCP/MSRP" },
    { "msrps", "TCP/TLS/MSRP" },
    { "bfcp", "UDP/BFCP" },
    { "odd", "RTP/ODD" },
};

static const char *profile_word(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++) {
        if (strcmp(profiles[i][0], name) == 0) {
            return profiles[i][1];
        }
    }
    g_error("no profile %s", name);
}

/** Words that stand for lines of their own. */
static const char *const plain_lines[][2] = {
    { "rejected", "a=encryption:rejected\r\n" },
    { "mikey", "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO\r\n" },
    { "zrtp", "a=zrtp-hash:1.10 fe30efd02423cb05\r\n" },
    { "cap", "a=tcap:1 RTP/SAVP\r\na=pcfg:1 t=1\r\n" },
    { "sctp-port", "a=sctp-port:5000\r\n" },
    { "bundle-only", "a=bundle-only\r\n" },
    { "sendrecv", "a=sendrecv\r\n" },
    { "sendonly", "a=sendonly\r\n" },
    { "recvonly", "a=recvonly\r\n" },
    { "inactive", "a=inactive\r\n" },
    { "zero", "c=IN IP4 0.0.0.0\r\n" },
    { "zero6", "c=IN IP6 ::\r\n" },
};

static const char *plain_line(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(plain_lines); i++) {
        if (strcmp(plain_lines[i][0], word) == 0) {
            return plain_lines[i][1];
        }
    }
    return NULL;
}

/** A request has the client's line of a=cryptoscale, a response the server's; `w` is wrong and swaps them. */
static const char *role_word(char letter, bool is_response)
{
    if (letter != 's' && letter != 'w') {
        return "";
    }
    return (letter == 's') == is_response ? "server " : "client ";
}

static const char *suite_word(char letter)
{
    return letter == 'q' ? "X_UNKNOWN_SUITE" : letter == 'h' ? "AES_CM_128_HMAC_SHA1_32" : "AES_CM_128_HMAC_SHA1_80";
}

static void write_key(GString *out, const char *key, guint frame, bool is_response)
{
    g_auto(GStrv) parts = g_strsplit(key + 1, "@", 2);
    guint of_frame = parts[0] && parts[1] ? (guint)atoi(parts[1]) : frame;

    if (strcmp(key, "fp") == 0) {
        g_string_append_printf(out, "a=fingerprint:sha-256 00:11\r\na=setup:%s\r\n",
                               is_response ? "active" : "actpass");
    } else if (strncmp(key, "fp-", 3) == 0) {
        g_string_append_printf(out, "a=fingerprint:sha-256 00:11\r\na=setup:%s\r\n", key + 3);
    } else if (strncmp(key, "mid=", 4) == 0) {
        g_string_append_printf(out, "a=mid:%s\r\n", key + 4);
    } else if (plain_line(key)) {
        g_string_append(out, plain_line(key));
    } else if (key[0] == 'k') {
        g_string_append_printf(out, "k=base64:AAAA\r\na=encryption:%s\r\n", key[1] == 'r' ? "required" : "optional");
    } else {
        g_string_append_printf(out, "a=crypto%s:%s %s%s inline:%010u%02d%028d|2^31%s%s\r\n",
                               key[0] == 's' || key[0] == 'w' ? "scale" : "", parts[0], role_word(key[0], is_response),
                               suite_word(key[0]), of_frame, atoi(parts[0]), 0, key[0] == 'i' ? "|1:1" : "",
                               key[0] == 'u' ? " UNENCRYPTED_SRTP" : "");
    }
}

static void write_stream(GString *out, const char *stream, guint frame, bool is_response)
{
    g_auto(GStrv) parts = g_strsplit(stream, ":", 3);
    bool is_refused = g_str_has_suffix(parts[1], "0");

    if (is_refused) {
        parts[1][strlen(parts[1]) - 1] = '\0';
    }
    g_string_append_printf(out, "m=%s %d %s 0\r\n", parts[0], is_refused ? 0 : 50000, profile_word(parts[1]));
    g_auto(GStrv) keys = g_strsplit(parts[2] ? parts[2] : "", ",", 0);
    for (size_t i = 0; keys[i]; i++) {
        write_key(out, keys[i], frame, is_response);
    }
}

static char *body_of(const char *streams, guint frame, bool is_response)
{
    GString *out = g_string_new("v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=session\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n");

    if (strstr(streams, "mid=")) {
        g_string_append(out, "a=group:BUNDLE 0 1\r\n");
    }
    g_auto(GStrv) words = g_strsplit(streams, " ", 0);

    for (size_t i = 0; words[i]; i++) {
        if (*words[i]) {
            write_stream(out, words[i], frame, is_response);
        }
    }
    return g_string_free(out, FALSE);
}

/** The content of a message with its Content-Type. */
static char *content_of(const char *session, guint frame, bool is_response)
{
    if (!session) {
        return g_strdup("Content-Length: 0\r\n\r\n");
    }
    g_auto(GStrv) bodies = g_strsplit(session, "|", 2);
    bool is_empty = !bodies[0];
    g_autofree char *first = body_of(is_empty ? "" : bodies[0], frame, is_response);
    if (is_empty || !bodies[1]) {
        return g_strdup_printf("Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n%s", strlen(first), first);
    }
    g_autofree char *second = body_of(bodies[1], frame, is_response);
    g_autofree char *all = g_strdup_printf(
        "--b\r\nContent-Type: application/sdp\r\n"
        "Content-Disposition: session; handling=optional; ms-proxy-2007fallback\r\n\r\n%s\r\n"
        "--b\r\nContent-Type: application/sdp\r\n\r\n%s\r\n--b--\r\n",
        first, second);
    return g_strdup_printf("Content-Type: multipart/alternative;boundary=b\r\nContent-Length: %zu\r\n\r\n%s",
                           strlen(all), all);
}

/* ---- messages ---- */

static char *message_of(const sf_script_step *step, guint frame)
{
    g_auto(GStrv) words = g_strsplit(step->line, " ", 2);
    g_auto(GStrv) parties = g_strsplit(step->parties ? step->parties : "anna@example.com ben@example.org", " ", 2);
    const char *method = words[1] ? words[1] : words[0];
    g_autofree char *start = words[1] ? g_strdup_printf("SIP/2.0 %s Said", words[0])
                                      : g_strdup_printf("%s sip:peer@example.com SIP/2.0", words[0]);
    g_autofree char *caller = g_strdup_printf("<sip:%s>;tag=%s", parties[0],
                                              step->caller_tag ? step->caller_tag : "near");
    g_autofree char *callee = g_strdup_printf("<sip:%s>%s%s", parties[1], step->fork ? ";tag=" : "",
                                              step->fork ? step->fork : "");
    g_autofree char *content = content_of(step->session, frame, words[1] != NULL);

    return g_strdup_printf("%s\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %u %s\r\n"
                           "User-Agent: %s\r\n%s%s",
                           start, step->by_callee ? callee : caller, step->by_callee ? caller : callee,
                           step->call_id ? step->call_id : "one", step->cseq, method,
                           step->agent ? step->agent : "UCCAPI/15.0.4569.1503", step->headers ? step->headers : "",
                           content);
}

const sf_call_note *sf_stage_play(sf_stage *stage, const sf_script_step *step)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    guint frame = stage->notes->len + 1;
    char *text = message_of(step, frame);
    sf_call_note *note = g_new0(sf_call_note, 1);

    g_ptr_array_add(stage->texts, text);
    g_ptr_array_add(stage->notes, note);
    g_assert_cmpint(sf_message_read(sf_text(text), &knowledge, SF_READ_ALL, stage->message), ==, SF_OK);
    stage->waited += step->later;
    sf_call *call = sf_calls_take(stage->calls, stage->message, frame, (int64_t)(frame + stage->waited) * 1000000,
                                  note);
    g_assert_nonnull(call);
    sf_calls_number(stage->calls, call, note);
    memset(text, '#', strlen(text)); /* nothing of the message may be needed any more */
    return note;
}

static const struct {
    sf_answer_fault fault;
    char letter;
} fault_letters[] = {
    { SF_ANSWER_DECLINES_SRTP, '!' },     { SF_ANSWER_TAG_NOT_OFFERED, 't' }, { SF_ANSWER_SCHEME_NOT_OFFERED, 's' },
    { SF_ANSWER_SUITE_NOT_OFFERED, 'c' }, { SF_ANSWER_LEGACY_OPTIONAL, 'o' }, { SF_ANSWER_LEGACY_NOT_OFFERED, 'l' },
    { SF_ANSWER_REPEATS_KEY, 'r' },       { SF_ANSWER_NO_KEY, 'n' },          { SF_ANSWER_KEY_NOT_OFFERED, 'k' },
    { SF_ANSWER_NOBODY_STARTS, 'h' },     { SF_ANSWER_BOTH_START, 'H' },      { SF_ANSWER_EXTRA_STREAM, 'x' },
    { SF_ANSWER_SEVERAL_KEYS, 'm' },      { SF_ANSWER_SAME_ROLE, 'w' },       { SF_ANSWER_NO_FINGERPRINT, 'f' },
    { SF_ANSWER_KEEPS_PROFILE, 'p' },
};

char *sf_stage_streams(const sf_call_note *note)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < note->stream_count; i++) {
        const sf_stream_note *stream = &note->streams[i];
        g_string_append_printf(out, "%s%u", i ? " " : "", stream->verdict);
        if (stream->has_tag) {
            g_string_append_printf(out, "/%u", stream->tag);
        }
        for (size_t f = 0; f < G_N_ELEMENTS(fault_letters); f++) {
            if (stream->faults & fault_letters[f].fault) {
                g_string_append_c(out, fault_letters[f].letter);
            }
        }
    }
    return g_string_free(out, note->stream_count == 0);
}
