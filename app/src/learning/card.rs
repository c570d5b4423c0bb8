//! One command with its explanation, and a button for another.

use crate::learning::api::get_learning_card;
use crate::words;
use leptos::prelude::*;
use types::LearningCard;

/// A command to learn. The button fetches another one; without scripts, so does loading the page an hour later.
#[component]
pub fn LearningCardView(
    /// The command to begin with.
    card: LearningCard,
) -> impl IntoView {
    let (card, set_card) = signal(card);
    let another = Action::new(move |(): &()| async move {
        if let Ok(card) = get_learning_card().await {
            set_card.set(card);
        }
    });
    let change = move |_| {
        another.dispatch(());
    };
    view! {
        <section class="learn" aria-live="polite">
            <h2>{words::TODAYS_COMMAND} <button type="button" class="quiet" on:click=change>{words::ANOTHER}</button></h2>
            <code tabindex="0">{move || card.read().command.clone()}</code>
            <p>{move || card.read().explanation.clone()}</p>
            <small>{words::APPLIES}{move || card.read().applies.clone()}"。"{move || card.read().caution.clone()}</small>
        </section>
    }
}
