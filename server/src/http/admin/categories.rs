//! The tree of categories: made, renamed, moved, merged, hidden.

use super::nonsense;
use crate::http::form::{Asked, Done, again, wrong, wrong_as};
use crate::services::internal;
use app::admin::Place;
use app::error::AppError;
use app::words::admin as words;
use store::{CategoryChange, StoreError};
use types::{CategoryNode, Slug};

/// Characters of a name.
const NAME: usize = 40;

/// Where a category stands.
struct Spot<'a> {
    node: &'a CategoryNode,
    parent: Option<&'a CategoryNode>,
    place: usize,
}

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let tree = store.category_tree().await.map_err(|error| internal("reading the categories", &error))?;
    let action = asked.field("action");
    if action == "add" {
        return add(asked, &tree).await;
    }
    let spot = asked.field("id").parse().ok().and_then(|id| find(&tree, id));
    let Some(Spot { node, parent, place }) = spot else { return Ok(again(404, words::NO_CATEGORY)) };
    let (id, name) = (node.id, node.name.as_str());
    match action {
        "rename" => rename(asked, node).await,
        "up" | "down" => {
            let place = if action == "up" { place.saturating_sub(1) } else { place + 1 };
            let event = asked.event("category placed", name);
            let changed = store.place_category(id, parent.map(|parent| parent.id), place, &event).await;
            let here = format!("{}?done=moved#category-{id}", Place::Categories.path());
            said(asked, changed, Done::At(here, None), "")
        }
        "move" => {
            let parent = match chosen(asked.field("parent"), &tree) {
                Ok(parent) => parent,
                Err(refusal) => return Ok(refusal),
            };
            let object = format!("{name} → {}", parent.map_or("/", |parent| &parent.name));
            let event = asked.event("category placed", &object);
            // Who chose a group alone wants its end; who dragged, a place.
            let place = asked.field("place").parse().unwrap_or(usize::MAX);
            let changed = store.place_category(id, parent.map(|parent| parent.id), place, &event).await;
            said(asked, changed, asked.back("moved"), "parent")
        }
        "merge" => {
            let into = asked.field("into").parse().ok().and_then(|id| find(&tree, id));
            let Some(into) = into else { return Ok(wrong("into", words::NOT_CHOSEN)) };
            let object = format!("{name} ({}) → {} ({})", node.slug, into.node.name, into.node.slug);
            let changed = store.merge_category(id, into.node.id, &asked.event("category merged", &object)).await;
            let there = format!("{}?done=merged#category-{}", Place::Categories.path(), into.node.id);
            said(asked, changed, Done::At(there, None), "into")
        }
        "hide" | "show" => {
            let hides = action == "hide";
            let (what, word) = if hides { ("category hidden", "hidden") } else { ("category shown", "shown") };
            let changed = store.hide_category(id, hides, &asked.event(what, name)).await;
            said(asked, changed, asked.back(word), "")
        }
        _ => Ok(nonsense()),
    }
}

async fn add(asked: &Asked<'_>, tree: &[CategoryNode]) -> Result<Done, AppError> {
    let Ok(name) = asked.text("name", NAME, false) else { return Ok(wrong("name", words::BAD_NAME)) };
    let typed = asked.field("slug").trim();
    let slug = if typed.is_empty() { Slug::from_text(&name) } else { typed.parse() };
    let Ok(slug) = slug else { return Ok(wrong("slug", words::BAD_SLUG)) };
    let parent = match chosen(asked.field("parent"), tree) {
        Ok(parent) => parent.map(|parent| parent.id),
        Err(refusal) => return Ok(refusal),
    };
    let object = format!("{name} ({slug})");
    let event = asked.event("category added", &object);
    let changed = asked.state.site.store.add_category(parent, &name, &slug, &event).await;
    said(asked, changed, asked.back("added"), "parent")
}

async fn rename(asked: &Asked<'_>, node: &CategoryNode) -> Result<Done, AppError> {
    let Ok(name) = asked.text("name", NAME, false) else { return Ok(wrong("name", words::BAD_NAME)) };
    let Ok(slug) = asked.field("slug").trim().parse::<Slug>() else { return Ok(wrong("slug", words::BAD_SLUG)) };
    let object = format!("{} ({}) → {name} ({slug})", node.name, node.slug);
    let event = asked.event("category renamed", &object);
    let changed = asked.state.site.store.rename_category(node.id, &name, &slug, &event).await;
    said(asked, changed, asked.back("saved"), "")
}

/// The group that a choice names; none for the top of the tree.
fn chosen<'t>(text: &str, tree: &'t [CategoryNode]) -> Result<Option<&'t CategoryNode>, Done> {
    if text.is_empty() {
        return Ok(None);
    }
    let group = text.parse::<i64>().ok().and_then(|id| tree.iter().find(|group| group.id == id));
    group.map(Some).ok_or_else(|| wrong("parent", words::NO_CATEGORY))
}

fn find(tree: &[CategoryNode], id: i64) -> Option<Spot<'_>> {
    tree.iter().enumerate().find_map(|(place, group)| {
        if group.id == id {
            return Some(Spot { node: group, parent: None, place });
        }
        let place = group.leaves.iter().position(|leaf| leaf.id == id)?;
        Some(Spot { node: &group.leaves[place], parent: Some(group), place })
    })
}

/// Answers with what became of a change; `field` is where a tree that would be too deep was chosen.
fn said(
    asked: &Asked<'_>,
    changed: Result<CategoryChange, StoreError>,
    done: Done,
    field: &str,
) -> Result<Done, AppError> {
    Ok(match changed.map_err(|error| internal("changing a category", &error))? {
        CategoryChange::Done => {
            asked.state.site.content_changed();
            done
        }
        CategoryChange::Missing => again(404, words::NO_CATEGORY),
        CategoryChange::SlugTaken => wrong_as(409, "slug", words::SLUG_TAKEN),
        CategoryChange::TooDeep => wrong_as(409, field, words::TOO_DEEP),
    })
}
