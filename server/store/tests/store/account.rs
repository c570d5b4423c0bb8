//! Accounts and sessions: names are unique, an admin always stays, an ended session opens nothing.

use crate::support::article;
use crate::support::on_both;
use store::{AccountChange, Event, NewAccount, NewSession, Registered, Store};
use types::{AccountState, ArticleId, PageNumber, Role, Timestamp};

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
        assert_eq!(store.audit("", PageNumber::FIRST, 10).await.unwrap().total, 3);
    }

    async fn who_waits_comes_first_and_only_who_writes_inherits(store: Store) {
        assert!(!store.has_admin().await.unwrap());
        for (name, role) in [("boss", Role::Admin), ("author1", Role::Author), ("a-reader", Role::Reader)] {
            let new = NewAccount { username: &name.parse().unwrap(), password: "hash", role, state: AccountState::Active };
            store.add_account(&new, &EVENT).await.unwrap().unwrap();
        }
        let waiting = NewAccount { username: &"zhou".parse().unwrap(), password: "hash", role: Role::Author, state: AccountState::Waiting };
        let id = store.add_account(&waiting, &EVENT).await.unwrap().unwrap();
        let names = async |text: &str, page: u32, per_page: u32| {
            let found = store.account_list(text, PageNumber::from(page), per_page).await.unwrap();
            (found.total, found.items.into_iter().map(|account| account.username).collect::<Vec<_>>())
        };
        assert_eq!(names("", 1, 2).await, (4, vec!["zhou".to_owned(), "a-reader".to_owned()]));
        assert_eq!(names("", 2, 2).await, (4, vec!["author1".to_owned(), "boss".to_owned()]));
        assert_eq!(names("AUTHOR", 1, 9).await, (1, vec!["author1".to_owned()]));
        assert_eq!(names("%", 1, 9).await, (0, vec![]));
        let boss = store.account_named("boss").await.unwrap().unwrap().0;
        store.set_profile(&boss, "Élodie", &"boss".parse().unwrap(), &EVENT).await.unwrap();
        for text in ["Élo", "élodie", "ÉLODIE"] {
            assert_eq!(names(text, 1, 9).await, (1, vec!["boss".to_owned()]), "{text}");
        }
        assert_eq!(names("elodie", 1, 9).await, (0, vec![]), "another letter");
        let heirs: Vec<_> = store.heirs(9).await.unwrap().into_iter().map(|heir| heir.name).collect();
        assert_eq!(heirs, ["author1", "Élodie"]);
        assert_eq!(store.heirs(1).await.unwrap().len(), 1);
        assert_eq!(store.account(id).await.unwrap().unwrap().username, "zhou");
        assert_eq!(store.account(1).await.unwrap(), None);
        assert!(store.has_admin().await.unwrap());
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
        assert_eq!(store.close_account(&account, None, "站", &EVENT).await.unwrap(), AccountChange::Done);
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
            store.set_settings(&[("registration", value), ("other", "x")], &EVENT).await.unwrap();
            assert_eq!(store.setting("registration").await.unwrap().as_deref(), Some(value));
        }
    }

    async fn articles_are_handed_to_another_author_or_stay_under_the_sites_name(store: Store) {
        for name in ["feng", "heir", "other"] {
            add(&store, name, Role::Author).await.unwrap();
        }
        let account = |name: &'static str| async { store.account_named(name).await.unwrap().unwrap().0 };
        let mine = account("feng").await;
        store.set_profile(&mine, "风起", &"feng-qi".parse().unwrap(), &EVENT).await.unwrap();
        let mut text = article("two");
        (text.author_name, text.author_handle) = ("风起".into(), "feng-qi".parse().unwrap());
        let saved = store.save_articles(&[text]).await.remove(0).unwrap();
        let mine = account("feng").await;
        let heir = "nobody".parse().unwrap();
        assert_eq!(store.close_account(&mine, Some(&heir), "站", &EVENT).await.unwrap(), AccountChange::NoHeir);
        assert_eq!(account("feng").await.state, AccountState::Active, "a refusal changes nothing");
        let itself = "feng-qi".parse().unwrap();
        assert_eq!(store.close_account(&mine, Some(&itself), "站", &EVENT).await.unwrap(), AccountChange::NoHeir);
        let before = store.last_change().await.unwrap();
        let heir = "heir".parse().unwrap();
        assert_eq!(store.close_account(&mine, Some(&heir), "站", &EVENT).await.unwrap(), AccountChange::Done);
        assert_eq!(store.article_by_slug(&saved.slug).await.unwrap().unwrap().summary.author.handle.as_str(), "heir");
        assert_eq!(store.redirect_for("/author/feng-qi").await.unwrap().as_deref(), Some("/author/heir"));
        let changed = store.changes_after(before, 10).await.unwrap();
        assert!(changed.iter().any(|change| change.article == saved.id), "{changed:?}");
        let heir = account("heir").await;
        assert_eq!(store.close_account(&heir, None, "站", &EVENT).await.unwrap(), AccountChange::Done);
        assert_eq!(store.article_by_slug(&saved.slug).await.unwrap().unwrap().summary.author.name, "站");
    }

    async fn an_invitation_serves_once_and_until_its_time(store: Store) {
        let username = "boss".parse().unwrap();
        let new = NewAccount { username: &username, password: "hash", role: Role::Author, state: AccountState::Active };
        let far = Timestamp(i64::MAX / 2);
        store.invite("late", Role::Admin, Timestamp(1)).await.unwrap();
        assert_eq!(store.add_invited(&new, "late", &EVENT).await.unwrap(), Registered::NoInvitation);
        store.invite("old", Role::Admin, far).await.unwrap();
        store.invite("new", Role::Admin, far).await.unwrap();
        assert_eq!(store.invitation("old").await.unwrap(), Some(Role::Admin), "a newer one leaves it");
        assert_eq!(store.invitation("new").await.unwrap(), Some(Role::Admin));
        add(&store, "boss", Role::Reader).await.unwrap();
        assert_eq!(store.add_invited(&new, "new", &EVENT).await.unwrap(), Registered::Taken);
        assert_eq!(store.invitation("new").await.unwrap(), Some(Role::Admin), "a refusal does not use it up");
        let username = "chief".parse().unwrap();
        let new = NewAccount { username: &username, ..new };
        assert!(matches!(store.add_invited(&new, "new", &EVENT).await.unwrap(), Registered::Done(_)));
        assert_eq!(store.account_named("chief").await.unwrap().unwrap().0.role, Role::Admin);
        let username = "second".parse().unwrap();
        let new = NewAccount { username: &username, ..new };
        for used in ["new", "old"] {
            assert_eq!(store.add_invited(&new, used, &EVENT).await.unwrap(), Registered::NoInvitation, "{used}");
        }
        store.invite("again", Role::Admin, far).await.unwrap();
        store.end_invitations(Role::Admin).await.unwrap();
        assert_eq!(store.invitation("again").await.unwrap(), None);
    }

    async fn the_audit_log_is_read_in_pages_and_cut_at_its_old_end(store: Store) {
        for number in 0..10 {
            let actor = if number % 2 == 0 { "even" } else { "odd" };
            let object = number.to_string();
            store.note(&Event { actor, action: "tried", object: &object, address: "" }).await.unwrap();
        }
        let page = store.audit("even", 2.into(), 3).await.unwrap();
        assert_eq!((page.total, page.items.iter().map(|entry| &*entry.object).collect::<Vec<_>>()), (5, vec!["2", "0"]));
        assert_eq!(store.prune_audit(Timestamp(0), 10).await.unwrap(), 0);
        assert_eq!(store.prune_audit(Timestamp(0), 4).await.unwrap(), 6);
        let left = store.audit("", PageNumber::FIRST, 10).await.unwrap();
        assert_eq!(left.items.iter().map(|entry| &*entry.object).collect::<Vec<_>>(), ["9", "8", "7", "6"]);
        assert_eq!(store.prune_audit(Timestamp(i64::MAX), 4).await.unwrap(), 4);
    }

    async fn publishing_and_hiding_are_written_down(store: Store) {
        let id = ArticleId(7);
        store.save_articles(&[types_article(id)]).await.remove(0).unwrap();
        let hidden = store.move_article(id, &[types::ArticleStatus::Published], types::ArticleStatus::Hidden, None, None, &EVENT);
        assert!(hidden.await.unwrap());
        let again = store.move_article(id, &[types::ArticleStatus::Published], types::ArticleStatus::Hidden, None, None, &EVENT);
        assert!(!again.await.unwrap());
        assert_eq!(store.audit("test", PageNumber::FIRST, 10).await.unwrap().total, 1, "what did not happen is not written");
    }
}

fn types_article(id: ArticleId) -> store::ArticleToSave {
    store::ArticleToSave { id: Some(id), ..article("seven") }
}
