//! Links to the pages of a list.

use crate::ui::{Erase, EraseEach};
use crate::words;
use leptos::prelude::*;
use types::PageNumber;

/// Previous and next page, the first, the last and the neighbours of the current one; nothing for a single page.
#[component]
pub fn Pager(
    /// The current page.
    page: PageNumber,
    /// The last page.
    last: u32,
    /// The address of a page.
    href: Box<dyn Fn(u32) -> String + Send + Sync>,
) -> impl IntoView {
    let page = page.get();
    let numbers = shown(page, last)
        .into_iter()
        .map(|number| match number {
            None => view! { <li class="gap">"…"</li> }.erase(),
            Some(number) if number == page => {
                view! { <li><a href=href(number) aria-current="page" class="num">{number}</a></li> }.erase()
            }
            Some(number) => view! { <li><a href=href(number) class="num">{number}</a></li> }.erase(),
        })
        .erase_each();
    let previous = (page > 1).then(|| href(page - 1));
    let next = (page < last).then(|| href(page + 1));
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words::PAGES>
                {previous.map(|href| view! { <a rel="prev" href=href>{words::PREVIOUS_PAGE}</a> })}
                <ol>{numbers}</ol>
                {next.map(|href| view! { <a rel="next" href=href>{words::NEXT_PAGE}</a> })}
            </nav>
        }
    })
}

/// The page numbers that are shown; `None` stands for a gap.
fn shown(page: u32, last: u32) -> Vec<Option<u32>> {
    let mut numbers = Vec::new();
    let mut before = 0;
    for number in (1..=last).filter(|&number| number == 1 || number == last || number.abs_diff(page) <= 2) {
        if number > before + 1 {
            numbers.push(None);
        }
        numbers.push(Some(number));
        before = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn shows_ends_and_neighbours() {
        assert_eq!(shown(1, 1), [Some(1)]);
        assert_eq!(shown(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(7, 20), [Some(1), None, Some(5), Some(6), Some(7), Some(8), Some(9), None, Some(20)]);
        assert_eq!(shown(99, 2), [Some(1), Some(2)]);
    }
}
