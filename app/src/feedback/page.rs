//! `/articles/{slug}/feedback`: the form by which readers tell something about an article, and the thanks for it.

use crate::error::AppError;
use crate::form::{Choice, Field, LongField, Said, filled};
use crate::parameters::use_parameters;
use crate::services::services;
use crate::ui::{Failure, PageTitle};
use crate::words::feedback as words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{FeedbackId, FeedbackKind, FeedbackSubject, Slug};

/// The name of the form.
pub const FORM: &str = "feedback";

/// `/articles/{slug}/feedback`.
#[component]
pub fn FeedbackPage() -> impl IntoView {
    let slug = use_params_map().read_untracked().get("slug").unwrap_or_default();
    let query = use_parameters().get_untracked();
    let kind = query.get("kind").and_then(|kind| kind.parse().ok()).unwrap_or_default();
    let seen = query.get("revision").unwrap_or_default().to_owned();
    let number = query.get("done").and_then(|number| number.parse::<FeedbackId>().ok());
    let asked = slug.parse::<Slug>().map_err(|_| AppError::NotFound);
    let found = AsyncDerived::new(move || {
        let (services, asked) = (services(), asked.clone());
        async move {
            let (feedback, asked) = (services?.feedback, asked?);
            let subject = feedback.subject(&asked).await?;
            let received = match number {
                Some(number) if feedback.is_about(&subject, number).await? => Some(number),
                _ => None,
            };
            Ok::<_, AppError>((subject, received))
        }
    });
    view! {
        <main id="main" class="wrap account-page feedback">
            <Suspense>
                {move || {
                    let (slug, seen) = (slug.clone(), seen.clone());
                    Suspend::new(async move {
                        match found.await {
                            Ok((subject, Some(number))) => view! { <Thanks subject slug number /> }.into_any(),
                            Ok((subject, None)) => view! { <Tell subject slug kind seen /> }.into_any(),
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

/// The article that it is about.
fn about(subject: &FeedbackSubject, slug: &str) -> AnyView {
    view! {
        <PageTitle text=format!("{} · {}", words::FEEDBACK, subject.title) noindex=true />
        <p>{words::ABOUT}" "<a href=format!("/articles/{slug}")>{subject.title.clone()}</a></p>
    }
    .into_any()
}

/// The form.
#[component]
fn Tell(subject: FeedbackSubject, slug: String, kind: FeedbackKind, seen: String) -> impl IntoView {
    let kinds = FeedbackKind::ALL.map(|kind| (kind.to_string(), words::kind(kind).to_owned())).to_vec();
    let seen = filled(FORM, "revision", &seen);
    view! {
        <h1>{words::TELL}</h1>
        {about(&subject, &slug)}
        <Said />
        <form method="post" action=format!("/articles/{slug}/feedback") class="account">
            <input type="hidden" name="revision" value=seen />
            <Choice form=FORM name="kind" label=words::KIND value=kind.as_str() options=kinds />
            <LongField form=FORM name="text" label=words::TEXT help=words::TEXT_HELP />
            <Field form=FORM name="contact" label=words::CONTACT complete="email" help=words::CONTACT_HELP free=true />
            <p class="actions"><button class="primary">{words::SEND}</button></p>
        </form>
    }
    .into_any()
}

/// The thanks, with the number of the case.
#[component]
fn Thanks(subject: FeedbackSubject, slug: String, number: FeedbackId) -> impl IntoView {
    let (back, more) = (format!("/articles/{slug}"), format!("/articles/{slug}/feedback"));
    view! {
        <h1>{words::THANKS}</h1>
        {about(&subject, &slug)}
        <p class="note good" role="status"><b>{words::numbered(number)}</b></p>
        <p>{words::THANKS_HELP}</p>
        <p class="actions"><a href=back>{words::BACK}</a><a href=more>{words::TELL_MORE}</a></p>
    }
    .into_any()
}
