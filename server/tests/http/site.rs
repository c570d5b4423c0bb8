//! A site of a test's own, and what tests ask of it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use server::config::Settings;
use server::http::{AppState, router};
use server::import_job::{self, ImportOptions, Summary};
use server::site::Site;
use server::{indexer, seed};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tower::ServiceExt;

/// A site in a temporary folder.
pub struct TestSite {
    pub folder: tempfile::TempDir,
    pub settings: Settings,
    pub site: Site,
    router: Router,
}

/// An answer with its whole body.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// What Leptos puts after a list of children for hydration; readers do not see it, and tests need not know where it stands.
const MARKER: &str = "<!>";

/// The settings of a site whose data and built files stand in a folder.
pub fn settings(folder: &Path, service_worker: server::config::Switch) -> Settings {
    Settings {
        data: folder.join("data"),
        addr: "127.0.0.1:0".parse().unwrap(),
        site_url: None,
        trusted_proxies: Vec::new(),
        service_worker,
        database_url: None,
        site_root: Some(folder.join("site")),
        log: "warn".into(),
    }
}

impl TestSite {
    /// An empty site with the tree of categories.
    pub async fn new() -> Self {
        Self::with_service_worker(server::config::Switch::On).await
    }

    /// As [`TestSite::new`], with the service worker on or off.
    pub async fn with_service_worker(service_worker: server::config::Switch) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let assets = r#"{"style":"/pkg/a.css","script":"/pkg/p.js","search":"/pkg/s.js","module":"/pkg/c.js","wasm":"/pkg/c.wasm"}"#;
        std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        std::fs::write(folder.path().join("site/assets.json"), assets).unwrap();
        std::fs::write(folder.path().join("site/pkg/a.css"), "body{}").unwrap();
        let settings = settings(folder.path(), service_worker);
        let site = Site::open(&settings).await.unwrap();
        seed::categories(&site).await.unwrap();
        let router = router(AppState::new(site.clone(), &settings).unwrap());
        Self { folder, settings, site, router }
    }

    /// The same site with other eyes for other sites.
    pub fn fetching(mut self, fetcher: server::fetch::Fetcher) -> Self {
        let state = AppState::new(self.site.clone(), &self.settings).unwrap();
        self.router = router(AppState { fetcher, ..state });
        self
    }

    /// Another site over HTTP, from the same built files.
    pub fn serving(mut self, site: Site) -> Self {
        self.router = router(AppState::new(site.clone(), &self.settings).unwrap());
        self.site = site;
        self
    }

    /// Puts a file among those that the build made.
    pub fn write_built(&self, path: &str, content: &str) {
        std::fs::write(self.folder.path().join("site").join(path), content).unwrap();
    }

    /// The site with files imported and indexed.
    pub async fn with(files: &[(&str, &str)]) -> Self {
        let site = Self::new().await;
        site.import(files).await;
        site
    }

    /// Imports files, given by path and text.
    pub async fn import(&self, files: &[(&str, &str)]) -> Summary {
        self.put(files);
        self.import_paths(vec![self.folder.path().join("articles")]).await
    }

    /// Imports files and leaves the indexing to who follows the log.
    pub async fn write(&self, files: &[(&str, &str)]) -> Summary {
        self.put(files);
        let options = ImportOptions { paths: vec![self.folder.path().join("articles")], ..ImportOptions::default() };
        import_job::import(&self.site, &options, &import_job::Silent).await.unwrap()
    }

    /// Writes files, given by path and text.
    pub fn put(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            let file = self.folder.path().join("articles").join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
    }

    /// Imports folders and archives.
    pub async fn import_paths(&self, paths: Vec<PathBuf>) -> Summary {
        let options = ImportOptions { paths, ..ImportOptions::default() };
        let summary = import_job::import(&self.site, &options, &import_job::Silent).await.unwrap();
        self.site.index.store(None);
        let (index, _writer) = indexer::open(&self.site).await.unwrap();
        self.site.index.store(Some(std::sync::Arc::new(index)));
        // As the indexer does behind every commit.
        self.site.pages.forget();
        server::suggestions::refresh(&self.site).await.unwrap();
        summary
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let (asked, started) = (request.uri().clone(), std::time::Instant::now());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let hung = response.status() == StatusCode::GATEWAY_TIMEOUT;
        assert!(!hung, "{asked} was given up after {:?}", started.elapsed());
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).replace(MARKER, ""),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path).header("host", "site.test").body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(Method::POST).uri(path).header("host", "site.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn assert_page(&self, needle: &str) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        assert!(self.body.contains(needle), "{needle} is not in the page: {}", self.body);
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }
}

/// Waits until something is so, at most half a minute.
pub async fn until(so: impl AsyncFn() -> bool) {
    for _ in 0..600 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come about");
}
