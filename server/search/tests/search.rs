//! What is found, in which order, how it is counted and shown.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

mod fixture;

use fixture::{article, ids, index, line, tagged};
use search::{Document, Views};
use types::{ArticleFilter, ArticleId, ArticleKind, ArticleSort, Facet, PageNumber, Scope, SearchQuery, Timestamp};

fn counts(facet: &Facet) -> Vec<(&str, u64)> {
    facet.iter().map(|value| (value.value.as_str(), value.count)).collect()
}

#[test]
fn the_article_on_the_matter_comes_first() {
    let mut documents = vec![article(
        100,
        "用 Kibana 监控 Elasticsearch 集群",
        "# 集群状态\n在 Kibana 里监控 Elasticsearch 的集群状态，看节点与分片。\n",
    )];
    for id in 0..30 {
        let text = "Elasticsearch 的状态与集群无关的文字。Kibana 也出现一次。监控系统很多，集群也很多。";
        documents.push(article(id, &format!("Elasticsearch 笔记 {id}"), text));
    }
    let fixture = index(documents);
    let found = fixture.search("Kibana监控Elasticsearch集群状态");
    assert_eq!(found.hits[0].id, ArticleId(100));
    assert_eq!(found.terms, ["kibana", "监控", "elasticsearch", "集群", "状态"]);
    assert_eq!(found.total, 31);
    let title: Vec<(&str, bool)> =
        found.hits[0].title_pieces.iter().map(|piece| (piece.text.as_str(), piece.hit)).collect();
    assert_eq!(
        title,
        [
            ("用 ", false),
            ("Kibana", true),
            (" ", false),
            ("监控", true),
            (" ", false),
            ("Elasticsearch", true),
            (" ", false),
            ("集群", true)
        ]
    );
    let snippet = &found.hits[0].snippets[0];
    assert_eq!(line(snippet), "在 [Kibana] 里[监控] [Elasticsearch] 的[集群状态]，看节点与分片。");
    assert_eq!(snippet.anchor.as_deref(), Some("section-0"));
    assert_eq!(snippet.heading.as_deref(), Some("集群状态"));
}

#[test]
fn names_of_languages_are_kept_apart() {
    let fixture = index([
        article(1, "C 语言入门", "C 语言的指针。"),
        article(2, "C++ 入门", "C++ 的模板。"),
        article(3, "C# 入门", "C# 的委托。"),
        article(4, ".NET 入门", ".NET 平台。"),
        article(5, "Java 入门", "Java 的线程。"),
        article(6, "JavaScript 入门", "JavaScript 的闭包。"),
        article(7, "升级到 HTTP/2", "HTTP/2 多路复用。"),
    ]);
    for (query, expected) in [
        ("c++", 2),
        ("C#", 3),
        (".net", 4),
        ("c", 1),
        ("java", 5),
        ("javascript", 6),
        ("HTTP/2", 7),
        ("ＨＴＴＰ２", 7),
        ("http2", 7),
    ] {
        let found = fixture.search(query);
        assert_eq!(ids(&found), [expected], "{query}");
        assert!(found.hits[0].snippets[0].pieces.iter().any(|piece| piece.hit), "{query} is marked");
    }
}

#[test]
fn spelling_does_not_matter() {
    let fixture = index([
        article(1, "分布式数据库的缓存", "Kubernetes 里的分布式数据库。"),
        article(2, "别的", "没有关系的文字。"),
    ]);
    for query in ["分布式数据库", "分佈式數據庫", "分散式資料庫", "ＫＵＢＥＲＮＥＴＥＳ", "k8s", "緩存"]
    {
        assert_eq!(fixture.ids(query), [1], "{query}");
    }
}

#[test]
fn quoted_text_is_found_as_it_stands() {
    let fixture = index([
        article(1, "一", "分布式的锁很难。"),
        article(2, "二", "这是分布式锁的实现。"),
        article(3, "三", "git add and then commit"),
        article(4, "四", "run git commit now"),
        article(5, "五", "> a => b\n"),
        article(6, "六", "> let x = vec![];\n"),
    ]);
    assert_eq!(fixture.ids("\"分布式锁\""), [2]);
    assert_eq!(fixture.ids("“分布式锁”"), [2]);
    assert_eq!(fixture.ids("\"git commit\""), [4]);
    assert_eq!(fixture.ids("\"=>\""), [5]);
    assert_eq!(fixture.ids("=>"), [5]);
    assert_eq!(fixture.ids("\"锁的实现\" 分布式"), [2]);
}

#[test]
fn chinese_in_code_is_found_as_it_stands() {
    let about = |id| article(id, "显示线程", "活跃的服务有线程，列表显示服务，线程在列表里。");
    let mut documents = vec![article(1, "命令", "> mysqladmin processlist # 显示服务其中活跃线程列表，锁\n")];
    documents.extend((2..300).map(about));
    let fixture = index(documents);
    for query in ["\"显示服务其中活跃线程列表\"", "\"活跃线程\"", "“processlist # 显示服务”", "\"锁\""]
    {
        assert_eq!(fixture.ids(query), [1], "{query}");
    }
    let found = fixture.search("显示服务其中活跃线程列表");
    assert_eq!(ids(&found)[0], 1);
    assert_eq!(
        line(&found.hits[0].snippets[0]).replace(['[', ']'], ""),
        "mysqladmin processlist # 显示服务其中活跃线程列表，锁"
    );
    assert_eq!(fixture.search("显示 -其中活跃线程").total, 298);
    assert_eq!(fixture.search("显示 -锁").total, 298);
}

#[test]
fn a_title_is_exact_in_any_spelling() {
    let mut documents = vec![article(1, "Redis 缓存穿透", "短文。")];
    documents.extend((2..9).map(|id| article(id, "别的", &"Redis 缓存穿透，缓存穿透。".repeat(9))));
    let fixture = index(documents);
    for query in ["Redis 缓存穿透", "redis缓存穿透", "Ｒｅｄｉｓ 緩存穿透", "REDIS 緩存穿透"] {
        assert_eq!(fixture.ids(query).first(), Some(&1), "{query}");
    }
}

#[test]
fn terms_that_hits_do_without_are_told() {
    let fixture =
        index([article(1, "一", "Redis 的持久化与快照。"), article(2, "二", "快照隔离。"), article(3, "三", "别的。")]);
    assert!(fixture.search("redis 快照 持久化").relaxed.contains(&"redis".to_owned()));
    assert_eq!(fixture.search("快照 qwertyzxcvb").relaxed, ["qwertyzxcvb"]);
    assert!(fixture.search("快照").relaxed.is_empty());
}

#[test]
fn words_are_found_inside_other_words_too() {
    let fixture = index([article(1, "一", "使用消息队列解耦。"), article(2, "二", "没有关系。")]);
    assert_eq!(fixture.ids("队列"), [1]);
    assert_eq!(fixture.ids("锁"), [0; 0]);
}

#[test]
fn exclusions_and_restrictions_narrow() {
    let mut reprint = tagged(article(2, "Redis 集群", "缓存与集群。"), &["Redis", "API 网关"]);
    reprint.kind = ArticleKind::Reprint;
    reprint.category = "redis".parse().unwrap();
    reprint.group = "middleware".parse().unwrap();
    reprint.author = "wang".parse().unwrap();
    reprint.published_at = Timestamp(1_735_660_800_000);
    let fixture = index([tagged(article(1, "MySQL 缓存", "缓存与索引。"), &["MySQL"]), reprint]);
    for (query, expected) in [
        ("缓存 -集群", vec![1]),
        ("缓存 -\"与索引\"", vec![2]),
        ("缓存 tag:redis", vec![2]),
        ("缓存 tag:\"api 网关\"", vec![2]),
        ("缓存 cat:mysql", vec![1]),
        ("缓存 cat:middleware", vec![2]),
        ("缓存 author:wang", vec![2]),
        ("缓存 after:2024", vec![2]),
        ("缓存 before:2024-06", vec![1]),
        ("tag:mysql", vec![1]),
        ("-集群", vec![1]),
        ("tag:nothing 缓存", vec![]),
        // What is found by a tag alone is left out by it as well.
        ("缓存 -网关", vec![1]),
        ("缓存 -api", vec![1]),
        ("缓存 -\"API 网关\"", vec![1]),
        ("缓存 -mysql", vec![2]),
    ] {
        assert_eq!(fixture.ids(query), expected, "{query}");
    }
    for (filter, expected) in [
        (ArticleFilter { scope: Scope::Articles, ..Default::default() }, vec![1]),
        (ArticleFilter { scope: Scope::Reprints, ..Default::default() }, vec![2]),
        (ArticleFilter { scope: Scope::Downloads, ..Default::default() }, vec![]),
        (ArticleFilter { category: vec!["middleware".parse().unwrap()], ..Default::default() }, vec![2]),
        (ArticleFilter { category: vec!["mysql".parse().unwrap()], ..Default::default() }, vec![1]),
        (ArticleFilter { tag: vec!["redis".parse().unwrap()], ..Default::default() }, vec![2]),
        (ArticleFilter { author: Some("wang".parse().unwrap()), ..Default::default() }, vec![2]),
        (ArticleFilter { month: vec!["2025-01".parse().unwrap()], ..Default::default() }, vec![2]),
    ] {
        let found = fixture.filtered("缓存", filter.clone());
        assert_eq!(ids(&found), expected, "{filter:?}");
        assert_eq!(found.total, expected.len() as u64, "{filter:?}");
    }
}

#[test]
fn each_facet_is_counted_without_its_own_filter() {
    let with = |id, tag, category: &str, month: i64| {
        let mut document = tagged(article(id, "缓存", "缓存的文字。"), &[tag]);
        document.category = category.parse().unwrap();
        document.published_at = Timestamp(month);
        document
    };
    let (january, february) = (1_736_000_000_000, 1_739_000_000_000);
    let fixture = index([
        with(1, "redis", "mysql", january),
        with(2, "redis", "mysql", february),
        with(3, "kafka", "mysql", january),
        with(4, "kafka", "database", january),
        article(5, "别的", "没有关系。"),
    ]);
    let all = fixture.search("缓存").facets;
    assert_eq!(counts(&all.tag), [("kafka", 2), ("redis", 2)]);
    // Article 4 stands in the group itself and is one article of it.
    assert_eq!(counts(&all.category), [("database", 4), ("mysql", 3)]);
    assert_eq!(counts(&all.month), [("2025-02", 1), ("2025-01", 3)]);
    assert_eq!(counts(&all.kind), [("original", 4)]);
    let filter = ArticleFilter {
        tag: vec!["redis".parse().unwrap()],
        month: vec!["2025-01".parse().unwrap()],
        ..Default::default()
    };
    let found = fixture.filtered("缓存", filter);
    assert_eq!(ids(&found), [1]);
    assert_eq!(counts(&found.facets.tag), [("kafka", 2), ("redis", 1)]);
    assert_eq!(counts(&found.facets.month), [("2025-02", 1), ("2025-01", 1)]);
    assert_eq!(counts(&found.facets.category), [("database", 1), ("mysql", 1)]);
}

#[test]
fn orders_by_time_and_by_views() {
    let fixture = index((1..=3).map(|id| article(id, "缓存", "缓存的文字。")));
    let sorted = |sort, views: &Views| {
        let filter = ArticleFilter { sort, ..Default::default() };
        ids(&fixture.index.search(&SearchQuery::new("缓存", filter), views).unwrap())
    };
    let views = Views::from([(ArticleId(2), 50), (ArticleId(1), 7)]);
    assert_eq!(sorted(ArticleSort::Newest, &views), [3, 2, 1]);
    assert_eq!(sorted(ArticleSort::Views, &views), [2, 1, 3]);
    // Equal matches: the more read first, then the newer.
    assert_eq!(sorted(ArticleSort::Relevance, &views), [2, 1, 3]);
    assert_eq!(sorted(ArticleSort::Relevance, &Views::new()), [3, 2, 1]);
}

#[test]
fn without_words_everything_that_is_let_through_is_there_newest_first() {
    let fixture =
        index((1..=3).map(|id| tagged(article(id, "缓存", "缓存的文字。"), if id == 2 { &["redis"] } else { &[] })));
    let redis = ArticleFilter { tag: vec!["redis".parse().unwrap()], ..Default::default() };
    let original = ArticleFilter { scope: Scope::Articles, ..Default::default() };
    for nothing in ["", "\"", "\"\"", "“”", "🦀"] {
        assert_eq!(fixture.search(nothing).total, 0, "{nothing}");
    }
    for nothing in ["", "\"\""] {
        assert_eq!(ids(&fixture.filtered(nothing, redis.clone())), [2], "{nothing}");
        assert_eq!(ids(&fixture.filtered(nothing, original.clone())), [3, 2, 1], "{nothing}");
    }
    let sorted = ArticleFilter { sort: ArticleSort::Newest, ..Default::default() };
    assert_eq!(fixture.filtered("", sorted).total, 0);
    assert_eq!(fixture.ids("before:2030"), [3, 2, 1]);
}

#[test]
fn pages_join_without_gap_or_repetition() {
    let documents: Vec<Document> =
        (1..=450).map(|id| article(id, "缓存", &"缓存 ".repeat(id as usize % 7 + 1))).collect();
    let fixture = index(documents);
    for sort in [ArticleSort::Relevance, ArticleSort::Newest, ArticleSort::Views] {
        let mut seen = Vec::new();
        for page in 1..=16 {
            let found = fixture.filtered(
                "缓存",
                ArticleFilter { sort, page: PageNumber::from(page), per_page: 30, ..Default::default() },
            );
            assert_eq!(found.total, 450);
            seen.extend(ids(&found));
        }
        assert_eq!(seen.len(), 450);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 450, "{sort}");
    }
    let beyond = ArticleFilter { page: PageNumber::from(9_999), per_page: 100, ..Default::default() };
    assert!(fixture.filtered("缓存", beyond).hits.is_empty());
}

#[test]
fn many_articles_are_searched_in_shares_as_if_in_one() {
    let documents = (0..4500).map(|id| {
        let (lock, cache) = (if id % 3 == 0 { "锁" } else { "" }, if id % 2 == 0 { "缓存" } else { "" });
        let title = if id == 4002 { "锁与缓存".to_owned() } else { format!("文章 {id}") };
        tagged(
            article(id, &title, &format!("正文。{lock}。{cache}。\n")),
            if id % 4 == 0 { &["redis"] } else { &["mysql"] },
        )
    });
    let fixture = index(documents);
    let found = fixture.search("锁 缓存");
    assert_eq!((found.total, ids(&found)[0]), (750, 4002));
    assert_eq!(counts(&found.facets.tag), [("mysql", 375), ("redis", 375)]);
    let newest = ArticleFilter { sort: ArticleSort::Newest, ..Default::default() };
    let found = fixture.filtered("锁 缓存", newest);
    assert_eq!(ids(&found), (0..20).map(|place| 4494 - 6 * place).collect::<Vec<_>>());
    // A title among thousands, with a word that nothing holds.
    let found = fixture.search("文章4002 锁与缓存 没有的词");
    assert_eq!(ids(&found)[0], 4002);
}

#[test]
fn few_strong_hits_are_joined_by_weaker_ones() {
    let fixture =
        index([article(1, "一", "Redis 的持久化与快照。"), article(2, "二", "快照隔离。"), article(3, "三", "别的。")]);
    assert_eq!(fixture.ids("redis 持久化 快照"), [1, 2]);
    assert_eq!(fixture.ids("redis qwertyzxcvb"), [1]);
    assert!(fixture.ids("qwertyzxcvb").is_empty());
}

#[test]
fn related_articles_share_the_matter() {
    let fixture = index([
        tagged(article(1, "Kafka 消费者组", "Kafka 的消费者组与偏移量提交，再均衡的过程。"), &["kafka"]),
        tagged(article(2, "Kafka 再均衡", "消费者组在再均衡时停止消费，偏移量要先提交。"), &["kafka"]),
        article(3, "Rust 所有权", "借用检查器与生命周期。"),
        article(4, "Rust 生命周期", "借用与所有权，生命周期标注。"),
        article(5, "偏移量", "偏移量与 CSS 布局。"),
    ]);
    assert_eq!(fixture.index.related(ArticleId(1), 2).unwrap()[0], ArticleId(2));
    assert_eq!(fixture.index.related(ArticleId(3), 1).unwrap(), [ArticleId(4)]);
    assert!(fixture.index.related(ArticleId(99), 5).unwrap().is_empty());
}

#[test]
fn any_text_is_a_query() {
    let fixture = index([article(1, "缓存", "缓存与锁 🦀。"), article(2, "C++", "> a => b; ==== ++\n")]);
    let terms: Vec<String> = (0..500).map(|number| format!("w{number}")).collect();
    let long = "缓存锁".repeat(3400);
    for text in [
        long.as_str(),
        "\u{0}\u{1}\u{7f}\r\n\t",
        "，。！？（）",
        "\"",
        "\"\"",
        "“”",
        "\"缓存",
        "缓存\"锁\"\"",
        &terms.join(" "),
        "-",
        "--",
        "- -",
        "-缓存 -锁",
        "tag:",
        "tag::",
        "cat:../..",
        "before:9999-99-99",
        "after:-1",
        "a:b:c",
        "\\",
        "/",
        "//",
        "*",
        "?*",
        "NOT",
        "AND OR",
        "缓存 AND (",
        "[1 TO 2]",
        "~",
        "^",
        "🦀👩‍👩‍👧",
        "\u{202e}缓存",
        "'; drop table articles; --",
        "<script>alert(1)</script>",
        "\u{301}\u{301}",
        "ㄅㄆㄇ",
        "カタカナ 한국어 العربية",
        "::::",
        "c+++",
        "....",
        "-\"",
        "𠮷野家",
        "1",
        "0x",
        "@",
        "tag:缓存 tag:锁 tag:x",
    ] {
        let found = fixture.search(text);
        assert!(found.hits.len() <= 2, "{text}");
        for hit in &found.hits {
            assert!(hit.snippets.len() <= 3);
        }
    }
    assert_eq!(fixture.ids(&long), [1]);
    assert_eq!(fixture.search("，。！？（）").total, 0);
}
