/* SPDX-License-Identifier: GPL-3.0-or-later */
/* head.c - the scenario's own texts, copied so that the outcome outlives the model. */
#include "observe/head.h"

static const char *
keep(struct iss_outcome *outcome, const char *text)
{
    return text == NULL ? "" : iss_arena_strdup(&outcome->arena, text);
}

static int
fill_files(struct iss_outcome *outcome, const struct iss_model *model)
{
    int32_t count = 0;
    for (const struct iss_source_file *file = model->source.files; file;
         file = file->next) {
        count++;
    }
    struct iss_outcome_file *files =
        iss_arena_array(&outcome->arena, (size_t)count + 1, sizeof *files);
    if (files == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    outcome->files = files;
    for (const struct iss_source_file *file = model->source.files; file;
         file = file->next) {
        files->path = keep(outcome, file->path);
        files->sha256 = keep(outcome, file->sha256);
        files->text = keep(outcome, file->text);
        if (files->path == NULL || files->sha256 == NULL || files->text == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        files++;
        outcome->file_count++;
    }
    return ISS_OK;
}

int
iss_head_make(struct iss_outcome *outcome, const struct iss_model *model,
              const char *filetype, uint64_t seed)
{
    char epoch[32];

    outcome->filetype = filetype;
    outcome->title = keep(outcome, model->scenario.title);
    outcome->epoch =
        keep(outcome, iss_civil_format(model->epoch_us, ISS_CIVIL_SECOND, epoch));
    outcome->seed = seed;
    outcome->resolved_text = keep(outcome, model->resolved);
    outcome->model_hash = keep(outcome, model->hash);
    int status = fill_files(outcome, model);
    if (status == ISS_OK && outcome->file_count > 0) {
        outcome->scenario_text = outcome->files[0].text;
    }
    return status == ISS_OK &&
                   (outcome->title == NULL || outcome->epoch == NULL ||
                    outcome->resolved_text == NULL || outcome->model_hash == NULL)
               ? ISS_ERR_NO_MEMORY
               : status;
}
