//! Two texts after somebody else saved in between: both whole, and what differs field by field and line by line.

use crate::editor::Theirs;
use crate::editor::comparison::Differences;
use crate::ui::TextArea;
use crate::words::editor as words;
use leptos::prelude::*;

/// What the other person saved, beside what was typed here.
#[component]
pub fn ConflictView(
    /// The other text.
    theirs: Theirs,
) -> impl IntoView {
    view! {
        <section class="conflict" aria-labelledby="conflict-title">
            <h2 id="conflict-title">{words::CONFLICT_TITLE}</h2>
            <p>{words::conflict(&theirs.saved_by, &theirs.saved_at.minute())}</p>
            <Differences changes=theirs.changes lines=theirs.lines />
            <details>
                <summary>{words::THEIR_TEXT}</summary>
                <label class="hidden" for="theirs">{words::THEIR_TEXT}</label>
                <TextArea name="theirs" rows=12 text=theirs.fields.body readonly=true />
            </details>
        </section>
    }
}
