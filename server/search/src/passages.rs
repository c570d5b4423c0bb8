//! Shows where the found articles answer.

use crate::document::Stored;
use crate::error::SearchError;
use crate::plan::Plan;
use crate::schema::Fields;
use analysis::{Mark, Marks, Passages};
use tantivy::{DocAddress, Searcher, Term as IndexTerm};
use types::{Piece, Snippet};

/// What is marked for a plan; rare terms weigh more.
pub(crate) fn marks(plan: &Plan, searcher: &Searcher, fields: &Fields) -> Marks {
    let documents = searcher.num_docs() as f32;
    let rarity = |text: &str| {
        let found = searcher.doc_freq(&IndexTerm::from_field_text(fields.body_words, text)).unwrap_or(0) as f32;
        (1.0 + (documents - found + 0.5).max(0.5) / (found + 0.5)).ln()
    };
    let mut marks = Vec::new();
    for (group, term) in (0..).zip(&plan.terms) {
        let Some(typed) = term.spellings.first() else { continue };
        let weight = rarity(&typed.word);
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
    Marks::new(marks)
}

/// A hit's title and passages.
pub(crate) fn show(
    searcher: &Searcher,
    fields: &Fields,
    address: DocAddress,
    marks: &Marks,
) -> Result<(Vec<Piece>, Vec<Snippet>), SearchError> {
    let document = searcher.doc(address).map_err(SearchError::Read)?;
    let Stored { title, plain, layout } = Stored::decode(&document, fields);
    let passages = Passages { plain: &plain, blocks: &layout.blocks, outline: &layout.outline };
    Ok((analysis::title_pieces(&title, marks), analysis::snippets(&passages, marks)))
}
