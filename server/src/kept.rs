//! What nearly every page shows and only changes with the articles: read once and kept until rendered pages are forgotten.
//!
//! Counting tags and categories means a look at every article; for one page after the other that took longer than
//! everything else together.

use crate::site::Site;
use app::category::Groups;
use std::collections::HashMap;
use std::future::Future;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::StoreError;
use tokio::sync::Mutex;
use types::{
    ArticleId, ArticleSummary, CategoryGroup, LearningCard, Month, Neighbour, Quotation, Slug, Tag, TagKey, TagRef,
};

/// Other processes may change what nobody tells us of.
const OLDEST: Duration = Duration::from_secs(60);
/// A site with no more articles than this is shuffled; on a larger one the same article seldom comes up twice.
const SMALL: usize = 64;
/// Tags that are kept, the most used.
const TAGS: u32 = 200;
/// Categories whose most read articles are kept.
const CATEGORIES: u64 = 256;
/// Summaries that are kept, about 1 KB each.
const SUMMARIES: u64 = 4096;
/// Tags whose names are kept.
const TAG_NAMES: u64 = 4096;
/// The most read articles that are kept: one more than a page shows, which leaves itself out.
const MOST_READ: u32 = 9;

/// All that is kept; it belongs to a [`Site`].
#[derive(Default)]
pub struct Kept {
    categories: Slot<Vec<CategoryGroup>>,
    tags: Slot<Vec<Tag>>,
    months: Slot<Vec<(Month, u32)>>,
    articles: Slot<Vec<ArticleId>>,
    menu: Slot<Groups>,
    hourly: Slot<(Option<LearningCard>, Option<Quotation>)>,
    most_read: Latest<Option<Slug>, Arc<Vec<Neighbour>>, CATEGORIES>,
    summaries: Latest<ArticleId, Arc<ArticleSummary>, SUMMARIES>,
    tag_names: Latest<TagKey, Arc<str>, TAG_NAMES>,
}

impl Kept {
    /// Gives the memory back of what is too old to be used, as [`Pages::drop_old`](crate::http::page::Pages::drop_old) does.
    pub fn drop_old(&self) {
        self.most_read.0.run_pending_tasks();
        self.summaries.0.run_pending_tasks();
        self.tag_names.0.run_pending_tasks();
    }
}

/// The latest of many things, each with the edition that it belongs to.
struct Latest<K, V, const MOST: u64>(moka::sync::Cache<(u64, K), V>);

impl<K, V, const MOST: u64> Default for Latest<K, V, MOST>
where
    K: Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn default() -> Self {
        Self(moka::sync::Cache::builder().max_capacity(MOST).time_to_live(OLDEST).build())
    }
}

impl<K, V, const MOST: u64> Latest<K, V, MOST>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn get(&self, edition: u64, key: &K) -> Option<V> {
        self.0.get(&(edition, key.clone()))
    }

    /// What is kept of these, and the keys of what is not.
    fn get_all(&self, edition: u64, keys: &[K]) -> (HashMap<K, V>, Vec<K>) {
        let (mut found, mut missing) = (HashMap::with_capacity(keys.len()), Vec::new());
        for key in keys {
            match self.get(edition, key) {
                Some(value) => drop(found.insert(key.clone(), value)),
                None => missing.push(key.clone()),
            }
        }
        (found, missing)
    }

    /// Keeps what was read while this edition was current.
    fn keep(&self, edition: u64, key: K, value: V) {
        self.0.insert((edition, key), value);
    }
}

/// A reading that failed is tried again after this long: whoever asks before then does not wait for the same fault.
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// One thing; who asks while it is read waits for the same reading.
struct Slot<T>(Mutex<State<T>>);

struct State<T> {
    entry: Option<Entry<T>>,
    failed: Option<Instant>,
}

struct Entry<T> {
    edition: u64,
    at: Instant,
    value: Arc<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(Mutex::new(State { entry: None, failed: None }))
    }
}

impl<T> Slot<T> {
    /// What is kept, or read now. While reading fails, what was read before is better than nothing.
    async fn get(&self, edition: u64, read: impl Future<Output = Result<T, StoreError>>) -> Result<Arc<T>, StoreError> {
        let mut kept = self.0.lock().await;
        if let Some(entry) = kept.entry.as_ref().filter(|entry| entry.edition == edition && entry.at.elapsed() < OLDEST)
        {
            return Ok(Arc::clone(&entry.value));
        }
        let error = if kept.failed.is_some_and(|at| at.elapsed() < TRY_AGAIN) {
            StoreError::JustFailed
        } else {
            match read.await {
                Ok(value) => {
                    let value = Arc::new(value);
                    *kept = State {
                        entry: Some(Entry { edition, at: Instant::now(), value: Arc::clone(&value) }),
                        failed: None,
                    };
                    return Ok(value);
                }
                Err(error) => {
                    kept.failed = Some(Instant::now());
                    error
                }
            }
        };
        let before = kept.entry.as_ref().map(|entry| Arc::clone(&entry.value)).ok_or(error)?;
        tracing::warn!("what was read before is shown: reading it again failed");
        Ok(before)
    }
}

impl Site {
    /// The tree of categories with the number of published articles.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn categories(&self) -> Result<Arc<Vec<CategoryGroup>>, StoreError> {
        self.kept.categories.get(self.pages.edition(), self.store.categories()).await
    }

    /// The menu of categories as pages show it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn menu(&self) -> Result<Arc<Groups>, StoreError> {
        let made = async { Ok(Groups::new(&self.categories().await?)) };
        self.kept.menu.get(self.pages.edition(), made).await
    }

    /// The most used tags, at most 200.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hot_tags(&self) -> Result<Arc<Vec<Tag>>, StoreError> {
        self.kept.tags.get(self.pages.edition(), self.store.hot_tags(TAGS)).await
    }

    /// The months with the number of articles, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn months(&self) -> Result<Arc<Vec<(Month, u32)>>, StoreError> {
        self.kept.months.get(self.pages.edition(), self.store.months()).await
    }

    /// The command and the quotation of the hour; another hour shows another within a minute.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hourly(&self, hour: u64) -> Result<Arc<(Option<LearningCard>, Option<Quotation>)>, StoreError> {
        let read = async { Ok((self.store.learning_card(hour).await?, self.store.quotation(hour).await?)) };
        self.kept.hourly.get(self.pages.edition(), read).await
    }

    /// The most read articles of a category, or of the whole site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn most_read(&self, category: Option<&Slug>) -> Result<Arc<Vec<Neighbour>>, StoreError> {
        let (edition, kept, key) = (self.pages.edition(), &self.kept.most_read, category.cloned());
        if let Some(read) = kept.get(edition, &key) {
            return Ok(read);
        }
        let read = Arc::new(self.store.most_read(category, MOST_READ).await?);
        kept.keep(edition, key, Arc::clone(&read));
        Ok(read)
    }

    /// Those of the articles that are published, as lists show them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn summaries(&self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, Arc<ArticleSummary>>, StoreError> {
        let (edition, kept) = (self.pages.edition(), &self.kept.summaries);
        let (mut summaries, missing) = kept.get_all(edition, ids);
        for (id, summary) in self.store.summaries_by_id(&missing).await? {
            let summary = Arc::new(summary);
            kept.keep(edition, id, Arc::clone(&summary));
            summaries.insert(id, summary);
        }
        Ok(summaries)
    }

    /// The names of those of the tags that there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag_names(&self, keys: &[TagKey]) -> Result<HashMap<TagKey, Arc<str>>, StoreError> {
        let (edition, kept) = (self.pages.edition(), &self.kept.tag_names);
        let (mut names, missing) = kept.get_all(edition, keys);
        for TagRef { key, name } in self.store.tag_names(&missing).await? {
            let name: Arc<str> = name.into();
            kept.keep(edition, key.clone(), Arc::clone(&name));
            names.insert(key, name);
        }
        Ok(names)
    }

    /// Published articles by chance, no one twice.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn random(&self, count: usize) -> Result<Vec<ArticleId>, StoreError> {
        let read = async {
            let articles = self.store.published_revisions().await?;
            Ok(articles.into_iter().map(|(id, _)| id).collect())
        };
        let articles: Arc<Vec<ArticleId>> = self.kept.articles.get(self.pages.edition(), read).await?;
        let chance = RandomState::new();
        if articles.len() <= SMALL {
            let mut shuffled = articles.to_vec();
            shuffled.sort_unstable_by_key(|article| chance.hash_one(article));
            shuffled.truncate(count);
            return Ok(shuffled);
        }
        let mut chosen: Vec<ArticleId> = Vec::with_capacity(count);
        for attempt in 0..count * 4 {
            let article = articles[(chance.hash_one(attempt) % articles.len() as u64) as usize];
            if chosen.len() < count && !chosen.contains(&article) {
                chosen.push(article);
            }
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn one_failure_serves_all_who_wait_for_it() {
        let (slot, readings) = (Slot::<u8>::default(), AtomicUsize::new(0));
        let fail = || async {
            readings.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
            Err(StoreError::Damaged("a test"))
        };
        let (first, second, third) = tokio::join!(slot.get(1, fail()), slot.get(1, fail()), slot.get(1, fail()));
        assert!(first.is_err() && second.is_err() && third.is_err());
        assert_eq!(readings.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_was_read_before_is_shown_while_reading_fails() {
        let slot = Slot::<u8>::default();
        assert_eq!(*slot.get(1, async { Ok(7) }).await.unwrap(), 7);
        assert_eq!(*slot.get(2, async { Err(StoreError::Damaged("a test")) }).await.unwrap(), 7);
    }
}
