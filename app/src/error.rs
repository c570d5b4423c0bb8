//! Everything that a visitor may be told when something does not work.

use crate::json::Json;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong, in words for visitors. It travels to browsers: nothing secret, nothing long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nothing stands at this address.
    #[error("not found")]
    NotFound,
    /// What stood here was removed for good.
    #[error("removed")]
    Gone,
    /// A value that somebody gave is not usable.
    #[error("{field}: {message}")]
    Invalid {
        /// The argument or form field.
        field: String,
        /// One sentence that says what to do.
        message: String,
    },
    /// Nobody is signed in, and somebody must be.
    #[error("signed out")]
    SignedOut,
    /// The person who is signed in may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The part of the site that was asked does not answer for the moment.
    #[error("temporarily unavailable")]
    Unavailable,
    /// A fault of ours; the log knows it by this number.
    #[error("internal error, report {report}")]
    Internal {
        /// Stands in the log beside the cause.
        report: String,
    },
    /// The call itself failed: no network, or arguments that do not fit.
    #[error("{0}")]
    Transport(ServerFnErrorErr),
}

impl AppError {
    /// There is no answer, or none of this site.
    #[must_use]
    pub fn no_answer() -> Self {
        Self::Transport(ServerFnErrorErr::Request(String::new()))
    }

    /// Arguments that do not fit, in words of ours: what reads them speaks of its own insides, and names the argument that
    /// is missing between backticks.
    fn bad_argument(why: &str) -> Self {
        let field = why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()).unwrap_or_default();
        Self::Invalid { field: field.to_owned(), message: crate::words::bad_argument(field) }
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Gone => 410,
            Self::Invalid { .. } => 422,
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
            Self::Transport(ServerFnErrorErr::Deserialization(_)) => 400,
            Self::Transport(_) => 502,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = Json;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Args(why) | ServerFnErrorErr::MissingArg(why) => Self::bad_argument(&why),
            error => Self::Transport(error),
        };
        // Arguments that do not fit are the caller's fault; without this they would be answered with 500.
        crate::reply::set_status(error.status());
        error
    }
}
