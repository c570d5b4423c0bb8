//! What helps people who type a word wrongly, in letters, in another script, or only half of it; and what other systems
//! are known not to find.

#![allow(clippy::unwrap_used, reason = "helpers of tests may end a test")]

mod fixture;

use fixture::{Fixture, article, ids, index, tagged};
use search::Views;
use types::{ArticleFilter, SearchQuery};

/// Words that articles on technical matters are about.
const NAMES: [&str; 25] = [
    "kubernetes",
    "elasticsearch",
    "postgresql",
    "kibana",
    "redis",
    "nginx",
    "docker",
    "jenkins",
    "prometheus",
    "grafana",
    "zookeeper",
    "rabbitmq",
    "mongodb",
    "typescript",
    "javascript",
    "python",
    "clickhouse",
    "hadoop",
    "terraform",
    "webpack",
    "angular",
    "django",
    "ansible",
    "cassandra",
    "openssl",
];

/// One slip in a word: a letter left out, doubled, exchanged with the next, or another one.
fn slips(word: &str) -> [String; 4] {
    let middle = word.len() / 2;
    let letters: Vec<char> = word.chars().collect();
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let mut exchanged = letters.clone();
    exchanged.swap(middle - 1, middle);
    let mut other = letters.clone();
    other[middle] = if other[middle] == 'x' { 'y' } else { 'x' };
    [
        text(&[&letters[..middle], &letters[middle + 1..]].concat()),
        text(&[&letters[..=middle], &letters[middle..]].concat()),
        text(&exchanged),
        text(&other),
    ]
}

fn names() -> Fixture {
    index(
        NAMES
            .iter()
            .zip(1..)
            .map(|(name, id)| article(id, &format!("{name} 入门"), &format!("关于 {name} 的集群与部署。"))),
    )
}

#[test]
fn a_slip_in_an_english_word_leads_to_the_article() {
    let fixture = names();
    let (mut tried, mut found) = (0, 0);
    for (name, id) in NAMES.iter().zip(1..) {
        for typed in slips(name).into_iter().filter(|typed| typed != name) {
            tried += 1;
            found += u32::from(ids(&fixture.search(&typed)).iter().take(3).any(|hit| *hit == id));
        }
    }
    assert!(tried >= 90 && found * 100 >= tried * 90, "{found} of {tried}");
}

#[test]
fn what_was_searched_instead_is_said_and_can_be_refused() {
    let fixture = names();
    let found = fixture.search("kuberntes");
    assert_eq!((ids(&found), found.corrected.as_deref()), (vec![1], Some("kubernetes")));
    assert!(found.hits[0].title_pieces.iter().any(|piece| piece.hit && piece.text == "kubernetes"));
    assert_eq!(fixture.search("kuberntes 部署").corrected.as_deref(), Some("kubernetes 部署"));
    for (text, hits) in
        [("kubernetes", 1), ("kubernetes 部署", 25), ("\"kuberntes\"", 0), ("e0308", 0), ("qwertzuiop", 0)]
    {
        let found = fixture.search(text);
        assert_eq!((found.total, found.corrected), (hits, None), "{text}");
    }
    let verbatim = SearchQuery::new("kuberntes", ArticleFilter::default()).verbatim(true);
    let found = fixture.index.search(&verbatim, &Views::new()).unwrap();
    assert_eq!((found.total, found.corrected), (0, None));
}

#[test]
fn pinyin_and_words_that_sound_alike_lead_to_titles() {
    let fixture = index([
        article(1, "集群的状态", "节点与分片。"),
        article(2, "重复消费", "消息只处理一次。"),
        tagged(article(3, "别的", "没有关系。"), &["负载均衡"]),
    ]);
    for (typed, corrected, id) in [
        ("jiqun", "集群", 1),
        ("ji qun", "集群", 1),
        ("jiqunzhuangtai", "集群状态", 1),
        ("chongfu", "重复", 2),
        ("fuzaijunheng", "负载均衡", 3),
        ("机群", "集群", 1),
    ] {
        let found = fixture.search(typed);
        assert_eq!((ids(&found), found.corrected.as_deref()), (vec![id], Some(corrected)), "{typed}");
    }
}

#[test]
fn what_others_do_not_find_is_found() {
    let fixture = index([
        article(1, "测试", "这是一个测试文档。"),
        article(2, "安全", "java 安全管理器的设计。"),
        article(3, "表格", "如何製作form 1a。"),
        article(4, "检索", "这是一段简单的文字。"),
        article(5, "随笔", "旧时光里的信。"),
        article(6, "协议", "Communication between nodes."),
        article(7, "任务", "> */1 * * * * run.sh\n"),
        article(8, "配置", "> ReferenceConfig<DemoService> reference = null;\n"),
        article(9, "查询", "> SELECT * FROM users # 注释\n"),
    ]);
    for (query, expected) in [
        ("测试", 1),
        ("安全", 2),
        ("製作", 3),
        ("制作", 3),
        ("一段", 4),
        ("段简", 4),
        ("是一段", 4),
        ("时光", 5),
        ("Communica", 6),
        ("*/1 * * * *", 7),
        ("ReferenceConfig<DemoService>", 8),
        ("DemoService", 8),
        ("SELECT * FROM", 9),
        ("# 注释", 9),
    ] {
        assert_eq!(fixture.ids(query).first(), Some(&expected), "{query}");
    }
    let found = fixture.search("SELECT * FROM");
    let code: String = found.hits[0].snippets[0].pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(code.contains("SELECT * FROM users"), "{code}");
}

#[test]
fn half_a_word_finds_the_whole_one() {
    let fixture =
        index([article(1, "Communication", "Communication between goroutines."), article(2, "集群", "分布式。")]);
    assert_eq!(fixture.ids("Communica"), [1]);
    assert_eq!(fixture.ids("goroutin"), [1]);
}

#[test]
fn names_find_what_is_about_them() {
    let about = |id, title: &str, category: &str, text: &str| {
        let mut document = article(id, title, text);
        document.category = category.parse().unwrap();
        document
    };
    let fixture = index([
        about(1, "C++ 模板", "cpp", "C++ 的模板与 C 的宏。"),
        about(2, "C# 委托", "c-sharp", "C# 的委托，在 .NET 上。"),
        about(3, ".NET 运行时", "dotnet", ".NET 的运行时与 C#。"),
        about(4, "Go Gin 中间件", "go-gin", "Gin 的中间件，用 Go 写。"),
        about(5, "Node.js 流", "nodejs", "Node 的流，node 进程。"),
        about(6, "Go 的接口", "golang", "Go 的接口与网络 net 包。"),
        about(7, "集群节点", "mysql", "每个 node 是一个节点。"),
        about(8, "C 指针", "c", "C 的指针。"),
    ]);
    for (query, id) in
        [("C++", 1), ("c#", 2), (".net", 3), ("Go Gin", 4), ("node", 5), ("c", 8), ("ｃ＋＋", 1), ("Ｃ＃", 2)]
    {
        assert_eq!(fixture.ids(query).first(), Some(&id), "{query}: {:?}", fixture.ids(query));
    }
}

#[test]
fn scripts_widths_and_cases_give_the_same_hits() {
    let texts = [
        "分布式数据库的缓存",
        "集群状态监控",
        "消息队列",
        "Elasticsearch 集群",
        "Kubernetes 网络",
        "线程池与锁",
        "HTTP/2 多路复用",
        "Redis 缓存穿透",
        "数据结构",
        "面向对象",
        "负载均衡",
        "MySQL 索引优化",
        "类型转换",
        "异步编程",
        "服务发现",
        "时间复杂度",
        "单元测试",
        "链路追踪",
        "云原生",
        "国际化",
    ];
    let traditional = [
        "分佈式數據庫的緩存",
        "集群狀態監控",
        "消息隊列",
        "ELASTICSEARCH 集群",
        "kubernetes 網絡",
        "線程池與鎖",
        "ＨＴＴＰ／２ 多路復用",
        "ｒｅｄｉｓ 緩存穿透",
        "數據結構",
        "面向對象",
        "負載均衡",
        "MYSQL 索引優化",
        "類型轉換",
        "異步編程",
        "服務發現",
        "時間複雜度",
        "單元測試",
        "鏈路追蹤",
        "雲原生",
        "國際化",
    ];
    // Each text with parts of its neighbours, so that there is an order to be kept.
    let documents = (0..60).map(|id| {
        let parts: Vec<&str> = (0..=id % 4).map(|next| texts[(id + next) % texts.len()]).collect();
        article(id as i64, texts[id % texts.len()], &parts.join("，"))
    });
    let fixture = index(documents);
    for (simplified, other) in texts.iter().zip(traditional) {
        let expected = fixture.search(simplified);
        let wide: String = simplified
            .chars()
            .map(|character| match character {
                '!'..='~' => char::from_u32(character as u32 + 0xfee0).unwrap(),
                character => character,
            })
            .collect();
        assert!(expected.total > 0, "{simplified}");
        for variant in [other.to_owned(), wide, simplified.to_uppercase(), simplified.to_lowercase()] {
            assert_eq!(ids(&fixture.search(&variant)), ids(&expected), "{variant}");
        }
    }
}

#[test]
fn several_values_of_a_facet_widen() {
    let fixture = index([
        tagged(article(1, "缓存", "一"), &["redis"]),
        tagged(article(2, "缓存", "二"), &["kafka"]),
        tagged(article(3, "缓存", "三"), &["mysql"]),
    ]);
    let tags = |names: &[&str]| ArticleFilter {
        tag: names.iter().map(|name| name.parse().unwrap()).collect(),
        ..Default::default()
    };
    assert_eq!(fixture.filtered("缓存", tags(&["redis", "kafka"])).total, 2);
    assert_eq!(fixture.filtered("缓存", tags(&["redis", "unknown"])).total, 1);
    assert_eq!(fixture.filtered("缓存", tags(&["unknown"])).total, 0);
}
