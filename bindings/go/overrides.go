package strata

/*
#include <strata/strata.h>
*/
import "C"

import "sort"

// Patch is an entry of `patches`: a strategic merge or JSON patch as text, or the path of its file. Without any part of
// a target the patch itself names its resource. Names and namespaces are regular expressions.
type Patch struct {
	Patch string
	Path  string

	Group              string
	Version            string
	Kind               string
	Name               string
	Namespace          string
	LabelSelector      string
	AnnotationSelector string

	AllowNameChange bool
	AllowKindChange bool
}

// Overrides change a target's kustomization for one build, as if its file said so; no file is touched. What is zero
// leaves what the file says.
type Overrides struct {
	Namespace  string
	NamePrefix string
	NameSuffix string

	Labels map[string]string
	// LabelSelectors puts the labels in selectors and templates too, as `commonLabels` are; LabelTemplates in templates.
	LabelSelectors bool
	LabelTemplates bool
	Annotations    map[string]string

	// Images are written as `kustomize edit set image` takes them: "nginx=registry.example/nginx:1.27".
	Images   []string
	Replicas map[string]int64
	Patches  []Patch

	Components              []string
	IgnoreMissingComponents bool
}

type overridesMaker struct {
	made    *C.strata_overrides
	failure *C.strata_error
	keep    cStrings
	err     error
}

func (m *overridesMaker) check(status C.strata_status) {
	if m.err == nil && status != C.STRATA_OK {
		m.err = newError(status, m.failure)
	}
}

func sortedKeys[V any](values map[string]V) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func (m *overridesMaker) names(o *Overrides) {
	if o.Namespace != "" {
		m.check(C.strata_overrides_set_namespace(m.made, m.keep.string(o.Namespace), m.failure))
	}
	if o.NamePrefix != "" {
		m.check(C.strata_overrides_set_name_prefix(m.made, m.keep.string(o.NamePrefix), m.failure))
	}
	if o.NameSuffix != "" {
		m.check(C.strata_overrides_set_name_suffix(m.made, m.keep.string(o.NameSuffix), m.failure))
	}
}

func (m *overridesMaker) metadata(o *Overrides) {
	flags := C.uint(C.STRATA_METADATA_PLAIN)
	if o.LabelSelectors {
		flags = C.STRATA_METADATA_SELECTORS
	} else if o.LabelTemplates {
		flags = C.STRATA_METADATA_TEMPLATES
	}
	for _, key := range sortedKeys(o.Labels) {
		m.check(C.strata_overrides_set_label(m.made, m.keep.string(key), m.keep.string(o.Labels[key]), flags, m.failure))
	}
	for _, key := range sortedKeys(o.Annotations) {
		m.check(C.strata_overrides_set_annotation(m.made, m.keep.string(key), m.keep.string(o.Annotations[key]),
			C.STRATA_METADATA_PLAIN, m.failure))
	}
}

func (m *overridesMaker) patch(p *Patch) {
	var given C.strata_patch
	C.strata_patch_init(&given)
	given.patch = m.keep.optional(p.Patch)
	given.path = m.keep.optional(p.Path)
	given.group = m.keep.optional(p.Group)
	given.version = m.keep.optional(p.Version)
	given.kind = m.keep.optional(p.Kind)
	given.name = m.keep.optional(p.Name)
	given.name_space = m.keep.optional(p.Namespace)
	given.label_selector = m.keep.optional(p.LabelSelector)
	given.annotation_selector = m.keep.optional(p.AnnotationSelector)
	if p.AllowNameChange {
		given.allow_name_change = 1
	}
	if p.AllowKindChange {
		given.allow_kind_change = 1
	}
	m.check(C.strata_overrides_add_patch(m.made, &given, m.failure))
}

// make gives the library's object, to be freed by the caller; NULL for nil.
func (o *Overrides) make() (*C.strata_overrides, error) {
	if o == nil {
		return nil, nil
	}
	m := overridesMaker{made: C.strata_overrides_new(), failure: C.strata_error_new()}
	defer C.strata_error_free(m.failure)
	defer m.keep.free()
	m.names(o)
	m.metadata(o)
	for _, image := range o.Images {
		m.check(C.strata_overrides_set_image(m.made, m.keep.string(image), m.failure))
	}
	for _, name := range sortedKeys(o.Replicas) {
		m.check(C.strata_overrides_set_replicas(m.made, m.keep.string(name), C.int64_t(o.Replicas[name]), m.failure))
	}
	for i := range o.Patches {
		m.patch(&o.Patches[i])
	}
	flags := C.uint(0)
	if o.IgnoreMissingComponents {
		flags = C.STRATA_COMPONENT_OPTIONAL
	}
	for _, path := range o.Components {
		m.check(C.strata_overrides_add_component(m.made, m.keep.string(path), flags, m.failure))
	}
	if m.err != nil {
		C.strata_overrides_free(m.made)
		return nil, m.err
	}
	return m.made, nil
}
