//! What admins decide about the site.

use super::{Unfit, nonsense};
use crate::http::form::{Asked, Done, wrong};
use crate::services::accounts::{REGISTRATION, REGISTRATION_ROLE, SITE_CONTACT, SITE_DESCRIPTION, SITE_NAME};
use crate::services::internal;
use app::error::AppError;
use app::words::{account, admin as words};
use types::{Registration, Role};

/// Characters of the site's name.
const NAME: usize = 30;
/// Characters of its description.
const DESCRIPTION: usize = 200;
/// Characters of the contact.
const CONTACT: usize = 200;

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    if asked.field("action") != "save" {
        return Ok(nonsense());
    }
    let Ok(name) = asked.text("name", NAME, false) else { return Ok(wrong("name", words::BAD_SITE_NAME)) };
    let Ok(description) = asked.text("description", DESCRIPTION, false) else {
        return Ok(wrong("description", words::BAD_SITE_DESCRIPTION));
    };
    let contact = match asked.text("contact", CONTACT, false) {
        Ok(contact) if is_contact(&contact) => contact,
        Err(Unfit::Missing) => String::new(),
        _ => return Ok(wrong("contact", words::BAD_CONTACT)),
    };
    let Ok(registration) = asked.field("registration").parse::<Registration>() else {
        return Ok(wrong("registration", account::BAD_VALUE));
    };
    let role = asked.field("registration_role").parse::<Role>().ok().filter(|role| *role <= Role::Author);
    let Some(role) = role else { return Ok(wrong("registration_role", account::BAD_VALUE)) };
    let settings = [
        (SITE_NAME, name.as_str()),
        (SITE_DESCRIPTION, description.as_str()),
        (SITE_CONTACT, contact.as_str()),
        (REGISTRATION, registration.as_str()),
        (REGISTRATION_ROLE, role.as_str()),
    ];
    let object = format!("{name}, {registration}, {role}");
    let site = &asked.state.site;
    let set = site.store.set_settings(&settings, &asked.event("settings set", &object)).await;
    set.map_err(|error| internal("changing settings", &error))?;
    site.read_names().await.map_err(|error| internal("reading settings", &error))?;
    Ok(asked.back("settings"))
}

/// A link of the web, or a mail address of plain characters: it becomes the address of a link.
fn is_contact(text: &str) -> bool {
    if text.contains("://") {
        let link = url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        return link && !text.contains(char::is_whitespace);
    }
    let plain = |part: &str, also: &str| {
        !part.is_empty() && part.chars().all(|character| character.is_alphanumeric() || also.contains(character))
    };
    text.split_once('@').is_some_and(|(name, host)| plain(name, ".+-_") && plain(host, ".-"))
}

#[cfg(test)]
mod tests {
    use super::is_contact;

    #[test]
    fn only_mail_addresses_and_links_of_the_web_are_contacts() {
        for good in ["me@example.org", "a.b+c@localhost", "站长@例子.中国", "https://example.org/about?a=1#b"] {
            assert!(is_contact(good), "{good}");
        }
        for bad in [
            "me",
            "@example.org",
            "me@",
            "a@b@c",
            "me@example.org?bcc=x@y.z",
            "me <me@example.org>",
            "mailto:me@example.org",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "https://",
            "https://example.org/a b",
            "/about",
        ] {
            assert!(!is_contact(bad), "{bad}");
        }
    }
}
