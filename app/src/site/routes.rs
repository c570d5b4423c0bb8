//! The one list of addresses that have pages.

use crate::archive::{ArchivePage, MonthPage};
use crate::article::ArticlePage;
use crate::author::AuthorPage;
use crate::category::CategoryPage;
use crate::error::AppError;
use crate::offline::OfflinePage;
use crate::search::SearchPage;
use crate::site::Columns;
use crate::site::home::{DownloadsPage, HomePage};
use crate::site::layout::Layout;
use crate::tag::TagPage;
use crate::ui::Failure;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The application: the frame and the page that belongs to the address.
///
/// Every public page is rendered as a whole ([`SsrMode::Async`]): one body with the right status that can be
/// compressed, compared and cached.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    // The router keeps a page until all is there that the next one asks for at once, but only for somebody who is told of it.
    // `fetch.rs` tells the reader, of pages of one route, too.
    let (_, told) = signal(false);
    view! {
        <Router set_is_routing=told>
            <Layout>
                <Routes fallback=|| view! { <Columns category=None><Failure error=AppError::NotFound /></Columns> }>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/articles/:slug") view=ArticlePage ssr=SsrMode::Async />
                    <Route path=path!("/category/:slug") view=CategoryPage ssr=SsrMode::Async />
                    <Route path=path!("/tag/:key") view=TagPage ssr=SsrMode::Async />
                    <Route path=path!("/archive") view=ArchivePage ssr=SsrMode::Async />
                    <Route path=path!("/archive/:month") view=MonthPage ssr=SsrMode::Async />
                    <Route path=path!("/author/:handle") view=AuthorPage ssr=SsrMode::Async />
                    <Route path=path!("/downloads") view=DownloadsPage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async />
                    <Route path=path!("/offline") view=OfflinePage ssr=SsrMode::Async />
                </Routes>
            </Layout>
        </Router>
    }
}
