//! What admins change, over HTTP: what readers, search and old addresses make of it, and what is refused.

use crate::account::{add, get, post, sign_in};
use crate::site::{Answer, TestSite};
use axum::http::StatusCode;
use server::indexer;
use types::{AccountState, Role};

const FILES: [(&str, &str); 3] = [
    ("one.md", "---\ntitle: 甲文\ncategory: Kibana\ntags: [倒排索引, 集群]\nauthor: 甲\n---\n甲的正文，查询分片。\n"),
    ("two.md", "---\ntitle: 乙文\ncategory: Kibana\ntags: [Inverted Index]\nauthor: 乙\n---\n乙的正文，查询分片。\n"),
    ("three.md", "---\ntitle: 丙文\ncategory: Redis\nauthor: 丙\n---\n丙的正文，查询分片。\n"),
];

/// A site with articles, and the cookie of its admin.
async fn site() -> (TestSite, String) {
    let site = TestSite::with(&FILES).await;
    add(&site, "boss", Role::Admin, AccountState::Active).await;
    let cookie = sign_in(&site, "boss").await;
    (site, cookie)
}

async fn id(site: &TestSite, slug: &str) -> String {
    let tree = site.site.store.category_tree().await.unwrap();
    let mut every = tree.iter().flat_map(|group| std::iter::once(group).chain(&group.leaves));
    every.find(|node| node.slug.as_str() == slug).unwrap().id.to_string()
}

/// Lets the index take over what is in the log.
async fn index(site: &TestSite) {
    site.site.index.store(None);
    let (index, mut writer) = indexer::open(&site.site).await.unwrap();
    indexer::catch_up(&site.site, &index, &mut writer).await.unwrap();
    site.site.index.store(Some(std::sync::Arc::new(index)));
}

/// How many articles a search finds.
async fn total(site: &TestSite, query: &str) -> u64 {
    site.get(&format!("/api/search?q={query}")).await.json()["total"].as_u64().unwrap()
}

async fn facet(site: &TestSite, name: &str) -> Vec<(String, u64)> {
    let found = site.get("/api/search?q=%E5%88%86%E7%89%87").await.json();
    let values = found["facets"][name].as_array().unwrap().clone();
    values.iter().map(|value| (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap())).collect()
}

#[track_caller]
fn done(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    assert!(answer.header("location").contains(&format!("done={what}")), "{}", answer.header("location"));
}

#[track_caller]
fn wrong(answer: &Answer, status: u16, said: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert!(answer.body.contains(said) && answer.body.contains("role=\"alert\""), "{said}: {}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_renamed_and_merged_and_everything_follows() {
    let (site, boss) = site().await;
    let category = async |fields: &[(&str, &str)]| post(&site, "/admin/categories", &boss, fields).await;
    site.get("/category/kibana").await.assert_page("甲文");
    let kibana = id(&site, "kibana").await;
    let rename = [("action", "rename"), ("id", kibana.as_str()), ("name", "<b>看板</b>"), ("slug", "boards")];
    done(&category(&rename).await, "saved");
    for (old, new) in [
        ("/category/kibana", "/category/boards"),
        ("/category/kibana/feed.xml", "/category/boards/feed.xml"),
        ("/category/kibana/", "/category/kibana"),
    ] {
        let answer = site.get(old).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, new), "{old}");
    }
    let page = site.get("/category/boards").await;
    page.assert_page("甲文");
    assert!(page.body.contains("&lt;b>看板") || page.body.contains("&lt;b&gt;看板"), "a name is text");
    assert!(site.get("/").await.body.contains("/category/boards"), "the kept first page is made anew");
    assert!(facet(&site, "category").await.contains(&("kibana".into(), 2)), "the index follows the log a moment later");
    index(&site).await;
    assert!(facet(&site, "category").await.contains(&("boards".into(), 2)));
    let redis = id(&site, "redis").await;
    done(&category(&[("action", "merge"), ("id", &kibana), ("into", &redis)]).await, "merged");
    assert_eq!(site.get("/category/kibana").await.header("location"), "/category/redis");
    assert_eq!(site.get("/category/boards").await.header("location"), "/category/redis");
    index(&site).await;
    assert!(facet(&site, "category").await.contains(&("redis".into(), 3)));
    for old in ["&category=kibana", "&category=boards", "+cat:kibana"] {
        assert_eq!(total(&site, &format!("%E5%88%86%E7%89%87{old}")).await, 3, "{old}");
    }
    for old in ["kibana", "boards", "redis,boards"] {
        assert_eq!(site.get(&format!("/api/articles?category={old}")).await.json()["total"], 3, "{old}");
    }
    let recommended = site.get("/api/recommended?category=kibana").await.json();
    assert_eq!(recommended.as_array().map(Vec::len), Some(3), "{recommended}");
    assert_eq!(site.get("/api/articles?category=none").await.json()["total"], 0);
    wrong(&category(&[("action", "rename"), ("id", &kibana), ("name", "x"), ("slug", "x")]).await, 404, "没有这个分类");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_follows_its_category() {
    let (site, boss) = site().await;
    let fields = [
        ("title", "稿"),
        ("slug", "later"),
        ("category", "kibana"),
        ("kind", "original"),
        ("body", "文。"),
        ("base_revision", "0"),
        ("key", "a"),
        ("action", "save"),
    ];
    let saved = post(&site, "/editor/new", &boss, &fields).await;
    let path = saved.header("location").split('?').next().unwrap().to_owned();
    let kibana = id(&site, "kibana").await;
    let rename = [("action", "rename"), ("id", kibana.as_str()), ("name", "看板"), ("slug", "boards")];
    done(&post(&site, "/admin/categories", &boss, &rename).await, "saved");
    // The form was open before the category got its new address.
    let fields = fields.map(|(name, value)| match name {
        "action" => (name, "publish"),
        "base_revision" => (name, "1"),
        "key" => (name, "b"),
        _ => (name, value),
    });
    let published = post(&site, &path, &boss, &fields).await;
    assert!(published.header("location").ends_with("done=published"), "{}", published.body);
    site.get("/category/boards").await.assert_page("later");
    get(&site, "/admin/audit", &boss).await.assert_page("发布文章");
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_are_added_ordered_moved_and_hidden() {
    let (site, boss) = site().await;
    let category = async |fields: &[(&str, &str)]| post(&site, "/admin/categories", &boss, fields).await;
    let groups = site.site.store.category_tree().await.unwrap();
    let (first, second) = (groups[0].id.to_string(), groups[1].id.to_string());
    done(&category(&[("action", "add"), ("name", "Zig"), ("slug", ""), ("parent", &first)]).await, "added");
    site.get("/category/zig").await.assert_page("Zig");
    done(&category(&[("action", "down"), ("id", &first)]).await, "moved");
    assert_eq!(site.site.store.category_tree().await.unwrap()[0].id.to_string(), second);
    let zig = id(&site, "zig").await;
    done(&category(&[("action", "move"), ("id", &zig), ("parent", &second)]).await, "moved");
    let place = async || {
        let tree = site.site.store.category_tree().await.unwrap();
        let group = tree.iter().find(|group| group.id.to_string() == second).unwrap();
        group.leaves.iter().position(|leaf| leaf.id.to_string() == zig).unwrap()
    };
    assert!(place().await > 1, "behind those that were there");
    done(&category(&[("action", "move"), ("id", &zig), ("parent", &second), ("place", "1")]).await, "moved");
    assert_eq!(place().await, 1);
    done(&category(&[("action", "hide"), ("id", &zig)]).await, "hidden");
    assert!(!site.get("/api/categories").await.body.contains("Zig"));
    done(&category(&[("action", "show"), ("id", &zig)]).await, "shown");
    site.get("/category/zig").await.assert_page("Zig");
    for (fields, status, said) in [
        (vec![("action", "add"), ("name", "云"), ("slug", "")], 422, "网址名只能用"),
        (vec![("action", "add"), ("name", "云"), ("slug", "Ü/x")], 422, "网址名只能用"),
        (vec![("action", "add"), ("name", "云"), ("slug", "redis")], 409, "已被另一个分类占用"),
        (vec![("action", "add"), ("name", " "), ("slug", "cloud")], 422, "名称需要"),
        (vec![("action", "add"), ("name", "云"), ("slug", "cloud"), ("parent", &zig)], 422, "没有这个分类"),
        (vec![("action", "move"), ("id", &first), ("parent", &second)], 409, "只有两层"),
        (vec![("action", "merge"), ("id", &first), ("into", "")], 422, "请先选择"),
        (vec![("action", "merge"), ("id", &first), ("into", &first)], 409, "只有两层"),
        (vec![("action", "explode"), ("id", &first)], 422, "提交的值无效"),
        (vec![("action", "up"), ("id", "99999999999999999999")], 404, "没有这个分类"),
    ] {
        wrong(&category(&fields).await, status, said);
    }
    let again = category(&[("action", "add"), ("name", "</form><i>云"), ("slug", "redis")]).await;
    assert!(again.body.contains("value=\"&lt;/form") && again.body.contains("id=\"add-slug-error\""), "{}", again.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_an_article_in_a_hidden_category_find_its_page() {
    let (site, boss) = site().await;
    let group = site.get("/api/category?slug=kibana").await.json()["group"]["slug"].as_str().unwrap().to_owned();
    assert!(!site.get("/category/kibana").await.body.contains("noindex"));
    for hidden in ["kibana", group.as_str()] {
        let fields = [("action", "hide"), ("id", &*id(&site, hidden).await)];
        done(&post(&site, "/admin/categories", &boss, &fields).await, "hidden");
        for slug in ["kibana", group.as_str()] {
            let path = format!("/category/{slug}");
            let page = site.get(&path).await;
            page.assert_page("甲文");
            let listed = site.get("/api/categories").await.body.contains(&format!("\"{slug}\""));
            assert_eq!(page.body.contains("<meta name=\"robots\" content=\"noindex\""), !listed, "{hidden}: {slug}");
            site.get(&format!("{path}/feed.xml")).await.assert_page("甲文");
            assert_eq!(site.get(&format!("/api/category?slug={slug}")).await.json()["hidden"], !listed);
        }
        assert!(!site.get("/").await.body.contains("href=\"/category/kibana\">Kibana<span"), "the menu");
        assert!(!site.get("/sitemap.xml").await.body.contains(&format!("/category/{hidden}<")), "{hidden}");
    }
    assert_eq!(site.get("/category/nowhere").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_renamed_and_merged_and_old_addresses_lead_on() {
    let (site, boss) = site().await;
    let tag = async |fields: &[(&str, &str)]| post(&site, "/admin/tags?q=x&page=2", &boss, fields).await;
    done(&tag(&[("action", "merge"), ("id", "inverted-index"), ("into", "倒排索引")]).await, "merged");
    index(&site).await;
    let (tag_now, tag_before) = ("%E5%80%92%E6%8E%92%E7%B4%A2%E5%BC%95", "inverted-index");
    let found = total(&site, &format!("tag:{tag_now}")).await;
    assert!(found > 0);
    assert_eq!(total(&site, &format!("tag:{tag_before}")).await, found);
    assert_eq!(total(&site, &format!("tag:{tag_now}&tag={tag_before}")).await, found);
    assert_eq!(site.get(&format!("/api/articles?tag={tag_before}")).await.json()["total"], 2);
    let moved = site.get("/tag/inverted-index").await;
    let there = "/tag/%E5%80%92%E6%8E%92%E7%B4%A2%E5%BC%95";
    assert_eq!((moved.status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, there));
    assert!(!moved.body.contains("nonce") && moved.body.is_empty(), "{}", moved.body);
    let page = site.get(there).await;
    page.assert_page("乙文");
    index(&site).await;
    assert!(facet(&site, "tag").await.contains(&("倒排索引".into(), 2)), "{:?}", facet(&site, "tag").await);
    let renamed = tag(&[("action", "rename"), ("id", "倒排索引"), ("name", "倒排表")]).await;
    assert_eq!(renamed.header("location"), "/admin/tags?q=x&page=2&done=saved", "back to the part of the list");
    for old in ["/tag/inverted-index", there] {
        assert_eq!(site.get(old).await.header("location"), "/tag/%E5%80%92%E6%8E%92%E8%A1%A8", "{old}");
    }
    done(&tag(&[("action", "alias"), ("id", "集群"), ("alias", "Cluster")]).await, "added");
    assert_eq!(site.get("/tag/cluster").await.header("location"), "/tag/%E9%9B%86%E7%BE%A4");
    for (fields, status, said) in [
        ([("action", "alias"), ("id", "集群"), ("alias", "倒排表")], 409, "已属于标签"),
        ([("action", "rename"), ("id", "集群"), ("name", "倒排表")], 409, "已属于标签"),
        ([("action", "rename"), ("id", "集群"), ("name", " ")], 422, "标签需要"),
        ([("action", "rename"), ("id", "没有"), ("name", "x")], 404, "没有这个标签"),
        ([("action", "merge"), ("id", "集群"), ("into", "没有")], 404, "没有这个标签"),
        ([("action", "merge"), ("id", "集群"), ("into", "集群")], 409, "并入它自己"),
    ] {
        wrong(&tag(&fields).await, status, said);
    }
    done(&tag(&[("action", "unalias"), ("id", "cluster")]).await, "removed");
    assert_eq!(site.get("/tag/cluster").await.status, StatusCode::NOT_FOUND);
    get(&site, "/admin/tags?q=inverted", &boss).await.assert_page("倒排表");
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_and_quotations_are_edited_and_shown() {
    let (site, boss) = site().await;
    let store = &site.site.store;
    for entry in store.learning_cards("", 1.into(), 1000).await.unwrap().items {
        done(
            &post(&site, "/admin/cards", &boss, &[("action", "remove"), ("id", &entry.id.to_string())]).await,
            "removed",
        );
    }
    let card = async |id: &str, command: &str| {
        let fields = [("action", "save"), ("id", id), ("command", command), ("explanation", "列出套接字")];
        post(&site, "/admin/cards", &boss, &fields).await
    };
    done(&card("", "ss -ltnp").await, "saved");
    site.get("/").await.assert_page("ss -ltnp");
    wrong(&card("", "ss -ltnp").await, 409, "已经有一条同样的了");
    wrong(&card("", " ").await, 422, "请填写命令");
    wrong(&card("", &"x".repeat(201)).await, 422, "最多 200 字");
    wrong(&card("999999", "x").await, 404, "没有这一条");
    wrong(&card("abc", "x").await, 404, "没有这一条");
    let number = store.learning_cards("", 1.into(), 9).await.unwrap().items[0].id.to_string();
    done(&card(&number, "ss -s").await, "saved");
    get(&site, "/admin/cards", &boss).await.assert_page("ss -s");
    let line = [("action", "save"), ("id", ""), ("text", "一寸<光>阴"), ("source", "古语")];
    done(&post(&site, "/admin/quotations", &boss, &line).await, "saved");
    get(&site, "/admin/quotations?q=%E4%B8%80%E5%AF%B8", &boss).await.assert_page("一寸&lt;光");
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_added_checked_and_removed() {
    let (site, boss) = site().await;
    let add = async |old: &str, new: &str| {
        post(&site, "/admin/redirects", &boss, &[("action", "add"), ("old", old), ("new", new)]).await
    };
    done(&add("/2019/05/旧.html", "/articles/one").await, "added");
    for old in ["/2019/05/%E6%97%A7.html", "/2019/05/%e6%97%a7.html"] {
        let answer = site.get(old).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::PERMANENT_REDIRECT, "/articles/one"),
            "{old}"
        );
    }
    done(&add("/older", "/2019/05/旧.html").await, "added");
    assert_eq!(site.get("/older").await.header("location"), "/articles/one", "in one step");
    done(&add("/author/former", "/author/jia").await, "added");
    assert_eq!(site.get("/api/articles?author=former").await.json()["total"], 1);
    for asked in ["+author:former", "&author=former"] {
        assert_eq!(total(&site, &format!("%E5%88%86%E7%89%87{asked}")).await, 1, "{asked}");
    }
    for (old, new, status, said) in [
        ("/x", "/x", 422, "绕回原地"),
        ("/articles/one", "/articles/two", 409, "现在有页面"),
        ("/category/redis", "/", 409, "现在有页面"),
        ("/tag/集群", "/", 409, "现在有页面"),
        ("/admin/x", "/", 409, "现在有页面"),
        ("/search", "/", 409, "现在有页面"),
        ("/x", "/articles/none", 422, "新地址没有页面"),
        ("x", "/", 422, "以单个 / 开头"),
        ("/x", "//evil.example", 422, "以单个 / 开头"),
        ("/x", "https://evil.example/", 422, "以单个 / 开头"),
    ] {
        wrong(&add(old, new).await, status, said);
    }
    let removed = post(&site, "/admin/redirects", &boss, &[("action", "remove"), ("id", "/older")]).await;
    done(&removed, "removed");
    assert_eq!(site.get("/older").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sites_name_shows_everywhere_at_once() {
    let (site, boss) = site().await;
    site.get("/").await.assert_page("流光");
    let save = async |name: &str, description: &str, role: &str| {
        let fields = [
            ("action", "save"),
            ("name", name),
            ("description", description),
            ("registration", "open"),
            ("registration_role", role),
        ];
        post(&site, "/admin/settings", &boss, &fields).await
    };
    wrong(&save("", "x", "author").await, 422, "站名需要");
    wrong(&save(&"长".repeat(31), "x", "author").await, 422, "站名需要");
    wrong(&save("x", "", "author").await, 422, "简介需要");
    wrong(&save("x", "x", "admin").await, 422, "提交的值无效");
    done(&save("夜航<船>", "夜里读的 & 写的。", "author").await, "settings");
    for path in ["/", "/articles/one", "/feed.xml", "/rss.xml", "/opensearch.xml", "/account"] {
        let page = site.get(path).await;
        assert!(page.body.contains("夜航&lt;船"), "{path}: {}", page.body);
        assert!(!page.body.contains("夜航<船>"), "{path}");
    }
    let manifest = site.get("/manifest.webmanifest").await.json();
    assert_eq!(manifest["short_name"], "夜航<船>");
    assert!(site.get("/rss.xml").await.body.contains("夜里读的 &amp; 写的。"));
    let again = server::site::Site::open(&site.settings).await.unwrap();
    assert_eq!(again.names.load().name, "夜航<船>", "it is there after a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_written_down_and_read_in_pages() {
    let (site, boss) = site().await;
    for number in 0..40 {
        let object = number.to_string();
        let event = store::Event { actor: "<i>who</i>", action: "tried", object: &object, address: "192.0.2.0/24" };
        site.site.store.note(&event).await.unwrap();
    }
    let first = get(&site, "/admin/audit", &boss).await;
    first.assert_page("/admin/audit?page=2");
    assert!(!first.body.contains("<i>who"), "a name is text");
    get(&site, "/admin/audit?page=2", &boss).await.assert_page("登录");
    let theirs = get(&site, "/admin/audit?q=boss", &boss).await;
    assert!(theirs.body.contains("登录") && !theirs.body.contains("tried"), "{}", theirs.body);
    get(&site, "/admin", &boss).await.assert_page("已发布的文章");
}
