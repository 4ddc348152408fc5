/*
 * cli/output.h: writes what a command has made, whole or not at all. The functions print an error and give the exit
 * status; 0 is success.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* To standard output. A full disk or a closed pipe is an error. */
int output_to_stdout(const char *data, size_t size);

/*
 * To a file: beside its place, then renamed, so that nobody ever sees half of it and an error leaves the old one. A
 * symbolic link is followed and the file's permissions, owner and group are kept. What is no regular file (a pipe,
 * /dev/stderr), lies in a directory that can't be written to, is mounted by itself, or belongs to somebody else to whom
 * no file can be given, is written in place.
 */
int output_to_file(const char *path, const char *data, size_t size);

/* To be called before threads are started, if a file is written while they run. */
void output_prepare(void);

/*
 * To a file below a directory, with the directories on the way made where they are missing. No symbolic link is
 * followed below the directory: one in the place of the file is replaced, one on the way is an error.
 */
int output_below(const char *directory, const char *place, const char *data, size_t size);

/* Makes a directory and those above it that are missing. */
int output_make_directories(const char *path);

bool output_is_directory(const char *path);

#endif
