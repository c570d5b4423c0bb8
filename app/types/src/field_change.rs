//! What differs between two texts in the small fields; the body is compared line by line elsewhere.

use crate::draft::DraftFields;
use serde::{Deserialize, Serialize};

/// A field that has another value in the newer of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Name of the field in the form.
    pub field: String,
    /// Its value in the older text.
    pub old: String,
    /// Its value in the newer text.
    pub new: String,
}

impl DraftFields {
    /// The fields that a newer text has otherwise, but for the body.
    #[must_use]
    pub fn changes_to(&self, newer: &Self) -> Vec<FieldChange> {
        self.named()
            .into_iter()
            .zip(newer.named())
            .filter(|((name, old), (_, new))| *name != "body" && old != new)
            .map(|((name, old), (_, new))| FieldChange {
                field: name.to_owned(),
                old: old.to_owned(),
                new: new.to_owned(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_small_field_that_differs_is_named() {
        let old = DraftFields { title: "旧".into(), tags: "一".into(), body: "甲".into(), ..DraftFields::default() };
        let new = DraftFields { title: "新".into(), summary: "述".into(), body: "乙".into(), ..old.clone() };
        let changes = old.changes_to(&new);
        let told: Vec<_> = changes.iter().map(|change| (&*change.field, &*change.old, &*change.new)).collect();
        assert_eq!(told, [("title", "旧", "新"), ("summary", "", "述")]);
        assert_eq!(old.changes_to(&old), []);
    }
}
