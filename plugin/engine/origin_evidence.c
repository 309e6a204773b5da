/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who the parties are and where the message came from, as far as only the
 * whole message shows: Request-URI, product, Contact, gateway, the Edge's word.
 */
#include "message_reader.h"

/** What the parties of the message are, beside their addresses. */
typedef struct {
    sf_party *sender, *receiver;
    bool is_number;     /**< the sender's address is a telephone number */
    bool goes_to_teams; /**< a request whose Request-URI is Teams': its sender is a session border controller */
    bool comes_from_teams;
    bool is_of_gateway;                     /**< the sender is a gateway to the telephone network */
    sf_slice gateway_mark;                  /**< isGateway, or absent */
    const sf_gruu *server;                  /**< the Mediation Server in the sender's Contact, or NULL */
    bool is_online_server;                  /**< that one is of the Skype and Lync cloud */
    const sf_ms_header *trunk, *controller; /**< ms-trunking-peer, X-MS-SBC; NULL if there is none */
} parties;

static void add(sf_message *message, sf_evidence_kind kind, sf_slice header, sf_slice value, sf_network network)
{
    if (network != SF_NETWORK_UNKNOWN) {
        sf_origin_add(&message->origin, (sf_evidence){ kind, header, value, network }, &message->problems);
    }
}

static bool is_teams_product(const sf_message *message)
{
    return sf_product_is_of_teams(message->product.token);
}

/** A refusal or a redirection names others in its Contact, an answer to REGISTER whom it goes to (RFC 3261 20.10). */
bool sf_message_contact_is_sender(const sf_message *message)
{
    return message->is_request ||
           (message->status_code < 300 && !sf_slice_equals_nocase(message->method, SF_LITERAL("REGISTER")));
}

bool sf_message_goes_to_teams(const sf_message *message)
{
    return message->is_request && sf_host_is_teams(message->request_uri.host);
}

/** A final failure, or 100, may come from any server on the path: only an endpoint writes its epid into To. */
static bool is_of_sender(const sf_message *message)
{
    bool is_of_any_server = message->status_code == 100 || message->status_code >= 300;

    return !is_of_any_server || sf_slice_present(message->to.epid);
}

static const sf_gruu *mediation_server_at(const sf_message *message, sf_slice contact_host)
{
    for (unsigned i = 0; i < message->gruu_count; i++) {
        const sf_gruu *gruu = &message->gruus[i];
        if (gruu->kind == SF_GRUU_SERVER && gruu->host.text == contact_host.text &&
            sf_slice_equals_nocase(gruu->service, SF_LITERAL("MediationServer"))) {
            return gruu;
        }
    }
    return NULL;
}

static const sf_ms_header *header_of_kind(const sf_message *message, sf_ms_kind kind)
{
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        if (message->ms_headers[i].kind == kind) {
            return &message->ms_headers[i];
        }
    }
    return NULL;
}

static parties parties_of(sf_message_reader *r)
{
    sf_message *message = r->message;
    bool has_contact = sf_message_contact_is_sender(message);
    parties p = {
        .sender = message->is_request ? &message->from : &message->to,
        .receiver = message->is_request ? &message->to : &message->from,
        .goes_to_teams = sf_message_goes_to_teams(message),
        .trunk = header_of_kind(message, SF_MS_TRUNK),
        .controller = header_of_kind(message, SF_MS_TEAMS_SBC),
    };

    p.comes_from_teams = !p.goes_to_teams &&
                         (is_teams_product(message) || (has_contact && sf_host_is_teams(r->message->contact.host)) ||
                          (p.sender->is_present && p.sender->identity.network == SF_NETWORK_TEAMS));
    if (has_contact) {
        p.gateway_mark = r->contact_gateway;
        p.server = mediation_server_at(message, r->message->contact.host);
        p.is_online_server = p.server &&
                             sf_slice_in_domain(sf_host_without_root(p.server->host), SF_LITERAL("online.lync.com"));
    }
    p.is_of_gateway = sf_slice_present(p.gateway_mark) || p.trunk != NULL;
    p.is_number = p.sender->is_present && p.sender->identity.network == SF_NETWORK_NUMBER;
    return p;
}

static bool is_same_address(const sf_uri *a, const sf_uri *b)
{
    return sf_slice_equals_nocase(a->user, b->user) && sf_slice_equals_nocase(a->host, b->host);
}

/**
 * Teams is the callee of what is sent to it, and of what it answers. Some session border controllers write their own
 * name into both From and To: the Request-URI says then who is asked, and of an answer no more is known than that
 * Teams wrote it.
 */
static void settle_callee(sf_message_reader *r, const parties *p)
{
    sf_message *message = r->message;
    sf_party *to = &message->to;
    bool is_asked = p->goes_to_teams || (!message->is_request && is_teams_product(message));

    message->callee = to->identity;
    if (!is_asked || !to->is_present || to->identity.network == SF_NETWORK_TEAMS) {
        return;
    }
    bool names_sender = message->from.is_present && is_same_address(&to->address.uri, &message->from.address.uri);
    to->identity.network = SF_NETWORK_TEAMS;
    to->identity.is_ordinary = false;
    message->callee = to->identity;
    if (names_sender && message->is_request) {
        sf_identity_read(&message->request_uri, r->knowledge, SF_LITERAL("Request-URI"), message->request_uri.text,
                         NULL, &message->callee);
    } else if (names_sender) {
        message->callee.name = "Teams";
    }
}

/** A number says nothing of who carries it; beside a gateway, or Teams, it is one of the telephone network. */
static void settle_numbers(sf_message *message, const parties *p)
{
    sf_identity *sender = &p->sender->identity;
    bool is_with_teams = p->goes_to_teams || p->comes_from_teams || sender->network == SF_NETWORK_TEAMS ||
                         p->receiver->identity.network == SF_NETWORK_TEAMS;
    bool is_of_mediation_server = p->server && !p->is_online_server;

    if (sender->network == SF_NETWORK_NUMBER &&
        (is_with_teams || p->is_of_gateway || is_of_mediation_server || p->controller)) {
        sender->network = SF_NETWORK_TELEPHONE;
    }
    if (p->receiver->identity.network == SF_NETWORK_NUMBER && is_with_teams) {
        p->receiver->identity.network = SF_NETWORK_TELEPHONE;
    }
    if (sender->network == SF_NETWORK_UNKNOWN && p->sender->is_present && p->is_of_gateway) {
        sender->network = SF_NETWORK_TELEPHONE; /* whoever it is: the caller withholds the number */
    }
    message->callee.network = message->callee.name ? message->callee.network : message->to.identity.network;
}

static sf_evidence_kind kind_of_address(const sf_identity *identity)
{
    if (identity->is_decorated) {
        return SF_EVIDENCE_DECORATION;
    }
    return identity->is_ordinary ? SF_EVIDENCE_ORDINARY : SF_EVIDENCE_ADDRESS;
}

/** After a transfer a session border controller calls Teams with an address of Teams in From: that is no evidence. */
static void add_address_evidence(sf_message *message, const parties *p)
{
    const sf_identity *sender = &p->sender->identity;
    bool is_quoted = p->goes_to_teams && sender->network == SF_NETWORK_TEAMS;
    bool is_by_product = sf_slice_present(sender->text) && sender->network == SF_NETWORK_TEAMS &&
                         !sf_host_is_teams(p->sender->address.uri.host);

    if (!p->sender->is_present || !is_of_sender(message) || is_quoted || is_by_product) {
        return;
    }
    if (p->is_number) {
        add(message, SF_EVIDENCE_NUMBER, sender->header, sender->text, SF_NETWORK_NUMBER);
    } else if (sender->network != SF_NETWORK_TELEPHONE) { /* a gateway, whose caller withholds the number */
        add(message, kind_of_address(sender), sender->header, sender->text, sender->network);
    }
}

/** In a request it is about the sender's sign-in; in a response, about the receiver's. */
static void add_logon_evidence(sf_message *message)
{
    const sf_ms_header *header = header_of_kind(message, SF_MS_LOGON);

    if (header && sf_slice_equals_nocase(header->value, SF_LITERAL("RemoteUser"))) {
        add(message, SF_EVIDENCE_LOGON, header->header, header->value, SF_NETWORK_OWN);
    }
}

static void add_route_evidence(sf_message_reader *r)
{
    sf_message *message = r->message;

    for (unsigned i = 0; i < message->route_count; i++) {
        const sf_route *route = &message->routes[i];
        if (route->is_record_route && route->is_provider) {
            add(message, SF_EVIDENCE_ROUTE, SF_LITERAL("Record-Route"), route->address.uri.host,
                sf_network_of_edge(r->knowledge, route->address.uri.host));
        }
    }
}

/** Direct Routing has hosts of its own; the Skype cloud reaches a federated call through Mediation Servers. */
static void add_contact_evidence(sf_message_reader *r, const parties *p)
{
    static const sf_slice contact = SF_LITERAL_INIT("Contact");
    sf_message *message = r->message;

    if (sf_message_contact_is_sender(message) && sf_host_is_teams(r->message->contact.host)) {
        add(message, SF_EVIDENCE_HOST, contact, r->message->contact.host, SF_NETWORK_TEAMS);
    }
    if (sf_slice_present(p->gateway_mark)) {
        add(message, SF_EVIDENCE_GATEWAY, contact, p->gateway_mark, SF_NETWORK_TELEPHONE);
    }
    if (p->server && !p->is_online_server) {
        add(message, SF_EVIDENCE_MEDIATION_SERVER, contact, p->server->host, SF_NETWORK_TELEPHONE);
    } else if (p->server && !p->is_number) { /* the cloud has gateways to the telephone network as well */
        add(message, SF_EVIDENCE_MEDIA_GATEWAY, contact, p->server->host, SF_NETWORK_SKYPE);
    }
}

/** The name of the sender's own host: of its Contact, else of the Via that it wrote. */
static sf_slice host_of_sender(const sf_message_reader *r, sf_slice *header)
{
    const sf_message *message = r->message;

    *header = SF_LITERAL("Contact");
    if (sf_slice_present(r->message->contact.host) || message->via_count == 0) {
        return r->message->contact.host;
    }
    *header = SF_LITERAL("Via");
    return message->vias[message->via_count - 1].host;
}

/** Whoever sends to Teams is a session border controller; who answers a request of Teams, too. */
static void add_teams_evidence(sf_message_reader *r, const parties *p)
{
    sf_message *message = r->message;
    sf_slice header;

    if (p->goes_to_teams) {
        sf_uri uri = { .scheme = SF_LITERAL("sip"), .host = host_of_sender(r, &header) };
        if (!sf_host_is_teams(uri.host)) {
            add(message, SF_EVIDENCE_CONTROLLER, header, uri.host, sf_network_of_uri(r->knowledge, &uri));
        }
    }
    if (p->comes_from_teams && is_teams_product(message)) {
        add(message, SF_EVIDENCE_PRODUCT, r->product_header, message->product.token, SF_NETWORK_TEAMS);
    }
    if (p->sender->identity.network != SF_NETWORK_TELEPHONE) {
        return;
    }
    if (p->goes_to_teams) {
        add(message, SF_EVIDENCE_BESIDE_TEAMS, SF_LITERAL("Request-URI"), message->request_uri.host,
            SF_NETWORK_TELEPHONE);
    } else if (p->receiver->identity.network == SF_NETWORK_TEAMS && is_of_sender(message)) {
        add(message, SF_EVIDENCE_BESIDE_TEAMS, p->receiver->identity.header, p->receiver->identity.text,
            SF_NETWORK_TELEPHONE);
    } else if (p->controller) {
        add(message, SF_EVIDENCE_SBC, p->controller->header, p->controller->value, SF_NETWORK_TELEPHONE);
    }
}

/** Of the public networks that other marks show, the one with the strongest mark; else it stays unknown whose it is. */
static sf_network confirmed_by(const sf_origin *origin)
{
    sf_origin others = *origin;

    sf_origin_judge(&others);
    bool is_public = others.network == SF_NETWORK_SKYPE || others.network == SF_NETWORK_PUBLIC_IM;
    return is_public ? others.network : SF_NETWORK_PUBLIC;
}

/**
 * The Edge knows the network of an ordinary address, and of a number; an address of a known network keeps that. The
 * word publiccloud confirms a public provider and does not choose one.
 */
static void add_trust_evidence(sf_message_reader *r, sf_party *sender)
{
    sf_message *message = r->message;

    if (!sf_slice_present(message->trust.text)) {
        return;
    }
    sf_slice by;
    sf_network network = sf_trust_network(&message->trust, r->knowledge, &by);
    bool speaks_of_sender = network != SF_NETWORK_UNKNOWN && !sf_trust_is_of_edge(&message->trust);
    if (sender->is_present && speaks_of_sender &&
        (sender->identity.is_ordinary || sender->identity.network == SF_NETWORK_NUMBER)) {
        sender->identity.network = network;
        sender->identity.is_ordinary = false;
    }
    bool only_confirms = network == SF_NETWORK_PUBLIC;
    add(message, only_confirms ? SF_EVIDENCE_CONFIRMATION : SF_EVIDENCE_TRUST,
        SF_LITERAL("ms-edge-proxy-message-trust"), by, only_confirms ? confirmed_by(&message->origin) : network);
}

/** A response came from the party in To. The routes of a response were recorded by its request. */
void sf_message_find_origin(sf_message_reader *r)
{
    sf_message *message = r->message;
    const parties p = parties_of(r);

    settle_callee(r, &p);
    settle_numbers(message, &p);
    add_address_evidence(message, &p);
    if (message->is_request) {
        add_logon_evidence(message);
        add_route_evidence(r);
    }
    add_contact_evidence(r, &p);
    if (p.trunk) {
        add(message, SF_EVIDENCE_TRUNK, p.trunk->header, p.trunk->value, SF_NETWORK_TELEPHONE);
    }
    add_teams_evidence(r, &p);
    add_trust_evidence(r, p.sender);
    message->callee.network = message->callee.name ? message->callee.network : message->to.identity.network;
    sf_origin_judge(&message->origin);
}
