/* model/near_miss.c: see near_miss.h. */
#include "model/near_miss.h"

#include "core/suggest.h"

/* How much another kind weighs when the name is the same, and how many letters of any name may be wrong. */
enum { OTHER_KIND = 3, LEAST_LETTERS = 2 };

/* How far a kind is from the wanted one; SIZE_MAX: too far. */
static size_t kind_distance(text kind, const resource_id *wanted, bool same_name) {
    if (text_empty(wanted->type.kind) || text_equal(kind, wanted->type.kind)) return 0;
    if (suggest_is_near(wanted->type.kind, kind)) return text_distance(wanted->type.kind, kind);
    return same_name && !text_empty(wanted->name) ? OTHER_KIND : SIZE_MAX;
}

/* The same for names, of which some letter must be right. */
static size_t name_distance(text name, text wanted) {
    size_t most = LEAST_LETTERS + wanted.size / 3;
    size_t apart = name.size > wanted.size ? name.size - wanted.size : wanted.size - name.size;
    size_t distance = apart > most ? SIZE_MAX : text_distance(wanted, name);
    return distance <= most && (distance < wanted.size || distance < name.size) ? distance : SIZE_MAX;
}

/* Whether the resource may have been meant; *out is how far it is from that. */
static bool is_near(const resource *r, const resource_id *wanted, size_t *out) {
    text name = resource_name(r);
    bool same_name = text_empty(wanted->name) || text_equal(name, wanted->name);
    *out = kind_distance(resource_kind(r), wanted, same_name);
    if (*out == SIZE_MAX || same_name) return *out != SIZE_MAX;
    size_t distance = name_distance(name, wanted->name);
    *out += distance;
    return distance != SIZE_MAX;
}

static text named(scope *sc, const resource *r) {
    text kind = resource_kind(r), name = resource_name(r);
    origin_place place;
    if (!origin_resolve(sc->origins, r->root->where, &place))
        return text_format(sc->arena, "%.*s/%.*s", TEXT_ARG(kind), TEXT_ARG(name));
    return text_format(sc->arena, "%.*s/%.*s (%.*s:%u)", TEXT_ARG(kind), TEXT_ARG(name), TEXT_ARG(place.file),
                       place.line);
}

/* What else tells a resource of the wanted kind and name from the wanted one. */
static text difference(scope *sc, const resource *r, const resource_id *wanted, bool exact, text name) {
    gvk type = resource_gvk(r);
    text version = resource_api_version(r), name_space = resource_namespace(r);
    if (!gvk_selected(type, wanted->type) || (exact && !gvk_equal(type, wanted->type)))
        return text_format(sc->arena, "%.*s has the apiVersion %.*s", TEXT_ARG(name), TEXT_ARG(version));
    if (text_equal(name_space, wanted->name_space) || (!exact && text_empty(wanted->name_space))) return TEXT_EMPTY;
    if (text_empty(name_space)) return text_format(sc->arena, "%.*s has no namespace", TEXT_ARG(name));
    return text_format(sc->arena, "%.*s has the namespace %.*s", TEXT_ARG(name), TEXT_ARG(name_space));
}

text near_miss_hint(scope *sc, const resource_set *set, const resource_id *wanted, bool exact) {
    const resource *best = NULL;
    size_t best_distance = SIZE_MAX, distance;
    for (size_t i = 0; i < set->count && best_distance > 0; i++) {
        if (!is_near(set->items[i], wanted, &distance) || distance >= best_distance) continue;
        best = set->items[i];
        best_distance = distance;
    }
    if (!best) return TEXT_EMPTY;
    text name = named(sc, best);
    if (!name.data) return TEXT_EMPTY;
    text hint = best_distance > 0 ? text_format(sc->arena, "did you mean %.*s?", TEXT_ARG(name))
                                  : difference(sc, best, wanted, exact, name);
    return hint.data ? hint : TEXT_EMPTY;
}
