//! What readers tell: opened by anybody, closed once, and nobody's when an account ends.

use crate::support::{article, on_both};
use store::{ArticleToSave, Event, FeedbackQuery, NewAccount, NewFeedback, Store};
use types::{
    AccountState, ArticleId, ArticleStatus, FeedbackEntry, FeedbackId, FeedbackMessage, FeedbackState, PageNumber,
    Role, Timestamp,
};

const EVENT: Event<'static> = Event { actor: "test", action: "feedback sent", object: "题", address: "192.0.2.0/24" };
const ALL: FeedbackQuery = FeedbackQuery { author: None, state: None, id: None, page: PageNumber::FIRST, per_page: 10 };

async fn save(store: &Store, slug: &str, handle: &str) -> ArticleId {
    let article = ArticleToSave { author_handle: handle.parse().unwrap(), author_name: handle.into(), ..article(slug) };
    store.save_articles(&[article]).await.remove(0).unwrap().id
}

async fn tell(store: &Store, article: ArticleId, kind: &str, text: &str, account: Option<i64>) -> FeedbackId {
    let message = FeedbackMessage::read(kind, text, "me@example.org").unwrap();
    store.add_feedback(&NewFeedback { article, seen: 1, message: &message, account }, &EVENT).await.unwrap()
}

async fn entry(store: &Store, id: FeedbackId) -> FeedbackEntry {
    store.feedback_list(&FeedbackQuery { id: Some(id), ..ALL }).await.unwrap().items.remove(0)
}

async fn ids(store: &Store, query: FeedbackQuery) -> Vec<FeedbackId> {
    store.feedback_list(&query).await.unwrap().items.into_iter().map(|entry| entry.id).collect()
}

async fn close(store: &Store, id: FeedbackId, state: FeedbackState) -> bool {
    store.close_feedback(id, state, "改好了", "feng", &Event { action: "feedback closed", ..EVENT }).await.unwrap()
}

async fn audited(store: &Store) -> u64 {
    store.audit("", PageNumber::FIRST, 1).await.unwrap().total
}

on_both! {
    async fn a_case_is_opened_and_closed_once(store: Store) {
        let article = save(&store, "one", "feng").await;
        let subject = store.feedback_subject(&"one".parse().unwrap()).await.unwrap().unwrap();
        assert_eq!((subject.article, subject.status, subject.revision), (article, ArticleStatus::Published, 1));
        assert_eq!(store.feedback_subject(&"none".parse().unwrap()).await.unwrap(), None);
        let id = tell(&store, article, "infringement", "<b>我的\n文章", None).await;
        assert_eq!(tell(&store, article, "infringement", "<b>我的\n文章", None).await, id, "sent twice is sent once");
        assert_eq!(audited(&store).await, 1);
        let told = entry(&store, id).await;
        assert_eq!((told.text.as_str(), told.contact.as_str(), told.seen), ("<b>我的\n文章", "me@example.org", 1));
        assert_eq!((told.state, told.sender, told.closed), (FeedbackState::Open, None, None));
        assert!(store.has_feedback(article, id).await.unwrap());
        assert!(!store.has_feedback(ArticleId(1), id).await.unwrap());
        assert!(close(&store, id, FeedbackState::Declined).await);
        assert!(!close(&store, id, FeedbackState::Done).await, "somebody was faster");
        assert!(!close(&store, FeedbackId(1), FeedbackState::Done).await);
        let told = entry(&store, id).await;
        assert_eq!((told.state, told.answer.as_str()), (FeedbackState::Declined, "改好了"));
        assert_eq!(told.closed.unwrap().0, "feng");
        let log = store.audit("", PageNumber::FIRST, 10).await.unwrap().items;
        let said: Vec<_> = log.iter().map(|line| (line.action.as_str(), line.object.clone())).collect();
        assert_eq!(said, [("feedback closed", "题".to_owned()), ("feedback sent", format!("{id} · 题"))]);
        assert_ne!(tell(&store, article, "infringement", "<b>我的\n文章", None).await, id, "a closed case is over");
    }

    async fn open_cases_come_first_and_lists_are_narrowed(store: Store) {
        let (mine, theirs) = (save(&store, "one", "feng").await, save(&store, "two", "yun").await);
        let first = tell(&store, mine, "mistake", "一", None).await;
        let second = tell(&store, theirs, "outdated", "二", None).await;
        let third = tell(&store, mine, "question", "三", None).await;
        assert_eq!(ids(&store, ALL).await, [third, second, first]);
        assert!(close(&store, third, FeedbackState::Done).await);
        assert_eq!(ids(&store, ALL).await, [second, first, third]);
        assert_eq!(ids(&store, FeedbackQuery { page: 2.into(), per_page: 2, ..ALL }).await, [third]);
        assert_eq!(ids(&store, FeedbackQuery { state: Some(FeedbackState::Open), ..ALL }).await, [second, first]);
        let author = entry(&store, second).await.author;
        let of_author = FeedbackQuery { author: Some(author), ..ALL };
        assert_eq!(ids(&store, of_author).await, [second]);
        assert_eq!(ids(&store, FeedbackQuery { id: Some(first), ..of_author }).await, []);
        assert_eq!(store.feedback_count(&FeedbackQuery { per_page: 1, ..ALL }).await.unwrap(), 3);
        assert_eq!(store.totals().await.unwrap().feedback, 2);
    }

    async fn a_contact_goes_after_its_time_and_a_sender_with_the_account(store: Store) {
        let new = NewAccount { username: &"feng".parse().unwrap(), password: "hash", role: Role::Author, state: AccountState::Active };
        let account = store.add_account(&new, &EVENT).await.unwrap().unwrap();
        let article = save(&store, "one", "feng").await;
        let (closed, open) = (tell(&store, article, "mistake", "一", Some(account)).await, tell(&store, article, "mistake", "二", None).await);
        assert_ne!(tell(&store, article, "mistake", "一", None).await, closed, "somebody else");
        assert_eq!(entry(&store, closed).await.sender.as_deref(), Some("feng"));
        assert!(close(&store, closed, FeedbackState::Done).await);
        assert_eq!(store.forget_contacts(Timestamp(0)).await.unwrap(), 0);
        assert_eq!(entry(&store, closed).await.contact, "me@example.org");
        assert_eq!(store.forget_contacts(Timestamp(i64::MAX)).await.unwrap(), 1);
        assert_eq!(store.forget_contacts(Timestamp(i64::MAX)).await.unwrap(), 0);
        assert_eq!((entry(&store, closed).await.contact.as_str(), entry(&store, open).await.contact.as_str()), ("", "me@example.org"));
        let account = store.account_named("feng").await.unwrap().unwrap().0;
        store.close_account(&account, None, "站", &EVENT).await.unwrap();
        let told = entry(&store, closed).await;
        assert_eq!((told.sender, told.text.as_str()), (None, "一"), "the case stays");
    }

    async fn a_case_stays_when_its_article_is_deleted(store: Store) {
        let article = save(&store, "one", "feng").await;
        let id = tell(&store, article, "infringement", "一", None).await;
        assert!(store.move_article(article, &[ArticleStatus::Published], ArticleStatus::Removed, None, None, &EVENT).await.unwrap());
        assert_eq!(entry(&store, id).await.status, ArticleStatus::Removed);
        assert_eq!(store.feedback_subject(&"one".parse().unwrap()).await.unwrap().unwrap().status, ArticleStatus::Removed);
    }
}
