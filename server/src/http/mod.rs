//! The site over HTTP: the routes, in the order of their layers, and the loop that serves them.

pub mod account;
pub mod admin;
pub mod api;
pub mod assets;
pub mod body;
pub mod compress;
pub mod crowd;
pub mod download;
pub mod draft_api;
pub mod draft_form;
pub mod editor;
pub mod feedback;
pub mod feeds;
pub mod form;
pub mod installed;
pub mod limit;
pub mod listen;
pub mod media;
pub mod metrics;
pub mod moved;
pub mod page;
mod policy;
pub mod query;
pub mod range;
pub mod reading;
pub mod security;
pub mod serve;
pub mod session;
pub mod upload;
pub mod viewer;

use crate::config::Settings;
use crate::fetch::Fetcher;
use crate::http::assets::SiteFolder;
use crate::http::security::SiteUrl;
use crate::services::services;
use crate::site::Site;
use crate::throttle::Throttle;
use crate::views;
use anyhow::{Context, Result};
use app::App;
use app::account::{Notice, Viewer};
use app::category::Groups;
use app::editor::Editing;
use app::services::Services;
use app::site::assets::Assets;
use app::site::shell::shell;
use app::ui::BaseUrl;
use app::workshop::{Workshop, workshop_shell};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::header::REFERER;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos::context::provide_context;
use leptos::nonce::Nonce;
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, generate_route_list, generate_route_list_with_exclusions,
    render_app_async_with_context,
};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

/// The most that a request may bring; the editor's posts have a limit of their own.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// How long an answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// How long an answer to the editor's form may take: files come with it, over lines of every speed. Who may not write has
/// less time ([`body::FORM_OF_STRANGER_WITHIN`]).
const FORM_WITHIN: Duration = Duration::from_secs(600);

/// What handlers are given.
#[derive(Clone)]
pub struct AppState {
    /// The running site.
    pub site: Site,
    /// Its services, as `app` asks for them.
    pub services: Services,
    /// Addresses of the built files.
    pub assets: Arc<Assets>,
    /// The folder of the built files.
    pub folder: SiteFolder,
    /// Where people find the site.
    pub url: SiteUrl,
    /// Whether browsers get the service worker, or one that removes it.
    pub service_worker: crate::config::Switch,
    /// Slows guessing of passwords down.
    pub throttle: Arc<Throttle>,
    /// Asks other sites for pictures.
    pub fetcher: Fetcher,
    /// What Leptos wants to know.
    pub options: LeptosOptions,
}

macro_rules! parts {
    ($($field:ident: $type:ty),+) => {$(
        impl FromRef<AppState> for $type {
            fn from_ref(state: &AppState) -> Self { state.$field.clone() }
        }
    )+};
}
parts!(site: Site, folder: SiteFolder, url: SiteUrl, service_worker: crate::config::Switch, options: LeptosOptions);

impl AppState {
    /// The state of a site whose built files stand in `folder`.
    ///
    /// # Errors
    /// When the folder holds no built site.
    pub fn new(site: Site, settings: &Settings) -> Result<Self> {
        let folder = settings.site_folder()?;
        let list = folder.join("assets.json");
        let assets = std::fs::read_to_string(&list).with_context(|| {
            format!("reading {}; `make build` makes it, LIUGUANG_SITE_ROOT names its folder", list.display())
        })?;
        let assets: Assets = serde_json::from_str(&assets).with_context(|| format!("reading {}", list.display()))?;
        Ok(Self {
            services: services(&site),
            site,
            assets: Arc::new(assets),
            folder: SiteFolder(Arc::new(folder)),
            url: SiteUrl(settings.site_url.as_deref().map(Into::into)),
            service_worker: settings.service_worker,
            throttle: Arc::default(),
            fetcher: Fetcher::default(),
            options: LeptosOptions::builder().output_name("liuguang").build(),
        })
    }
}

impl AppState {
    /// Gives the components of a page what all pages are made with.
    fn provide(&self) {
        provide_context(self.services.clone());
        provide_context((**self.site.names.load()).clone());
        provide_context(Nonce::from_value(self.site.pages.nonce()));
    }

    /// A page of the second application as the answer to a post: filled in as it was typed, where that is given.
    pub async fn workshop_page(&self, viewer: Viewer, editing: Option<Editing>, request: Request) -> Response {
        let Some(_place) = self.site.pages.place().await else { return page::busy() };
        let (state, assets) = (self.clone(), self.assets.clone());
        let notice = request.extensions().get::<Notice>().cloned();
        let context = move || {
            state.provide();
            provide_context(viewer.clone());
            if let Some(notice) = notice.clone() {
                provide_context(notice);
            }
            if let Some(editing) = editing.clone() {
                provide_context(editing);
            }
        };
        render_app_async_with_context(context, move || workshop_shell(&assets))(request).await.into_response()
    }
}

/// The pages of the readers' application. Found once: a page that is begun while Leptos looks for routes, anywhere in the
/// process, is never finished (leptos #4773).
static READERS_ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));
/// The pages of the workshop. The readers' application has registered every server function already; twice would be a
/// conflict of routes.
static WORKSHOP_ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    let theirs = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    generate_route_list_with_exclusions(Workshop, Some(theirs))
});

/// The pages for those who write, and what they post. Nothing of it is kept by anybody.
fn workshop(state: &AppState) -> Router<AppState> {
    let assets = state.assets.clone();
    let shared = state.clone();
    let context = move || {
        shared.provide();
        let parts = leptos::context::use_context::<axum::http::request::Parts>();
        provide_context(parts.and_then(|parts| parts.extensions.get::<Viewer>().cloned()).unwrap_or_default());
    };
    let document = move || workshop_shell(&assets);
    let forms = Router::new()
        .route("/editor/new", post(editor::create))
        .route("/editor/{id}", post(editor::change))
        .layer(RequestBodyLimitLayer::new(body::MAX_POST_BYTES))
        .layer(from_fn_with_state(body::FORM_OF_STRANGER_WITHIN, body::strangers_in_time));
    let posts = Router::new()
        .route("/api/draft", post(draft_api::save))
        .route("/api/draft/who", get(draft_api::who))
        .route("/api/preview", post(draft_api::preview))
        .route("/api/merge", post(draft_api::merge))
        .route("/api/upload", post(upload::upload))
        .route("/api/upload/copy", post(upload::copy))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(draft_form::MAX_FORM_BYTES));
    Router::new()
        .leptos_routes_with_context(state, WORKSHOP_ROUTES.clone(), context, document)
        .merge(forms)
        .merge(posts)
        .merge(
            account::routes()
                .merge(admin::routes())
                .merge(feedback::routes())
                .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES)),
        )
        .layer(from_fn_with_state(state.site.pages.clone(), page::finish))
        .layer(from_fn_with_state(state.site.clone(), moved::moved))
        .layer(from_fn_with_state(state.clone(), session::resolve))
}

/// Every route. Layers are named from the inside out: what is added last sees a request first.
pub fn router(state: AppState) -> Router {
    let context = {
        let state = state.clone();
        move || {
            state.provide();
            if let Some(parts) = leptos::context::use_context::<axum::http::request::Parts>() {
                provide_context(BaseUrl(feeds::base(&state.url, &parts.headers)));
                if let Some(menu) = parts.extensions.get::<Arc<Groups>>() {
                    provide_context(Arc::clone(menu));
                }
            }
        }
    };
    let document = {
        let assets = state.assets.clone();
        move || shell(&assets)
    };
    let missing = render_app_async_with_context(context.clone(), document.clone());
    let pages = Router::<AppState>::new()
        .leptos_routes_with_context(&state, READERS_ROUTES.clone(), context, document)
        .fallback(move |State(folder): State<SiteFolder>, headers: HeaderMap, request: Request| async move {
            // A name with an ending is a file; everything else is a page that helps.
            let path = request.uri().path().to_owned();
            if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
                let file = assets::plain(folder, &path, &headers).await;
                if file.status() != StatusCode::NOT_FOUND {
                    return file;
                }
            }
            missing(request).await.into_response()
        })
        .layer(from_fn_with_state(state.site.clone(), api::moved_article))
        .layer(from_fn_with_state(state.site.clone(), with_menu))
        .layer(from_fn_with_state(state.site.pages.clone(), page::finish))
        .layer(from_fn_with_state(state.site.clone(), moved::moved));
    let feeds_of_parts = Router::<AppState>::new()
        .route("/category/{slug}/{file}", get(feeds::of_category))
        .route("/tag/{key}/{file}", get(feeds::of_tag))
        .route("/author/{handle}/{file}", get(feeds::of_author))
        .layer(from_fn_with_state(state.site.clone(), moved::moved));
    Router::new()
        .route("/pkg/{file}", get(assets::built))
        .route("/media/{file}", get(media::stored))
        .route("/downloads/{id}/{name}", get(download::offered))
        .route("/api/{function}", get(api::missing).fallback(api::missing))
        .route("/api/suggest/browser", get(feeds::suggestions_for_browsers))
        .route("/random", get(random))
        .route("/feed.xml", get(feeds::of_site))
        .route("/rss.xml", get(feeds::of_site))
        .route("/feed.json", get(feeds::of_site))
        .route("/sitemap.xml", get(feeds::site_map))
        .route("/sitemap/{file}", get(feeds::site_map_part))
        .route("/robots.txt", get(feeds::robots))
        .route("/manifest.webmanifest", get(installed::manifest))
        .route("/sw.js", get(installed::service_worker))
        .route("/favicon.ico", get(installed::favicon))
        .route("/opensearch.xml", get(feeds::open_search))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics::show))
        .merge(pages)
        .merge(feeds_of_parts)
        .layer(from_fn(reading::finish))
        .layer(from_fn(query::tidy_api))
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES))
        .merge(workshop(&state))
        .layer(from_fn_with_state(state.site.clone(), views::count))
        .layer(from_fn_with_state(limit::Limits::default(), limit::limit))
        .layer(from_fn_with_state(state.url.clone(), security::protect))
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state.site.clone(), metrics::count))
        .with_state(state)
}

/// Gives pages the menu of categories; without a database they go without.
async fn with_menu(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    match site.menu().await {
        Ok(menu) => drop(request.extensions_mut().insert(menu)),
        Err(error) => tracing::error!("reading the menu of categories failed: {error}"),
    }
    next.run(request).await
}

/// Gives up an answer that takes too long. Who posts the editor's form is known further in only.
async fn in_time(request: Request, next: Next) -> Response {
    let form = *request.method() == Method::POST && request.uri().path().starts_with("/editor/");
    let answer = tokio::time::timeout(if form { FORM_WITHIN } else { ANSWER_WITHIN }, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

/// `/random`: leads to an article by chance, and to another one than the reader comes from.
async fn random(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let from = headers.get(REFERER).and_then(|from| from.to_str().ok()).unwrap_or_default();
    let but = from.rsplit_once("/articles/").and_then(|(_, slug)| slug.split('?').next()?.parse().ok());
    let target = match state.services.articles.random(but.as_ref()).await {
        Ok(articles) => articles.first().map_or("/".to_owned(), |article| format!("/articles/{}", article.slug)),
        Err(_) => "/".to_owned(),
    };
    ([("cache-control", "no-store")], Redirect::temporary(&target)).into_response()
}

/// `/readyz`: whether the database answers and the index is open.
async fn ready(State(site): State<Site>) -> Response {
    match tokio::time::timeout(metrics::PROBE_WITHIN, site.store.last_change()).await {
        Ok(Ok(_)) if site.index.load().is_some() => "ready\n".into_response(),
        Ok(Ok(_)) => (StatusCode::SERVICE_UNAVAILABLE, "the search index is being opened or rebuilt\n").into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
