/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The statistics tree: `tshark -z skypefed,tree[,filter]`, and a tree in
 * Wireshark's Statistics menu. It counts messages, and the calls they belong
 * to, by what they tell.
 */
#ifndef SF_DISSECT_STATISTICS_STATISTICS_TREE_H
#define SF_DISSECT_STATISTICS_STATISTICS_TREE_H

/** Registers the tree. */
void sf_statistics_tree_register(void);

#endif
