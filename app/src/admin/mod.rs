//! The pages of those who run the site: one for each kind of thing, made of plain forms that work without any script.

mod audit;
mod cards;
mod categories;
mod desk;
mod overview;
mod people;
mod quotations;
mod redirects;
mod settings;
mod tags;

pub use audit::AuditPage;
pub use cards::CardsPage;
pub use categories::CategoriesPage;
pub use overview::{Overview, OverviewPage};
pub use people::{People, PeoplePage};
pub use quotations::QuotationsPage;
pub use redirects::RedirectsPage;
pub use settings::SettingsPage;
pub use tags::TagsPage;

use types::{Action, PageNumber};

/// One of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What there is, and what waits.
    Overview,
    /// Accounts.
    People,
    /// The tree of categories.
    Categories,
    /// Tags.
    Tags,
    /// Commands to learn.
    Cards,
    /// Lines to remember.
    Quotations,
    /// Old addresses.
    Redirects,
    /// What admins decide about the site.
    Settings,
    /// What was done.
    Audit,
}

impl Place {
    /// All of them, as the navigation shows them.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::People,
        Self::Categories,
        Self::Tags,
        Self::Cards,
        Self::Quotations,
        Self::Redirects,
        Self::Settings,
        Self::Audit,
    ];

    /// Its address, to which its forms are posted too.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "/admin",
            Self::People => "/admin/people",
            Self::Categories => "/admin/categories",
            Self::Tags => "/admin/tags",
            Self::Cards => "/admin/cards",
            Self::Quotations => "/admin/quotations",
            Self::Redirects => "/admin/redirects",
            Self::Settings => "/admin/settings",
            Self::Audit => "/admin/audit",
        }
    }

    /// What somebody must be allowed to do.
    #[must_use]
    pub fn needs(self) -> Action {
        match self {
            Self::Overview | Self::Audit => Action::ReadAudit,
            Self::People => Action::ManageAccounts,
            Self::Settings => Action::ChangeSettings,
            Self::Categories | Self::Tags | Self::Cards | Self::Quotations | Self::Redirects => Action::Curate,
        }
    }

    /// Whether it has forms.
    #[must_use]
    pub fn has_forms(self) -> bool {
        !matches!(self, Self::Overview | Self::Audit)
    }
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Only what holds this text.
    pub text: String,
    /// Which page.
    pub page: PageNumber,
}

impl ListQuery {
    /// The address that shows this part.
    #[must_use]
    pub fn address(&self, place: Place) -> String {
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(format!("q={}", types::percent::encode(&self.text)));
        }
        if self.page != PageNumber::FIRST {
            pairs.push(format!("page={}", self.page));
        }
        if pairs.is_empty() { place.path().to_owned() } else { format!("{}?{}", place.path(), pairs.join("&")) }
    }
}
