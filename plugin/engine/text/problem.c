/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The list of what could not be read.
 */
#include "problem.h"

#include "key_mark.h"

#define TEXT_OF(number) #number
#define TEXT_OF_VALUE(macro) TEXT_OF(macro)
#define ROW(limit, elements) \
    [SF_LIMIT_##limit] = { elements, "exceed the limit of " TEXT_OF_VALUE(SF_MAX_##limit) "; the rest was skipped" }

static const struct {
    const char *what;
    const char *why;
} limit_texts[SF_LIMIT_COUNT] = {
    ROW(HEADERS, "Headers"),
    ROW(LIST_ELEMENTS, "Elements of this list"),
    ROW(PARAMETERS, "Parameters"),
    ROW(VIAS, "Via entries"),
    ROW(ROUTES, "Route entries"),
    ROW(GRUUS, "GRUUs"),
    ROW(IDENTITIES, "Decorated addresses"),
    ROW(EPIDS, "Endpoint ids"),
    ROW(REFERENCES, "Transfer and forwarding entries"),
    ROW(EVIDENCE, "Pieces of origin evidence"),
    ROW(BODIES, "Body parts"),
    ROW(BODY_NESTING, "Levels of multipart bodies"),
    ROW(SDPS, "SDP bodies"),
    ROW(STREAMS, "Media streams"),
    ROW(CRYPTOS, "Crypto attributes"),
    ROW(KEYS, "Keys of one crypto attribute"),
    ROW(CANDIDATES, "Candidates"),
    ROW(REMOTE_CANDIDATES, "Candidates that ICE chose"),
    ROW(CODECS, "Codecs"),
    ROW(ATTRIBUTES, "Microsoft attributes"),
    ROW(DIAGNOSTICS, "Diagnostics headers"),
    ROW(DIAGNOSTIC_PARAMS, "Parameters of diagnostics"),
    ROW(MEDIA_DEBUGS, "Media debug values"),
    ROW(MEDIA_DEBUG_PARAMS, "Other keys of media debug values"),
    ROW(MICROSOFT_HEADERS, "Microsoft headers"),
    ROW(AUTHENTICATIONS, "Authentication headers"),
    ROW(SKYPE_URIS, "skype: URIs"),
    ROW(PARTICIPANTS, "Participants of skype: URIs"),
    ROW(PROBLEMS, "Malformed elements"),
};

void sf_problems_clear(sf_problems *problems)
{
    problems->count = 0;
    problems->limits_hit = 0;
    problems->context = problems->text = (sf_slice){ NULL, 0 };
    problems->cut = NULL;
}

static void add(sf_problems *problems, sf_problem problem)
{
    if (problems->count < SF_MAX_PROBLEMS) {
        problems->items[problems->count++] = problem;
        return;
    }
    /* The list is full: its last row says so from now on. */
    problems->items[SF_MAX_PROBLEMS - 1] = (sf_problem){
        .kind = SF_PROBLEM_LIMIT,
        .context = problem.context,
        .element = problem.element,
        .where = sf_slice_head(problem.where, 0),
        .what = limit_texts[SF_LIMIT_PROBLEMS].what,
        .why = limit_texts[SF_LIMIT_PROBLEMS].why,
    };
}

/** Two decoders may read the same bytes (a route and its GRUU): one note is enough. */
static bool is_known(const sf_problems *problems, sf_slice where, const char *what)
{
    for (unsigned i = 0; i < problems->count; i++) {
        if (problems->items[i].where.text == where.text && strcmp(problems->items[i].what, what) == 0) {
            return true;
        }
    }
    return false;
}

/** The lines of `text` that `where` lies in, and those folded into them. */
static sf_slice lines_around(sf_slice text, sf_slice where)
{
    const char *const end = sf_slice_end(text);
    const char *begin = where.text;
    const char *after = sf_slice_end(where);

    while (begin > text.text && (begin[-1] != '\n' || (begin < end && (*begin == ' ' || *begin == '\t')))) {
        begin--;
    }
    do {
        after += sf_slice_find(sf_slice_between(after, end), '\n');
    } while (after < end && ++after < end && (*after == ' ' || *after == '\t'));
    return sf_slice_between(begin, after);
}

/** True if quoting `where` could show a key: not only its own bytes count, since a key may be cut off its mark. */
static bool may_be_of_key(const sf_problems *problems, sf_slice element, sf_slice where)
{
    sf_slice text = problems->text;

    if (where.length == 0) {
        return false;
    }
    if (where.text >= text.text && sf_slice_end(where) <= sf_slice_end(text)) {
        return sf_has_key_mark(lines_around(text, where));
    }
    return sf_has_key_mark(element) || sf_has_key_mark(where);
}

/** True if the bytes at fault, or without any the element, go on to where the capture has cut the message off. */
static bool reaches_cut(const sf_problems *problems, sf_slice element, sf_slice where)
{
    sf_slice place = where.length > 0 ? where : element;
    const char *end = sf_slice_end(place);

    return problems->cut && place.text >= problems->text.text && end >= problems->cut &&
           end <= sf_slice_end(problems->text);
}

void sf_problems_malformed(sf_problems *problems, sf_slice element, sf_slice where, const char *what, const char *why)
{
    if (!problems) {
        return;
    }
    if (is_known(problems, where, what) || reaches_cut(problems, element, where)) {
        return;
    }
    if (may_be_of_key(problems, element, where)) {
        where = sf_slice_head(where, 0);
    }
    add(problems, (sf_problem){ SF_PROBLEM_MALFORMED, problems->context, element, where, what, why });
}

void sf_problems_limit(sf_problems *problems, sf_limit limit, sf_slice element)
{
    if (!problems || problems->limits_hit & (1u << limit)) {
        return;
    }
    problems->limits_hit |= 1u << limit;
    add(problems, (sf_problem){ SF_PROBLEM_LIMIT, problems->context, element, sf_slice_head(element, 0),
                                limit_texts[limit].what, limit_texts[limit].why });
}
