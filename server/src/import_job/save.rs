//! Saves batches and reports them, and waits for a database that is away for a moment.

use super::pictures::Pictures;
use super::prepare::Prepared;
use super::report::{Line, Report};
use crate::site::Site;
use anyhow::{Context, Result};
use std::time::Duration;
use store::StoreError;

/// How long to wait before the database is tried again that could not be reached, in seconds.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];

/// Saves the batches of one import.
pub(super) struct Saver<'a> {
    site: &'a Site,
    pictures: &'a Pictures,
    dry_run: bool,
    patience: Patience,
}

impl<'a> Saver<'a> {
    pub fn new(site: &'a Site, pictures: &'a Pictures, dry_run: bool) -> Self {
        let patience = Patience { pauses: PAUSES.map(Duration::from_secs).to_vec(), tired: false };
        Self { site, pictures, dry_run, patience }
    }

    /// Saves a batch and reports it. Articles that the database did not take are reported, and the job goes on.
    ///
    /// # Errors
    /// When a picture cannot be stored, or the report not be written.
    pub async fn save(&mut self, batch: Vec<Prepared>, report: &mut Report) -> Result<()> {
        if self.dry_run {
            return batch.iter().try_for_each(|prepared| report.write(&prepared.line));
        }
        let store = &self.site.store;
        for asset in self.pictures.drain() {
            let stored = self.patience.wait(async || [store.put_asset(&asset).await]).await;
            stored.into_iter().collect::<Result<(), _>>().context("storing a picture")?;
        }
        let (mut lines, mut articles) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for prepared in batch {
            match prepared.article {
                Some(article) => {
                    lines.push(prepared.line);
                    articles.push(article);
                }
                None => report.write(&prepared.line)?,
            }
        }
        if articles.is_empty() {
            return Ok(());
        }
        // What was stored before the connection broke is found again, and is the same.
        let results = self.patience.wait(async || store.save_articles(&articles).await).await;
        for (line, saved) in lines.into_iter().zip(results) {
            let line = match saved {
                Ok(saved) => line.saved(&saved.slug, saved.outcome),
                Err(error) => {
                    let of_file = matches!(error, StoreError::UnknownCategory(_) | StoreError::Damaged(_));
                    let reason = format!("it could not be stored: {:#}", anyhow::Error::from(error));
                    if of_file { Line::refused(&line.path, &reason) } else { Line::failed(&line.path, &reason) }
                }
            };
            report.write(&line)?;
        }
        self.site.changed.notify_one();
        Ok(())
    }
}

/// Tries again what the database could not be reached for. Once that was in vain, it does not wait until something works.
struct Patience {
    pauses: Vec<Duration>,
    tired: bool,
}

impl Patience {
    async fn wait<T, R>(&mut self, attempt: impl AsyncFn() -> R) -> R
    where
        R: AsRef<[Result<T, StoreError>]>,
    {
        let passing = |results: &R| {
            results.as_ref().iter().flat_map(Result::as_ref).count() == 0
                && results.as_ref().iter().filter_map(|result| result.as_ref().err()).any(StoreError::is_passing)
        };
        let mut results = attempt().await;
        if !self.tired {
            for pause in &self.pauses {
                if !passing(&results) {
                    break;
                }
                tracing::warn!("the database cannot be reached; it is tried again in {} s", pause.as_secs());
                tokio::time::sleep(*pause).await;
                results = attempt().await;
            }
        }
        self.tired = passing(&results);
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[tokio::test]
    async fn a_database_that_comes_back_is_waited_for() {
        let mut patience = Patience { pauses: vec![Duration::ZERO; 3], tired: false };
        let attempts = Cell::new(0);
        let mut fails = async |times: u32| {
            attempts.set(0);
            let results = patience.wait(async || {
                attempts.set(attempts.get() + 1);
                [if attempts.get() > times { Ok(()) } else { Err(StoreError::JustFailed) }]
            });
            (results.await[0].is_ok(), attempts.get())
        };
        assert_eq!(fails(2).await, (true, 3));
        assert_eq!(fails(9).await, (false, 4));
        assert_eq!(fails(9).await, (false, 1), "in vain: nobody waits again");
        assert_eq!(fails(0).await, (true, 1));
        assert_eq!(fails(3).await, (true, 4));
    }

    #[test]
    fn an_article_that_was_not_stored_is_no_refused_file() {
        let mut report = Report::create(None).unwrap();
        report.write(&Line::failed("a.md", "the database is full")).unwrap();
        report.write(&Line::refused("b.md", "it has no title")).unwrap();
        let summary = report.finish().unwrap();
        assert_eq!((summary.failed, summary.refused), (1, 1));
    }
}
