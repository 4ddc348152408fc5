/*
 * yaml/dialect.h: what go-yaml makes of a text, before libfyaml reads it.
 *
 * libfyaml accepts about twenty things that go-yaml refuses, refuses a few that go-yaml accepts, and misreads some in
 * silence: the sibling after an empty block scalar becomes its text. Finding them takes the contexts that a scanner
 * knows, so the dialect is go-yaml's scanner and grammar (scanner.h, parser.h). It goes over the first document once
 * and gives go-yaml's verdict and its place; and it says whether the text is odd: it holds something that libfyaml
 * reads, or may read, otherwise. The nodes of an odd text come from the dialect's own events, those of any other from
 * libfyaml's.
 *
 * Odd are: tabs, carriage returns, the Unicode line breaks and the byte order mark; directives, "..." and a second
 * document; "? " keys and values without a key; tags that are not "!!name"; anchors that white space doesn't end;
 * escapes beyond \n \t \r \" \\; block scalars that are empty, that say their indentation, or whose last line does not
 * end; folded scalars with lines that are indented deeper; quoted and plain scalars on several lines; quotes inside of
 * single quotes; a comment without space before it; comments that are to be kept. A text that only libfyaml refuses is
 * read as an odd one. docs/libfyaml.md tells them by what libfyaml makes of them.
 */
#ifndef YAML_DIALECT_H
#define YAML_DIALECT_H

#include "core/scope.h"
#include "yaml/parser.h"
#include "yaml/tree.h"

/* What go-yaml refuses fails; *odd says which events to take. */
strata_status dialect_check(scope *sc, text piece, origin first, bool v2, tree_comments kept, bool *odd);
/* Fails with the parser's refusal, in words and with its place. */
strata_status dialect_refuse(scope *sc, const parser *p, origin first);

#endif
