//! What admins decide about the site.

use super::nonsense;
use crate::http::form::{Asked, Done, wrong};
use crate::services::accounts::{REGISTRATION, REGISTRATION_ROLE, SITE_DESCRIPTION, SITE_NAME};
use crate::services::internal;
use app::error::AppError;
use app::words::{account, admin as words};
use types::{Registration, Role};

/// Characters of the site's name.
const NAME: usize = 30;
/// Characters of its description.
const DESCRIPTION: usize = 200;

/// Carries a post out.
pub(super) async fn change(asked: &Asked<'_>) -> Result<Done, AppError> {
    if asked.field("action") != "save" {
        return Ok(nonsense());
    }
    let Ok(name) = asked.text("name", NAME, false) else { return Ok(wrong("name", words::BAD_SITE_NAME)) };
    let Ok(description) = asked.text("description", DESCRIPTION, false) else {
        return Ok(wrong("description", words::BAD_SITE_DESCRIPTION));
    };
    let Ok(registration) = asked.field("registration").parse::<Registration>() else {
        return Ok(wrong("registration", account::BAD_VALUE));
    };
    let role = asked.field("registration_role").parse::<Role>().ok().filter(|role| *role <= Role::Author);
    let Some(role) = role else { return Ok(wrong("registration_role", account::BAD_VALUE)) };
    let settings = [
        (SITE_NAME, name.as_str()),
        (SITE_DESCRIPTION, description.as_str()),
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
