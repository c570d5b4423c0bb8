//! Shows where the found articles answer.

use crate::document::Stored;
use crate::error::SearchError;
use crate::lists::Lists;
use crate::plan::Plan;
use crate::schema::Fields;
use analysis::{Mark, Marks, Passages};
use tantivy::{DocAddress, Searcher};
use types::{Piece, Snippet};

/// What is marked for a plan; rare terms weigh more.
pub(crate) fn marks(plan: &Plan, lists: &mut Lists<'_>, fields: &Fields) -> Result<Marks, SearchError> {
    let mut marks = Vec::new();
    for (group, term) in (0..).zip(&plan.terms) {
        let Some(typed) = term.spellings.first() else { continue };
        let articles = lists.find(fields.body_words, &typed.word)?.map_or(0, |entry| entry.articles);
        let weight = lists.rarity(articles);
        let mut mark = |text: &str, weight, weak| marks.push(Mark { text: text.to_owned(), group, weight, weak });
        for form in &term.spellings {
            mark(&form.word, weight, false);
            mark(&form.code, weight, false);
        }
        for form in &term.aliases {
            mark(&form.word, weight * 0.7, false);
        }
        for form in &term.parts {
            mark(&form.word, weight * 0.3, true);
        }
        for pair in &term.pairs {
            mark(pair, weight * 0.3, true);
        }
    }
    Ok(Marks::new(marks))
}

/// A hit's title and passages.
pub(crate) fn show(
    searcher: &Searcher,
    fields: &Fields,
    address: DocAddress,
    marks: &Marks,
) -> Result<(Vec<Piece>, Vec<Snippet>), SearchError> {
    let Stored { title, plain, layout } = Stored::read(searcher, address, fields)?;
    let passages = Passages { plain: &plain, blocks: &layout.blocks, outline: &layout.outline };
    Ok((analysis::title_pieces(&title, marks), analysis::snippets(&passages, marks)))
}
