/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What reports on a call come to.
 */
#include "check.h"
#include "engine/body/quality_summary.h"

typedef struct {
    const char *name;
    const char *lines; /**< media lines of one report */
    const char *verdict;
    const char *reason;
    const char *mos; /**< with one decimal; NULL for none */
    const char *loss;
} summary_row;

#define LINE(label, text) "<MediaLine Label=\"" label "\">" text "</MediaLine>"
#define INBOUND(text) "<InboundStream>" text "</InboundStream>"
#define OUTBOUND(text) "<OutboundStream>" text "</OutboundStream>"
#define LOSS(rate) "<PacketLoss><LossRate>" rate "</LossRate></PacketLoss>"
#define JITTER(time) "<Jitter><InterArrival>" time "</InterArrival></Jitter>"
#define NETWORK_MOS(mos) "<NetworkMOS><OverallAvg>" mos "</OverallAvg></NetworkMOS>"
#define LOWERED(mos) "<NetworkMOS><DegradationAvg>" mos "</DegradationAvg></NetworkMOS>"
#define LISTENING_MOS(mos) "<RecvListenMOS>" mos "</RecvListenMOS>"
#define NETWORK(kind, vpn)                                                                       \
    "<NetworkConnectivityInfo><NetworkConnection>" kind "</NetworkConnection><VPN>" vpn "</VPN>" \
    "</NetworkConnectivityInfo>"
#define ICE(word) "<Connectivity><Ice>" word "</Ice></Connectivity>"

static const summary_row rows[] = {
    { "nothing", "", NULL, "", NULL, NULL },
    { "good", LINE("main-audio", INBOUND(LOSS("0.02") JITTER("5"))), "not poor", "", NULL, "2.0" },
    { "no-metric-with-a-limit", LINE("main-audio", INBOUND(NETWORK_MOS("4.1"))), NULL, "", "4.1", NULL },
    { "poor", LINE("main-audio", INBOUND(LOSS("0.125"))), "poor", "packet loss 12.5 %", NULL, "12.5" },
    { "worst-direction", LINE("main-audio", INBOUND(LOSS("0.02") JITTER("31")) OUTBOUND(LOSS("0.2") JITTER("77"))),
      "poor", "jitter 77 ms, packet loss 20.0 %", NULL, "20.0" },
    { "network-mos-says-most",
      LINE("main-audio", INBOUND(LISTENING_MOS("2.8") NETWORK_MOS("3.6")) OUTBOUND(NETWORK_MOS("3.1"))), NULL, "",
      "3.1", NULL },
    { "listening-mos", LINE("main-audio", INBOUND(LISTENING_MOS("2.8"))), NULL, "", "2.8", NULL },
    { "poor-over-wifi", LINE("main-audio", NETWORK("wifi", "true") INBOUND(JITTER("31"))), "poor",
      "jitter 31 ms; Wi-Fi, VPN", NULL, NULL },
    { "good-over-wifi", LINE("main-audio", NETWORK("wifi", "1") INBOUND(JITTER("30"))), "not poor", "", NULL, NULL },
    { "circumstances-of-the-poor-line",
      LINE("main-audio", NETWORK("wired", "false") ICE("HTTP-PROXY") INBOUND(JITTER("31")))
          LINE("main-video", NETWORK("wifi", "false") INBOUND("<VideoPacketLossRate>0.01</VideoPacketLossRate>")),
      "poor", "jitter 31 ms; through an HTTP proxy", NULL, "1.0" },
    { "data-is-not-judged", LINE("data", INBOUND(LOSS("0.5"))), NULL, "", NULL, NULL },
    { "no-path", LINE("main-audio", ICE("FAILED") INBOUND(LOSS("0.5"))), "no media path", "", NULL, NULL },
    { "lowest-mos", LINE("main-audio", INBOUND(NETWORK_MOS("1.0"))), NULL, "", "1.0", NULL },
    { "highest-mos", LINE("main-audio", INBOUND(LISTENING_MOS("5"))), NULL, "", "5.0", NULL },
    { "mos-not-available", LINE("main-audio", INBOUND(NETWORK_MOS("127") LISTENING_MOS("12.7"))), NULL, "", NULL,
      NULL },
    { "mos-of-zero", LINE("main-audio", INBOUND(NETWORK_MOS("0.0") LISTENING_MOS("0.99"))), NULL, "", NULL, NULL },
    { "mos-of-another-kind", LINE("main-audio", INBOUND(NETWORK_MOS("127") LISTENING_MOS("3.9"))), NULL, "", "3.9",
      NULL },
    { "mos-of-the-other-direction", LINE("main-audio", INBOUND(NETWORK_MOS("0")) OUTBOUND(NETWORK_MOS("3.2"))), NULL,
      "", "3.2", NULL },
    { "jitter-not-available", LINE("main-audio", INBOUND(JITTER("65535") LOSS("0.01"))), "not poor", "", NULL, "1.0" },
    { "mos-lowered-much", LINE("main-audio", INBOUND(LOWERED("3.5"))), "poor", "MOS lowered by 3.5", NULL, NULL },
    { "mos-lowered-by-more-than-its-scale", LINE("main-audio", INBOUND(LOWERED("12.7"))), NULL, "", NULL, NULL },
    { "no-number", LINE("main-audio", INBOUND(LOSS("much") JITTER("-1"))), NULL, "", NULL, NULL },
};

static sf_document document;

static void add(const char *lines, sf_quality_summary *summary)
{
    g_autofree char *text = g_strdup_printf("<VQReportEvent><VQSessionReport>%s</VQSessionReport></VQReportEvent>",
                                            lines);

    sf_document_read(sf_text(text), sf_document_type_of(sf_text("application/vq-rtcpxr+xml")), &document);
    sf_quality_summary_add(summary, &document, 0, document.count);
}

static void check_number(bool is_known, double value, const char *expected)
{
    g_autofree char *text = is_known ? g_strdup_printf("%.1f", value) : NULL;

    g_assert_cmpstr(text, ==, expected);
}

static void test_row(gconstpointer data)
{
    const summary_row *row = data;
    sf_quality_summary summary = { .is_judged = false };
    char reason[SF_MAX_QUALITY_WORDS];
    double mos = 0;

    add(row->lines, &summary);
    sf_quality_summary_reason(&summary, reason);
    g_assert_cmpstr(sf_quality_summary_verdict(&summary), ==, row->verdict);
    g_assert_cmpstr(reason, ==, row->reason);
    bool has_mos = sf_quality_summary_mos(&summary, &mos);
    check_number(has_mos, mos, row->mos);
    check_number(summary.has[SF_MEASURE_LOSS], summary.worst[SF_MEASURE_LOSS], row->loss);
}

/** The reports of both sides: the worst of each. */
static void test_two_reports(void)
{
    sf_quality_summary summary = { .is_judged = false };
    char reason[SF_MAX_QUALITY_WORDS];

    add(LINE("main-audio", NETWORK("wifi", "false") INBOUND(JITTER("50") LOSS("0.01"))), &summary);
    add(LINE("main-audio", ICE("RELAY") INBOUND(JITTER("40") LOSS("0.11"))), &summary);
    add(LINE("main-audio", INBOUND(JITTER("1"))), &summary);
    sf_quality_summary_reason(&summary, reason);
    g_assert_cmpstr(reason, ==, "jitter 50 ms, packet loss 11.0 %; Wi-Fi, through the media relay");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/quality-summary/row", rows, test_row);
    g_test_add_func("/quality-summary/two-reports", test_two_reports);
    return g_test_run();
}
