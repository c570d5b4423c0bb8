//! Two texts after somebody else saved in between: both whole, and line by line.

use crate::editor::Theirs;
use crate::ui::TextArea;
use crate::words::editor as words;
use leptos::prelude::*;
use merge::{Change, Line};

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
            <Comparison lines=theirs.lines />
            <details>
                <summary>{words::THEIR_TEXT}</summary>
                <label class="hidden" for="theirs">{words::THEIR_TEXT}</label>
                <TextArea name="theirs" rows=12 text=theirs.fields.body readonly=true />
            </details>
        </section>
    }
}

/// Lines of two texts; what changed is marked by more than colour.
#[component]
pub fn Comparison(
    /// The lines.
    lines: Vec<Line>,
) -> impl IntoView {
    let rows = folded(lines)
        .into_iter()
        .map(|row| match row {
            None => view! { <li class="gap" aria-hidden="true">"⋯"</li> }.into_any(),
            Some(line) => {
                let (class, sign) = match line.change {
                    Change::Same => ("same", " "),
                    Change::Old => ("old", "−"),
                    Change::New => ("new", "+"),
                };
                let changed = line.change != Change::Same;
                let spans = line
                    .spans
                    .into_iter()
                    .map(|span| {
                        if !(span.changed && changed) {
                            view! { <span>{span.text}</span> }.into_any()
                        } else if class == "old" {
                            view! { <del>{span.text}</del> }.into_any()
                        } else {
                            view! { <ins>{span.text}</ins> }.into_any()
                        }
                    })
                    .collect_view();
                view! { <li class=class><span class="sign">{sign}</span>{spans}</li> }.into_any()
            }
        })
        .collect_view();
    view! { <ol class="comparison" tabindex="0" aria-label=words::COMPARISON>{rows}</ol> }
}

/// Lines that are the same far away from any change are left out; `None` stands for them.
fn folded(lines: Vec<Line>) -> Vec<Option<Line>> {
    const AROUND: usize = 3;
    let changed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| line.change != Change::Same).map(|(place, _)| place).collect();
    let near = |place: usize| {
        let after = changed.partition_point(|&at| at < place);
        changed.get(after).is_some_and(|at| at - place <= AROUND) || after > 0 && place - changed[after - 1] <= AROUND
    };
    let mut rows = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        if near(place) {
            rows.push(Some(line));
        } else if !matches!(rows.last(), Some(None)) {
            rows.push(None);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn far_lines_are_left_out() {
        let old: String = (0..20).map(|number| format!("{number}\n")).collect();
        let new = old.replace("10\n", "ten\n");
        let rows = folded(merge::lines(&old, &new));
        assert_eq!(rows.len(), 1 + 3 + 2 + 3 + 1);
        assert!(rows[0].is_none() && rows[rows.len() - 1].is_none());
        assert_eq!(folded(merge::lines("a\n", "a\n")), [None]);
    }
}
