//! The frame around a block of code.

use super::{escape, highlight, language::language};

/// A block of code with its language.
pub(crate) fn figure(code: &str, info: &str) -> String {
    let language = language(info);
    let mut html = String::from("<figure class=\"code\"");
    if let Some(language) = &language {
        html.push_str(" data-language=\"");
        escape(&mut html, language);
        html.push_str("\"><figcaption>");
        escape(&mut html, language);
        html.push_str("</figcaption>");
    } else {
        html.push('>');
    }
    html.push_str("<pre tabindex=\"0\"><code>");
    html.push_str(&highlight(code, language.as_deref()));
    html.push_str("</code></pre></figure>");
    html
}
