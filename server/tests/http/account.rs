//! Accounts over HTTP: signing in, what each role may post, and what guessers learn.

use crate::site::{Answer, TestSite};
use app::account::MOST_HEIRS;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::http::account::Post;
use server::{housekeeping, passwords};
use store::{Event, NewAccount};
use types::{AccountState, Role};

const PASSWORD: &str = "correct horse battery";

pub async fn add(site: &TestSite, name: &str, role: Role, state: AccountState) -> i64 {
    let hash = passwords::hash(PASSWORD.into()).await.unwrap();
    let new = NewAccount { username: &name.parse().unwrap(), password: &hash, role, state };
    let event = Event { actor: "test", action: "account added", object: name, address: "" };
    site.site.store.add_account(&new, &event).await.unwrap().unwrap()
}

pub async fn post(site: &TestSite, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request =
        Request::builder().method(Method::POST).uri(path).header("host", "site.test").header("cookie", cookie);
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    site.ask(request.body(Body::from(body)).unwrap()).await
}

pub async fn get(site: &TestSite, path: &str, cookie: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", "site.test").header("cookie", cookie);
    site.ask(request.body(Body::empty()).unwrap()).await
}

fn cookie_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

pub async fn sign_in(site: &TestSite, name: &str) -> String {
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
async fn whoever_must_sign_in_first_comes_back_to_the_page() {
    let site = TestSite::new().await;
    add(&site, "feng", Role::Author, AccountState::Active).await;
    for path in [
        "/editor",
        "/editor/new",
        "/editor?q=%E5%9B%BE&page=2",
        "/editor/new?url=https%3A%2F%2Fx.test%2F%3Fa%3D1%26b%3D2",
    ] {
        let page = get(&site, path, "").await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
        let link = format!("/account?next={}", types::percent::encode(path));
        assert!(page.body.contains(&format!("href=\"{link}\"")), "{path}: {}", page.body);
        let form = get(&site, &link, "").await;
        let next = form.body.split("name=\"next\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let next = next.replace("&amp;", "&");
        let fields = [("username", "feng"), ("password", PASSWORD), ("next", &next)];
        assert_eq!(post(&site, "/api/sign_in", "", &fields).await.header("location"), path);
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
async fn strangers_who_guess_keep_nobody_from_the_own_account() {
    let site = TestSite::new().await;
    add(&site, "known", Role::Author, AccountState::Active).await;
    let sign_in_from = async |address: &str, password: &str| {
        let client: std::net::SocketAddr = format!("{address}:9").parse().unwrap();
        let body = format!("username=known&password={}", types::percent::encode(password));
        let request = Request::builder().method(Method::POST).uri("/api/sign_in").header("host", "site.test");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin").extension(axum::extract::ConnectInfo(client));
        site.ask(request.body(Body::from(body)).unwrap()).await
    };
    let cookie = cookie_of(&sign_in_from("198.51.100.1", PASSWORD).await);
    for _ in 0..5 {
        assert_eq!(sign_in_from("192.0.2.1", "not the one").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in_from("192.0.2.1", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    cookie_of(&sign_in_from("198.51.100.1", PASSWORD).await);
    cookie_of(&sign_in_from("203.0.113.1", PASSWORD).await);
    let fields = [("password", PASSWORD), ("new_password", "another long secret")];
    cookie_of(&post(&site, "/api/change_password", &cookie, &fields).await);
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
    let settings = async |registration: &'static str, cookie: &str| {
        let fields = [
            ("action", "save"),
            ("name", "站"),
            ("description", "一个站。"),
            ("registration", registration),
            ("registration_role", "reader"),
        ];
        post(&site, "/admin/settings", cookie, &fields).await
    };
    assert_eq!(settings("approval", &cookie).await.header("location"), "/admin/settings?done=settings");
    let registered = post(&site, "/api/register", "", &[("username", "new"), ("password", PASSWORD)]).await;
    assert_eq!(registered.header("location"), "/account?done=waiting");
    let early = post(&site, "/api/sign_in", "", &[("username", "new"), ("password", PASSWORD)]).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    let account = site.site.store.account_named("new").await.unwrap().unwrap().0;
    assert_eq!(account.role, Role::Reader);
    let id = account.id.to_string();
    let fields = [("action", "set"), ("id", id.as_str()), ("role", "author"), ("state", "active")];
    let let_in = post(&site, "/admin/people?q=new", &cookie, &fields).await;
    assert_eq!(let_in.header("location"), "/admin/people?q=new&done=account");
    sign_in(&site, "new").await;
    let fields = [("action", "set"), ("id", boss.as_str()), ("role", "reader"), ("state", "active")];
    assert_eq!(post(&site, "/admin/people", &cookie, &fields).await.status, StatusCode::CONFLICT);
    settings("closed", &cookie).await;
    let late = post(&site, "/api/register", "", &[("username", "late"), ("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    get(&site, "/admin/audit", &cookie).await.assert_page("修改站点设置");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_the_first_link_becomes_the_admin_once() {
    let site = TestSite::new().await;
    let first = housekeeping::invite_admin(&site.site).await.unwrap().unwrap();
    let path = housekeeping::invite_admin(&site.site).await.unwrap().unwrap();
    let token = path.strip_prefix("/account?invitation=").unwrap();
    get(&site, &first, "").await.assert_page("注册后即为管理员");
    get(&site, &path, "").await.assert_page("注册后即为管理员");
    let register = async |name: &str, password: &str| {
        let fields = [("username", name), ("password", password), ("invitation", token)];
        post(&site, "/api/register", "", &fields).await
    };
    let weak = register("boss", "password123").await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("value=\"boss\"") && weak.body.contains(token), "what was typed stays: {}", weak.body);
    cookie_of(&register("boss", PASSWORD).await);
    assert_eq!(site.site.store.account_named("boss").await.unwrap().unwrap().0.role, Role::Admin);
    assert_eq!(register("second", PASSWORD).await.status, StatusCode::GONE);
    for link in [&first, &path] {
        assert_eq!(get(&site, link, "").await.status, StatusCode::GONE, "the first that is used ends the others");
    }
    assert_eq!(housekeeping::invite_admin(&site.site).await.unwrap(), None, "there is an admin now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let site = TestSite::new().await;
    add(&site, "taken", Role::Author, AccountState::Active).await;
    let register = async |name: &'static str, password: &'static str| {
        post(&site, "/api/register", "", &[("username", name), ("password", password), ("next", "/editor")]).await
    };
    for (name, password, status, field, said) in [
        ("a b", PASSWORD, 422, "username", "用户名需要"),
        ("taken", PASSWORD, 409, "username", "已被使用"),
        ("fresh", "short", 422, "password", "至少需要"),
        ("fresh", "qwertyuiop123", 422, "password", "太容易被猜到"),
        ("fresh", "iloveyou2024!", 422, "password", "太容易被猜到"),
        ("fresh", "abcabcabcabc", 422, "password", "太容易被猜到"),
        ("fresh", "woaini1314520", 422, "password", "太容易被猜到"),
    ] {
        let answer = register(name, password).await;
        assert_eq!(answer.status.as_u16(), status, "{name} {password}");
        let error = format!("id=\"{field}-error\"");
        assert!(answer.body.contains(&error) && answer.body.contains(said), "{name} {password}: {}", answer.body);
        assert!(answer.body.contains(&format!("value=\"{name}\"")), "{}", answer.body);
        assert!(!answer.body.contains(password), "{}", answer.body);
    }
    let cookie = sign_in(&site, "taken").await;
    let answer = post(&site, "/api/change_profile", &cookie, &[("name", "新笔名"), ("handle", "Bad Handle")]).await;
    assert!(answer.body.contains("value=\"新笔名\"") && answer.body.contains("id=\"handle-error\""), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_wait_is_told_how_long() {
    let site = TestSite::new().await;
    let fields = [("username", "nobody"), ("password", "not the one")];
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(post(&site, "/api/sign_in", "", &fields).await);
    }
    let last = answers.pop().unwrap();
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = last.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&seconds) && last.body.contains(&seconds.to_string()), "{seconds}");
    assert!(answers.iter().all(|answer| answer.header("retry-after").is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_of_an_ended_account_go_where_the_form_says() {
    let site = TestSite::new().await;
    for name in ["boss", "feng", "heir", "gone"] {
        let role = if name == "boss" { Role::Admin } else { Role::Editor };
        add(&site, name, role, AccountState::Active).await;
    }
    let write = async |cookie: &str, slug: &str| {
        let fields = [
            ("title", "一篇"),
            ("slug", slug),
            ("category", "kibana"),
            ("kind", "original"),
            ("body", "正文。"),
            ("action", "publish"),
            ("base_revision", "0"),
            ("key", slug),
        ];
        let answer = post(&site, "/editor/new", cookie, &fields).await;
        assert!(answer.header("location").ends_with("done=published"), "{}", answer.body);
    };
    let (mine, boss) = (sign_in(&site, "feng").await, sign_in(&site, "boss").await);
    write(&mine, "first").await;
    write(&sign_in(&site, "gone").await, "second").await;
    get(&site, "/account", &mine).await.assert_page("heir (heir)");
    let close = async |heir: &'static str| {
        post(&site, "/api/close_account", &mine, &[("password", PASSWORD), ("heir", heir)]).await
    };
    for heir in ["nobody", "feng", "../x"] {
        assert_eq!(close(heir).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{heir}");
    }
    assert_eq!(close("heir").await.header("location"), "/account?done=closed");
    site.get("/articles/first").await.assert_page("/author/heir");
    assert_eq!(site.get("/author/feng").await.header("location"), "/author/heir");
    assert_eq!(site.get("/api/articles?author=feng").await.json()["total"], 1);
    add(&site, "枫feng", Role::Author, AccountState::Active).await;
    assert_eq!(site.get("/api/articles?author=feng").await.json()["total"], 0, "somebody else is called so today");
    let id = site.site.store.account_named("gone").await.unwrap().unwrap().0.id.to_string();
    let end = async |confirm: &'static str| {
        post(&site, "/admin/people", &boss, &[("action", "close"), ("id", &id), ("confirm", confirm), ("heir", "")])
            .await
    };
    assert_eq!(end("other").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(end("gone").await.header("location"), "/admin/people?done=closed");
    let page = site.get("/articles/second").await;
    assert!(page.body.contains("流光</a>") || page.body.contains(">流光<"), "{}", page.body);
    assert!(!page.body.contains("/author/gone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_many_write_the_heir_is_named_by_the_handle() {
    let site = TestSite::new().await;
    add(&site, "feng", Role::Editor, AccountState::Active).await;
    let mine = sign_in(&site, "feng").await;
    let event = Event { actor: "test", action: "account added", object: "", address: "" };
    let another = async |number: u32| {
        let username = format!("author{number}").parse().unwrap();
        let new = NewAccount { username: &username, password: "", role: Role::Author, state: AccountState::Active };
        site.site.store.add_account(&new, &event).await.unwrap();
    };
    for number in 0..MOST_HEIRS {
        another(number).await;
    }
    get(&site, "/account", &mine).await.assert_page("author7 (author7)");
    another(MOST_HEIRS).await;
    let page = get(&site, "/account", &mine).await;
    page.assert_page("<input id=\"close-heir\" name=\"heir\"");
    assert!(!page.body.contains("author7"), "{}", page.body);
    let close = async |heir: &'static str| {
        post(&site, "/api/close_account", &mine, &[("password", PASSWORD), ("heir", heir)]).await
    };
    let refused = close("author999").await;
    assert!(
        refused.body.contains("value=\"author999\"") && refused.body.contains("close-heir-error"),
        "{}",
        refused.body
    );
    assert_eq!(close("author7").await.header("location"), "/account?done=closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_post_leads_to_its_form_when_it_is_opened_again() {
    let site = TestSite::new().await;
    for form in Post::ALL {
        let answer = site.get(form.path()).await;
        let place = if form == Post::Register { "/account?register=1" } else { "/account" };
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place), "{form:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_would_be_refused_are_not_shown() {
    let site = TestSite::new().await;
    for (role, writes, runs) in [
        (None, false, false),
        (Some(Role::Reader), false, false),
        (Some(Role::Author), true, false),
        (Some(Role::Editor), true, false),
        (Some(Role::Admin), true, true),
    ] {
        let cookie = match role {
            Some(role) => {
                add(&site, &format!("a-{role}"), role, AccountState::Active).await;
                sign_in(&site, &format!("a-{role}")).await
            }
            None => String::new(),
        };
        let account = get(&site, "/account", &cookie).await;
        assert_eq!(account.body.contains("href=\"/editor/new\""), writes, "{role:?}: {}", account.body);
        let desk = get(&site, "/admin", &cookie).await;
        assert_eq!(desk.body.contains("href=\"/admin/people\""), runs, "{role:?}: {}", desk.body);
        assert_eq!(desk.body.contains("href=\"/editor\""), writes, "{role:?}: {}", desk.body);
    }
}
