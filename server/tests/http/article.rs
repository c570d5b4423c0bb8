//! What the page of one article says of it: where it comes from, its language, who publishes it.

use crate::site::TestSite;

/// The page of an imported article with some lines in its front matter.
async fn page(lines: &str, text: &str) -> String {
    let file = format!("---\nslug: one\ncategory: Kibana\nauthor: 甲\n{lines}\n---\n{text}\n");
    TestSite::with(&[("one.md", &file)]).await.get("/articles/one").await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_spoken_of_only_where_a_source_names_one() {
    let sources = |kind: &str, licence: &str| {
        format!(
            "title: 分片\nkind: {kind}\nsources:\n  - {{title: Shards, url: \"https://example.org/a\"{licence}}}\n  \
             - {{title: Again, url: \"https://example.org/b\"}}"
        )
    };
    for (kind, licence, said, licensed) in [
        ("reprint", "", "本文转载自上述来源", false),
        ("reprint", ", licence: \"\"", "本文转载自上述来源", false),
        ("reprint", ", licence: CC BY 4.0", "本文转载自上述来源", true),
        ("translation", "", "本文译自上述来源", false),
        ("translation", ", licence: CC BY 4.0", "本文译自上述来源", true),
        ("original", "", "本文参考了上述来源", false),
    ] {
        let page = page(&sources(kind, licence), "一片就够。").await;
        let notice = page.split("class=\"origin\"").nth(1).and_then(|part| part.split("</section>").next()).unwrap();
        assert!(notice.contains(said), "{kind}{licence}: {notice}");
        let notice = notice.split("</ol>").nth(1).unwrap();
        assert_eq!(notice.contains("许可"), licensed, "{kind}{licence}: {notice}");
        assert!(notice.contains("请告知本站"), "{kind}{licence}: {notice}");
    }
    assert!(!page("title: 分片", "一片就够。").await.contains("class=\"origin\""), "a text without sources needs none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chinese_text_under_an_english_title_is_chinese() {
    let shown = |page: &str| {
        let heading = page.contains("<h1 lang=\"en\">");
        let prose = page.contains("class=\"prose\" lang=\"en\"") || page.contains("lang=\"en\" class=\"prose\"");
        (heading, prose, page.contains("\"inLanguage\":\"en\""))
    };
    let page = page("title: Sizing shards", "分片要多大？先看 `GET _cluster/health` 的回答。").await;
    assert_eq!(shown(&page), (true, false, false), "{page}");
    let site = TestSite::with(&[("one.md", "---\ntitle: MySQL\n---\nWhere the rows of a table are.\n")]).await;
    let page = site.get("/articles/one").await.body;
    assert_eq!(shown(&page), (false, true, true), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_publisher_has_the_name_that_the_admin_gave_the_site() {
    let site = TestSite::with(&[("one.md", "---\ntitle: 分片\n---\n一片就够。\n")]).await;
    let event = store::Event { actor: "test", action: "settings set", object: "", address: "" };
    site.site.store.set_settings(&[("site.name", "夜航船")], &event).await.unwrap();
    site.site.read_names().await.unwrap();
    let page = site.get("/articles/one").await.body;
    let data = page.split("application/ld+json\">").nth(1).and_then(|part| part.split("</script>").next()).unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data[0]["publisher"]["name"], "夜航船");
}
