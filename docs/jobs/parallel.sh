#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A study as shards by GNU parallel, which also reaches other machines (--sshlogin in
# $PARALLEL, with a folder that they share).
#
#     docs/jobs/parallel.sh SCENARIO COUNT SHARDS [OPTIONS of isssim mc...]
#
# Run in the clone, where ./isssim is.  Once more it goes on where it was.
set -eu

isssim=${ISSSIM:-./isssim} folder=${OUTPUT:-study}
scenario=$1 count=$2 shards=$3
shift 3

mkdir -p -- "$folder"
"$isssim" --version # one build, before the processes start
# A shard ends with an error when some of its missions fail; merging tells about those,
# and about shards that are missing.
seq "$shards" | parallel -q "$isssim" mc "$scenario" -q -n "$count" -j 1 --resume \
    --shard "{}/$shards" -o "$folder/shard-{}.h5" "$@" || true
exec "$isssim" merge --force -o "$folder/study.h5" "$folder"/shard-*.h5
