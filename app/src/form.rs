//! Parts of the forms that are posted without a script, and what such a post was answered with.

use crate::reply::set_status;
use leptos::prelude::*;

/// What a post was answered with: one sentence, the field that it is about, and what was typed. Never a password.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// It was done.
    pub good: bool,
    /// The status of the answer.
    pub status: u16,
    /// The form that was posted, where a page has several.
    pub form: String,
    /// The field that the sentence is about; empty when it is about the whole.
    pub field: String,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
}

impl Notice {
    /// What was typed into a field of a form, if that form was posted.
    #[must_use]
    pub fn typed(&self, form: &str, name: &str) -> Option<&str> {
        if self.form != form {
            return None;
        }
        self.typed.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What the post was answered with that this page is made for.
#[must_use]
pub fn notice() -> Notice {
    use_context::<Notice>().unwrap_or_default()
}

/// What stands in a field: what was typed, where the form comes back, else what is stored.
#[must_use]
pub fn filled(form: &str, name: &str, stored: &str) -> String {
    notice().typed(form, name).unwrap_or(stored).to_owned()
}

/// Names a form on a page that has many of a kind.
#[must_use]
pub fn form_key(action: &str, id: &str) -> String {
    if id.is_empty() { action.to_owned() } else { format!("{action}-{id}") }
}

/// How a field refers to its help and to what is wrong with it.
struct Told {
    help_id: String,
    error_id: String,
    error: Option<String>,
    described: Option<String>,
}

impl Told {
    fn new(id: &str, form: &str, name: &str, help: &str) -> Self {
        let notice = notice();
        let wrong = !notice.good && !notice.field.is_empty() && notice.form == form && notice.field == name;
        let error = wrong.then_some(notice.text);
        let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
        let described: Vec<&str> = [(error.is_some(), &error_id), (!help.is_empty(), &help_id)]
            .into_iter()
            .filter_map(|(there, id)| there.then_some(id.as_str()))
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        Self { help_id, error_id, error, described }
    }
}

/// One labelled field of one line.
#[component]
pub fn Field(
    /// Its name in the post.
    name: &'static str,
    /// What it is for.
    #[prop(into)]
    label: String,
    /// `text` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The form it stands in.
    #[prop(into)]
    form: String,
    /// Begins the field's id, where a page has two of one name.
    #[prop(optional, into)]
    prefix: String,
    /// What a browser may fill in.
    #[prop(default = "off")]
    complete: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// What helps to fill it in.
    #[prop(default = "")]
    help: &'static str,
    /// It may stay empty.
    #[prop(optional)]
    free: bool,
    /// Id of a list of what may be meant.
    #[prop(optional, into)]
    list: Option<&'static str>,
) -> impl IntoView {
    let id = format!("{prefix}{name}");
    let told = Told::new(&id, &form, name, help);
    let value = if kind == "password" { String::new() } else { filled(&form, name, &value) };
    let invalid = told.error.is_some().then_some("true");
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
                list=list
                aria-invalid=invalid
                aria-describedby=told.described
                autofocus=invalid.is_some()
                required=!free
            />
            {told.error.map(|text| view! { <span class="field-error" id=told.error_id>{text}</span> })}
            {(!help.is_empty()).then(|| view! { <span class="field-help" id=told.help_id>{help}</span> })}
        </p>
    }
    .into_any()
}

/// One labelled field of several lines.
#[component]
pub fn LongField(
    /// Its name in the post.
    name: &'static str,
    /// What it is for.
    label: &'static str,
    /// The form it stands in.
    #[prop(into)]
    form: String,
    /// Begins the field's id, where a page has two of one name.
    #[prop(optional, into)]
    prefix: String,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// What helps to fill it in.
    #[prop(default = "")]
    help: &'static str,
    /// It may stay empty.
    #[prop(optional)]
    free: bool,
) -> impl IntoView {
    let id = format!("{prefix}{name}");
    let told = Told::new(&id, &form, name, help);
    let text = filled(&form, name, &value);
    let invalid = told.error.is_some().then_some("true");
    view! {
        <p class="field">
            <label for=id.clone()>{label}</label>
            <crate::ui::Lines id=id name=name text=text invalid=invalid.is_some() described=told.described free=free />
            {told.error.map(|text| view! { <span class="field-error" id=told.error_id>{text}</span> })}
            {(!help.is_empty()).then(|| view! { <span class="field-help" id=told.help_id>{help}</span> })}
        </p>
    }
    .into_any()
}

/// One labelled choice among several values.
#[component]
pub fn Choice(
    /// Its name in the post.
    name: &'static str,
    /// What it is for.
    #[prop(into)]
    label: String,
    /// The form it stands in.
    #[prop(into)]
    form: String,
    /// Begins the field's id, where a page has two of one name.
    #[prop(optional, into)]
    prefix: String,
    /// The value that is chosen.
    #[prop(into)]
    value: String,
    /// Values and what they are called.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let id = format!("{prefix}{name}");
    let told = Told::new(&id, &form, name, "");
    let chosen = filled(&form, name, &value);
    let options = options
        .into_iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{word}</option> }
        })
        .collect_view();
    let invalid = told.error.is_some().then_some("true");
    view! {
        <p class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name aria-invalid=invalid aria-describedby=told.described>{options}</select>
            {told.error.map(|text| view! { <span class="field-error" id=told.error_id>{text}</span> })}
        </p>
    }
    .into_any()
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
