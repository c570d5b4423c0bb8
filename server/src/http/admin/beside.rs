//! The lists beside the articles: commands to learn and lines to remember.

use super::{Unfit, nonsense};
use crate::http::form::{Asked, Done, again, wrong, wrong_as};
use crate::services::internal;
use app::error::AppError;
use app::words::admin as words;
use store::{ListChange, StoreError};
use types::{LearningCard, Quotation};

/// Characters of a short field.
const SHORT: usize = 200;
/// Characters of a long field.
const LONG: usize = 1000;

/// Carries a post about commands out.
pub(super) async fn change_cards(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let id = number(asked);
    match (asked.field("action"), id) {
        ("save", _) => {
            let read = || {
                Ok(LearningCard {
                    command: needed(asked, "command", words::COMMAND, SHORT)?,
                    explanation: needed(asked, "explanation", words::EXPLANATION, LONG)?,
                    applies: free(asked, "applies", words::APPLIES, SHORT)?,
                    caution: free(asked, "caution", words::CAUTION, LONG)?,
                })
            };
            let card = match read() {
                Ok(card) => card,
                Err(refusal) => return Ok(refusal),
            };
            let Ok(id) = known(asked, id) else { return Ok(again(404, words::NO_ENTRY)) };
            let changed = store.save_learning_card(id, &card, &asked.event("card saved", &card.command)).await;
            said(asked, changed, "saved", "command")
        }
        ("remove", Some(id)) => {
            let changed = store.remove_learning_card(id, &asked.event("card removed", asked.field("id"))).await;
            said(asked, changed, "removed", "")
        }
        _ => Ok(nonsense()),
    }
}

/// Carries a post about quotations out.
pub(super) async fn change_quotations(asked: &Asked<'_>) -> Result<Done, AppError> {
    let store = &asked.state.site.store;
    let id = number(asked);
    match (asked.field("action"), id) {
        ("save", _) => {
            let read = || {
                Ok(Quotation {
                    text: needed(asked, "text", words::LINE, LONG)?,
                    source: free(asked, "source", words::LINE_SOURCE, SHORT)?,
                })
            };
            let line = match read() {
                Ok(line) => line,
                Err(refusal) => return Ok(refusal),
            };
            let Ok(id) = known(asked, id) else { return Ok(again(404, words::NO_ENTRY)) };
            let object: String = line.text.chars().take(60).collect();
            let changed = store.save_quotation(id, &line, &asked.event("quotation saved", &object)).await;
            said(asked, changed, "saved", "text")
        }
        ("remove", Some(id)) => {
            let changed = store.remove_quotation(id, &asked.event("quotation removed", asked.field("id"))).await;
            said(asked, changed, "removed", "")
        }
        _ => Ok(nonsense()),
    }
}

/// The entry that a form is about; none for a new one.
fn number(asked: &Asked<'_>) -> Option<i64> {
    asked.field("id").parse().ok()
}

/// A new entry has no number; anything else that is no number is no entry.
fn known(asked: &Asked<'_>, id: Option<i64>) -> Result<Option<i64>, ()> {
    if id.is_some() || asked.field("id").is_empty() { Ok(id) } else { Err(()) }
}

fn needed(asked: &Asked<'_>, name: &str, label: &str, most: usize) -> Result<String, Done> {
    asked.text(name, most, true).map_err(|unfit| match unfit {
        Unfit::Missing => wrong(name, words::missing(label)),
        Unfit::TooLong => wrong(name, words::too_long(label, most)),
    })
}

fn free(asked: &Asked<'_>, name: &str, label: &str, most: usize) -> Result<String, Done> {
    match asked.text(name, most, true) {
        Err(Unfit::Missing) => Ok(String::new()),
        Err(Unfit::TooLong) => Err(wrong(name, words::too_long(label, most))),
        Ok(text) => Ok(text),
    }
}

fn said(asked: &Asked<'_>, changed: Result<ListChange, StoreError>, done: &str, field: &str) -> Result<Done, AppError> {
    Ok(match changed.map_err(|error| internal("changing a list", &error))? {
        ListChange::Done => {
            asked.state.site.content_changed();
            asked.back(done)
        }
        ListChange::Missing => again(404, words::NO_ENTRY),
        ListChange::Taken => wrong_as(409, field, words::ENTRY_TAKEN),
    })
}
