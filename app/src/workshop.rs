//! The pages for those who write and run the site, and the form by which readers tell them something: a second application,
//! rendered on the server only.
//!
//! It has its own document and its own routes, so that nothing of it weighs on the readers' client. Links between the
//! two applications are ordinary loads. What makes these pages comfortable are small scripts of our own.

use crate::account::{AccountPage, viewer};
use crate::admin::{
    AuditPage, CardsPage, CategoriesPage, OverviewPage, PeoplePage, QuotationsPage, RedirectsPage, SettingsPage,
    TagsPage,
};
use crate::editor::{EditorPage, PreviewPage, WorkPage};
use crate::error::AppError;
use crate::feedback::{FeedbackPage, FeedbackQueuePage};
use crate::site::assets::Assets;
use crate::site::brand::Brand;
use crate::site::foot::contact_link;
use crate::site::shell::THEME;
use crate::ui::Failure;
use crate::words;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};
use types::{Action, Object, can};

/// Addresses of the modules that single pages load.
#[derive(Clone)]
pub struct Modules {
    /// The page of a text.
    pub editor: String,
    /// The page of categories.
    pub desk: String,
    /// Every page.
    pub everywhere: String,
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
                    <Route path=path!("/editor/feedback") view=FeedbackQueuePage ssr=SsrMode::Async />
                    <Route path=path!("/editor/:id") view=EditorPage ssr=SsrMode::Async />
                    <Route path=path!("/preview/:token") view=PreviewPage ssr=SsrMode::Async />
                    <Route path=path!("/articles/:slug/feedback") view=FeedbackPage ssr=SsrMode::Async />
                </Routes>
            </WorkshopLayout>
        </Router>
    }
}

/// The frame of these pages.
#[component]
fn WorkshopLayout(children: Children) -> impl IntoView {
    let writes = can(viewer().role(), Action::Write, Object::Own);
    view! {
        <a class="skip" href="#main">{words::SKIP}</a>
        <header class="top">
            <div class="wrap">
                <Brand />
                <nav class="places" aria-label=words::SITE_NAVIGATION>
                    {writes
                        .then(|| {
                            view! {
                                <a href="/editor">{words::editor::MINE}</a>
                                <a href="/editor/new">{words::editor::NEW}</a>
                            }
                        })}
                    <a href="/account">{words::account::ACCOUNT}</a>
                </nav>
                <button class="icon theme" type="button" data-action="theme" aria-label=words::THEME>
                    <i class="sign sign-theme" aria-hidden="true"></i>
                </button>
            </div>
        </header>
        {children()}
        {contact_link().map(|link| view! { <footer><div class="wrap"><nav>{link}</nav></div></footer> })}
        {Modules::load(|modules| modules.everywhere)}
    }
}

/// The document around the second application.
pub fn workshop_shell(assets: &Assets) -> impl IntoView + use<> {
    provide_context(Modules {
        editor: assets.editor.clone(),
        desk: assets.desk.clone(),
        everywhere: assets.workshop_script.clone(),
    });
    view! {
        <!DOCTYPE html>
        <html lang="zh-Hans">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <script nonce=use_nonce()>{THEME}</script>
                <link rel="stylesheet" href=assets.style.clone() />
                <link rel="stylesheet" href=assets.workshop.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <script type="module" src=assets.script.clone() nonce=use_nonce()></script>
                <MetaTags />
            </head>
            <body>
                <Workshop />
            </body>
        </html>
    }
}
