//! Work of one search that several cores share.

use crate::error::SearchError;

/// Cores that one search works on at most.
const MOST: usize = 4;

/// How many cores share the work of one search.
pub(crate) fn cores() -> usize {
    rayon::current_num_threads().min(MOST)
}

/// Does the same for every item, in order, at least so many on a core. The calling thread does its part.
pub(crate) fn on_several_cores<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&T) -> Result<R, SearchError> + Sync,
) -> Result<Vec<R>, SearchError> {
    let share = items.len().div_ceil(cores()).max(least).max(1);
    let Some((own, others)) = items.split_at_checked(share).filter(|(_, others)| !others.is_empty()) else {
        return items.iter().map(work).collect();
    };
    let all = |items: &[T]| items.iter().map(&work).collect::<Result<Vec<R>, _>>();
    let mut theirs: Vec<_> = others.chunks(share).map(|_| Ok(Vec::new())).collect();
    let own = rayon::in_place_scope(|scope| {
        let all = &all;
        for (items, done) in others.chunks(share).zip(&mut theirs) {
            scope.spawn(move |_| *done = all(items));
        }
        all(own)
    });
    let mut done = own?;
    for theirs in theirs {
        done.extend(theirs?);
    }
    Ok(done)
}
