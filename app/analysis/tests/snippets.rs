//! Passages of articles: what is shown, and what holds for any input.

use analysis::sentences::columns;
use analysis::snippet::{MAX_COLUMNS, MAX_SNIPPETS};
use analysis::{Mark, Marks, Passages, snippets, title_pieces};
use proptest::prelude::*;
use types::{Block, BlockKind, Heading, Piece, Snippet};

fn marks(terms: &[&str]) -> Marks {
    Marks::new(terms.iter().zip(0..).map(|(text, group)| Mark {
        text: (*text).to_owned(),
        group,
        weight: 1.0,
        weak: false,
    }))
}

/// Makes blocks of lines: `# ` starts a heading, `> ` code, everything else is prose.
fn article(source: &str) -> (String, Vec<Block>, Vec<Heading>) {
    let (mut plain, mut blocks, mut outline) = (String::new(), Vec::new(), Vec::new());
    for line in source.lines() {
        let (kind, text) = match line.split_once(' ') {
            Some(("#", text)) => (BlockKind::Heading, text),
            Some((">", text)) => (BlockKind::Code, text),
            _ => (BlockKind::Prose, line),
        };
        if kind == BlockKind::Heading {
            outline.push(Heading { level: 2, anchor: format!("section-{}", outline.len()), text: text.to_owned() });
        }
        let start = plain.len() as u32;
        plain.push_str(text);
        let section = (outline.len() as u32).checked_sub(1);
        blocks.push(Block { kind, start, end: plain.len() as u32, section });
        plain.push('\n');
    }
    (plain, blocks, outline)
}

fn show(source: &str, terms: &[&str]) -> Vec<Snippet> {
    let (plain, blocks, outline) = article(source);
    snippets(&Passages { plain: &plain, blocks: &blocks, outline: &outline }, &marks(terms))
}

/// Marks in brackets, `…` where something is cut.
fn line(snippet: &Snippet) -> String {
    let text: String = snippet
        .pieces
        .iter()
        .map(|Piece { text, hit }| if *hit { format!("[{text}]") } else { text.clone() })
        .collect();
    format!("{}{text}{}", if snippet.cut_left { "…" } else { "" }, if snippet.cut_right { "…" } else { "" })
}

#[test]
fn shows_whole_sentences_with_their_section() {
    let long = "这一句与查询没有关系，只是为了让段落变得很长而写下的文字。".repeat(5);
    let found = show(
        &format!("开头。\n# 监控\n{long}用 Kibana 可以监控 Elasticsearch 集群状态。{long}\n"),
        &["kibana", "集群", "状态"],
    );
    assert_eq!(found.len(), 1);
    assert!(line(&found[0]).starts_with("…用 [Kibana] 可以监控 Elasticsearch [集群状态]。"), "{}", line(&found[0]));
    assert!(found[0].cut_right);
    assert_eq!(found[0].anchor.as_deref(), Some("section-0"));
    assert_eq!(found[0].heading.as_deref(), Some("监控"));
}

#[test]
fn further_passages_cover_what_is_missing() {
    let filler = "填充的句子没有关键词也没有意义。".repeat(12);
    let source = format!("# 一\n缓存在这里。{filler}\n# 二\n缓存又在这里。{filler}\n# 三\n线程在这里。{filler}\n");
    let found = show(&source, &["缓存", "线程"]);
    let lines: Vec<String> = found.iter().map(|snippet| snippet.heading.clone().unwrap_or_default()).collect();
    assert_eq!(lines, ["一", "三"]);
}

#[test]
fn a_heading_leads_to_the_text_below_it() {
    let found = show("开头没有。\n# 深度分页\n这里讲怎么翻页。\n", &["深度分页"]);
    assert_eq!(line(&found[0]), "这里讲怎么翻页。");
    assert_eq!(found[0].heading.as_deref(), Some("深度分页"));
}

#[test]
fn code_is_shown_as_it_stands() {
    let found = show("前言。\n# 用法\n> let x: Vec<T> = a.iter().map(|&b| b * 2).collect();\n", &["collect"]);
    assert_eq!(line(&found[0]), "let x: Vec<T> = a.iter().map(|&b| b * 2).[collect]();");
}

#[test]
fn a_long_sentence_is_cut_around_the_match() {
    let found = show(&format!("{}锁{}", "很长的话".repeat(100), "没有句号".repeat(100)), &["锁"]);
    let text = line(&found[0]);
    assert!(text.starts_with('…') && text.ends_with('…') && text.contains("[锁]"), "{text}");
}

#[test]
fn without_a_match_it_is_the_beginning() {
    assert_eq!(line(&show("# 标题\n第一句。第二句。\n", &["无关"])[0]), "第一句。第二句。");
    assert!(show("", &["无关"]).is_empty());
}

#[test]
fn a_match_outside_of_all_blocks_shows_the_beginning() {
    let plain = "锁".to_owned() + &"长".repeat(300);
    let blocks = [Block { kind: BlockKind::Prose, start: 3, end: plain.len() as u32, section: None }];
    let found = snippets(&Passages { plain: &plain, blocks: &blocks, outline: &[] }, &marks(&["锁"]));
    assert!(found[0].pieces[0].text.starts_with('长'));
}

#[test]
fn titles_are_marked_and_never_cut() {
    let title = "Kibana監控Elasticsearch集群状态".repeat(20);
    let pieces = title_pieces(&title, &marks(&["监控"]));
    assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), title);
    assert_eq!(pieces.iter().filter(|piece| piece.hit).count(), 20);
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        Just(BlockKind::Heading),
        Just(BlockKind::Prose),
        Just(BlockKind::Code),
        Just(BlockKind::Row),
        Just(BlockKind::Math)
    ]
}

proptest! {
    #[test]
    fn any_input_gives_bounded_parts_of_the_text(
        plain in "[a-c 中文锁。，.\n\r𠮷🦀\u{301}\u{200d}👩é＋+#資]{0,600}|.{0,200}",
        cuts in prop::collection::vec((0usize..2000, kind(), prop::option::of(0u32..4)), 0..12),
        terms in prop::collection::vec("[a-c]{1,3}|[中文锁资]{1,3}|[+#]{1,2}|.{0,4}", 0..5),
        wild in any::<bool>(),
    ) {
        let mut starts: Vec<_> = cuts.clone();
        starts.sort_by_key(|cut| cut.0);
        let mut blocks = Vec::new();
        let mut at = 0;
        for (cut, kind, section) in starts {
            // Wild blocks do not fit the text at all; the others are sorted and on character boundaries.
            let end = if wild { cut } else { plain.floor_char_boundary(cut.min(plain.len())) };
            blocks.push(Block { kind, start: at as u32, end: end as u32, section });
            at = if wild { cut.wrapping_mul(7) % 900 } else { end };
        }
        let outline = vec![Heading { level: 2, anchor: "a".into(), text: "A".into() }];
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let marks = marks(&terms);
        let found = snippets(&Passages { plain: &plain, blocks: &blocks, outline: &outline }, &marks);
        prop_assert!(found.len() <= MAX_SNIPPETS);
        for snippet in &found {
            let text: String = snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert!(plain.contains(&text));
            prop_assert!(columns(&text) <= MAX_COLUMNS, "{} columns: {text:?}", columns(&text));
            prop_assert!(snippet.pieces.iter().all(|piece| !piece.text.is_empty()));
            prop_assert!(snippet.pieces.windows(2).all(|pair| pair[0].hit != pair[1].hit));
        }
        let title: String = title_pieces(&plain, &marks).into_iter().map(|piece| piece.text).collect();
        prop_assert_eq!(title, plain);
    }
}
