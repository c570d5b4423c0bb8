//! Amounts and times in words.

/// Reading time.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} 分钟")
}

/// How often an article was read, with thousands apart.
#[must_use]
pub fn views(views: i64) -> String {
    format!("{} 次阅读", grouped(views.unsigned_abs()))
}

/// How many articles.
#[must_use]
pub fn articles(count: u64) -> String {
    format!("{} 篇", grouped(count))
}

/// `2025 年 4 月`.
#[must_use]
pub fn month(month: types::Month) -> String {
    format!("{} 年 {} 月", month.year(), month.month())
}

/// `2025 年`.
#[must_use]
pub fn year(year: u16) -> String {
    format!("{year} 年")
}

/// `第 2 页，共 9 页`.
#[must_use]
pub fn page_of(page: u32, last: u32) -> String {
    format!("第 {page} 页，共 {last} 页")
}

/// A number with thousands apart: `1,204`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
