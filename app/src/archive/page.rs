//! The archive: all months, and the page of one.

use crate::archive::MonthList;
use crate::archive::api::ListMonths;
use crate::article::{About, ArticleList};
use crate::error::AppError;
use crate::resource::resource;
use crate::site::Columns;
use crate::ui::{Erase, EraseEach, Failure, PageTitle, wait};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{ArticleFilter, Month};

/// `/archive`.
#[component]
pub fn ArchivePage() -> impl IntoView {
    let months = resource(|| ListMonths {});
    view! {
        <PageTitle text=words::ARCHIVE canonical="/archive".to_owned() />
        <Columns category=None>
            <header class="lede"><h1>{words::ARCHIVE}</h1></header>
            {wait(move || async move {
                    match months.await {
                        Ok(months) => {
                            by_year(months)
                                .into_iter()
                                .map(|(year, months)| view! { <h2 class="year">{words::year(year)}</h2><MonthList months /> })
                                .erase_each()
                                .erase()
                        }
                        Err(error) => view! { <Failure error /> }.erase(),
                    }
                })}
        </Columns>
    }
    .erase()
}

/// Months under their years, in the order they came in.
fn by_year(months: Vec<(Month, u32)>) -> Vec<(u16, Vec<(Month, u32)>)> {
    let mut years: Vec<(u16, Vec<(Month, u32)>)> = Vec::new();
    for month in months {
        match years.last_mut() {
            Some((year, months)) if *year == month.0.year() => months.push(month),
            _ => years.push((month.0.year(), vec![month])),
        }
    }
    years
}

/// `/archive/{yyyy-mm}`.
#[component]
pub fn MonthPage() -> impl IntoView {
    let params = use_params_map();
    let month = Memo::new(move |_| params.read().get("month").and_then(|month| month.parse::<Month>().ok()));
    let list = ArticleList::within(Signal::derive(move || ArticleFilter {
        month: month.get().into_iter().collect(),
        ..ArticleFilter::default()
    }));
    view! {
        <Columns category=None>
            {wait(move || async move {
                let listed = list.listed().await;
                match month.get_untracked() {
                    Some(month) => {
                        let (heading, title) = (words::month(month), words::month(month));
                        let canonical = format!("/archive/{month}");
                        listed.show(About { heading, title, canonical, ..About::default() })
                    }
                    None => view! { <Failure error=AppError::NotFound /> }.erase(),
                }
            })}
        </Columns>
    }
    .erase()
}
