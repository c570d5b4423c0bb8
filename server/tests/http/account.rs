//! Accounts over HTTP: signing in, what each role may post, and what guessers learn.

use crate::site::{Answer, TestSite};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::http::account::Post;
use server::passwords;
use store::{Event, NewAccount};
use types::{AccountState, Role, can};

const PASSWORD: &str = "correct horse battery";

async fn add(site: &TestSite, name: &str, role: Role, state: AccountState) -> i64 {
    let hash = passwords::hash(PASSWORD.into()).await.unwrap();
    let new = NewAccount { username: &name.parse().unwrap(), password: &hash, role, state };
    let event = Event { actor: "test", action: "account added", object: name, address: "" };
    site.site.store.add_account(&new, &event).await.unwrap().unwrap()
}

async fn post(site: &TestSite, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request =
        Request::builder().method(Method::POST).uri(path).header("host", "site.test").header("cookie", cookie);
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    site.ask(request.body(Body::from(body)).unwrap()).await
}

async fn get(site: &TestSite, path: &str, cookie: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", "site.test").header("cookie", cookie);
    site.ask(request.body(Body::empty()).unwrap()).await
}

fn cookie_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn sign_in(site: &TestSite, name: &str) -> String {
    cookie_of(&post(site, "/api/sign_in", "", &[("username", name), ("password", PASSWORD)]).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_registers_writes_changes_the_password_and_signs_out() {
    let site = TestSite::new().await;
    get(&site, "/account", "").await.assert_page("action=\"/api/sign_in\"");
    let fields = [("username", "Feng"), ("password", PASSWORD), ("next", "/editor/new")];
    let registered = post(&site, "/api/register", "", &fields).await;
    assert_eq!(registered.header("location"), "/editor/new");
    assert!(registered.header("set-cookie").contains("HttpOnly; SameSite=Lax"), "{}", registered.header("set-cookie"));
    let cookie = cookie_of(&registered);
    get(&site, "/editor/new", &cookie).await.assert_page("name=\"base_revision\"");
    let page = get(&site, "/account", &cookie).await;
    page.assert_page("feng");
    assert_eq!(page.header("cache-control"), "no-store");
    let profile = post(&site, "/api/change_profile", &cookie, &[("name", "<b>风</b>"), ("handle", "wind")]).await;
    assert_eq!(profile.header("location"), "/account?done=profile");
    assert_eq!(site.get("/author/feng").await.header("location"), "/author/wind");
    assert!(!get(&site, "/account", &cookie).await.body.contains("<b>风</b>"));
    let fields = [("password", PASSWORD), ("new_password", "another long secret")];
    let fresh = cookie_of(&post(&site, "/api/change_password", &cookie, &fields).await);
    assert!(!get(&site, "/account", &cookie).await.body.contains("/api/sign_out"), "the old session is over");
    get(&site, "/account", &fresh).await.assert_page("/api/sign_out");
    post(&site, "/api/sign_out", &fresh, &[]).await;
    assert!(!get(&site, "/account", &fresh).await.body.contains("/api/sign_out"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_post_what_the_table_says_and_no_more() {
    let site = TestSite::new().await;
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    let mut callers = vec![(None, String::new())];
    for role in Role::ALL {
        add(&site, &format!("the-{role}"), role, AccountState::Active).await;
        callers.push((Some(role), sign_in(&site, &format!("the-{role}")).await));
    }
    for post_kind in Post::ALL.into_iter().filter(|post| post.needs().is_some()) {
        for (role, cookie) in &callers {
            let answer = post(&site, post_kind.path(), cookie, &[("role", "admin"), ("account", "1")]).await;
            let refused = matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
            let allowed = post_kind.needs().is_none_or(|(action, object)| can(*role, action, object));
            assert_eq!(refused, !allowed, "{role:?} {post_kind:?}: {}", answer.status);
        }
    }
    for (role, cookie) in &callers {
        let status = get(&site, "/admin", cookie).await.status;
        let expected = match role {
            None => StatusCode::UNAUTHORIZED,
            Some(Role::Admin) => StatusCode::OK,
            Some(_) => StatusCode::FORBIDDEN,
        };
        assert_eq!(status, expected, "{role:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_names_and_wrong_passwords_are_answered_alike_and_slowed_down() {
    let site = TestSite::new().await;
    add(&site, "known", Role::Author, AccountState::Active).await;
    let wrong = async |name: &'static str| {
        post(&site, "/api/sign_in", "", &[("username", name), ("password", "not the one")]).await
    };
    let (known, unknown) = (wrong("known").await, wrong("nobody").await);
    assert_eq!((known.status, unknown.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(known.body.replace("known", ""), unknown.body.replace("nobody", ""));
    assert!(!known.body.contains("not the one"));
    for name in ["known", "nobody"] {
        for _ in 0..4 {
            assert_eq!(wrong(name).await.status, StatusCode::UNAUTHORIZED, "{name}");
        }
        assert_eq!(wrong(name).await.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_cannot_post_and_nobody_is_led_to_them() {
    let site = TestSite::new().await;
    add(&site, "feng", Role::Author, AccountState::Active).await;
    for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")]] {
        for kind in Post::ALL {
            assert_eq!(site.post(kind.path(), &headers).await.status, StatusCode::FORBIDDEN, "{kind:?}");
        }
    }
    let fields = [("username", "feng"), ("password", PASSWORD), ("next", "//evil.example")];
    assert_eq!(post(&site, "/api/sign_in", "", &fields).await.header("location"), "/account");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_others_cannot_be_ended_and_closed_accounts_cannot_enter() {
    let site = TestSite::new().await;
    let (first, _) = (
        add(&site, "first", Role::Author, AccountState::Active).await,
        add(&site, "second", Role::Author, AccountState::Active).await,
    );
    let (mine, theirs) = (sign_in(&site, "first").await, sign_in(&site, "second").await);
    let session = site.site.store.sessions(first).await.unwrap()[0].id.to_string();
    assert_eq!(post(&site, "/api/end_session", &theirs, &[("session", &session)]).await.status, StatusCode::NOT_FOUND);
    get(&site, "/account", &mine).await.assert_page("/api/sign_out");
    assert_eq!(
        post(&site, "/api/close_account", &mine, &[("password", "not the one")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let closed = post(&site, "/api/close_account", &mine, &[("password", PASSWORD)]).await;
    assert_eq!(closed.header("location"), "/account?done=closed");
    let again = post(&site, "/api/sign_in", "", &[("username", "first"), ("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_let_people_in_and_the_last_admin_stays() {
    let site = TestSite::new().await;
    let boss = add(&site, "boss", Role::Admin, AccountState::Active).await.to_string();
    let cookie = sign_in(&site, "boss").await;
    let set = post(&site, "/api/set_registration", &cookie, &[("registration", "approval")]).await;
    assert_eq!(set.header("location"), "/admin?done=registration");
    let registered = post(&site, "/api/register", "", &[("username", "new"), ("password", PASSWORD)]).await;
    assert_eq!(registered.header("location"), "/account?done=waiting");
    let early = post(&site, "/api/sign_in", "", &[("username", "new"), ("password", PASSWORD)]).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    let id = site.site.store.account_named("new").await.unwrap().unwrap().0.id.to_string();
    let fields = [("account", id.as_str()), ("role", "author"), ("state", "active")];
    assert_eq!(post(&site, "/api/set_account", &cookie, &fields).await.header("location"), "/admin?done=account");
    sign_in(&site, "new").await;
    let fields = [("account", boss.as_str()), ("role", "reader"), ("state", "active")];
    assert_eq!(post(&site, "/api/set_account", &cookie, &fields).await.status, StatusCode::CONFLICT);
    post(&site, "/api/set_registration", &cookie, &[("registration", "closed")]).await;
    let late = post(&site, "/api/register", "", &[("username", "late"), ("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    get(&site, "/admin", &cookie).await.assert_page("registration set");
}
