//! HTML that may be shown as it is.

use serde::{Deserialize, Serialize};

/// HTML that went through the sanitiser. Only `markup` makes it and only `app::ui::prose` shows it;
/// `clippy.toml` forbids [`SafeHtml::from_sanitizer`] elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches for HTML that the sanitiser made, now or before it was stored.
    #[must_use]
    pub fn from_sanitizer(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML as an owned text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}
