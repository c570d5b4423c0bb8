//! The first view of Chinese: words, cut by jieba with the site's own terms. Feature `dict`; 33 MB once loaded.

use jieba_rs::Jieba;
use std::ops::Range;
use std::sync::LazyLock;

/// Longer runs are cut into pieces first: the segmenter's memory grows with the run (messense/jieba-rs issue 124).
const MAX_RUN: usize = 600;

/// The dictionary, loaded with the first word that is looked up and shared by every thread.
static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    let terms = include_str!("../data/terms.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for term in terms.chain(crate::aliases::chinese()) {
        // Without a frequency jieba takes one that is just high enough to keep the term whole.
        jieba.add_word(term, None, None);
    }
    jieba
});

/// Loads the dictionary now, about 0.3 s, so that the first search does not wait for it.
pub fn load() {
    LazyLock::force(&JIEBA);
}

/// Gives the words of a normalised run of Chinese characters, in order, with their bytes.
///
/// The hidden Markov model for unknown words is off: what it makes of a text depends on the neighbourhood, so a query
/// would be cut otherwise than the text it looks for.
pub fn words(run: &str, mut emit: impl FnMut(Range<usize>)) {
    let mut start = 0;
    while start < run.len() {
        let end = run.floor_char_boundary(start + MAX_RUN);
        for word in JIEBA.cut(&run[start..end], false) {
            emit(start + word.byte_start..start + word.byte_end);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn cut(run: &str) -> Vec<&str> {
        let mut found = Vec::new();
        words(run, |range| found.push(&run[range]));
        found
    }

    #[test]
    fn cuts_words_and_knows_the_terms() {
        assert_eq!(cut("集群状态"), ["集群", "状态"]);
        assert_eq!(cut("微服务与消息队列的负载均衡"), ["微服务", "与", "消息队列", "的", "负载均衡"]);
    }

    #[test]
    fn words_tile_runs_of_any_length() {
        let run = "锁的可重入性".repeat(500);
        assert_eq!(cut(&run).concat(), run);
    }
}
