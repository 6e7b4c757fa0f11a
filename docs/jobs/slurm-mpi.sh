#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A study as one job of Slurm on many nodes, by MPI.
#
#     sbatch --ntasks=256 docs/jobs/slurm-mpi.sh SCENARIO -n COUNT [OPTIONS...]
#
# Run in the clone, where ./isssim is, built with the cluster's MPI.  A job that is
# requeued or submitted again goes on where it was.
#
#SBATCH --job-name=isssim
#SBATCH --ntasks=64
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu

# One build, before the processes start.
"${ISSSIM:-./isssim}" --version
exec srun --mpi="${MPI:-pmix}" "${ISSSIM:-./isssim}" mc -q --resume -o "${OUTPUT:-study.h5}" "$@"
