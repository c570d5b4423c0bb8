//! What readers tell about an article: the form under it, and the queue of those who deal with it.
//!
//! Both are pages of the workshop: made on the server only, kept by nobody, and complete without any script.

mod page;
mod queue;

pub use page::{FORM, FeedbackPage};
pub use queue::FeedbackQueuePage;

use types::{FeedbackEntry, FeedbackId, FeedbackState, Page, PageNumber};

/// The address of the queue, to which its forms are posted too.
pub const QUEUE: &str = "/editor/feedback";

/// Which part of the queue is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedbackFilter {
    /// Only cases in this state.
    pub state: Option<FeedbackState>,
    /// Only the case with this number.
    pub number: Option<FeedbackId>,
    /// Which page.
    pub page: PageNumber,
}

impl FeedbackFilter {
    /// The address that shows this part.
    #[must_use]
    pub fn address(&self) -> String {
        let mut pairs = Vec::new();
        if let Some(state) = self.state {
            pairs.push(format!("state={state}"));
        }
        if let Some(number) = self.number {
            pairs.push(format!("number={number}"));
        }
        if self.page != PageNumber::FIRST {
            pairs.push(format!("page={}", self.page));
        }
        if pairs.is_empty() { QUEUE.to_owned() } else { format!("{QUEUE}?{}", pairs.join("&")) }
    }
}

/// A case as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackItem {
    /// The case; without the contact for who may not close it.
    pub entry: FeedbackEntry,
    /// Whether this person may close it.
    pub may_close: bool,
}

/// What the queue shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackQueue {
    /// Some of the cases.
    pub page: Page<FeedbackItem>,
    /// Open cases in all.
    pub open: u64,
}
