//! Two texts compared: one below the other line by line, or side by side; what changed is marked by more than colour.

use crate::words::{self as all, editor as words};
use leptos::prelude::*;
use merge::{Change, Line};
use types::FieldChange;

/// Everything that differs between two texts: the small fields, each in a line, and then the body; or that nothing does.
#[component]
pub fn Differences(
    /// The small fields.
    changes: Vec<FieldChange>,
    /// The lines of the body.
    lines: Vec<Line>,
    /// Whether both bodies stand beside each other.
    #[prop(optional)]
    side_by_side: bool,
) -> impl IntoView {
    let body = match (differs(&lines), side_by_side) {
        (false, _) => changes.is_empty().then(|| view! { <p>{words::NO_DIFFERENCE}</p> }).into_any(),
        (true, true) => view! { <SideBySide lines /> }.into_any(),
        (true, false) => view! { <Comparison lines /> }.into_any(),
    };
    let fields: Vec<_> = changes
        .into_iter()
        .map(|FieldChange { field, old, new }| {
            let (old, new) = (value(&field, old), value(&field, new));
            view! { <li>{words::label(&field)}"："<del>{old}</del>" → "<ins>{new}</ins></li> }
        })
        .collect();
    view! {
        {(!fields.is_empty()).then(|| view! { <ul class="changes">{fields}</ul> })}
        {body}
    }
}

/// Whether two texts differ at all.
#[must_use]
pub fn differs(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.change != Change::Same)
}

/// A field's value as people read it.
fn value(field: &str, value: String) -> String {
    match field {
        _ if value.is_empty() => words::NO_VALUE.to_owned(),
        "kind" => value.parse().ok().and_then(all::kind).unwrap_or(words::ORIGINAL).to_owned(),
        _ => value,
    }
}

/// Lines of two texts, as they follow each other.
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
                let (class, sign) = mark(line.change);
                view! { <li class=class><span class="sign">{sign}</span>{spans(line)}</li> }.into_any()
            }
        })
        .collect_view();
    view! { <ol class="comparison" tabindex="0" aria-label=words::COMPARISON>{rows}</ol> }
}

/// The older text on the left, the newer one on the right; lines that belong together stand beside each other.
#[component]
pub fn SideBySide(
    /// The lines.
    lines: Vec<Line>,
) -> impl IntoView {
    let cell = |line: Option<Line>| match line {
        None => view! { <td></td> }.into_any(),
        Some(line) => {
            let (class, sign) = mark(line.change);
            view! { <td class=class><span class="sign">{sign}</span>{spans(line)}</td> }.into_any()
        }
    };
    let rows = paired(folded(lines))
        .into_iter()
        .map(|row| match row {
            None => view! { <tr class="gap" aria-hidden="true"><td colspan="2">"⋯"</td></tr> }.into_any(),
            Some((old, new)) => view! { <tr>{cell(old)}{cell(new)}</tr> }.into_any(),
        })
        .collect_view();
    view! {
        <div class="comparison" tabindex="0" role="region" aria-label=words::COMPARISON>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words::THEN}</th>
                        <th scope="col">{words::NOW}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn mark(change: Change) -> (&'static str, &'static str) {
    match change {
        Change::Same => ("same", " "),
        Change::Old => ("old", "−"),
        Change::New => ("new", "+"),
    }
}

fn spans(line: Line) -> impl IntoView + use<> {
    let change = line.change;
    line.spans
        .into_iter()
        .map(|span| match change {
            Change::Old if span.changed => view! { <del>{span.text}</del> }.into_any(),
            Change::New if span.changed => view! { <ins>{span.text}</ins> }.into_any(),
            _ => view! { <span>{span.text}</span> }.into_any(),
        })
        .collect_view()
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

/// A line as it was and as it is; `None` for lines left out.
type Pair = Option<(Option<Line>, Option<Line>)>;

/// Puts the lines of both sides beside each other: within a change, the first with the first.
fn paired(rows: Vec<Option<Line>>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    // Where the next new line finds its partner: old lines of a change come first.
    let mut waiting = 0;
    for row in rows {
        match row {
            None => {
                waiting = pairs.len() + 1;
                pairs.push(None);
            }
            Some(line) if line.change == Change::Same => {
                waiting = pairs.len() + 1;
                pairs.push(Some((Some(line.clone()), Some(line))));
            }
            Some(line) if line.change == Change::Old => {
                // An old line after new ones begins another change.
                if matches!(pairs.last(), Some(Some((_, Some(new)))) if new.change == Change::New) {
                    waiting = pairs.len();
                }
                pairs.push(Some((Some(line), None)));
            }
            Some(line) => {
                match pairs.get_mut(waiting) {
                    Some(Some((_, new))) => *new = Some(line),
                    _ => pairs.push(Some((None, Some(line)))),
                }
                waiting += 1;
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_lines_are_left_out() {
        let old: String = (0..20).map(|number| format!("{number}\n")).collect();
        let new = old.replace("10\n", "ten\n");
        let rows = folded(merge::lines(&old, &new));
        assert_eq!(rows.len(), 1 + 3 + 2 + 3 + 1);
        assert!(rows[0].is_none() && rows[rows.len() - 1].is_none());
        assert_eq!(folded(merge::lines("a\n", "a\n")), [None]);
    }

    #[test]
    fn lines_that_belong_together_stand_beside_each_other() {
        let text = |line: Option<Line>| {
            line.map_or(String::new(), |line| line.spans.into_iter().map(|span| span.text).collect::<String>())
        };
        let pairs = |old: &str, new: &str| -> Vec<String> {
            let rows = paired(merge::lines(old, new).into_iter().map(Some).collect());
            rows.into_iter().flatten().map(|(old, new)| format!("{}|{}", text(old), text(new))).collect()
        };
        assert_eq!(pairs("一\n二\n三\n", "一\n贰\n三\n"), ["一|一", "二|贰", "三|三"]);
        assert_eq!(pairs("一\n二\n三\n四\n", "一\n贰\n四\n"), ["一|一", "二|贰", "三|", "四|四"]);
        assert_eq!(pairs("一\n四\n", "一\n二\n三\n四\n五\n"), ["一|一", "|二", "|三", "四|四", "|五"]);
        assert_eq!(pairs("", "新\n"), ["|新"]);
    }
}
