//! Who may do what, over HTTP: every route of the program stands in one of the tables here. A route that changes
//! something or shows what is private stands in [`GUARDED`], with the answer that each role gets.

use crate::account::{add, get, post, sign_in};
use crate::site::{Answer, TestSite};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::http::account::Post;
use server::http::{AppState, router};
use std::collections::BTreeSet;
use types::{AccountState, Role};

/// Who a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Everybody: it makes a session, ends one, or says who asks.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Authors and above.
    Authors,
    /// The author of the article, and editors.
    OwnAuthor,
    /// Admins.
    Admins,
    /// Whoever holds an address that cannot be guessed.
    Holders,
}

/// Every route that changes something or shows what is private. `{id}` stands for the article of another author.
const GUARDED: [(&str, &str, For); 41] = [
    ("POST", "/api/sign_in", For::Everybody),
    ("POST", "/api/register", For::Everybody),
    ("POST", "/api/sign_out", For::Everybody),
    ("GET", "/account", For::Everybody),
    ("POST", "/api/change_profile", For::SignedIn),
    ("POST", "/api/change_password", For::SignedIn),
    ("POST", "/api/end_session", For::SignedIn),
    ("POST", "/api/close_account", For::SignedIn),
    ("GET", "/editor", For::Authors),
    ("GET", "/editor/new", For::Authors),
    ("POST", "/editor/new", For::Authors),
    ("GET", "/articles/{slug}/feedback", For::Everybody),
    ("POST", "/articles/{slug}/feedback", For::Everybody),
    ("GET", "/editor/feedback", For::Authors),
    ("POST", "/editor/feedback", For::Authors),
    ("GET", "/editor/{id}", For::OwnAuthor),
    ("POST", "/editor/{id}", For::OwnAuthor),
    ("GET", "/preview/{token}", For::Holders),
    ("POST", "/api/draft", For::OwnAuthor),
    ("GET", "/api/draft/who", For::Authors),
    ("POST", "/api/preview", For::Authors),
    ("POST", "/api/merge", For::Authors),
    ("POST", "/api/upload", For::Authors),
    ("POST", "/api/upload/copy", For::Authors),
    ("GET", "/admin", For::Admins),
    ("GET", "/admin/people", For::Admins),
    ("POST", "/admin/people", For::Admins),
    ("GET", "/admin/categories", For::Admins),
    ("POST", "/admin/categories", For::Admins),
    ("GET", "/admin/tags", For::Admins),
    ("POST", "/admin/tags", For::Admins),
    ("GET", "/admin/cards", For::Admins),
    ("POST", "/admin/cards", For::Admins),
    ("GET", "/admin/quotations", For::Admins),
    ("POST", "/admin/quotations", For::Admins),
    ("GET", "/admin/redirects", For::Admins),
    ("POST", "/admin/redirects", For::Admins),
    ("GET", "/admin/settings", For::Admins),
    ("POST", "/admin/settings", For::Admins),
    ("GET", "/admin/audit", For::Admins),
    // The figures tell about the machine: only it may ask, whoever is signed in.
    ("GET", "/metrics", For::Holders),
];

/// Every other route: it only reads what everybody may see.
const PUBLIC: [&str; 45] = [
    "/",
    "/api/archive",
    "/api/article",
    "/api/articles",
    "/api/author",
    "/api/categories",
    "/api/category",
    "/api/frame",
    "/api/learning",
    "/api/random",
    "/api/recommended",
    "/api/search",
    "/api/suggest",
    "/api/suggest/browser",
    "/api/tag",
    "/api/tags",
    "/api/{function}",
    "/archive",
    "/archive/{month}",
    "/articles/{slug}",
    "/author/{handle}",
    "/author/{handle}/{file}",
    "/category/{slug}",
    "/category/{slug}/{file}",
    "/downloads",
    "/downloads/{id}/{name}",
    "/favicon.ico",
    "/feed.json",
    "/feed.xml",
    "/healthz",
    "/manifest.webmanifest",
    "/media/{file}",
    "/offline",
    "/opensearch.xml",
    "/pkg/{file}",
    "/random",
    "/readyz",
    "/robots.txt",
    "/rss.xml",
    "/search",
    "/sitemap.xml",
    "/sitemap/{file}",
    "/sw.js",
    "/tag/{key}",
    "/tag/{key}/{file}",
];

/// The routes that a router holds, as method and path, read from what axum shows of it.
fn routes(shown: &str) -> BTreeSet<(String, String)> {
    let (routes, node) = shown.split_once("node: Node").expect("axum shows the routes before their paths");
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let paths: Vec<(String, String)> = node
        .split("RouteId(")
        .skip(1)
        .filter_map(|entry| Some((number(entry), entry.split('"').nth(1)?.to_owned())))
        .take_while(|(_, path)| path.starts_with('/'))
        .collect();
    let mut found = BTreeSet::new();
    for entry in routes.split("RouteId(").skip(1) {
        let (_, path) = paths.iter().find(|(id, _)| *id == number(entry)).expect("every route has a path");
        for method in ["get", "post", "put", "patch", "delete"] {
            let empty = format!("{method}: None");
            let there = entry.contains(&format!("{method}: ")) && !entry.contains(&empty);
            if there || entry.contains("Route(") && !entry.contains("MethodRouter") {
                found.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_stands_in_a_table() {
    let site = TestSite::new().await;
    let shown = format!("{:?}", router(AppState::new(site.site.clone(), &site.settings).unwrap()));
    let found = routes(&shown);
    assert!(found.len() > 50, "{found:?}");
    for (method, path, _) in GUARDED {
        assert!(found.contains(&(method.into(), path.into())), "{method} {path} is in the table and not in the router");
    }
    let mut unknown = Vec::new();
    for (method, path) in &found {
        let guarded = GUARDED.iter().any(|(known, place, _)| known == method && place == path);
        // Opened again, the address of a post leads to its form.
        let form = Post::ALL.iter().any(|post| post.path() == path);
        let public = method == "GET" && (form || PUBLIC.contains(&path.as_str()));
        if !guarded && !public {
            unknown.push((method, path));
        }
    }
    assert!(unknown.is_empty(), "these are routes, and no table says who they are for: {unknown:?}");
    for path in PUBLIC {
        assert!(found.contains(&("GET".into(), path.into())), "{path} is in the table and not in the router");
    }
    assert!(Post::ALL.iter().all(|post| GUARDED.iter().any(|(_, path, _)| *path == post.path())));
}

/// Asks as a browser of ours would.
async fn ask(site: &TestSite, method: &str, path: &str, cookie: &str, id: &str) -> Answer {
    let address =
        path.replace("{id}", id).replace("{slug}", "none").replace("{token}", "00000000000000000000000000000000");
    if method == "GET" {
        return get(site, &address, cookie).await;
    }
    let json = match path {
        "/api/draft" => {
            Some(serde_json::json!({ "id": id, "base_revision": 0, "key": "", "fields": { "title": "夺" } }))
        }
        "/api/preview" => Some(serde_json::json!({ "body": "x" })),
        "/api/merge" => Some(serde_json::json!({ "base": "", "mine": "", "theirs": "" })),
        _ => None,
    };
    let Some(json) = json else {
        // Nobody becomes more by saying so.
        let forged = [("action", "hide"), ("id", "1"), ("role", "admin"), ("author", "1"), ("status", "published")];
        return post(site, &address, cookie, &forged).await;
    };
    let request = Request::builder().method(Method::POST).uri(address).header("host", "site.test");
    let request = request.header("cookie", cookie).header("content-type", "application/json");
    site.ask(request.header("sec-fetch-site", "same-origin").body(Body::from(json.to_string())).unwrap()).await
}

/// Whether an answer refuses because of who asks. The editor answers a form of somebody signed out with the form.
fn refused(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) || answer.body.contains("登录已失效")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_gets_what_the_table_says_and_no_more() {
    let site = TestSite::new().await;
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    add(&site, "owner", Role::Author, AccountState::Active).await;
    let mut callers = vec![(None, String::new())];
    for role in Role::ALL {
        add(&site, &format!("the-{role}"), role, AccountState::Active).await;
        callers.push((Some(role), sign_in(&site, &format!("the-{role}")).await));
    }
    let owner = sign_in(&site, "owner").await;
    let fields =
        [("title", "私有草稿"), ("category", "kibana"), ("body", "没有人看见"), ("key", "k"), ("base_revision", "0")];
    let made = post(&site, "/editor/new", &owner, &fields).await;
    let id = made.header("location").trim_start_matches("/editor/").split('?').next().unwrap().to_owned();
    for (method, path, wanted) in GUARDED {
        for (role, cookie) in &callers {
            // These end the session by which the next row asks.
            if matches!(path, "/api/sign_out" | "/api/sign_in") {
                continue;
            }
            let answer = ask(&site, method, path, cookie, &id).await;
            let who = format!(
                "{role:?} {method} {path}: {} {}",
                answer.status,
                answer.body.chars().take(300).collect::<String>()
            );
            let own = |lowest: Role| role.is_some_and(|role| role >= lowest);
            match wanted {
                For::Everybody => assert!(!refused(&answer), "{who}"),
                For::SignedIn => assert_eq!(refused(&answer), role.is_none(), "{who}"),
                For::Authors => assert_eq!(refused(&answer), !own(Role::Author), "{who}"),
                For::Admins => assert_eq!(refused(&answer), !own(Role::Admin), "{who}"),
                // Another author's article is as if it were not there.
                For::OwnAuthor if own(Role::Editor) => {
                    assert!(!refused(&answer) && answer.status != StatusCode::NOT_FOUND, "{who}");
                }
                For::OwnAuthor if own(Role::Author) => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}"),
                For::OwnAuthor => assert!(refused(&answer), "{who}"),
                For::Holders => assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::OK), "{who}"),
            }
            let sees = matches!(wanted, For::OwnAuthor | For::Authors) && own(Role::Editor);
            assert!(sees || !answer.body.contains("没有人看见"), "{who}");
        }
        if wanted == For::OwnAuthor {
            let mine = ask(&site, method, path, &owner, &id).await;
            assert!(
                !refused(&mine) && mine.status != StatusCode::NOT_FOUND,
                "the author: {method} {path} {}",
                mine.status
            );
        }
    }
    for (role, _) in &callers {
        let name = role.map_or("boss".to_owned(), |role| format!("the-{role}"));
        let account = site.site.store.account_named(&name).await.unwrap().unwrap().0;
        assert_eq!(account.role, role.unwrap_or(Role::Admin), "nobody became more");
    }
    assert_eq!(
        site.site
            .store
            .audit("the-reader", types::PageNumber::FIRST, 100)
            .await
            .unwrap()
            .items
            .iter()
            .filter(|entry| entry.action == "refused")
            .count(),
        8
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_from_other_sites_are_refused_everywhere() {
    let site = TestSite::new().await;
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    let cookie = sign_in(&site, "boss").await;
    for (_, path, _) in GUARDED.into_iter().filter(|(method, ..)| *method == "POST") {
        for foreign in
            [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
        {
            let answer =
                site.post(&path.replace("{id}", "1").replace("{slug}", "x"), &[foreign, ("cookie", &cookie)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {foreign:?}");
        }
    }
}
