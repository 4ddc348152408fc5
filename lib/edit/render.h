/*
 * edit/render.h: new parts of a kustomization file, in the style of the file.
 *
 * Lists and mappings are indented as the first ones in the file are, and a text that comes where others stand is quoted
 * as they are. Otherwise scalars are written as the reference writes them, but never broken over lines. Lines end in
 * LF; who puts them into a file with other line ends converts them.
 */
#ifndef EDIT_RENDER_H
#define EDIT_RENDER_H

#include "core/buffer.h"
#include "edit/layout.h"

typedef struct file_style {
    size_t list_offset; /* of a dash from the column of the key above it */
    size_t map_step;    /* of a nested key from that of the key above it */
} file_style;

file_style file_style_of(const layout *l);
/* The same for a part of it; what that part doesn't show is as `otherwise` says. */
file_style file_style_near(const layout *l, const element *e, file_style otherwise);

/*
 * The element that a new one beside it should look like: a plain text, or one in quotes that it could do without, or a
 * collection. NULL: none of them says anything.
 */
const element *element_sample(const element *collection);

/* "key: value\n" and the lines that follow, for a place at column `indent`; `like` is a neighbour's value or NULL. */
void render_pair(buffer *out, const file_style *style, text key, const node *value, size_t indent, const element *like);
/* "- value\n" and the lines that follow. */
void render_item(buffer *out, const file_style *style, const node *value, size_t indent, const element *like);
/* What follows "key:" or "-", from the space or line break on; `indent` is the column of that key or dash. */
void render_value(buffer *out, const file_style *style, const node *value, size_t indent, const element *like);
/* A value on one line, inside brackets. `quoted`: all texts in double quotes, as in JSON. */
void render_flow(buffer *out, const node *value, bool quoted);
void render_flow_pair(buffer *out, text key, const node *value, bool quoted);
/* A scalar on one line, in those quotes if the text allows it. */
void render_scalar(buffer *out, const node *value, node_style quotes, bool flow);
/*
 * The quotes for a value that takes an element's place or stands beside it: its own, but none when only its own text
 * needed them. NULL: none.
 */
node_style render_quotes(const element *like, const node *value);
void render_key(buffer *out, text key, bool quoted);

#endif
