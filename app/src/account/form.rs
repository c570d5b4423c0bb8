//! Parts that the forms of these pages share.

use crate::account::Notice;
use crate::reply::set_status;
use leptos::prelude::*;

/// One labelled field.
#[component]
pub fn Field(
    /// Its name in the post.
    name: &'static str,
    /// What it is for.
    label: &'static str,
    /// `text` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Begins the field's id, where a page has two of one name.
    #[prop(default = "")]
    prefix: &'static str,
    /// What a browser may fill in.
    #[prop(default = "off")]
    complete: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// What helps to fill it in.
    #[prop(default = "")]
    help: &'static str,
) -> impl IntoView {
    let id = format!("{prefix}{name}");
    let help_id = format!("{id}-help");
    let described = (!help.is_empty()).then(|| help_id.clone());
    view! {
        <p class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=name
                type=kind
                value=value
                autocomplete=complete
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=described
                required
            />
            {(!help.is_empty()).then(|| view! { <span class="field-help" id=help_id>{help}</span> })}
        </p>
    }
}

/// What became of a post.
#[component]
pub fn Said() -> impl IntoView {
    use_context::<Notice>().filter(|notice| !notice.text.is_empty()).map(|notice| {
        if notice.status > 0 {
            set_status(notice.status);
        }
        let (class, role) = if notice.good { ("note good", "status") } else { ("note bad", "alert") };
        view! { <p class=class role=role>{notice.text}</p> }
    })
}
