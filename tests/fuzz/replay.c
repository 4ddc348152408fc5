/* tests/fuzz/replay.c: gives a target each file of the folders in turn, with any compiler and without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop(const char *path) {
    perror(path);
    exit(2);
}

static void replay_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) stop(path);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    /* As large as the file and no larger, so that a read past its end is seen. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data || fread(data, 1, size, f) != size) stop(path);
    fclose(f);
    /* Named before it runs: the input that ends the program is the last one in the log. */
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static size_t replay_folder(const char *folder) {
    size_t count = 0;
    char path[4096];
    DIR *d = opendir(folder);
    if (!d) stop(folder);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        replay_file(path);
        count++;
    }
    closedir(d);
    return count;
}

int main(int count, char **folders) {
    size_t files = 0;
    for (int i = 1; i < count; i++)
        files += replay_folder(folders[i]);
    printf("%zu inputs\n", files);
    return files == 0;
}
