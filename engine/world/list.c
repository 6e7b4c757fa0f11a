/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * list.c - a sorted array; its few ids are moved up and down.
 */
#include "world/list.h"

void
iss_list_add(struct iss_list *list, int32_t id)
{
    int32_t at = list->count++;

    while (at > 0 && list->at[at - 1] > id) {
        list->at[at] = list->at[at - 1];
        at--;
    }
    list->at[at] = id;
}

void
iss_list_remove(struct iss_list *list, int32_t id)
{
    int32_t at = 0;

    while (list->at[at] != id) {
        at++;
    }
    list->count--;
    for (; at < list->count; at++) {
        list->at[at] = list->at[at + 1];
    }
}

int32_t
iss_list_next(const struct iss_list *list, int32_t from)
{
    for (int32_t i = 0; i < list->count; i++) {
        if (list->at[i] >= from) {
            return list->at[i];
        }
    }
    return -1;
}
