//! Who may do what: the one place that knows. Everything that acts asks [`can`].

use crate::account::Role;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Change the own account: password, name, sessions, its end.
    OwnAccount,
    /// Begin a new text.
    Write,
    /// Open, change and submit a text.
    Edit,
    /// Put a text before readers, at once or at a time. Taking one's own away needs no more than [`Self::Edit`].
    Publish,
    /// Change the categories, tags, old addresses and the small things beside the articles.
    Curate,
    /// Read the audit log.
    ReadAudit,
    /// Let people in, close accounts, give roles.
    ManageAccounts,
    /// Change how the site works.
    ChangeSettings,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::OwnAccount,
        Self::Write,
        Self::Edit,
        Self::Publish,
        Self::Curate,
        Self::ReadAudit,
        Self::ManageAccounts,
        Self::ChangeSettings,
    ];
}

/// What it is to be done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Object {
    /// Something of the person's own, or nothing in particular.
    Own,
    /// Something of somebody else.
    Foreign,
}

/// Whether a person of this role, or somebody who is not signed in, may do this.
#[must_use]
pub fn can(role: Option<Role>, action: Action, object: Object) -> bool {
    let Some(role) = role else { return false };
    match (action, object) {
        (Action::OwnAccount, Object::Own) => true,
        (Action::OwnAccount, Object::Foreign) => false,
        (Action::Write, _) | (Action::Edit, Object::Own) => role >= Role::Author,
        (Action::Edit, Object::Foreign) | (Action::Publish, _) => role >= Role::Editor,
        (Action::Curate | Action::ReadAudit | Action::ManageAccounts | Action::ChangeSettings, _) => {
            role >= Role::Admin
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lowest role that may do it, to something own and to something foreign.
    const TABLE: [(Action, Option<Role>, Option<Role>); 8] = [
        (Action::OwnAccount, Some(Role::Reader), None),
        (Action::Write, Some(Role::Author), Some(Role::Author)),
        (Action::Edit, Some(Role::Author), Some(Role::Editor)),
        (Action::Publish, Some(Role::Editor), Some(Role::Editor)),
        (Action::Curate, Some(Role::Admin), Some(Role::Admin)),
        (Action::ReadAudit, Some(Role::Admin), Some(Role::Admin)),
        (Action::ManageAccounts, Some(Role::Admin), Some(Role::Admin)),
        (Action::ChangeSettings, Some(Role::Admin), Some(Role::Admin)),
    ];

    #[test]
    fn the_table_holds() {
        assert!(Action::ALL.iter().all(|action| TABLE.iter().any(|(listed, ..)| listed == action)));
        for (action, own, foreign) in TABLE {
            for (object, lowest) in [(Object::Own, own), (Object::Foreign, foreign)] {
                assert!(!can(None, action, object), "{action:?} {object:?}");
                for role in Role::ALL {
                    let expected = lowest.is_some_and(|lowest| role >= lowest);
                    assert_eq!(can(Some(role), action, object), expected, "{role} {action:?} {object:?}");
                }
            }
        }
    }
}
