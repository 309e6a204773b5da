/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A candidate being read: what candidate.c, candidate_parts.c,
 * candidate_draft_06.c and candidate_draft_19.c share. Private to them.
 */
#ifndef SF_ENGINE_SDP_CANDIDATE_READER_H
#define SF_ENGINE_SDP_CANDIDATE_READER_H

#include "candidate.h"

typedef struct {
    sf_problems *problems;
    sf_candidate *candidate;
} sf_candidate_reader;

/** Words that each dialect has at least, and where draft 19 has `typ`. */
enum { SF_DRAFT_06_WORDS = 7, SF_DRAFT_19_WORDS = 8, SF_TYP_AT = 6 };

/** Words of draft 19 after its type that are read at a time: pairs of name and value. */
enum { SF_PAIR_WORDS = 2 * 8 };

/** A password is 16 bytes in base64. */
enum { SF_SHORTEST_PASSWORD_LETTERS = 20 };

/* candidate_parts.c */

/** Notes a fault of `where`; quotes nothing of it if it may be a password. */
void sf_candidate_note(const sf_candidate_reader *r, sf_slice where, const char *what, const char *why);

/** Notes a fault of the whole line, of which nothing is quoted. */
void sf_candidate_note_line(const sf_candidate_reader *r, const char *why);

void sf_candidate_read_component(const sf_candidate_reader *r, sf_slice word);
void sf_candidate_read_address(const sf_candidate_reader *r, sf_slice word, sf_transport_address *address);
void sf_candidate_read_port(const sf_candidate_reader *r, sf_slice word, sf_transport_address *address);

/** True for UDP, TCP and the kinds of TCP. */
bool sf_candidate_is_transport(sf_slice word);

/* candidate_draft_06.c */

/** Reads `words`, which are in the order of draft 06. */
void sf_candidate_read_draft_06(const sf_candidate_reader *r, const sf_slice *words, unsigned count);

/* candidate_draft_19.c */

/**
 * Reads the words of draft 19.
 * @param words   room for SF_DRAFT_19_WORDS + SF_PAIR_WORDS
 * @param typ_at  index of `typ`, SF_DRAFT_19_WORDS if it is missing
 */
void sf_candidate_read_draft_19(const sf_candidate_reader *r, sf_slice *words, unsigned count, unsigned typ_at);

#endif
