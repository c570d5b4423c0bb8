//! The fields of a series: its name, completed by the browser from those that readers know, and the number of the part.

use crate::editor::fields::{Faults, TextField};
use crate::services::services;
use crate::words::editor as words;
use leptos::prelude::*;
use types::KnownSeries;

/// Id of the list of names.
const NAMES: &str = "series-names";

/// The fields.
#[component]
pub fn SeriesFields(
    /// Name of the series.
    series: String,
    /// Number of the part.
    part: String,
    /// What is wrong with the form.
    faults: Faults,
) -> impl IntoView {
    let known = AsyncDerived::new(known);
    let names = move || {
        Suspend::new(async move {
            let choices = known.await.into_iter().map(|series| {
                let label = words::known_series(series.count, series.last);
                view! { <option value=series.name label=label></option> }
            });
            view! { <datalist id=NAMES>{choices.collect_view()}</datalist> }
        })
    };
    view! {
        <div class="pair">
            <TextField name="series" value=series faults=faults.clone() help=words::SERIES_HELP list=NAMES />
            <TextField name="part" value=part faults help=words::PART_HELP keyboard="numeric" />
        </div>
        <Suspense>{names}</Suspense>
    }
}

/// The series that readers know; none where they cannot be read, as a name can be typed all the same.
async fn known() -> Vec<KnownSeries> {
    match services() {
        Ok(services) => services.editor.series().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}
