//! What readers tell about articles: the form, who sees what was told, who closes it, and what nobody keeps.

use crate::account::{add, get, post, sign_in};
use crate::site::{Answer, TestSite};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use std::net::SocketAddr;
use store::{Event, FeedbackQuery};
use types::{AccountState, ArticleStatus, CONTACT_DAYS, FeedbackEntry, FeedbackState, PageNumber, Role};

const FILES: [(&str, &str); 2] = [
    ("one.md", "---\ntitle: 甲 <b>文\nslug: one\ncategory: Kibana\nauthor: feng\n---\n甲的正文。\n"),
    (
        "two.md",
        "---\ntitle: 乙文\nslug: two\nkind: reprint\nsources:\n  - {title: 原文, url: \"https://example.org/a\"}\ncategory: Kibana\nauthor: yun\n---\n乙的正文。\n",
    ),
];
const FORM: &str = "/articles/one/feedback";
const QUEUE: &str = "/editor/feedback";
const EVENT: Event<'static> = Event { actor: "test", action: "tried", object: "", address: "" };

/// A site with an article of each of two authors.
async fn site() -> TestSite {
    let site = TestSite::new().await;
    for (name, role) in [("feng", Role::Author), ("yun", Role::Author), ("ed", Role::Editor), ("du", Role::Reader)] {
        add(&site, name, role, AccountState::Active).await;
    }
    site.import(&FILES).await;
    site
}

/// Every case, open ones first.
async fn cases(site: &TestSite) -> Vec<FeedbackEntry> {
    site.site.store.feedback_list(&FeedbackQuery { per_page: 100, ..FeedbackQuery::default() }).await.unwrap().items
}

/// Tells something, and gives the number of the case.
async fn tell(site: &TestSite, form: &str, kind: &str, text: &str) -> String {
    let sent = post(site, form, "", &[("kind", kind), ("text", text), ("contact", "me@example.org")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.header("location").rsplit("done=").next().unwrap().to_owned()
}

async fn close(site: &TestSite, cookie: &str, id: &str, action: &str, answer: &str) -> Answer {
    post(site, QUEUE, cookie, &[("id", id), ("action", action), ("answer", answer)]).await
}

#[track_caller]
fn refused(answer: &Answer, status: u16, said: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert!(answer.body.contains(said) && answer.body.contains("role=\"alert\""), "{said}: {}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_tells_something_and_gets_a_number() {
    let site = site().await;
    let article = site.get("/articles/one").await;
    article.assert_page("<a href=\"/articles/one/feedback?revision=1\" rel=\"external nofollow\">反馈</a>");
    assert!(!article.body.contains("kind=infringement"), "an original speaks of nobody else's rights");
    assert!(article.body.contains("{\"not\":{\"selector_matches\":\"[rel~=external]\"}}"), "nothing fetches it ahead");
    let reprint = site.get("/articles/two").await;
    reprint.assert_page("/articles/two/feedback?revision=1&amp;kind=infringement");
    let rights = site.get("/articles/two/feedback?kind=infringement").await;
    rights.assert_page("<option value=\"infringement\" selected>");
    let form = site.get(&format!("{FORM}?revision=1&kind=%22%3E")).await;
    form.assert_page("<option value=\"mistake\" selected>");
    form.assert_page(&format!("{CONTACT_DAYS} 天"));
    form.assert_page("<meta name=\"robots\" content=\"noindex\"");
    form.assert_page("name=\"revision\" value=\"1\"");
    assert!(form.body.contains("甲 &lt;b&gt;文") && !form.body.contains("liuguang-client"), "no client: {}", form.body);
    assert_eq!((form.header("cache-control"), form.header("etag")), ("no-store", ""));
    let cookie = sign_in(&site, "du").await;
    let fields = [("kind", "outdated"), ("text", " 过时\r\n了 "), ("contact", ""), ("revision", "1")];
    let sent = post(&site, FORM, &cookie, &fields).await;
    assert_eq!((sent.status, sent.header("cache-control")), (StatusCode::SEE_OTHER, "no-store"));
    let told = cases(&site).await.remove(0);
    assert_eq!((told.text.as_str(), told.seen, told.sender.as_deref()), ("过时\n了", 1, Some("du")));
    let thanks = site.get(sent.header("location")).await;
    thanks.assert_page(&format!("反馈编号：{}", told.id));
    assert_eq!(thanks.header("cache-control"), "no-store");
    // Nobody is thanked for what was not told, or was told about something else.
    for other in [format!("{FORM}?done=1"), format!("/articles/two/feedback?done={}", told.id)] {
        site.get(&other).await.assert_page("name=\"contact\"");
    }
    let log = site.site.store.audit("du", PageNumber::FIRST, 10).await.unwrap().items;
    assert_eq!((log[0].action.as_str(), log[0].object.clone()), ("feedback sent", format!("{} · 甲 <b>文", told.id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_comes_back_with_its_reason_at_its_field() {
    let site = site().await;
    let long = "字".repeat(4001);
    for (field, said, fields) in [
        ("text", "请写下想说的话。", [("kind", "mistake"), ("text", " \u{0}"), ("contact", "<i>我")]),
        ("text", "最多 4000 字", [("kind", "question"), ("text", long.as_str()), ("contact", "<i>我")]),
        ("contact", "需要留下联系方式", [("kind", "infringement"), ("text", "<i>我的"), ("contact", " ")]),
        ("contact", "最多 200 字", [("kind", "mistake"), ("text", "<i>我的"), ("contact", &long[..603])]),
        ("kind", "请从列表里选", [("kind", "praise"), ("text", "<i>我的"), ("contact", "")]),
    ] {
        let page = post(&site, FORM, "", &fields).await;
        refused(&page, 422, said);
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", page.body);
        let stays = page.body.contains("&lt;i>我") || page.body.contains("&lt;i&gt;我");
        assert!(stays && !page.body.contains("<i>我"), "what was typed stays: {}", page.body);
        if fields[0].1 != "praise" {
            assert!(page.body.contains(&format!("<option value=\"{}\" selected", fields[0].1)), "{}", page.body);
        }
    }
    // A revision that there is not is the one that readers see.
    let odd = [("kind", "mistake"), ("text", "错"), ("contact", ""), ("revision", "99")];
    assert_eq!(post(&site, FORM, "", &odd).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cases(&site).await.iter().map(|case| case.seen).collect::<Vec<_>>(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_says_so_and_what_moved_leads_on() {
    let site = site().await;
    let store = &site.site.store;
    store.add_redirect("/articles/old", "/articles/one", &EVENT).await.unwrap();
    let fields = [("kind", "mistake"), ("text", "错"), ("contact", "")];
    for (path, status) in [("/articles/none/feedback", 404), ("/articles/%E5%9B%BE/feedback", 404)] {
        assert_eq!(site.get(path).await.status.as_u16(), status, "{path}");
        assert_eq!(post(&site, path, "", &fields).await.status.as_u16(), status, "{path}");
    }
    let moved = site.get("/articles/old/feedback?kind=outdated").await;
    assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(moved.header("location"), "/articles/one/feedback?kind=outdated");
    assert_eq!(post(&site, "/articles/old/feedback", "", &fields).await.status, StatusCode::PERMANENT_REDIRECT);
    let article = store.feedback_subject(&"one".parse().unwrap()).await.unwrap().unwrap().article;
    for (from, to, status) in
        [(ArticleStatus::Published, ArticleStatus::Hidden, 404), (ArticleStatus::Hidden, ArticleStatus::Removed, 410)]
    {
        assert!(store.move_article(article, &[from], to, None, None, &EVENT).await.unwrap());
        assert_eq!(site.get(FORM).await.status.as_u16(), status, "{to}");
        assert_eq!(post(&site, FORM, "", &fields).await.status.as_u16(), status, "{to}");
    }
    assert_eq!(cases(&site).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn authors_see_their_own_editors_everything_and_readers_nothing() {
    let site = site().await;
    let mine = tell(&site, FORM, "mistake", "<script>alert(1)</script>\n第二行").await;
    let rights = tell(&site, FORM, "infringement", "这是我的原作").await;
    let theirs = tell(&site, "/articles/two/feedback", "question", "为什么").await;
    let page = get(&site, QUEUE, &sign_in(&site, "feng").await).await;
    page.assert_page("&lt;script&gt;alert(1)&lt;/script&gt;\n第二行");
    assert!(
        !page.body.contains("<script>alert") && page.body.contains("这是我的原作") && !page.body.contains("为什么")
    );
    assert_eq!(page.body.matches("me@example.org").count(), 1, "an author learns not who claims rights");
    assert!(page.body.contains("侵权由编辑处理，联系方式也只给编辑看。"));
    assert!(page.body.contains(&format!("value=\"{mine}\"")) && !page.body.contains(&format!("value=\"{rights}\"")));
    assert!(!page.body.contains(&theirs), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    let editor = sign_in(&site, "ed").await;
    let page = get(&site, QUEUE, &editor).await;
    for id in [&mine, &rights, &theirs] {
        page.assert_page(&format!("value=\"{id}\""));
    }
    assert_eq!(page.body.matches("me@example.org").count(), 3);
    page.assert_page("href=\"/articles/one\"");
    let one = get(&site, &format!("{QUEUE}?number={theirs}"), &editor).await;
    assert!(one.body.contains("为什么") && !one.body.contains("这是我的原作"));
    for (name, count) in [("feng", "读者反馈（2）"), ("yun", "读者反馈（1）"), ("ed", "读者反馈（3）")]
    {
        get(&site, "/editor", &sign_in(&site, name).await).await.assert_page(count);
    }
    assert_eq!(get(&site, QUEUE, &sign_in(&site, "du").await).await.status, StatusCode::FORBIDDEN);
    assert_eq!(get(&site, QUEUE, "").await.status, StatusCode::UNAUTHORIZED);
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    let overview = get(&site, "/admin", &sign_in(&site, "boss").await).await;
    overview.assert_page("<a href=\"/editor/feedback?state=open\">待处理的反馈</a> <b class=\"num\">3</b>");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_closed_once_by_who_may_and_written_down() {
    let site = site().await;
    let mine = tell(&site, FORM, "mistake", "错字").await;
    let rights = tell(&site, FORM, "infringement", "这是我的原作").await;
    let theirs = tell(&site, "/articles/two/feedback", "question", "为什么").await;
    let (author, editor) = (sign_in(&site, "feng").await, sign_in(&site, "ed").await);
    refused(&close(&site, &author, &theirs, "done", "").await, 404, "没有这条反馈");
    refused(&close(&site, &author, "x", "done", "").await, 404, "没有这条反馈");
    refused(&close(&site, &author, &rights, "declined", "我写的").await, 403, "侵权的反馈由编辑处理");
    refused(&close(&site, &author, &mine, "open", "").await, 422, "提交的值无效");
    let long = close(&site, &author, &mine, "done", &"<i>".repeat(400)).await;
    refused(&long, 422, "最多 1000 字");
    assert!(long.body.contains(&format!("id=\"close-{mine}-answer-error\"")) && long.body.contains("<details open"));
    assert!(cases(&site).await.iter().all(|case| case.state == FeedbackState::Open), "nothing was closed");
    let closed = close(&site, &author, &mine, "done", " 改了 <b>两处 ").await;
    assert_eq!((closed.status, closed.header("location")), (StatusCode::SEE_OTHER, "/editor/feedback?done=done"));
    let page = get(&site, closed.header("location"), &author).await;
    page.assert_page("已标为“已处理”。");
    page.assert_page("改了 &lt;b&gt;两处");
    let second = close(&site, &editor, &mine, "declined", "我的<i>说明").await;
    refused(&second, 409, "feng 已经在");
    assert!(second.body.contains("我的&lt;i&gt;说明"), "the note is not lost: {}", second.body);
    for state in [("?state=open", false), ("?state=done", true), ("?state=declined", false), ("", true)] {
        let page = get(&site, &format!("{QUEUE}{}", state.0), &editor).await;
        assert_eq!(page.body.contains("错字"), state.1, "{state:?}");
    }
    let declined = [("id", rights.as_str()), ("action", "declined")];
    let back = post(&site, &format!("{QUEUE}?state=open&page=1"), &editor, &declined).await;
    assert_eq!(back.header("location"), "/editor/feedback?state=open&page=1&done=declined");
    let log = site.site.store.audit("", PageNumber::FIRST, 50).await.unwrap().items;
    let closing = log.iter().filter(|line| line.action.starts_with("feedback d"));
    let closing: Vec<_> = closing.map(|line| (line.actor.as_str(), line.action.as_str())).collect();
    assert_eq!(closing, [("ed", "feedback declined"), ("feng", "feedback done")]);
    let shown = get(&site, QUEUE, &editor).await.body;
    assert!(shown.find("为什么").unwrap() < shown.find("错字").unwrap(), "open ones come first");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tells_too_much_waits_and_keeps_the_words() {
    let site = site().await;
    let send = async |address: &str, text: &str| {
        let client: SocketAddr = format!("{address}:9").parse().unwrap();
        let fields = [("kind", "mistake"), ("text", text)];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::builder().method(Method::POST).uri(FORM).header("host", "site.test");
        let request = request.header("sec-fetch-site", "same-origin").extension(ConnectInfo(client));
        site.ask(request.body(Body::from(body)).unwrap()).await
    };
    for number in 0..10 {
        assert_eq!(send("192.0.2.1", &format!("第 {number} 处")).await.status, StatusCode::SEE_OTHER);
    }
    let waits = send("192.0.2.1", "还有一处").await;
    refused(&waits, 429, "分钟后再发");
    assert!(waits.header("retry-after").parse::<u64>().unwrap() > 500 && waits.body.contains("还有一处"));
    assert_eq!(send("192.0.2.9", "别人").await.status, StatusCode::SEE_OTHER);
    let mut last = waits;
    for _ in 0..40 {
        last = send("192.0.2.1", "还有一处").await;
    }
    assert!(last.status == StatusCode::TOO_MANY_REQUESTS && last.body.contains("请求太频繁"), "{}", last.body);
    assert_eq!(site.get(FORM).await.status, StatusCode::OK, "looking is not limited");
}
