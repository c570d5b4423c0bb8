//! The page behind a preview address: a draft for those who were given the address, until readers see it.

use crate::editor::Previewed;
use crate::editor::api::get_preview;
use crate::reply::lead_for_now_to;
use crate::ui::{Failure, PageTitle, Prose};
use crate::words::editor as words;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

/// `/preview/{token}`.
#[component]
pub fn PreviewPage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let preview = AsyncDerived::new(move || get_preview(token.get()));
    view! {
        <main id="main" class="wrap narrow">
            <Meta name="robots" content="noindex" />
            <Suspense>
                {move || Suspend::new(async move {
                    match preview.await {
                        Ok(Previewed::Article(slug)) => {
                            let address = format!("/articles/{slug}");
                            lead_for_now_to(&address);
                            view! { <a href=address rel="external">{words::READ_IT}</a> }.into_any()
                        }
                        Ok(Previewed::Text(preview)) => {
                            view! {
                                <PageTitle text=preview.title.clone() />
                                <p class="note">{words::preview_note(&preview.saved_at.minute())}</p>
                                <article>
                                    <h1>{preview.title}</h1>
                                    <Prose html=preview.html tongue=None />
                                </article>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}
