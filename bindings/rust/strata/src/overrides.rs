//! Changes to a target's kustomization for one build; no file is touched.

use crate::error::{Error, Failure, Status};
use crate::strings::Keeper;
use std::collections::BTreeMap;
use std::mem::{size_of, MaybeUninit};
use strata_sys as sys;

/// An entry of `patches`: a strategic merge or JSON patch as text, or the path of its file. Without any part of a target
/// the patch itself names its resource. Names and namespaces are regular expressions.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    pub patch: Option<String>,
    pub path: Option<String>,
    pub group: Option<String>,
    pub version: Option<String>,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub label_selector: Option<String>,
    pub annotation_selector: Option<String>,
    pub allow_name_change: bool,
    pub allow_kind_change: bool,
}

/// What is applied to a target as if its kustomization file said so. `None` leaves what the file says, `Some("")` takes
/// it away.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub namespace: Option<String>,
    pub name_prefix: Option<String>,
    pub name_suffix: Option<String>,
    pub labels: BTreeMap<String, String>,
    /// Puts the labels in selectors and templates too, as `commonLabels` are.
    pub label_selectors: bool,
    /// Puts the labels in templates too (`includeTemplates`).
    pub label_templates: bool,
    pub annotations: BTreeMap<String, String>,
    /// As `kustomize edit set image` takes them: "nginx=registry.example/nginx:1.27".
    pub images: Vec<String>,
    pub replicas: BTreeMap<String, i64>,
    pub patches: Vec<Patch>,
    pub components: Vec<String>,
    pub ignore_missing_components: bool,
}

/// The library's object for them.
pub(crate) struct Made(*mut sys::strata_overrides);

impl Made {
    pub fn pointer(&self) -> *const sys::strata_overrides {
        self.0
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        unsafe { sys::strata_overrides_free(self.0) }
    }
}

impl Overrides {
    pub(crate) fn make(&self) -> Result<Made, Error> {
        let made = Made(unsafe { sys::strata_overrides_new() });
        if made.0.is_null() {
            return Err(Error::plain(Status::NoMemory, "out of memory"));
        }
        let failure = Failure::new();
        let (o, e, k) = (made.0, failure.pointer(), &mut Keeper::default());
        unsafe {
            if let Some(value) = &self.namespace {
                failure.check(sys::strata_overrides_set_namespace(o, k.text(value)?, e))?;
            }
            if let Some(value) = &self.name_prefix {
                failure.check(sys::strata_overrides_set_name_prefix(o, k.text(value)?, e))?;
            }
            if let Some(value) = &self.name_suffix {
                failure.check(sys::strata_overrides_set_name_suffix(o, k.text(value)?, e))?;
            }
            for (key, value) in &self.labels {
                let (key, value) = (k.text(key)?, k.text(value)?);
                failure.check(sys::strata_overrides_set_label(o, key, value, self.label_flags(), e))?;
            }
            for (key, value) in &self.annotations {
                let (key, value) = (k.text(key)?, k.text(value)?);
                let plain = sys::STRATA_METADATA_PLAIN;
                failure.check(sys::strata_overrides_set_annotation(o, key, value, plain, e))?;
            }
            for image in &self.images {
                failure.check(sys::strata_overrides_set_image(o, k.text(image)?, e))?;
            }
            for (name, count) in &self.replicas {
                failure.check(sys::strata_overrides_set_replicas(o, k.text(name)?, *count, e))?;
            }
            for patch in &self.patches {
                let given = patch.make(k)?;
                failure.check(sys::strata_overrides_add_patch(o, &given, e))?;
            }
            let flags = if self.ignore_missing_components { sys::STRATA_COMPONENT_OPTIONAL } else { 0 };
            for path in &self.components {
                failure.check(sys::strata_overrides_add_component(o, k.text(path)?, flags, e))?;
            }
        }
        Ok(made)
    }

    fn label_flags(&self) -> u32 {
        if self.label_selectors {
            sys::STRATA_METADATA_SELECTORS
        } else if self.label_templates {
            sys::STRATA_METADATA_TEMPLATES
        } else {
            sys::STRATA_METADATA_PLAIN
        }
    }
}

impl Patch {
    fn make(&self, k: &mut Keeper) -> Result<sys::strata_patch, Error> {
        let mut made = MaybeUninit::<sys::strata_patch>::zeroed();
        let mut made = unsafe {
            sys::strata_patch_init_size(made.as_mut_ptr(), size_of::<sys::strata_patch>());
            made.assume_init()
        };
        made.patch = k.optional(self.patch.as_deref())?;
        made.path = k.optional(self.path.as_deref())?;
        made.group = k.optional(self.group.as_deref())?;
        made.version = k.optional(self.version.as_deref())?;
        made.kind = k.optional(self.kind.as_deref())?;
        made.name = k.optional(self.name.as_deref())?;
        made.name_space = k.optional(self.namespace.as_deref())?;
        made.label_selector = k.optional(self.label_selector.as_deref())?;
        made.annotation_selector = k.optional(self.annotation_selector.as_deref())?;
        made.allow_name_change = self.allow_name_change.into();
        made.allow_kind_change = self.allow_kind_change.into();
        Ok(made)
    }
}
