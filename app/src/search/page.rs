//! The page of results. Its whole state stands in the address.

use crate::parameters::use_parameters;
use crate::resource::resource_as;
use crate::search::api::SearchArticles;
use crate::search::field::SearchField;
use crate::search::results::Results;
use crate::site::Columns;
use crate::ui::{Erase, Failure, PageTitle, wait_telling};
use crate::without_text::WithoutText;
use crate::words;
use leptos::prelude::*;
use types::{ArticleFilter, SearchQuery};

/// `/search`.
#[component]
pub fn SearchPage() -> impl IntoView {
    let params = use_parameters();
    let query = Memo::new(move |_| {
        let params = params.read();
        // `category=a&category=b`, as a form sends it, is `category=a,b`.
        let filter = ArticleFilter::from_texts(|name| params.joined(name));
        SearchQuery::new(params.get("q").unwrap_or_default(), filter).verbatim(params.get("verbatim") == Some("1"))
    });
    let results = resource_as::<WithoutText, _>(move || query.with(SearchArticles::by));
    // Earlier results stay until the new ones are there.
    let (is_pending, set_pending) = signal(false);
    view! {
        <Columns category=None>
            <h1 class="hidden">{words::RESULTS}</h1>
            <SearchField query />
            <div class="results" aria-busy=move || is_pending.get().to_string()>
                {wait_telling(set_pending, move || async move {
                        let results = results.await;
                        let query = query.get_untracked();
                        match results {
                            _ if query.is_empty() => {
                                view! {
                                    <PageTitle text=words::SEARCH canonical="/search".to_owned() />
                                    <div class="empty">
                                        <p>{words::SEARCH_EMPTY}</p>
                                        <p>{words::SEARCH_GRAMMAR}</p>
                                    </div>
                                }
                                    .erase()
                            }
                            Ok(results) => view! { <Results query results /> }.erase_in_place(),
                            Err(error) => view! { <Failure error /> }.erase(),
                        }
                    })}
            </div>
        </Columns>
    }
    .erase()
}
