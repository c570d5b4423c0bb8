//! `/admin/settings`: what admins decide about the site.

use super::Place;
use super::desk::{desk, means};
use crate::form::{Choice, Field, LongField};
use crate::words::{account, admin as words};
use leptos::prelude::*;
use types::{Registration, Role, SiteSettings};

/// `/admin/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    desk(
        Place::Settings,
        |admin, viewer| async move { admin.settings(&viewer).await },
        |settings: SiteSettings| {
            let ways = Registration::ALL.map(|way| (way.to_string(), account::registration(way).to_owned())).to_vec();
            let roles =
                [Role::Reader, Role::Author].map(|role| (role.to_string(), account::role(role).to_owned())).to_vec();
            view! {
                <form method="post" action=Place::Settings.path()>
                    {means("save", "")}
                    <Field form="save" name="name" label=words::SITE_NAME value=settings.name help=words::SITE_NAME_HELP />
                    <LongField form="save" name="description" label=words::SITE_DESCRIPTION value=settings.description />
                    <Field form="save" name="contact" label=words::CONTACT value=settings.contact help=words::CONTACT_HELP free=true />
                    <Choice form="save" name="registration" label=account::REGISTRATION value=settings.registration.as_str() options=ways />
                    <Choice form="save" name="registration_role" label=words::REGISTRATION_ROLE value=settings.registration_role.as_str() options=roles />
                    <p class="actions"><button class="primary">{words::SAVE}</button></p>
                </form>
            }
            .into_any()
        },
    )
}
