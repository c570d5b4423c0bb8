//! Words that nearly every text has: they are indexed, but a query that has other words is found without them.

/// Whether a term says too little to be looked for beside others.
#[must_use]
pub fn is_stop_word(term: &str) -> bool {
    matches!(
        term,
        "的" | "了"
            | "是"
            | "在"
            | "和"
            | "与"
            | "或"
            | "及"
            | "如何"
            | "怎么"
            | "怎样"
            | "什么"
            | "吗"
            | "呢"
            | "吧"
            | "啊"
            | "请问"
            | "the"
            | "a"
            | "an"
            | "of"
            | "to"
            | "in"
            | "is"
            | "and"
            | "for"
            | "how"
            | "what"
    )
}
