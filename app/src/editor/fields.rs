//! The small fields of the form, each with its label and what is wrong with it.

use crate::words::editor as words;
use leptos::prelude::*;
use types::Problem;

/// What is wrong with the fields of the form.
#[derive(Clone, Default)]
pub struct Faults {
    problems: Vec<Problem>,
    refused: bool,
}

impl Faults {
    /// The fields in the order of the form.
    const ORDER: [&str; 17] = [
        "title",
        "body",
        "category",
        "tags",
        "kind",
        "slug",
        "summary",
        "source_url",
        "source_title",
        "source_author",
        "source_licence",
        "series",
        "part",
        "applies_to",
        "cover",
        "further_reading",
        "publish_at",
    ];

    /// All problems, and whether a post was refused because of them.
    #[must_use]
    pub fn new(problems: Vec<Problem>, refused: bool) -> Self {
        Self { problems, refused }
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.field == field)
    }

    /// Whether something is wrong with one of these fields.
    #[must_use]
    pub fn any(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.of(field).is_some())
    }

    /// Whether the page opens at this field: at the first that has to be put right after a post was refused.
    #[must_use]
    pub fn opens_at(&self, field: &str) -> bool {
        self.refused && Self::ORDER.into_iter().find(|name| self.of(name).is_some()) == Some(field)
    }
}

/// The sentence below a field.
#[component]
pub fn FieldError(
    /// Name of the field.
    name: &'static str,
    /// What is wrong with the form.
    faults: Faults,
) -> impl IntoView {
    faults.of(name).map(
        |problem| view! { <p class="field-error" id=format!("{name}-error")>{words::problem(name, &problem.kind)}</p> },
    )
}

/// A line of text.
#[component]
pub fn TextField(
    /// Name in the form, and id.
    name: &'static str,
    /// The text.
    value: String,
    /// What is wrong with the form.
    faults: Faults,
    /// A word of help below the label.
    #[prop(optional)]
    help: &'static str,
    /// The type of the input; text when empty.
    #[prop(optional)]
    input: &'static str,
    /// Id of a list of texts that the browser offers.
    #[prop(optional)]
    list: &'static str,
    /// The keyboard of a phone, as `inputmode` names it.
    #[prop(optional)]
    keyboard: &'static str,
) -> impl IntoView {
    let (wrong, opens) = (faults.of(name).is_some(), faults.opens_at(name));
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
                // With `off`, some browsers do not offer the list either.
                autocomplete=list.is_empty().then_some("off")
                list=(!list.is_empty()).then_some(list)
                inputmode=(!keyboard.is_empty()).then_some(keyboard)
                autofocus=opens
                aria-invalid=wrong.then_some("true")
                aria-describedby=described
            />
            {(!help.is_empty()).then(|| view! { <p class="field-help" id=format!("{name}-help")>{help}</p> })}
            <FieldError name faults />
        </div>
    }
}
