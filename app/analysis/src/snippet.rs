//! Passages of an article that answer a query: whole sentences, at most 200 columns, with the section they stand in.
//!
//! The model is the unified highlighter of Lucene: every sentence is a small document, and those that cover the most
//! of the query win (<https://lucene.apache.org/core/> `UnifiedHighlighter`).

use crate::marks::{Marks, Match};
use crate::sentences::{columns, may_cut, sentences, width};
use std::ops::{Range, RangeInclusive};
use types::{Block, BlockKind, Heading, Piece, Snippet};

/// The greatest width of a passage, in columns of a Latin letter.
pub const MAX_COLUMNS: usize = 200;
/// The most passages of one article.
pub const MAX_SNIPPETS: usize = 3;
/// Columns kept before the first match where a sentence is too long to be shown whole.
const LEAD: usize = 24;
/// Matches this many bytes apart stand side by side.
const NEAR: usize = 12;
/// Bytes behind a match that its passage can reach; 200 columns of letters with all that may stand above them.
const REACH: usize = 2048;

/// An article's plain text with its parts. Blocks that do not fit the text are passed over.
#[derive(Clone, Copy, Debug)]
pub struct Passages<'a> {
    /// The plain text.
    pub plain: &'a str,
    /// Its blocks, in order.
    pub blocks: &'a [Block],
    /// Its headings.
    pub outline: &'a [Heading],
}

/// A sentence, a line of code, a row or a heading.
#[derive(Clone, Debug)]
struct Unit {
    range: Range<usize>,
    kind: BlockKind,
    section: Option<u32>,
    /// The number of its block; blocks that are looked at side by side have numbers side by side.
    block: usize,
    /// Its matches, as a range of the list of all.
    matches: Range<usize>,
    /// Columns of the text up to its start and its end.
    columns: Range<usize>,
}

/// A passage that may be shown.
#[derive(Clone, Debug)]
struct Window {
    range: Range<usize>,
    section: Option<u32>,
    /// Matches that speak for it; those of a heading are not inside the range.
    matches: Range<usize>,
    factor: f32,
    /// Its first and its last unit.
    units: RangeInclusive<usize>,
}

/// The passages that answer the query best, best first, at most [`MAX_SNIPPETS`]; each covers a part of the query that
/// the ones before it do not. Where nothing matches it is the beginning of the text.
#[must_use]
pub fn snippets(passages: &Passages<'_>, marks: &Marks) -> Vec<Snippet> {
    let matches = marks.find(passages.plain);
    let mut units = units(passages, &matches);
    measure(passages.plain, &mut units);
    let mut windows: Vec<Window> = (0..units.len())
        .filter(|&index| !units[index].matches.is_empty())
        .map(|index| window(passages.plain, &units, index, &matches, marks.is_code_like()))
        .collect();
    if windows.is_empty() {
        return beginning(passages, &units, &matches).into_iter().collect();
    }
    let mut covered = Vec::new();
    let mut chosen: Vec<Snippet> = Vec::new();
    while chosen.len() < MAX_SNIPPETS {
        let scored =
            windows.iter().map(|window| (score(&matches[window.matches.clone()], &covered) * window.factor, window));
        // The first of equals: `max_by` would take the last.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, best)) = best.filter(|(score, _)| *score > 0.0) else { break };
        let best = best.clone();
        for found in &matches[best.matches.clone()] {
            if !covered.contains(&found.group) {
                covered.push(found.group);
            }
        }
        windows.retain(|window| window.range.end <= best.range.start || window.range.start >= best.range.end);
        chosen.push(show(passages, &units, &best, &matches));
    }
    chosen
}

/// A title with its matches marked; it is never cut.
#[must_use]
pub fn title_pieces(title: &str, marks: &Marks) -> Vec<Piece> {
    pieces(title, 0..title.len(), &marks.find(title))
}

/// The units of the blocks in which a passage can lie: around matches, and at the beginning for when there is none. Most
/// of a long article is not looked at.
fn units(passages: &Passages<'_>, matches: &[Match]) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut next = 0;
    let (mut reach, mut has_beginning) = (0, false);
    let fitting = passages.blocks.iter().filter_map(|block| {
        let start = block.start as usize;
        Some((start, passages.plain.get(start..block.end as usize)?, block))
    });
    for (number, (start, text, block)) in fitting.enumerate() {
        while matches.get(next).is_some_and(|found| found.range.start < start) {
            next += 1;
        }
        let has_match = matches.get(next).is_some_and(|found| found.range.start < start + text.len());
        if has_match || !has_beginning {
            reach = REACH + text.len();
        }
        has_beginning |= block.kind == BlockKind::Prose;
        if reach == 0 {
            continue;
        }
        reach = reach.saturating_sub(text.len());
        let mut push = |range: Range<usize>| {
            let range = start + range.start..start + range.end;
            while matches.get(next).is_some_and(|found| found.range.start < range.start) {
                next += 1;
            }
            let first = next;
            while matches.get(next).is_some_and(|found| found.range.start < range.end) {
                next += 1;
            }
            units.push(Unit {
                range,
                kind: block.kind,
                section: block.section,
                block: number,
                matches: first..next,
                columns: 0..0,
            });
        };
        match block.kind {
            BlockKind::Prose => sentences(text).for_each(&mut push),
            BlockKind::Code | BlockKind::Math => {
                let mut at = 0;
                for line in text.split_inclusive('\n') {
                    push(at..at + line.len());
                    at += line.len();
                }
            }
            BlockKind::Heading | BlockKind::Row => push(0..text.len()),
        }
    }
    // Blocks out of order would break what follows; then only those in order count.
    let mut end = 0;
    units.retain(|unit| {
        let in_order = unit.range.start >= end;
        if in_order {
            end = unit.range.end;
        }
        in_order
    });
    units
}

/// Counts the columns up to every unit, in one walk: windows are measured by what lies between two of them. What lies
/// between units that are not side by side is in no window.
fn measure(plain: &str, units: &mut [Unit]) {
    let (mut at, mut counted, mut block) = (0, 0, 0);
    for unit in units {
        if unit.block <= block + 1 {
            counted += columns(&plain[at..unit.range.start]);
        }
        let start = counted;
        counted += columns(&plain[unit.range.clone()]);
        (at, block) = (unit.range.end, unit.block);
        unit.columns = start..counted;
    }
}

/// Columns from the start of one unit to the end of another, without the white space around.
fn width_of(plain: &str, first: &Unit, last: &Unit) -> usize {
    let text = &plain[first.range.start..last.range.end];
    let leading = columns(&text[..text.len() - text.trim_start().len()]);
    let trailing = columns(&text[text.trim_end().len()..]);
    (last.columns.end - first.columns.start).saturating_sub(leading + trailing)
}

/// The passage that starts with this unit: as many whole units of the section as fit.
fn window(plain: &str, units: &[Unit], index: usize, matches: &[Match], code_like: bool) -> Window {
    let unit = &units[index];
    let mut factor = match unit.kind {
        BlockKind::Code if !code_like => 0.8,
        // What a section is about.
        BlockKind::Heading => 0.9,
        _ => 1.0,
    };
    if unit.kind == BlockKind::Prose && unit.section.is_none() {
        factor *= 1.1;
    }
    // A heading is shown above the passage, so the passage is what stands below it.
    let below = units
        .get(index + 1)
        .filter(|below| beside(unit, below) && below.section == unit.section && below.kind != BlockKind::Heading);
    let (first, mut window_matches) = match below {
        Some(_) if unit.kind == BlockKind::Heading => (index + 1, unit.matches.start..units[index + 1].matches.end),
        _ => (index, unit.matches.clone()),
    };
    let mut last = first;
    if width_of(plain, &units[first], &units[first]) > MAX_COLUMNS {
        let range = clip(plain, &units[first], matches);
        let inside = |found: &&Match| found.range.start < range.end || unit.kind == BlockKind::Heading;
        let end = window_matches.start + matches[window_matches.clone()].iter().take_while(inside).count();
        let start = window_matches.start
            + matches[window_matches.start..end]
                .iter()
                .take_while(|found| found.range.end <= range.start && unit.kind != BlockKind::Heading)
                .count();
        return Window { range, section: unit.section, matches: start..end, factor, units: first..=first };
    }
    while let Some(following) = units.get(last + 1) {
        let goes_on = beside(&units[last], following) && following.section == units[first].section;
        if !goes_on || following.kind == BlockKind::Heading {
            break;
        }
        // What is shown is measured as a whole: white space that was trimmed at the end of one unit counts inside.
        if width_of(plain, &units[first], following) > MAX_COLUMNS {
            break;
        }
        last += 1;
        window_matches.end = window_matches.end.max(following.matches.end);
    }
    let range = units[first].range.start..units[last].range.end;
    Window { range, section: unit.section, matches: window_matches, factor, units: first..=last }
}

/// Whether no block lies between a unit and the next that is looked at.
fn beside(unit: &Unit, next: &Unit) -> bool {
    next.block <= unit.block + 1
}

/// From the start of the first unit's block to the end of the last one's. A block may have thousands of units, so this is
/// for passages that are shown only.
fn blocks_of(units: &[Unit], shown: &RangeInclusive<usize>) -> Range<usize> {
    let (first, last) = (*shown.start(), *shown.end());
    let same = |index: usize| move |unit: &&Unit| unit.block == units[index].block;
    let start = units[..=first].iter().rev().take_while(same(first)).last().map_or(0, |unit| unit.range.start);
    let end = units[last..].iter().take_while(same(last)).last().map_or(0, |unit| unit.range.end);
    start..end
}

/// The stretch of a long unit that covers the most of the query.
fn clip(plain: &str, unit: &Unit, matches: &[Match]) -> Range<usize> {
    let inside = &matches[unit.matches.clone()];
    let ends = |start: usize| forward(plain, start, MAX_COLUMNS).min(unit.range.end);
    let mut best = (f32::MIN, unit.range.start);
    for (index, found) in inside.iter().enumerate() {
        let start = backward(plain, found.range.start, LEAD).max(unit.range.start);
        let end = ends(start);
        let covered = inside[index..].iter().take_while(|other| other.range.end <= end).count();
        let score = score(&inside[index..index + covered], &[]);
        if score > best.0 {
            best = (score, start);
        }
    }
    let first_match = inside.iter().map(|found| found.range.start).find(|&start| start >= best.1).unwrap_or(best.1);
    let start = word_start(plain, best.1, first_match, unit.range.start);
    let end = ends(start);
    start..word_end(plain, start, end, unit.range.end)
}

/// The last byte that is at most so many columns further and may be cut at.
fn forward(plain: &str, start: usize, columns: usize) -> usize {
    let (mut used, mut end) = (0, start);
    for (at, character) in plain[start..].char_indices() {
        if may_cut(plain, start + at) {
            end = start + at;
        }
        used += width(character);
        if used > columns {
            return end;
        }
    }
    plain.len()
}

/// The first byte that is at most so many columns back and may be cut at.
fn backward(plain: &str, end: usize, columns: usize) -> usize {
    let (mut used, mut start) = (0, end);
    for (at, character) in plain[..end].char_indices().rev() {
        used += width(character);
        if used > columns {
            break;
        }
        if may_cut(plain, at) {
            start = at;
        }
    }
    start
}

/// Moves a cut out of a Latin word, forward, but not past the match.
fn word_start(plain: &str, start: usize, limit: usize, unit_start: usize) -> usize {
    let in_word = |at: usize| {
        at > unit_start
            && plain[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && plain[at..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    if !in_word(start) {
        return start;
    }
    (start..limit).find(|&at| plain.is_char_boundary(at) && may_cut(plain, at) && !in_word(at)).unwrap_or(limit)
}

/// Moves a cut out of a Latin word, backward, if the word is short enough.
fn word_end(plain: &str, start: usize, end: usize, unit_end: usize) -> usize {
    let in_word = |at: usize| {
        at < unit_end
            && plain[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && plain[at..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    let earliest = end.saturating_sub(24).max(start + 1);
    (earliest..=end).rev().find(|&at| plain.is_char_boundary(at) && may_cut(plain, at) && !in_word(at)).unwrap_or(end)
}

/// How well matches cover what is not covered yet: every part of the query once, more for repetitions and neighbours.
fn score(matches: &[Match], covered: &[u32]) -> f32 {
    let mut groups: Vec<(u32, f32, u32)> = Vec::new();
    let mut neighbours = 0.0;
    for (index, found) in matches.iter().enumerate() {
        if covered.contains(&found.group) {
            continue;
        }
        match groups.iter_mut().find(|(group, _, _)| *group == found.group) {
            Some(group) => group.2 += 1,
            None => groups.push((found.group, found.weight, 1)),
        }
        let before = index.checked_sub(1).map(|index| &matches[index]);
        if before.is_some_and(|before| {
            before.group + 1 == found.group && found.range.start.saturating_sub(before.range.end) <= NEAR
        }) {
            neighbours += 0.5 * found.weight;
        }
    }
    groups.iter().map(|&(_, weight, times)| weight * (1.0 + 0.2 * (times as f32).ln())).sum::<f32>() + neighbours
}

fn beginning(passages: &Passages<'_>, units: &[Unit], matches: &[Match]) -> Option<Snippet> {
    let index = units.iter().position(|unit| unit.kind == BlockKind::Prose).or((!units.is_empty()).then_some(0))?;
    Some(show(passages, units, &window(passages.plain, units, index, matches, false), matches))
}

fn show(passages: &Passages<'_>, units: &[Unit], window: &Window, matches: &[Match]) -> Snippet {
    let text = &passages.plain[window.range.clone()];
    let start = window.range.start + (text.len() - text.trim_start().len());
    let end = start + text.trim().len();
    let blocks = blocks_of(units, &window.units);
    let before = passages.plain.get(blocks.start..start).unwrap_or_default();
    let after = passages.plain.get(end..blocks.end).unwrap_or_default();
    let section = window.section.and_then(|index| passages.outline.get(index as usize));
    Snippet {
        anchor: section.map(|heading| heading.anchor.clone()),
        heading: section.map(|heading| heading.text.clone()),
        pieces: pieces(passages.plain, start..end, matches),
        cut_left: !before.trim().is_empty(),
        cut_right: !after.trim().is_empty(),
    }
}

/// The range cut where marks begin and end; touching and overlapping matches become one.
fn pieces(text: &str, range: Range<usize>, matches: &[Match]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = range.start;
    let mut push = |text: &str, hit: bool| match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), hit }),
    };
    for found in matches {
        let (start, end) = (found.range.start.max(at), found.range.end.min(range.end));
        if start < end {
            push(&text[at..start], false);
            push(&text[start..end], true);
            at = end;
        }
    }
    push(&text[at..range.end], false);
    pieces
}
