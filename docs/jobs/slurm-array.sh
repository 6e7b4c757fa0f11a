#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A study as a job array of Slurm: each task computes a shard, the last job joins them.
#
#     job=$(sbatch --parsable --array=1-64 docs/jobs/slurm-array.sh SCENARIO COUNT)
#     sbatch --dependency=afterany:"$job" docs/jobs/slurm-array.sh SCENARIO COUNT
#
# Run in the clone, where ./isssim is; run it once on the login node first, so that it is
# built.  The array numbers its tasks from 1 without a gap.  A task that is requeued or
# submitted again goes on where it was; a minute before its time is up it is asked to end.
#
#SBATCH --job-name=isssim
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
set -eu

isssim=${ISSSIM:-./isssim} folder=${OUTPUT:-study}
scenario=$1 count=$2
shift 2 # what is left are further options of isssim mc

mkdir -p -- "$folder"
if [[ -n ${SLURM_ARRAY_TASK_ID:-} ]]; then
    exec "$isssim" mc "$scenario" -q -n "$count" -j "${SLURM_CPUS_PER_TASK:-1}" --resume \
        --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
        -o "$folder/shard-$SLURM_ARRAY_TASK_ID.h5" "$@"
fi
exec "$isssim" merge --force -o "$folder/study.h5" "$folder"/shard-*.h5
