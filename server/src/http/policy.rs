//! Which scripts a page may run: those that its maker marked as ours, known by their hashes (Content Security
//! Policy level 3, "Does element match source list for type and source?").

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What pages may load. Pictures may come from elsewhere, because imported articles show them; scripts may not.
pub(super) fn policy(scripts: &[String]) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'; img-src 'self' data: https:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'",
        scripts.iter().map(|hash| format!(" 'sha256-{hash}'")).collect::<String>()
    )
}

/// Cuts our nonce out of the page and returns the hashes of the inline scripts that carried it.
pub(super) fn own_scripts(html: &str, nonce: &str) -> (String, Vec<String>) {
    let mark = format!(" nonce=\"{nonce}\"");
    let mut cleaned = String::with_capacity(html.len());
    let mut hashes: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&mark) {
        let (before, after) = rest.split_at(at);
        cleaned.push_str(before);
        rest = &after[mark.len()..];
        let opening = before.rfind('<').map_or("", |open| &before[open..]);
        let Some((tag, content)) = rest.split_once('>') else { break };
        if opening.starts_with("<script") && !opening.contains("src=") && !tag.contains("src=") {
            let content = content.split("</script>").next().unwrap_or_default();
            let hash = STANDARD.encode(Sha256::digest(content.as_bytes()));
            if !content.is_empty() && !hashes.contains(&hash) {
                hashes.push(hash);
            }
        }
    }
    cleaned.push_str(rest);
    (cleaned, hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_only_scripts_that_carry_the_secret() {
        let html = "<script nonce=\"s\">ours()</script><script>theirs()</script><script type=\"module\" src=\"/a.js\" nonce=\"s\"></script>";
        let (cleaned, hashes) = own_scripts(html, "s");
        assert_eq!(
            cleaned,
            "<script>ours()</script><script>theirs()</script><script type=\"module\" src=\"/a.js\"></script>"
        );
        assert_eq!(hashes, [STANDARD.encode(Sha256::digest(b"ours()"))]);
    }
}
