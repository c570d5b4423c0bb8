//! Reading what authors work on. Writing goes through the form and through `POST /api/draft`, which `server` answers.
//!
//! Plain functions and no server functions: these pages are made on the server only.

use crate::account::viewer;
use crate::editor::{Editing, Previewed, WorkFilter};
use crate::error::AppError;
use crate::reply::answer;
use crate::services::services;
use leptos::prelude::use_context;
use types::{ArticleId, Page, WorkItem};

/// The page of one text: what the form is filled with. Only for those who may edit it.
///
/// # Errors
/// Nobody signed in, somebody else's article, or no such article.
pub async fn get_editing(id: Option<i64>, compare: Option<u32>) -> Result<Editing, AppError> {
    // A post that could not be carried out is answered with the page filled as it was typed.
    if let Some(typed) = use_context::<Editing>() {
        return Ok(typed);
    }
    let (viewer, services) = (viewer(), services()?);
    answer(services.editor.open(&viewer, id.map(ArticleId), compare).await)
}

/// One page of the texts of this person, or, for editors, of everybody.
///
/// # Errors
/// Nobody signed in, or a fault of the server.
pub async fn list_work(filter: WorkFilter) -> Result<Page<WorkItem>, AppError> {
    let (viewer, services) = (viewer(), services()?);
    answer(services.editor.list(&viewer, &filter).await)
}

/// How many open cases of readers this person may see; none when that cannot be said, because the list is not about them.
pub async fn open_feedback() -> u64 {
    let (viewer, services) = (viewer(), services());
    match services {
        Ok(services) => services.feedback.open(&viewer).await.unwrap_or_default(),
        Err(_) => 0,
    }
}

/// The text that a preview address leads to; whoever has the address may read it.
///
/// # Errors
/// No such address.
pub async fn get_preview(token: String) -> Result<Previewed, AppError> {
    let services = services()?;
    answer(services.editor.preview(&token).await)
}
