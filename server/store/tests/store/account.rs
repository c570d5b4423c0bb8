//! Accounts and sessions: names are unique, an admin always stays, an ended session opens nothing.

use crate::support::on_both;
use store::{AccountChange, Event, NewAccount, NewSession, Store};
use types::{AccountState, Role};

const EVENT: Event<'static> = Event { actor: "test", action: "tried", object: "", address: "192.0.2.0/24" };

async fn add(store: &Store, name: &str, role: Role) -> Option<i64> {
    let new = NewAccount { username: &name.parse().unwrap(), password: "hash", role, state: AccountState::Active };
    store.add_account(&new, &EVENT).await.unwrap()
}

on_both! {
    async fn a_name_is_given_once_and_handles_differ(store: Store) {
        add(&store, "a.b", Role::Author).await.unwrap();
        assert_eq!(add(&store, "a.b", Role::Admin).await, None);
        add(&store, "a-b", Role::Author).await.unwrap();
        add(&store, "李雷", Role::Author).await.unwrap();
        let handles: Vec<_> = store.accounts().await.unwrap().into_iter().map(|account| account.handle).collect();
        assert!(handles.contains(&"a-b".to_owned()) && handles.contains(&"a-b-2".to_owned()), "{handles:?}");
        assert_eq!(store.audit(10).await.unwrap().len(), 3);
    }

    async fn the_last_admin_stays(store: Store) {
        let admin = add(&store, "boss", Role::Admin).await.unwrap();
        let set = |role, state| store.set_account(admin, role, state, &EVENT);
        assert_eq!(set(Role::Reader, AccountState::Active).await.unwrap(), AccountChange::LastAdmin);
        assert_eq!(set(Role::Admin, AccountState::Closed).await.unwrap(), AccountChange::LastAdmin);
        add(&store, "other", Role::Admin).await.unwrap();
        assert_eq!(set(Role::Reader, AccountState::Active).await.unwrap(), AccountChange::Done);
        assert_eq!(store.set_account(1, Role::Reader, AccountState::Active, &EVENT).await.unwrap(), AccountChange::Missing);
    }

    async fn sessions_end_with_the_password_and_the_account(store: Store) {
        let id = add(&store, "feng", Role::Author).await.unwrap();
        let begin = async |token: &str| store.begin_session(&NewSession { token, account: id, agent: "test" }, &EVENT).await.unwrap();
        begin("one").await;
        assert_eq!(store.session("one").await.unwrap().unwrap().id, id);
        assert!(store.session("two").await.unwrap().is_none());
        let session = store.sessions(id).await.unwrap()[0].id;
        assert!(!store.end_session_of(id + 1, session, &EVENT).await.unwrap());
        assert!(store.end_session_of(id, session, &EVENT).await.unwrap());
        assert!(store.session("one").await.unwrap().is_none());
        begin("three").await;
        store.set_password(id, "other", &EVENT).await.unwrap();
        assert!(store.session("three").await.unwrap().is_none());
        begin("four").await;
        let account = store.account_named("feng").await.unwrap().unwrap().0;
        assert_eq!(store.close_account(&account, "站", &EVENT).await.unwrap(), AccountChange::Done);
        assert!(store.session("four").await.unwrap().is_none());
        assert_eq!(store.account_named("feng").await.unwrap().unwrap().0.name, "站");
    }

    async fn an_old_address_leads_to_the_new_one(store: Store) {
        add(&store, "feng", Role::Author).await.unwrap();
        add(&store, "other", Role::Author).await.unwrap();
        for (handle, change) in [("wind", AccountChange::Done), ("gale", AccountChange::Done), ("other", AccountChange::Taken)] {
            let account = store.account_named("feng").await.unwrap().unwrap().0;
            assert_eq!(store.set_profile(&account, "风", &handle.parse().unwrap(), &EVENT).await.unwrap(), change, "{handle}");
        }
        for old in ["/author/feng", "/author/wind"] {
            assert_eq!(store.redirect_for(old).await.unwrap().as_deref(), Some("/author/gale"), "{old}");
        }
    }

    async fn settings_are_kept(store: Store) {
        assert_eq!(store.setting("registration").await.unwrap(), None);
        for value in ["closed", "open"] {
            store.set_setting("registration", value, &EVENT).await.unwrap();
            assert_eq!(store.setting("registration").await.unwrap().as_deref(), Some(value));
        }
    }
}
