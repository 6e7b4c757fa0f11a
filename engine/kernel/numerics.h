/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel/numerics.h - which arithmetic this machine has.
 *
 * log, exp and pow of one C library differ in the last bit between CPUs with and
 * without fused multiply-add.  Rows made under different fingerprints must not be
 * mixed.
 */
#ifndef ISS_KERNEL_NUMERICS_H
#define ISS_KERNEL_NUMERICS_H

/** 16 hexadecimal digits and a zero: a hash over the results of log, exp, pow and the
 *  GSL distribution functions that the tables are built from, at fixed arguments. */
void iss_numerics_fingerprint(char text[17]);

/** "GSL 2.7.1": the numerical library in use. */
const char *iss_numerics_library(void);

#endif
