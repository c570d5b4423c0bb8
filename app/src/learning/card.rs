//! One command with its explanation, and a button for another.

use crate::words;
use leptos::prelude::*;
use types::LearningCard;

/// A command to learn. The button is the page's script's (`chance.ts`), which fills the fields by their names; without
/// scripts, another command stands here after an hour.
#[component]
pub fn LearningCardView(
    /// The command.
    card: LearningCard,
) -> impl IntoView {
    view! {
        <section class="learn" aria-live="polite">
            <h2>{words::TODAYS_COMMAND} <button type="button" class="quiet" data-action="command">{words::ANOTHER}</button></h2>
            <code tabindex="0" data-field="command">{card.command}</code>
            <p data-field="explanation">{card.explanation}</p>
            <p class="applies">{words::APPLIES}<span data-field="applies">{card.applies}</span></p>
            <p class="caution"><b>{words::CAUTION}</b><span data-field="caution">{card.caution}</span></p>
        </section>
    }
}
