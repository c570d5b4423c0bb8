//! Who asks.

use app::account::Viewer;
use axum::http::request::Parts;

/// The person that the layer of sessions found; nobody when there is none.
#[must_use]
pub fn viewer_of(parts: &Parts) -> Viewer {
    parts.extensions.get::<Viewer>().cloned().unwrap_or_default()
}
