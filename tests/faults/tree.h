/* tests/faults/tree.h: what is in a directory, to be compared before and after a fault. */
#ifndef FAULTS_TREE_H
#define FAULTS_TREE_H

enum { TREE_SIZE = 1 << 16 };

/* Each file, with its bytes, each directory and each link below the folder, as one text; then all of them go. */
void tree_take(const char *folder, char out[TREE_SIZE]);

void tree_write(const char *folder, const char *name, const char *text);

/* How many files this process has open. */
int tree_open_files(void);

#endif
