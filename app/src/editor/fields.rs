//! The small fields of the form, each with its label and what is wrong with it.

use crate::words::editor as words;
use leptos::prelude::*;
use types::Problem;

/// What is wrong with one field.
#[must_use]
pub fn problem_of<'a>(problems: &'a [Problem], field: &str) -> Option<&'a Problem> {
    problems.iter().find(|problem| problem.field == field)
}

/// The sentence below a field.
#[component]
pub fn FieldError(
    /// Name of the field.
    name: &'static str,
    /// All problems of the form.
    problems: Vec<Problem>,
) -> impl IntoView {
    problem_of(&problems, name).map(
        |problem| view! { <p class="field-error" id=format!("{name}-error")>{words::problem(name, problem.kind)}</p> },
    )
}

/// A line of text.
#[component]
pub fn TextField(
    /// Name in the form, and id.
    name: &'static str,
    /// The text.
    value: String,
    /// All problems of the form.
    problems: Vec<Problem>,
    /// A word of help below the label.
    #[prop(optional)]
    help: &'static str,
    /// The type of the input; text when empty.
    #[prop(optional)]
    input: &'static str,
) -> impl IntoView {
    let wrong = problem_of(&problems, name).is_some();
    let described = match (wrong, help.is_empty()) {
        (true, _) => Some(format!("{name}-error")),
        (false, false) => Some(format!("{name}-help")),
        (false, true) => None,
    };
    view! {
        <div class="field">
            <label for=name>{words::label(name)}</label>
            <input
                type=if input.is_empty() { "text" } else { input }
                name=name
                id=name
                value=value
                autocomplete="off"
                aria-invalid=wrong.then_some("true")
                aria-describedby=described
            />
            {(!help.is_empty()).then(|| view! { <p class="field-help" id=format!("{name}-help")>{help}</p> })}
            <FieldError name problems />
        </div>
    }
}
