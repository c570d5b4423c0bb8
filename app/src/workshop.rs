//! The pages for those who write and run the site: a second application, rendered on the server only.
//!
//! It has its own document and its own routes, so that nothing of it weighs on the readers' client. Links between the
//! two applications are ordinary loads. What makes these pages comfortable are small scripts of our own.

use crate::account::AccountPage;
use crate::admin::{
    AuditPage, CardsPage, CategoriesPage, OverviewPage, PeoplePage, QuotationsPage, RedirectsPage, SettingsPage,
    TagsPage,
};
use crate::editor::{EditorPage, PreviewPage, WorkPage};
use crate::error::AppError;
use crate::site::assets::Assets;
use crate::site::site_names;
use crate::ui::Failure;
use crate::words;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// Chooses the theme before the first paint, so that no page flashes in the wrong one.
const THEME: &str = "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}\
document.documentElement.classList.add('js')";

/// Addresses of the modules that single pages load.
#[derive(Clone)]
pub struct Modules {
    /// The page of a text.
    pub editor: String,
    /// The page of categories.
    pub desk: String,
}

impl Modules {
    /// Loads a module, where there is a build.
    #[must_use]
    pub fn load(which: impl FnOnce(Self) -> String) -> AnyView {
        use_context::<Self>().map(|modules| view! { <script type="module" src=which(modules)></script> }).into_any()
    }
}

/// The second application.
#[component]
pub fn Workshop() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <WorkshopLayout>
                <Routes fallback=|| view! { <main id="main" class="wrap narrow"><Failure error=AppError::NotFound /></main> }>
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                    <Route path=path!("/admin") view=OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/people") view=PeoplePage ssr=SsrMode::Async />
                    <Route path=path!("/admin/categories") view=CategoriesPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/tags") view=TagsPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/cards") view=CardsPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/quotations") view=QuotationsPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/redirects") view=RedirectsPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/settings") view=SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/admin/audit") view=AuditPage ssr=SsrMode::Async />
                    <Route path=path!("/editor") view=WorkPage ssr=SsrMode::Async />
                    <Route path=path!("/editor/new") view=EditorPage ssr=SsrMode::Async />
                    <Route path=path!("/editor/:id") view=EditorPage ssr=SsrMode::Async />
                    <Route path=path!("/preview/:token") view=PreviewPage ssr=SsrMode::Async />
                </Routes>
            </WorkshopLayout>
        </Router>
    }
}

/// The frame of these pages.
#[component]
fn WorkshopLayout(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#main">{words::SKIP}</a>
        <header class="top">
            <div class="wrap">
                <a class="brand" href="/">
                    <img src="/favicon.svg" alt="" width="30" height="30" />
                    {site_names().name}
                </a>
                <nav class="places" aria-label=words::SITE_NAVIGATION>
                    <a href="/editor">{words::editor::MINE}</a>
                    <a href="/editor/new">{words::editor::NEW}</a>
                    <a href="/account">{words::account::ACCOUNT}</a>
                </nav>
                <button class="icon theme" type="button" data-action="theme" aria-label=words::THEME>
                    "◐"
                </button>
            </div>
        </header>
        {children()}
    }
}

/// The document around the second application.
pub fn workshop_shell(assets: Assets) -> impl IntoView {
    provide_context(Modules { editor: assets.editor.clone(), desk: assets.desk.clone() });
    view! {
        <!DOCTYPE html>
        <html lang="zh-Hans">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <script nonce=use_nonce()>{THEME}</script>
                <link rel="stylesheet" href=assets.style />
                <link rel="stylesheet" href=assets.workshop />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <script type="module" src=assets.script nonce=use_nonce()></script>
                <MetaTags />
            </head>
            <body>
                <Workshop />
            </body>
        </html>
    }
}
