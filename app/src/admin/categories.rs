//! `/admin/categories`: the tree, its order, and what can be done to one of its parts.

use super::Place;
use super::desk::{Act, desk, means};
use crate::form::{Choice, Field, form_key};
use crate::parameters::use_parameters;
use crate::words::admin as words;
use crate::workshop::Modules;
use leptos::prelude::*;
use types::CategoryNode;

/// `/admin/categories`.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    let chosen = use_parameters().read_untracked().get("edit").and_then(|id| id.parse::<i64>().ok());
    desk(
        Place::Categories,
        |admin, viewer| async move { admin.categories(&viewer).await },
        move |tree: Vec<CategoryNode>| {
            let every: Vec<&CategoryNode> =
                tree.iter().flat_map(|group| std::iter::once(group).chain(&group.leaves)).collect();
            let editing = every.iter().find(|node| Some(node.id) == chosen).map(|node| one(node, &tree));
            let last = tree.len();
            let groups = tree
                .iter()
                .enumerate()
                .map(|(place, group)| {
                    let count = group.leaves.len();
                    let leaves = group
                        .leaves
                        .iter()
                        .enumerate()
                        .map(|(place, leaf)| view! { <li id=format!("category-{}", leaf.id)>{line(leaf, place, count)}</li> })
                        .collect_view();
                    view! { <li id=format!("category-{}", group.id)>{line(group, place, last)} <ul>{leaves}</ul></li> }
                })
                .collect_view();
            view! {
                <p>{words::CATEGORIES_HELP}</p>
                {editing}
                <ul class="tree">{groups}</ul>
                {Modules::load(|modules| modules.desk)}
                {add(&tree)}
            }
            .into_any()
        },
    )
}

/// One line of the tree. Its counts are those of the part itself, without what stands below it.
fn line(node: &CategoryNode, place: usize, count: usize) -> AnyView {
    let (id, to) = (node.id.to_string(), Place::Categories.path());
    view! {
        <div class="line">
            <a href=format!("{to}?edit={id}#edit")>{node.name.clone()}</a>
            <code>{node.slug.to_string()}</code>
            <span class="num">{words::articles(node.published, node.every)}</span>
            {node.hidden.then(|| view! { <b>{words::HIDDEN}</b> })}
            <Act to=to.to_owned() action="up" id=id.clone() word="↑" label=words::up(&node.name) disabled={place == 0} />
            <Act to=to.to_owned() action="down" id=id word="↓" label=words::down(&node.name) disabled={place + 1 == count} />
        </div>
    }
    .into_any()
}

/// The forms for one part of the tree.
fn one(node: &CategoryNode, tree: &[CategoryNode]) -> AnyView {
    let id = node.id.to_string();
    let to = format!("{}?edit={id}", Place::Categories.path());
    let parent = tree.iter().find(|group| group.leaves.iter().any(|leaf| leaf.id == node.id));
    let (rename, put, merge) = (form_key("rename", &id), form_key("move", &id), form_key("merge", &id));
    let groups: Vec<(String, String)> = std::iter::once((String::new(), words::TOP.to_owned()))
        .chain(tree.iter().filter(|group| group.id != node.id).map(|group| (group.id.to_string(), group.name.clone())))
        .collect();
    let others: Vec<(String, String)> = std::iter::once((String::new(), words::CHOOSE.to_owned()))
        .chain(
            tree.iter()
                .flat_map(|group| {
                    let own = (group.id, group.name.clone());
                    let leaves = group.leaves.iter().map(|leaf| (leaf.id, format!("{} / {}", group.name, leaf.name)));
                    std::iter::once(own).chain(leaves).collect::<Vec<_>>()
                })
                .filter(|(other, _)| *other != node.id)
                .map(|(other, name)| (other.to_string(), name)),
        )
        .collect();
    let may_move = node.leaves.is_empty();
    let moving = may_move.then(|| {
        view! {
            <form method="post" action=to.clone()>
                {means("move", &id)}
                <Choice form=put.clone() prefix=format!("{put}-") name="parent" label=words::MOVE_TO value=parent.map(|group| group.id.to_string()).unwrap_or_default() options=groups />
                <p class="actions"><button>{words::MOVE}</button></p>
            </form>
        }
    });
    let (hide, hide_word) = if node.hidden { ("show", words::SHOW) } else { ("hide", words::HIDE) };
    view! {
        <section class="panel" id="edit">
            <h2>{words::editing(&node.name)}</h2>
            <form method="post" action=to.clone()>
                {means("rename", &id)}
                <Field form=rename.clone() prefix=format!("{rename}-") name="name" label=words::NAME value=node.name.clone() />
                <Field form=rename.clone() prefix=format!("{rename}-") name="slug" label=words::SLUG value=node.slug.to_string() help=words::SLUG_HELP />
                <p class="actions"><button class="primary">{words::SAVE}</button></p>
            </form>
            {moving}
            <form method="post" action=to.clone()>
                {means("merge", &id)}
                <Choice form=merge.clone() prefix=format!("{merge}-") name="into" label=words::MERGE_INTO value="" options=others />
                <p class="field-help">{words::MERGE_CATEGORY_HELP}</p>
                <p class="actions"><button>{words::MERGE}</button></p>
            </form>
            <div class="row">
                <Act to=to action=hide id=id word=hide_word label=format!("{hide_word} {}", node.name) />
                <span class="field-help">{words::HIDE_HELP}</span>
            </div>
            <p><a href=Place::Categories.path()>{words::CLOSE}</a></p>
        </section>
    }
    .into_any()
}

/// The form for a new category.
fn add(tree: &[CategoryNode]) -> AnyView {
    let groups = std::iter::once((String::new(), words::TOP.to_owned()))
        .chain(tree.iter().map(|group| (group.id.to_string(), group.name.clone())))
        .collect();
    view! {
        <section class="panel">
            <h2>{words::NEW_CATEGORY}</h2>
            <form method="post" action=Place::Categories.path()>
                {means("add", "")}
                <Field form="add" prefix="add-" name="name" label=words::NAME />
                <Field form="add" prefix="add-" name="slug" label=words::SLUG help=words::NEW_SLUG_HELP free=true />
                <Choice form="add" prefix="add-" name="parent" label=words::MOVE_TO value="" options=groups />
                <p class="actions"><button class="primary">{words::ADD}</button></p>
            </form>
        </section>
    }
    .into_any()
}
