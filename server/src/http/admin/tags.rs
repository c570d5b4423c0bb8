//! Tags: renamed, given other names, merged.

use super::nonsense;
use crate::http::form::{Asked, Done, again, wrong, wrong_as};
use crate::services::internal;
use app::error::AppError;
use app::words::admin as words;
use store::{StoreError, TagChange};
use types::TagKey;

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let Ok(key) = asked.field("id").parse::<TagKey>() else { return Ok(again(404, words::NO_TAG)) };
    let typed = |field: &str| asked.field(field).parse::<TagKey>();
    match asked.field("action") {
        "rename" => {
            let Ok(new) = typed("name") else { return Ok(wrong("name", words::BAD_TAG)) };
            let Ok(name) = asked.text("name", TagKey::MAX_CHARACTERS, false) else {
                return Ok(wrong("name", words::BAD_TAG));
            };
            let object = format!("{key} → {name}");
            let changed = store.rename_tag(&key, &name, &new, &asked.event("tag renamed", &object)).await;
            said(asked, changed, "saved", "name")
        }
        "alias" => {
            let Ok(alias) = typed("alias") else { return Ok(wrong("alias", words::BAD_TAG)) };
            let object = format!("{alias} → {key}");
            let changed = store.add_alias(&key, &alias, &asked.event("alias added", &object)).await;
            said(asked, changed, "added", "alias")
        }
        "unalias" => {
            let changed = store.remove_alias(&key, &asked.event("alias removed", key.as_str())).await;
            said(asked, changed, "removed", "")
        }
        "merge" => {
            let Ok(into) = typed("into") else { return Ok(wrong("into", words::BAD_TAG)) };
            let object = format!("{key} → {into}");
            let changed = store.merge_tag(&key, &into, &asked.event("tag merged", &object)).await;
            said(asked, changed, "merged", "into")
        }
        _ => Ok(nonsense()),
    }
}

/// Answers with what became of a change; `field` is where the other name was typed.
fn said(asked: &Asked<'_>, changed: Result<TagChange, StoreError>, done: &str, field: &str) -> Result<Done, AppError> {
    Ok(match changed.map_err(|error| internal("changing a tag", &error))? {
        TagChange::Done => {
            asked.state.site.content_changed();
            asked.back(done)
        }
        TagChange::Missing => wrong_as(404, field, words::NO_TAG),
        TagChange::Taken(other) => wrong_as(409, field, words::tag_taken(&other)),
        TagChange::Same => wrong_as(409, field, words::SAME_TAG),
    })
}
